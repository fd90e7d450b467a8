"""The months that an order for last places is about: figures, and what was not to satisfaction.

They come from the edition published by the signing instant, else they are counted from the records
as they stand then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.casework import kept_out
from models.clocks import KeeperOf
from models.orders.appeals import trail_of
from models.orders.asof import facts_of
from models.orders.order import Grounds
from models.ranking import EditionView, computed, month_table, published_in, tickets_behind
from models.store import Query, Source
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.orders import LISTED, Facts, UnitMonth, month_statements
from rules.paper import Statement
from rules.ranking import Period, last_places, parse_period

EVERYBODY = "全部"
"""What the one table is called where units are not ranked by group."""

_EVIDENCE = "SELECT evidence FROM flag WHERE id = :id"

_REVISION = """
SELECT max(revision) FROM edition
WHERE period = :key AND status = 'published' AND published_at <= :at
"""

_PUBLISHED_BY = """
SELECT seq FROM event
WHERE subject_kind = 'edition' AND subject_id = :id AND verb = 'edition.publish'
"""


def last_months(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    grounds: Grounds,
    at: datetime,
    *,
    alone: bool,
) -> tuple[Statement, ...]:
    """Return what an order for last places tells of the months; of any other order nothing.

    ``alone``: it is about no appeals, and annexes those that were not to satisfaction.
    """
    months = unit_months(source, policy, keeper, grounds.flag_id, at)
    listed: dict[str, tuple[int, ...]] = {}
    if months and alone:
        listed = _unsatisfied(source, policy, keeper, months[-1], grounds.unit_id, at)
    return month_statements(months, listed)


def annexed_to(
    source: Source,
    keeper: Timekeeper,
    keeper_of: KeeperOf,
    statements: Sequence[Statement],
    unit_id: int,
    at: datetime,
) -> Sequence[Facts]:
    """Return the appeals that a sentence says are annexed, as they stood ``at``."""
    numbers = [number for one in statements if one.claim == LISTED for number in one.tickets]
    ids = [id for (id,) in source.rows(_IDS, numbers=numbers)] if numbers else []
    return facts_of(source, keeper, keeper_of, ids, unit_id, at)


def unit_months(
    source: Source, policy: Policy, keeper: Timekeeper, flag_id: int | None, at: datetime
) -> tuple[UnitMonth, ...]:
    """Return the months of a flag for last places as they stood ``at``; none of any other flag."""
    found = source.value(_EVIDENCE, id=flag_id) if flag_id is not None else None
    months: list[tuple[str, int]] = json.loads(found).get("months", []) if found else []
    told = [_month(source, policy, keeper, key, unit_id, at) for key, unit_id in months]
    return tuple(one for one in told if one is not None)


def _month(
    source: Source, policy: Policy, keeper: Timekeeper, key: str, unit_id: int, at: datetime
) -> UnitMonth | None:
    view = _edition(source, policy, parse_period(key, keeper.zone), at)
    table = month_table(view, grouped=policy.ranking.groups)
    own = next((one for one in view.rows if one.unit_id == unit_id), None)
    if own is None:
        return None
    beside = [one for one in view.rows if one.ranked and table.table(one) == table.table(own)]
    publication = source.rows(_PUBLISHED_BY, id=view.id) if view.id is not None else ()
    return UnitMonth(
        period=key,
        standing=own,
        ranked=len(beside),
        shared=sum(one.place == own.place for one in beside),
        table=table.table(own) or EVERYBODY,
        last=unit_id in last_places(table, policy.flags),
        basis=table.basis,
        events=tuple(int(seq) for (seq,) in publication),
    )


def _edition(source: Source, policy: Policy, period: Period, at: datetime) -> EditionView:
    """Return the ranking of a month as it was published by an instant, else as it stood then."""
    revision = source.value(_REVISION, key=period.key, at=at)
    view = published_in(source, period, revision) if revision is not None else None
    return view or computed(source, period, policy, (0, 0), at)


def _unsatisfied(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    month: UnitMonth,
    unit_id: int,
    at: datetime,
) -> dict[str, tuple[int, ...]]:
    """Return the appeals of a unit's month whose outcome was rated 不满意, with the events of that.

    An appeal that is against the unit is none of them. ``unit_id`` is whom the order goes to, the
    unit of the month or the one that followed it.
    """
    period = parse_period(month.period, keeper.zone)
    view = _edition(source, policy, period, at)
    counted = (month.standing.unit_id,)
    known = view.computed_at
    behind = tickets_behind(
        source, period, (UNSATISFIED,), counted, view.unrated, known, view.left_out
    )
    ids = list(dict.fromkeys(behind))
    barred = kept_out(source, ids)
    told = [id for id in ids if unit_id not in barred.get(id, {})][: policy.orders.paper_cap]
    rated = trail_of(source, "ticket", told, ("rate",), at)
    named = source.read(_NUMBERS, ids=told) if told else []
    return {
        one.number: tuple(e.seq for e in rated.told.get(one.id, ()) if e.at in period)
        for one in named
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """An appeal by its number."""

    id: int
    number: str


_NUMBERS = Query(
    _Named, "SELECT id, number FROM ticket WHERE id IN (:ids) ORDER BY received_at, id"
)
_IDS = "SELECT id FROM ticket WHERE number IN (:numbers) ORDER BY received_at, id"

UNSATISFIED = "result_unsatisfied"
"""The count of a tally that tells how many were not to satisfaction."""
