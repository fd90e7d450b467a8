"""年度考核档案: what a year holds of a unit and of the whole, organisations only, no persons.

Months come from published editions; those that were never published are computed and say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from models.orders import STATUSES, digest_of
from models.ranking import period_tables
from models.store import Query, retried
from rules.errors import Refused
from rules.ranking import (
    MonthTable,
    Period,
    Standing,
    Tally,
    last_complete,
    last_places,
    parse_period,
)

if TYPE_CHECKING:
    from models.orders import Keeping
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Month:
    """A unit in one month; ``of`` is how many of its table are ranked.

    ``basis`` is the issue it was published in; ``computed``: it was not published.
    """

    period: str
    standing: Standing
    of: int
    last: bool
    computed: bool
    basis: str

    @property
    def source(self) -> str:
        """Where its figures come from."""
        return "未发布，现算" if self.computed else self.basis


@dataclass(frozen=True, slots=True)
class YearOrder:
    """An order that a unit received in the year, and what became of it."""

    unit_id: int
    number: str
    kind: str
    title: str
    status: str
    signed_at: datetime
    due_at: datetime | None
    feedback_at: datetime | None
    void_reason: str | None

    def outcome(self, now: datetime) -> str:
        """Return what became of it: 已销号, 逾期反馈, 至今未反馈."""
        if self.status in ("void", "closed"):
            late = self.feedback_at and self.due_at and self.feedback_at > self.due_at
            return STATUSES[self.status] + ("（逾期反馈）" if late else "")
        if self.feedback_at is None and self.due_at is not None and now > self.due_at:
            return "逾期未反馈"
        return STATUSES[self.status]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a unit asked for in the year and was given, and how often its words came back."""

    unit_id: int
    extensions: int = 0
    granted: int = 0
    replies_returned: int = 0
    feedback_returned: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """How many appeals that came in by one channel a unit closed in the year."""

    unit_id: int
    channel: str
    closed: int


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's year."""

    unit_id: int
    code: str
    unit: str
    group: str
    months: tuple[Month, ...]
    orders: tuple[YearOrder, ...]
    counts: Counts
    doors: tuple[Door, ...] = ()

    @property
    def total(self) -> Tally:
        """Return the counts of its months together."""
        return sum((month.standing.tally for month in self.months), Tally())

    @property
    def last(self) -> tuple[Month, ...]:
        """Return the months in which it stood last."""
        return tuple(month for month in self.months if month.last)

    def rates(self, weight: Fraction) -> tuple[Fraction | None, Fraction | None]:
        """Return 群众满意率 of the year as rated, and after re-ratings and exclusions."""
        verified = self.total.verified
        after = verified.result_rate(weight) if verified is not None else None
        return self.total.result_rate(weight), after


@dataclass(frozen=True, slots=True)
class Dossier:
    """The year of some units; ``made_at`` is in the bureau's zone."""

    year: int
    bureau: str
    made_at: datetime
    through: str
    computed: tuple[str, ...]
    weight: Fraction
    units: tuple[UnitYear, ...]


_ORDERS = Query(
    YearOrder,
    """
SELECT unit_id, number, kind, title, status, signed_at, due_at, feedback_at, void_reason
FROM supervision_order
WHERE signed_at >= :since AND signed_at < :until AND NOT coalesce(confidential, false)
ORDER BY signed_at, id
""",
)
_COUNTS = Query(
    Counts,
    """
SELECT unit_id, sum(extensions) AS extensions, sum(granted) AS granted,
       sum(replies_returned) AS replies_returned, sum(feedback_returned) AS feedback_returned
FROM (
    SELECT d.unit_id, count(*) AS extensions,
           sum(CASE WHEN e.granted THEN 1 ELSE 0 END) AS granted,
           0 AS replies_returned, 0 AS feedback_returned
    FROM extension e JOIN deadline d ON d.id = e.deadline_id
    WHERE e.asked_at >= :since AND e.asked_at < :until GROUP BY d.unit_id
    UNION ALL
    SELECT coalesce(p.unit_id, r.lead_unit_id), 0, 0, count(*), 0
    FROM reply p JOIN round r ON r.id = p.round_id
    WHERE p.accepted IS NOT NULL AND NOT p.accepted
      AND p.judged_at >= :since AND p.judged_at < :until
    GROUP BY coalesce(p.unit_id, r.lead_unit_id)
    UNION ALL
    SELECT e.unit_id, 0, 0, 0, count(*) FROM event e
    WHERE e.verb = 'order.reject' AND e.at >= :since AND e.at < :until GROUP BY e.unit_id
) x WHERE unit_id IS NOT NULL GROUP BY unit_id
""",
)


