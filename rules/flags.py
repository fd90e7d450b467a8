"""Who must be supervised: last months running, and prominent matters long unresolved (DESIGN §5).

A run is of consecutive months with a last place. A month without one in the unit's table, or in
which the unit itself was too small to be ranked, neither counts nor breaks it; two together do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.lastplace import LastPlace, MonthTable, last_places, withdrawal
from rules.policy import FlagPolicy
from rules.prominent import Matter, Prominent, prominent_long
from rules.ranking import Standing

__all__ = [
    "LastPlace", "Matter", "MonthTable", "Prominent", "Run", "last_places", "last_running",
    "prominent_long", "running", "withdrawal",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A unit's unbroken run of last places up to the newest month, oldest first."""

    unit_id: int
    unit: str
    group: str
    months: tuple[LastPlace, ...]

    @property
    def provisional(self) -> bool:
        """Whether any month of the run is not published yet (预判)."""
        return any(month.provisional for month in self.months)

    @property
    def evidence(self) -> tuple[str, ...]:
        """One line a month."""
        return tuple(month.line for month in self.months)


def last_running(
    months: Iterable[MonthTable],
    policy: FlagPolicy,
    successors: Mapping[int, int] | None = None,
) -> tuple[Run, ...]:
    """Return the runs of at least ``policy.months`` last places that reach the newest month."""
    runs = running(months, policy, successors)
    return tuple(run for run in runs if len(run.months) >= policy.months)


def running(
    months: Iterable[MonthTable],
    policy: FlagPolicy,
    successors: Mapping[int, int] | None = None,
) -> tuple[Run, ...]:
    """Return every run that reaches the newest month, single months too, the longest first.

    ``months`` hold one table each, in any order; a calendar month missing among them counts as
    one without a last place. ``successors`` gives the unit that took a unit's place: a renamed
    unit continues its run. A regrouped one starts anew, and so does a merger of several.
    """
    heirs = _renamings(successors or {})
    runs: dict[int, _Following] = {}
    last: int | None = None
    newest = ""
    for month in sorted(months, key=lambda table: table.period):
        index = _index(month.period)
        if last is not None and index > last + 1:
            runs = _waited(runs, index - last - 1)
        elif index == last:
            raise ValueError(f"two tables of {month.period}")
        runs = _through(runs, month, policy, heirs)
        last, newest = index, month.period
    found = [run.closed() for run in runs.values() if run.places[-1].period == newest]
    return tuple(sorted(found, key=lambda run: (-len(run.months), run.unit_id)))


@dataclass(slots=True)
class _Following:
    """A run being followed; ``missed`` months in a row neither counted nor broke it."""

    unit: Standing
    table: str
    places: list[LastPlace] = field(default_factory=list)
    missed: int = 0

    def closed(self) -> Run:
        return Run(self.unit.unit_id, self.unit.unit, self.unit.group, tuple(self.places))


def _through(
    runs: Mapping[int, _Following],
    month: MonthTable,
    policy: FlagPolicy,
    heirs: Mapping[int, int],
) -> dict[int, _Following]:
    """Carry runs through one month: each grows, waits, or is dropped; new ones begin."""
    standings = {s.unit_id: s for s in month.standings}
    ranked = {s.unit_id for table in month.tables().values() for s in table}
    kept: dict[int, _Following] = {}
    waiting: dict[int, _Following] = {}
    for unit_id, run in runs.items():
        now = _heir(unit_id, heirs, ranked)
        standing = standings.get(now)
        if standing is None or month.table(standing) == run.table:
            (kept if now in ranked else waiting)[now] = run
    grown: dict[int, _Following] = {}
    for unit_id, place in last_places(month, policy).items():
        standing = standings[unit_id]
        run = kept.get(unit_id) or _Following(standing, month.table(standing))
        run.unit, run.missed = standing, 0
        run.places.append(place)
        grown[unit_id] = run
    return _waited(waiting, 1) | grown


def _waited(runs: Mapping[int, _Following], months: int) -> dict[int, _Following]:
    """Let months pass that neither count nor break: one is borne, two end the run."""
    for run in runs.values():
        run.missed += months
    return {unit_id: run for unit_id, run in runs.items() if run.missed <= 1}


def _renamings(successors: Mapping[int, int]) -> dict[int, int]:
    """Keep the successions that are renamings: no second unit has the same successor."""
    heads = Counter(successors.values())
    return {old: new for old, new in successors.items() if heads[new] == 1}


def _heir(unit_id: int, heirs: Mapping[int, int], ranked: Iterable[int]) -> int:
    """Return the first of a unit and its successors that is ranked, else the unit itself."""
    line = [unit_id]
    while (heir := heirs.get(line[-1])) is not None and heir not in line:
        line.append(heir)
    return next((one for one in line if one in ranked), unit_id)


def _index(period: str) -> int:
    year, month = period.split("-")
    return int(year) * 12 + int(month)
