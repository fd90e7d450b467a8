"""Where one unit stood: its places in weeks and months, and how long it has been last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.ranking.evidence import month_tables, period_tables, successors
from rules.ranking import MonthTable, Run, Standing, last_complete, last_places, running

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """One unit in one period; ``of`` is how many of its table are ranked, ``last`` that it is last.

    ``provisional``: the period is not published, this is how it stands now.
    """

    period: str
    standing: Standing
    of: int
    last: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """The places of a unit, the oldest first; ``run`` are its last places running, if any."""

    weeks: tuple[UnitPlace, ...]
    months: tuple[UnitPlace, ...]
    run: Run | None


def unit_places(store: Store, unit_id: int) -> UnitPlaces:
    """Return where a unit stood in the published weeks and months, and in the newest of each."""
    now, zone = store.now(), store.timekeeper().zone
    weeks = period_tables(store, last_complete("week", now, zone), computed=1)
    months = month_tables(store, last_complete("month", now, zone))
    with store.reading() as reader:
        heirs = successors(reader)
    runs = running(months, store.policy.flags, heirs)
    return UnitPlaces(
        weeks=_places(store, weeks, unit_id),
        months=_places(store, months, unit_id),
        run=next((run for run in runs if run.unit_id == unit_id), None),
    )


def _places(store: Store, tables: list[MonthTable], unit_id: int) -> tuple[UnitPlace, ...]:
    return tuple(
        UnitPlace(
            table.period,
            own,
            sum(1 for s in table.standings if s.ranked and table.table(s) == table.table(own)),
            unit_id in last_places(table, store.policy.flags),
            table.provisional,
        )
        for table in tables
        for own in table.standings
        if own.unit_id == unit_id
    )


def week_places(store: Store) -> dict[int, UnitPlace]:
    """Return where every unit stood in the last complete week, by unit id."""
    week = last_complete("week", store.now(), store.timekeeper().zone)
    tables = period_tables(store, week, computed=1, history=1)
    return {s.unit_id: _places(store, tables, s.unit_id)[0] for s in tables[-1].standings}
