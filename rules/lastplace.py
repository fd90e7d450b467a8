"""Who stands last in one month's ranking (末位), ties and small groups considered (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rules.policy import FlagPolicy
from rules.ranking import Standing, print_rate

LEAST_RANKED = 3
SMALL_GROUP = 4
"""Among up to this many ranked units only the last counts, whatever ``last_k`` (DOMAIN §10.4)."""


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month's ranking: ``period`` as ``2018-10``, its standings, whether it is still 预判.

    ``basis`` says where the table comes from, such as an issue and its revision. ``grouped``
    False: all units stand in one table.
    """

    period: str
    standings: Sequence[Standing]
    provisional: bool = False
    basis: str = ""
    grouped: bool = True

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
    rate: Fraction | None
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
            f"群众满意率{print_rate(self.rate)}{basis}{guess}"
        )


def last_places(month: MonthTable, policy: FlagPolicy) -> dict[int, LastPlace]:
    """Return who stands last in each table of a month, by unit id; ties at the edge all count.

    A unit at or above ``policy.exempt_above`` is spared, and nobody is named in its stead.
    """
    return {
        s.unit_id: LastPlace(
            month.period, s.unit_id, s.group, s.place or 0, len(ranked),
            sum(1 for other in ranked if other.place == s.place),
            s.result_rate, month.provisional, month.basis,
        )
        for ranked in month.tables().values()
        for s in _last_of(ranked, policy)
    }  # fmt: skip


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
    spare, rate = policy.exempt_above, standing.result_rate
    return spare is not None and rate is not None and rate >= Fraction(spare)
