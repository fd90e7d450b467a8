"""特殊时期: what an event such as a flood pauses, begun and ended by a document of the command.

A limit that is not urgent stands still while the event lasts; rescue never does. What was late
when the event began stays late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, field_validator

from rules.clocks.deadlines import Clock
from rules.clocks.precedence import Urgencies
from rules.clocks.section import Section, Several
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Origin, Timekeeper, followed

RESCUE = "特急"

EMERGENCY_KINDS = ("暴雨", "洪涝", "台风", "冰雪", "高温", "地震", "疫情", "其他")

Pausable = Literal["acknowledge", "contact", "progress", "close"]


class EmergencyPolicy(Section):
    """``[emergency]``: what stands still in 特殊时期, and what is rescue and never does.

    ``urgency`` and ``category`` (with all below it) name what is rescue; 特急 always is. An event
    must take ``share`` of a period of the ranking for its units to be listed apart, without places.
    """

    pauses: Annotated[tuple[Pausable, ...], Field(min_length=1)] = ("progress", "close")
    urgency: Urgencies = (RESCUE,)
    category: Several = ()
    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal("0.3")

    @field_validator("urgency")
    @classmethod
    def _rescue_never_pauses(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if RESCUE not in given:
            raise ValueError(f"须含 {RESCUE}：抢险救援的时限从不暂停")
        return given


@dataclass(frozen=True, slots=True)
class Emergency:
    """One event; ``areas`` are codes of places, none for the whole city.

    ``steps`` are those whose clocks stand still, ``spared`` the urgencies and ``kept`` the
    categories whose clocks never do. ``to_at`` is None while it lasts.
    """

    id: int
    kind: str
    areas: tuple[str, ...]
    steps: tuple[str, ...]
    spared: tuple[str, ...]
    kept: tuple[str, ...]
    from_at: datetime
    to_at: datetime | None

    def reaches(self, grid: str | None) -> bool:
        """Return whether a place, by its code, lies in its area."""
        return not self.areas or (grid is not None and grid.startswith(self.areas))

    def pauses(self, step: str, tags: Tags, grid: str | None) -> bool:
        """Return whether the clock of a step of an appeal stands still in it."""
        path = tags.category or ""
        return (
            step in self.steps
            and tags.urgency not in (RESCUE, *self.spared)
            and not any(path == kept or path.startswith(f"{kept}/") for kept in self.kept)
            and self.reaches(grid)
        )


class Standstill(NamedTuple):
    """How long an event holds one clock; ``to_at`` is None while it does."""

    emergency_id: int
    from_at: datetime
    to_at: datetime | None


def standstills(
    emergencies: Iterable[Emergency],
    step: str,
    tags: Tags,
    grid: str | None,
    started_at: datetime,
    stopped_at: datetime | None,
) -> list[Standstill]:
    """Return how long each event holds a clock that ran from ``started_at``, the earliest first.

    A clock that stopped is held until then. That a clock was late already is for others to look at.
    """
    found = []
    for one in emergencies:
        if one.pauses(step, tags, grid):
            begin = max(one.from_at, started_at)
            ends = [end for end in (one.to_at, stopped_at) if end is not None]
            end = min(ends, default=None)
            if end is None or end > begin:
                found.append(Standstill(one.id, begin, end))
    return sorted(found, key=lambda one: one.from_at)


def in_time(
    keeper: Timekeeper,
    first: Clock,
    origin: Origin,
    spans: Sequence[Standstill],
    *,
    paused: bool = False,
) -> list[Standstill]:
    """Return those of ``spans``, the earliest first, that reach a clock before it was due.

    ``first`` is the clock as it was made, ``origin`` what was granted of it besides; ``paused``:
    it stands still for another reason. What was due by then gains nothing; what one event gave it
    counts when the next begins.
    """
    found: list[Standstill] = []
    for span in spans:
        over = tuple((one.from_at, one.to_at) for one in found if one.to_at is not None)
        still = paused or len(over) < len(found)
        pauses = (*origin.pauses, *over)
        due = followed(keeper, first, origin.tags, pauses, origin.extensions).clock.due_at
        if still or span.from_at <= due:
            found.append(span)
    return found


def touched(
    emergencies: Iterable[Emergency], from_at: datetime, to_at: datetime
) -> list[tuple[Emergency, Decimal]]:
    """Return the events that reach into a span of time, each with the share of it that they take.

    One that lasts is taken to last until the span's end.
    """
    whole = (to_at - from_at).total_seconds()
    found = []
    for one in emergencies:
        begin, end = max(one.from_at, from_at), min(one.to_at or to_at, to_at)
        if end > begin:
            share = Decimal((end - begin).total_seconds()) / Decimal(whole)
            found.append((one, share))
    return found


def within(emergencies: Sequence[Emergency], grid: str | None) -> bool:
    """Return whether a place lies in any of the events."""
    return any(one.reaches(grid) for one in emergencies)
