"""How long and how often: what a policy caps of extensions, returns, pauses and own limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from rules.clocks.section import ExtensionOrNone, LimitOrNone, Section, Several

Times = Annotated[int, Field(ge=0)]

RETURNS = 2
"""How often the units of one handling may ask for a return where the policy does not say."""


class CapEntry(Section):
    """What an entry of ``[[limits]]`` caps; a limit ``none`` lifts what a wider entry says.

    ``extension`` is the longest single extension (``none``: there is none at all),
    ``extension_by`` the ranks of the leaders one of whom must be named as granting it. ``return``
    is within what time of the hand-over a unit may ask for a return. ``pause`` is the longest
    single pause; when its time is up the clock runs again by itself (``resume``) or the centre is
    asked (``ask``). ``own`` is the longest limit that a dispatch may carry of its own.
    """

    extension: ExtensionOrNone | None = None
    extension_total: ExtensionOrNone | None = None
    extensions: Times | None = None
    extension_by: Several | None = None
    returned: Annotated[LimitOrNone | None, Field(alias="return")] = None
    returns: Times | None = None
    pause: LimitOrNone | None = None
    pauses: Times | None = None
    pause_end: Literal["resume", "ask"] | None = None
    own: LimitOrNone | None = None


CAP_NAMES = tuple(CapEntry.model_fields)


@dataclass(frozen=True, slots=True)
class Caps:
    """What is allowed of one kind of appeal; a limit of None is no cap.

    Without ``extension`` none is allowed, without ``own`` a dispatch carries no limit of its own.
    """

    extension: str | None = None
    extension_total: str | None = None
    extensions: int = 1
    extension_by: tuple[str, ...] = ()
    returned: str | None = None
    returns: int = RETURNS
    pause: str | None = None
    pauses: int | None = None
    pause_end: str = "resume"
    own: str | None = None

    @property
    def resumes(self) -> bool:
        """Whether a clock runs again by itself when the time of its pause is up."""
        return self.pause_end == "resume"

    @classmethod
    def of(cls, said: dict[str, Any]) -> Caps:
        """Return what the policy says by name, None where no entry speaks of a cap."""
        spoken = {name: value for name, value in said.items() if value not in (None, "none")}
        caps = cls(**spoken)
        return caps if caps.extension is not None else replace(caps, extensions=0)
