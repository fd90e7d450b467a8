"""A limit together with the rules by which it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from rules.limits import FIXED, Limit
from rules.officehours import clock_seconds
from rules.policy import OfficePolicy
from rules.precedence import LimitEntry


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How one limit is counted; compared by identity, so that answers can be kept by it.

    ``cutoff`` is in seconds after local midnight, None where a start is never moved (same-day).
    ``due_time`` is a word of the policy or ``HH:MM``. ``yellow`` is a lead that replaces the
    preset's.
    """

    limit: Limit
    cutoff: int | None = None
    due_time: str = "close"
    roll: bool = False
    yellow: Limit | None = None

    @property
    def text(self) -> str:
        """The limit as it is stored: ``5wd``."""
        return str(self.limit)

    @property
    def leans(self) -> bool:
        """Whether a change of the calendar could move the due instant."""
        unit = self.limit.unit
        return unit in ("wd", "wh") or (unit == "d" and (self.roll or self.cutoff is not None))

    @property
    def by_date(self) -> bool:
        """Whether the due instant depends on nothing but the date counted from."""
        unit = self.limit.unit
        return unit == "d" or (unit == "wd" and self.due_time != "same-time")


def office_terms(limit: Limit, office: OfficePolicy) -> Terms:
    """A bare limit counted the office's usual way."""
    return Terms(limit, _cutoff(office.after_hours, office.cutoff), office.due_time)


def entry_terms(entry: LimitEntry, step: str, text: str, office: OfficePolicy) -> Terms:
    """A limit entry's clock for a step, with what the entry overrides."""
    yellow = entry.yellow.get(step) if isinstance(entry.yellow, dict) else entry.yellow
    return Terms(
        Limit.read(text),
        _cutoff(entry.after_hours or office.after_hours, entry.cutoff or office.cutoff),
        entry.due_time or office.due_time,
        entry.roll,
        None if yellow is None else Limit.read(yellow),
    )


FIXED_TERMS = Terms(FIXED)


def _cutoff(after_hours: str, cutoff: str) -> int | None:
    return clock_seconds(cutoff) if after_hours == "next-workday" else None
