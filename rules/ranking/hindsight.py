"""回看: what other rules would have made of a past period, counted as the ranking counts it.

What was done, and when, stays as it was: handing over, answers, pauses, granted extensions. Only
the due instants are others; what falls due in the period, what was kept and what places follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from rules.ranking.periods import Period
from rules.ranking.standing import LEAST_RANKED, Standing, places_by
from rules.ranking.tally import Tally

STEPS = ("close", "acknowledge", "contact")
"""The steps of a unit that are looked back at."""

ON_TIME, EXTENDED, LATE, OPEN = "on_time", "after_extension", "late", "open"
"""How a clock was kept that fell due in a period; ``open``: at its end nobody had done it."""

CARRIED = "carried"
"""Due before the period and still open at its end."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one clock of a unit ended, as known later.

    ``stopped_at`` is when the unit did what it was for, ``ended_at`` when that was final: for
    ``close`` the close of the round, else the same.
    """

    step: str
    unit_id: int
    stopped_at: datetime | None
    ended_at: datetime | None


def fate(period: Period, ended: Ended, due_at: datetime, original_due_at: datetime) -> str | None:
    """Return how a clock was kept that would be due at an instant; None: no matter of the period.

    As the ranking counts it: what ended after the period is open at its end.
    """
    over = ended.ended_at is not None and ended.ended_at < period.to_at
    if due_at < period.from_at:
        return None if over else CARRIED
    if due_at >= period.to_at:
        return None
    if not over or ended.stopped_at is None:
        return OPEN
    if ended.stopped_at <= original_due_at:
        return ON_TIME
    return EXTENDED if ended.stopped_at <= due_at else LATE


def counted(step: str, told: str | None) -> Tally:
    """Return what a clock kept so adds to the counts of its unit."""
    if step == "acknowledge" and told not in (None, CARRIED):
        kept = told in (ON_TIME, EXTENDED)
        return Tally(acknowledge_due=1, acknowledged_on_time=int(kept))
    if step != "close" or told is None:
        return Tally()
    if told == CARRIED:
        return Tally(carried=1)
    return Tally(due=1, **{told: 1})


def is_late(told: str | None) -> bool | None:
    """Whether a clock passed its due instant undone; None where it fell due at another time."""
    return None if told in (None, CARRIED) else told in (LATE, OPEN)


def on_time_places(rows: Iterable[Standing], *, grouped: bool) -> Mapping[int, int]:
    """Return the places by 按时办结率, by unit id: within the tables of the ranking, ties shared.

    A unit to which nothing fell due has none; nor has a table with fewer than three that have.
    """
    tables: dict[str, dict[int, Fraction]] = {}
    for row in rows:
        rate = row.tally.on_time_rate
        if rate is not None:
            tables.setdefault(row.group if grouped else "", {})[row.unit_id] = -rate
    return {
        id: place
        for table in tables.values()
        if len(table) >= LEAST_RANKED
        for id, place in places_by(table).items()
    }


@dataclass(frozen=True, slots=True)
class StepThen:
    """One step of all units in the period: what fell due and was late, by the old rules and new.

    ``turned_late`` were in time by the old and late by the new, ``turned_kept`` the reverse;
    ``unset`` are clocks that the new rules would not have set.
    """

    step: str
    due_before: int = 0
    due_after: int = 0
    late_before: int = 0
    late_after: int = 0
    turned_late: int = 0
    turned_kept: int = 0
    unset: int = 0


@dataclass(frozen=True, slots=True)
class UnitThen:
    """One unit in the ranking of the period as it was and as it would have been.

    ``…_place`` are its places by 按时办结率, which follow the limits; those of ``was`` and
    ``would`` follow satisfaction, as the edition prints them.
    """

    was: Standing
    would: Standing
    on_time_place: int | None
    on_time_place_then: int | None

    @property
    def late(self) -> int:
        """Matters to close that were late."""
        return past_due(self.was.tally)

    @property
    def late_then(self) -> int:
        """Matters to close that would have been late."""
        return past_due(self.would.tally)

    @property
    def moved(self) -> bool:
        """Whether any of its places would have been another."""
        return self.on_time_place != self.on_time_place_then or self.was.place != self.would.place

    @property
    def changed(self) -> bool:
        """Whether anything of it would have been otherwise."""
        return self.moved or self.was.tally != self.would.tally


def past_due(tally: Tally) -> int:
    """逾期: what fell due and was not closed by then, closed late or still open."""
    return tally.due - tally.on_time - tally.after_extension


def units_then(
    was: Sequence[Standing], would: Sequence[Standing], *, grouped: tuple[bool, bool]
) -> tuple[UnitThen, ...]:
    """Pair the rows of two rankings of one period, those that change most first.

    ``grouped``: whether the old and the new policy rank within groups.
    """
    then = {row.unit_id: row for row in would}
    old, new = (
        on_time_places(rows, grouped=apart)
        for rows, apart in zip((was, would), grouped, strict=True)
    )
    found = [
        UnitThen(row, then[row.unit_id], old.get(row.unit_id), new.get(row.unit_id)) for row in was
    ]
    return tuple(
        sorted(found, key=lambda u: (not u.changed, -abs(u.late_then - u.late), u.was.code))
    )
