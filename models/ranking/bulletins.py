"""The bulletin of a period: everything counted in one transaction, beside the period before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models.ranking.cases import hot_spots_of, hottest, oldest_overdue, repeats_of, unsatisfied_of
from models.ranking.editions import EditionView, computed
from models.ranking.flows import (
    Kinds,
    days_of,
    elsewhere,
    flow_of,
    hands_at,
    is_whole,
    kinds_of,
)
from models.ranking.frozen import published_in
from models.ranking.remarks import remarks_of
from models.store import Query
from rules.clocks import day_start
from rules.ranking import (
    TOLD,
    Amount,
    Before,
    Bulletin,
    Flow,
    InHand,
    MonthTable,
    Period,
    SignedPaper,
    Supervision,
    Tally,
    UnitBefore,
    last_places,
    parse_period,
    period_after,
    period_before,
    print_rate,
    ranked_counts,
    supervised,
)

if TYPE_CHECKING:
    from models.store import Source
    from rules.bureau import Policy

TREND = 6
"""Periods whose intake is drawn beside each other, the newest included."""


def bulletin_of(
    source: Source, view: EditionView, policy: Policy, versions: tuple[int, int]
) -> Bulletin:
    """Return what a bulletin tells besides the ranking ``view``, within its transaction."""
    period, zone = view.period, view.zone
    flow = flow_of(source, period)
    hands = hands_at(source, period.to_at, period_after(period, zone).to_at)
    past = _past(source, period_before(period, zone), policy, versions, view.computed_at)
    before, kinds_before = (past.before, past.kinds) if past is not None else (None, None)
    kinds = kinds_of(source, period)
    unsatisfied = unsatisfied_of(source, period, view.computed_at)
    hot_spots = hot_spots_of(source, period, policy.flags.reporters)
    cases = (
        *unsatisfied.examples[:1],
        *oldest_overdue(source, period),
        *hottest(source, period, hot_spots),
    )
    return Bulletin(
        flow=flow,
        in_hand=sum(hands.values(), InHand()),
        hands=tuple((id, hand) for id, hand in hands.items() if id is not None),
        elsewhere=elsewhere(source, period, [row.unit_id for row in view.rows]),
        channels=_amounts(kinds, kinds_before, "channels"),
        natures=_amounts(kinds, kinds_before, "natures"),
        categories=_amounts(kinds, kinds_before, "categories"),
        days=days_of(source, period, zone),
        trend=_trend(source, view, flow, before),
        before=before,
        year_ago=_year_ago(source, view),
        verdicts=unsatisfied.verdicts,
        causes=unsatisfied.causes,
        matters=unsatisfied.matters,
        supervision=_supervision(source, view),
        repeats=repeats_of(source, period),
        hot_spots=hot_spots,
        cases=cases,
        remarks=remarks_of(source, period),
    )


def _amounts(kinds: Kinds, before: Kinds | None, name: str) -> tuple[Amount, ...]:
    counts: Mapping[str, int] = getattr(kinds, name)
    return ranked_counts(counts, None if before is None else getattr(before, name))


@dataclass(frozen=True, slots=True)
class _Past:
    """The period before: how it is told, and what came in by its sorts."""

    before: Before
    kinds: Kinds


def _past(
    source: Source, period: Period, policy: Policy, versions: tuple[int, int], now: datetime
) -> _Past | None:
    """Return the period before, as published, else as computed; None where it is not all there."""
    if not is_whole(source, period):
        return None
    view = published_in(source, period) or computed(source, period, policy, versions, now)
    kept = view.bulletin
    kinds = Kinds.of(kept) if kept is not None else kinds_of(source, period)
    last = last_places(
        MonthTable(period.key, view.rows, grouped=policy.ranking.groups), policy.flags
    )
    groups: dict[str, Tally] = defaultdict(Tally)
    for row in view.rows:
        groups[row.group] += row.tally
    before = Before(
        period=period.key,
        issue=view.issue,
        flow=kept.flow if kept is not None else flow_of(source, period),
        in_hand=kept.in_hand if kept is not None else None,
        total=view.total,
        units=tuple(
            UnitBefore(
                row.unit_id, row.unit, print_rate(row.place_rate), row.grade, row.unit_id in last
            )
            for row in view.rows
            if row.grade is not None
        ),
        groups=tuple(groups.items()),
    )
    return _Past(before, kinds)


def _trend(
    source: Source, view: EditionView, flow: Flow, before: Before | None
) -> tuple[tuple[str, int, int], ...]:
    """Return the intake and the closed of the last periods that are all there, oldest first."""
    found = [(view.period.key, flow.received, flow.closed)]
    period = view.period
    while len(found) < TREND:
        period = period_before(period, view.zone)
        if before is not None and before.period == period.key:
            past = before.flow
        elif is_whole(source, period):
            past = flow_of(source, period)
        else:
            break
        found.insert(0, (period.key, past.received, past.closed))
    return tuple(found)


def _year_ago(source: Source, view: EditionView) -> Flow | None:
    """Return what moved in the same period a year before, None where that is not all there."""
    year, rest = view.period.key.split("-", 1)
    if rest == "W53":
        return None
    period = parse_period(f"{int(year) - 1}-{rest}", view.zone)
    if not is_whole(source, period):
        return None
    published = published_in(source, period)
    kept = published.bulletin if published is not None else None
    return flow_of(source, period) if kept is None else kept.flow


_PAPERS = Query(
    SignedPaper,
    """
SELECT o.kind, o.level, coalesce(o.number, '') AS number, u.short_name AS unit, o.cause,
    o.signed_at, o.delivered_at, o.received_at, o.feedback_at, o.closed_at, o.void_at, o.due_at
FROM supervision_order o JOIN unit u ON u.id = o.unit_id
WHERE o.kind IN (:kinds) AND NOT coalesce(o.confidential, false) AND o.signed_at < :to_at
  AND (o.signed_at >= :since OR (o.closed_at IS NULL OR o.closed_at >= :from_at)
       AND (o.void_at IS NULL OR o.void_at >= :from_at))
ORDER BY o.signed_at, o.id
""",
)


def _supervision(source: Source, view: EditionView) -> Supervision:
    period = view.period
    year = _year_start(view)
    papers = source.read(
        _PAPERS,
        kinds=list(TOLD),
        from_at=period.from_at,
        to_at=period.to_at,
        since=min(year, period.from_at),
    )
    return supervised(papers, period.from_at, period.to_at, year)


def _year_start(view: EditionView) -> datetime:
    """Return the start of the bureau's year in which the last day of a period lies."""
    last = view.period.to_at.astimezone(view.zone) - timedelta(hours=12)
    return day_start(date(last.year, 1, 1), view.zone)