_DOORS = Query(
    Door,
    """
SELECT r.lead_unit_id AS unit_id, t.channel, count(DISTINCT t.id) AS closed
FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.closed_at >= :since AND r.closed_at < :until AND r.lead_unit_id IS NOT NULL
GROUP BY r.lead_unit_id, t.channel ORDER BY closed DESC, t.channel
""",
)


def year_dossier(store: Store, year: int, unit_id: int | None = None) -> Dossier:
    """Return the year's dossier, of one unit or of all; ``Refused`` for a year without a month."""
    keeper, now = store.timekeeper(), store.now()
    newest = _newest(store, year)
    count = int(newest.key[5:7])
    tables = [
        table
        for table in period_tables(store, newest, computed=count, history=count)
        if any(s.tally != Tally() for s in table.standings)
    ]
    if not tables:
        raise Refused(f"{year}年没有可统计的月份：请核对年份")
    since, until = (datetime(y, 1, 1, tzinfo=keeper.zone) for y in (year, year + 1))
    with store.reading() as reader:
        orders = _by_unit(reader.read(_ORDERS, since=since, until=until))
        counts = {one.unit_id: one for one in reader.read(_COUNTS, since=since, until=until)}
        doors = _doors(reader.read(_DOORS, since=since, until=until))
    policy = store.policy
    units = _units(store, tables)
    return Dossier(
        year=year,
        bureau=policy.bureau.name,
        made_at=keeper.local(now),
        through=newest.key,
        computed=tuple(table.period for table in tables if table.provisional),
        weight=Fraction(policy.ranking.basic_weight),
        units=tuple(
            replace(
                one,
                orders=tuple(orders[id]),
                counts=counts.get(id, Counts(id)),
                doors=tuple(doors[id]),
            )
            for id, one in units.items()
            if unit_id in (None, id)
        ),
    )


def _newest(store: Store, year: int) -> Period:
    zone = store.timekeeper().zone
    last = last_complete("month", store.now(), zone)
    end = parse_period(f"{year}-12", zone)
    newest = min(last, end, key=lambda period: period.to_at)
    if newest.key[:4] != str(year):
        raise Refused(f"{year}年还没有完整的月份：请核对年份")
    return newest


def _units(store: Store, tables: Sequence[MonthTable]) -> dict[int, UnitYear]:
    """Return every unit with its months, in the order of the newest table."""
    months: dict[int, list[Month]] = defaultdict(list)
    named: dict[int, Standing] = {}
    for table in tables:
        lasts = last_places(table, store.policy.flags)
        sizes: dict[str, int] = defaultdict(int)
        for standing in table.standings:
            sizes[table.table(standing)] += standing.ranked
        for standing in table.standings:
            named[standing.unit_id] = standing
            month = Month(
                table.period,
                standing,
                sizes[table.table(standing)],
                standing.unit_id in lasts,
                table.provisional,
                table.basis,
            )
            months[standing.unit_id].append(month)
    ordered = sorted(named.values(), key=lambda s: (s.group, s.code))
    return {
        s.unit_id: UnitYear(
            s.unit_id, s.code, s.unit, s.group, tuple(months[s.unit_id]), (), Counts(s.unit_id)
        )
        for s in ordered
    }


def _by_unit(orders: Sequence[YearOrder]) -> dict[int, list[YearOrder]]:
    found: dict[int, list[YearOrder]] = defaultdict(list)
    for order in orders:
        found[order.unit_id].append(order)
    return found


def _doors(every: Sequence[Door]) -> dict[int, list[Door]]:
    found: dict[int, list[Door]] = defaultdict(list)
    for door in every:
        found[door.unit_id].append(door)
    return found


@retried
def export_dossier(
    store: Store,
    dossier: Dossier,
    name: str,
    render: Callable[[Dossier], bytes],
    keep: Keeping,
) -> bytes:
    """Write a dossier down; the trail tells who took it, of which unit if of one alone."""
    content = render(dossier)
    unit_id = dossier.units[0].unit_id if len(dossier.units) == 1 else None
    with store.writing() as work:
        payload = {"year": dossier.year, "file": name, "sha256": digest_of(content)}
        work.event("dossier.make", "store", None, unit_id=unit_id, payload=payload)
        keep(name, content)
    return content
