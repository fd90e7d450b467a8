"""Units with counts, for tests of rankings and of what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, Standing, rank_units
from rules.ranking.tally import Tally

POLICY = RankingPolicy(min_rated_month=10, min_rated_week=5, basic_weight=Decimal(1))


def unit(unit_id: int, satisfied: int, of: int, group: str = "中心城区", **counts: int) -> Entry:
    """Return a unit with ``satisfied`` of ``of`` result ratings, the rest 不满意."""
    tally = Tally(result_satisfied=satisfied, result_unsatisfied=of - satisfied, **counts)
    return Entry(unit_id, f"单位{unit_id}", f"U{unit_id:03}", group, tally)


def month(*entries: Entry, policy: RankingPolicy = POLICY, **more: Any) -> tuple[Standing, ...]:
    """Rank a month."""
    return rank_units(entries, policy, "month", **more)


def by_unit(standings: tuple[Standing, ...]) -> Mapping[int, Standing]:
    """Return standings by unit id."""
    return {s.unit_id: s for s in standings}
