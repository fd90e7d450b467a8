"""Who stands last in one month's ranking (末位), ties and small groups considered (DESIGN §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rules.ranking.rules import FlagPolicy
from rules.ranking.standing import LEAST_RANKED, Standing, print_rate

SMALL_GROUP = 4
"""Among up to this many ranked units only the last counts, whatever ``last_k`` (DOMAIN §10.4)."""


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month's ranking: ``period`` as ``2018-10``, its standings, whether it is still 预判.

    ``basis`` says where the table comes from, such as an issue and its revision. ``grouped``
    False: all units stand in one table. ``spared`` are units that 特殊时期 reached in it: to them
    the month neither counts nor breaks a run.
    """

    period: str
    standings: Sequence[Standing]
    provisional: bool = False
    basis: str = ""
    grouped: bool = True
    spared: frozenset[int] = frozenset()

    def table(self, standing: Standing) -> str:
        """Return the name of the table a unit stands in: its group, or none at all."""
        return standing.group if self.grouped else ""

    def tables(self) -> dict[str, list[Standing]]:
        """Return the ranked units of every table that has a last place.

        That is: at least three units are ranked and the last is not level with the first.
        """
        found: dict[str, list[Standing]] = {}
        for s in self.standings:
            if s.ranked:
                found.setdefault(self.table(s), []).append(s)
        return {
            name: ranked
            for name, ranked in found.items()
            if len(ranked) >= LEAST_RANKED and max(s.place or 0 for s in ranked) > 1
        }


@dataclass(frozen=True, slots=True)
class LastPlace:
    """One unit in last place in one month: its place, among how many, shared by how many."""

    period: str
    unit_id: int
    group: str
    place: int
    ranked: int
    shared: int
    standing: Standing
    provisional: bool
    basis: str

    @property
    def line(self) -> str:
        """The month as one line of evidence."""
        year, month = self.period.split("-")
        tie = f"（{self.shared}家并列）" if self.shared > 1 else ""
        basis = f"，{self.basis}" if self.basis else ""
        guess = "，预判" if self.provisional else ""
        return (
            f"{year}年{int(month)}月 {self.group} 第{self.place}位/共{self.ranked}家{tie}，"
            f"{satisfaction(self.standing)}{basis}{guess}"
        )


def satisfaction(standing: Standing) -> str:
    """Return a unit's 群众满意率 in words, before and after it was verified, and what changed it.

    Of an edition that was never verified there is the one before alone.
    """
    before = f"群众满意率{print_rate(standing.result_rate)}"
    if standing.tally.verified is None:
        return before
    after = print_rate(standing.verified_rate, (standing.result_rate,))
    placed = "，位次按核实后" if standing.by_verified else ""
    return f"{before}，核实后{after}（{standing.tally.changes}）{placed}"


def last_places(month: MonthTable, policy: FlagPolicy) -> dict[int, LastPlace]:
    """Return who stands last in each table of a month, by unit id; ties at the edge all count.

    A unit at or above ``policy.exempt_above``, or in 特殊时期, is spared, and nobody is named in
    its stead.
    """
    return {
        s.unit_id: LastPlace(
            month.period,
            s.unit_id,
            s.group,
            s.place or 0,
            len(ranked),
            sum(1 for other in ranked if other.place == s.place),
            s,
            month.provisional,
            month.basis,
        )
        for ranked in month.tables().values()
        for s in _last_of(ranked, policy)
        if s.unit_id not in month.spared
    }


def withdrawal(
    evidence: Iterable[tuple[str, int]], months: Iterable[MonthTable], policy: FlagPolicy
) -> str | None:
    """Return why a flag no longer stands after a revision, None while it does.

    ``evidence`` is the (period, unit id) of each month of its run; ``months`` are those months'
    newest tables. The reason names the first month that fell away.
    """
    tables = {month.period: month for month in months}
    for period, unit_id in evidence:
        if period not in tables:
            return f"{period} 已无排名"
        if unit_id not in last_places(tables[period], policy):
            return f"{period} 修订后不再是末位"
    return None


def _last_of(ranked: Sequence[Standing], policy: FlagPolicy) -> list[Standing]:
    k = 1 if len(ranked) <= SMALL_GROUP else min(policy.last_k, len(ranked))
    edge = sorted((s.place or 0 for s in ranked), reverse=True)[k - 1]
    return [s for s in ranked if (s.place or 0) >= max(edge, 2) and not _spared(s, policy)]


def _spared(standing: Standing, policy: FlagPolicy) -> bool:
    spare, rate = policy.exempt_above, standing.place_rate
    return spare is not None and rate is not None and rate >= Fraction(spare)


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
    ranked = {s.unit_id for table in month.tables().values() for s in table} - month.spared
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
