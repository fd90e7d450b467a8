"""每日快报: what came in on one day, what is new or rises, what is red, what leaders wait for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models.insight import risen_between
from models.orders import digest_of
from models.ranking import flow_between, hands_at
from models.store import Query, retried
from rules.casework import listed_title
from rules.clocks import day_start
from rules.errors import Refused
from rules.ranking import Flow, InHand, Risen
from rules.text import MASKED

if TYPE_CHECKING:
    from models.orders import Keeping
    from models.store import Reader, Store

LOOKED = 6
"""Days before the day that belong to what is told of it: a week with it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A leader's instruction that is not done; of what is kept back only what it is."""

    leader: str
    number: str
    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a leader asked for on a report, not done yet."""

    report: str
    title: str
    leader: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Daily:
    """One day in the bureau's zone, ``through`` its end, or now where it is not over.

    ``before`` moved on the day before. ``due`` end by the end of the day after.
    """

    bureau: str
    day: date
    made_at: datetime
    through: datetime
    flow: Flow
    before: Flow
    unsatisfied: int
    hand: InHand
    risen: tuple[Risen, ...]
    due: tuple[Due, ...]
    waiting: tuple[Waiting, ...]

    @property
    def partly(self) -> bool:
        """Whether the day is not over yet."""
        return self.through.date() == self.day


@dataclass(frozen=True, slots=True)
class _Given(Due):
    """An instruction with the appeal it is on."""

    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_DUE = Query(
    _Given,
    """
SELECT i.leader, t.number, t.title, d.due_at, t.nature, t.confidential, p.reporter, p.phone,
    p.address
FROM instruction i JOIN deadline d ON d.subject_kind = 'instruction' AND d.subject_id = i.id
JOIN ticket t ON t.id = i.ticket_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE i.done_at IS NULL AND d.stopped_at IS NULL AND d.due_at < :until AND i.given_at <= :now
ORDER BY d.due_at, i.id
""",
)
_WAITING = Query(
    Waiting,
    """
SELECT coalesce(l.number, '') AS report, l.title, a.leader, a.due_at
FROM report_answer a JOIN report r ON r.id = a.report_id JOIN letter l ON l.id = r.letter_id
LEFT JOIN instruction i ON i.id = a.instruction_id
WHERE a.due_at IS NOT NULL AND r.done_at IS NULL AND i.done_at IS NULL AND l.status = 'signed'
  AND a.at <= :now
ORDER BY a.due_at, a.id
""",
)
_UNSATISFIED = """
SELECT count(*) FROM rating g
WHERE g.result_rating = '不满意' AND g.means <> 'rerating' AND g.at >= :since AND g.at < :until
"""


def daily_of(store: Store, day: date | None = None) -> Daily:
    """Return what is told of a day, of yesterday unless another is said, counted as of its end.

    ``Refused`` for a day that has not begun.
    """
    keeper, now = store.timekeeper(), store.now()
    today = keeper.local(now).date()
    day = day or today - timedelta(days=1)
    if day > today:
        raise Refused(f"{day} 还没有开始：请写今天或以前的日子")
    one = timedelta(days=1)
    start, end = (day_start(at, keeper.zone) for at in (day, day + one))
    through, after = min(end, now), day_start(day + 2 * one, keeper.zone)
    with store.reading() as reader:
        given = reader.read(_DUE, until=after, now=through)
        return Daily(
            bureau=store.policy.bureau.name,
            day=day,
            made_at=keeper.local(now),
            through=keeper.local(through),
            flow=flow_between(reader, start, through),
            before=flow_between(reader, day_start(day - one, keeper.zone), start),
            unsatisfied=int(reader.value(_UNSATISFIED, since=start, until=through)),
            hand=sum(hands_at(reader, through, after).values(), InHand()),
            risen=_risen(reader, store, day, through),
            due=tuple(_told(one) for one in given),
            waiting=tuple(reader.read(_WAITING, now=through)),
        )


def _risen(reader: Reader, store: Store, day: date, through: datetime) -> tuple[Risen, ...]:
    """Return what is new or rises in the week to a day, what could be known last before others."""
    begin = day_start(day - timedelta(days=LOOKED), store.timekeeper().zone)
    found = risen_between(reader, store, begin, through, frozenset({"new", "rises"}))
    return tuple(sorted(found, key=lambda one: one.known_on, reverse=True))


def _told(one: _Given) -> Due:
    title = listed_title(MASKED.about(one).text(one.title), one.nature, one.confidential)
    return Due(one.leader, one.number, title, one.due_at)


@retried
def export_daily(
    store: Store, daily: Daily, name: str, render: Callable[[Daily], bytes], keep: Keeping
) -> bytes:
    """Write a brief down; the trail tells who took it."""
    content = render(daily)
    with store.writing() as work:
        work.require(verb="report.daily")
        payload = {"day": f"{daily.day}", "file": name, "sha256": digest_of(content)}
        work.event("report.daily", "store", None, payload=payload)
        keep(name, content)
    return content
