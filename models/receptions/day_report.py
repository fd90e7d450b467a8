"""Report of a reception day or of a year: what became of promises first, then who was received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.paper import digest_of
from models.receptions.pledge import (
    PledgeView,
    last_of_month,
    pledges_of_days,
    promised_before,
)
from models.receptions.reception import receptions_on
from models.receptions.reception_figures import PlaceFigures, day_figures, sum_of
from models.store import Source, retried
from models.tables import Reception
from rules.errors import Refused
from rules.receptions import FATES
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised from ``first`` to ``last``, how many met which of ``FATES``.

    ``unkept`` are those that are not kept and not in time any more, masked, by unit.
    """

    first: date
    last: date
    fates: Mapping[str, int]
    unkept: tuple[PledgeView, ...]

    @property
    def count(self) -> int:
        """How many there are, without those written down by mistake."""
        return sum(count for met, count in self.fates.items() if met != "void")


@dataclass(frozen=True, slots=True)
class MonthSums:
    """What the receptions of a month count together, at how many places, and its promises."""

    first: date
    places: int
    sums: PlaceFigures
    made: int


@dataclass(frozen=True, slots=True)
class DayReport:
    """Receptions from ``first`` to ``last``, one day or a year; ``made_at`` is aware UTC.

    ``before`` is what was promised in the newest month before, or by a year's receptions
    themselves. ``made`` are the promises of these days, masked, without void ones; ``months`` are
    the sums of each month of a year.
    """

    first: date
    last: date
    made_at: datetime
    places: tuple[PlaceFigures, ...]
    total: PlaceFigures
    before: Promised | None
    made: tuple[PledgeView, ...]
    months: tuple[MonthSums, ...] = ()

    @property
    def whole_year(self) -> bool:
        """Whether it is a year's."""
        return self.first != self.last

    @property
    def guarantees(self) -> int:
        """How many of the promises are units' guarantees."""
        return sum(one.kind == "guarantee" for one in self.made)

    @property
    def unwritten(self) -> int:
        """How many parties were promised something of which there is no paper yet."""
        written = {one.meeting_id for one in self.made if one.meeting_id is not None}
        return max(0, self.total.pledged - len(written))


def report_of_day(source: Source, day: date, now: datetime) -> DayReport:
    """Return the report of a day; ``Refused`` where nobody was received on it."""
    places = day_figures(source, day, day)
    if not places:
        raise Refused(f"{day} 没有接访：用 duban reception list 看哪天接访过")
    before = promised_before(source, day.replace(day=1))
    return DayReport(
        day,
        day,
        now,
        tuple(places),
        sum_of(places, day),
        _promised(source, *before, now) if before else None,
        _made(pledges_of_days(source, day, day)),
    )


def report_of_year(source: Source, year: int, now: datetime) -> DayReport:
    """Return the report of a year as far as it has gone, a line a month."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    places = day_figures(source, first, last)
    if not places:
        raise Refused(f"{year}年没有接访：用 duban reception list 看哪天接访过")
    made = _made(pledges_of_days(source, first, last))
    promised = Counter(one.day.replace(day=1) for one in made)
    months = []
    for month in sorted({one.day.replace(day=1) for one in places}):
        own = [one for one in places if one.day.replace(day=1) == month]
        months.append(MonthSums(month, len(own), sum_of(own, month), promised[month]))
    return DayReport(
        first,
        last,
        now,
        tuple(places),
        sum_of(places, first),
        _promised(source, first, last, now),
        made,
        tuple(months),
    )


def _promised(source: Source, first: date, last: date, now: datetime) -> Promised:
    found = pledges_of_days(source, first, last)
    met = Counter(one.fate(now) for one in found)
    worst = [one.masked(MASKED) for one in found if one.fate(now) in ("broken", "overdue")]
    worst.sort(key=lambda one: (one.unit, one.due_at, one.id))
    fates = {fate: met[fate] for fate in FATES}
    return Promised(first, last_of_month(last), fates, tuple(worst))


def _made(found: Iterable[PledgeView]) -> tuple[PledgeView, ...]:
    return tuple(one.masked(MASKED) for one in found if one.void_at is None)


Draw = Callable[[DayReport], bytes]
Keep = Callable[[str, bytes], object]


@retried
def export_report(store: Store, found: DayReport, name: str, draw: Draw, keep: Keep) -> None:
    """Write a report down; the trail tells who took it."""
    content = draw(found)
    with store.writing() as work:
        work.require(verb="reception.report")
        told = {"file": name, "day": _days(found), "sha256": digest_of(content)}
        work.event("reception.report", "store", None, payload=told)
        keep(name, content)


@retried
def publish_day(store: Store, day: date, name: str, draw: Draw, keep: Keep) -> DayReport:
    """发布: give the report of a day out, once; every place of it must be closed by then."""
    with store.writing() as work:
        work.require(verb="reception.publish")
        found = receptions_on(work, day)
        report = report_of_day(work, day, work.at)
        still = [one for one in found if one.closed_at is None]
        if still:
            raise Refused(f"还有{len(still)}个接访点没有结束登记：先用 duban reception close {day}")
        if all(one.published_at is not None for one in found):
            raise Refused(f"{day} 的接访日报已发布：要再看用 duban reception report --day {day}")
        content = draw(report)
        told = {"day": day.isoformat(), "file": name, "sha256": digest_of(content)}
        for one in found:
            if one.published_at is None:
                changes = {"published_at": work.at}
                work.update(Reception, one.id, one.version, {"published_at": None}, **changes)
                work.event("reception.publish", "reception", one.id, payload=told)
        keep(name, content)
        return report


def _days(found: DayReport) -> str:
    return str(found.first.year) if found.whole_year else found.first.isoformat()


def sums_by_unit(unkept: Sequence[PledgeView]) -> list[tuple[str, int]]:
    """Return how many promises each unit has not kept, in the order of the units."""
    return list(Counter(one.unit for one in unkept).items())
