"""What waits for a decision of the centre, and what to know before deciding; every call blocks."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from console.casework import Chosen, read_ticket, take
from console.frame import Session
from models import intake, orders, views
from rules.casework import QueueFilter
from rules.clocks import short_instant

if TYPE_CHECKING:
    from console.casework import Adviser
    from models.casework import Done
    from models.dispatch import Suggestion
    from models.orders import OrderView
    from models.store import Reader
    from models.views import DeskRow, TicketView, Waiting


FIRST = 64
"""Rows read before anything else, so that the screen is full at once."""

CHUNK = 2000
"""Rows of marks that are read together."""

EVERYTHING = QueueFilter()

ORDERS = ("sign", "deliver", "feedback")
"""The queues whose matters are papers."""


Groups = dict[tuple[int, str], list[tuple[Chosen, str]]]
"""Matters by the unit, id and name, that is suggested for them, each with why.

It is made once and carried by value from what was shown to what is done.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of the desk: one queue, narrowed; None is the first that is not empty."""

    key: str | None = None
    filter: QueueFilter = EVERYTHING
    order: str = "waited"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits in one queue by id, some of its rows, as at ``now``; ``all`` are the queues.

    ``reviews`` wait on F5.
    """

    key: str
    ids: array[int]
    rows: Mapping[int, DeskRow]
    all: tuple[Waiting, ...]
    reviews: Waiting
    now: datetime


@dataclass(frozen=True, slots=True)
class Detail:
    """What to know of one matter before deciding.

    ``effect`` are lines on what agreeing would do, ``due`` the tickets that the rate among them is
    of, under the name ``due_of``; ``claimed`` is the outcome the unit says, ``limits`` are what
    each answer would make of the limits that run.
    """

    row: DeskRow
    view: TicketView | None = None
    suggestions: tuple[Suggestion, ...] = ()
    effect: tuple[str, ...] = ()
    due: tuple[int, ...] = ()
    due_of: str = ""
    claimed: str | None = None
    limits: tuple[str, ...] = ()
    order: OrderView | None = None


def read_pile(session: Session, wanted: Wanted, seen: Sequence[int] = ()) -> Pile:
    """Return the queues, and what waits in one with the rows of its beginning and of ``seen``."""
    with session.reading("pile") as reader:
        all = views.desk_queues(reader)
        key = wanted.key or next((queue.key for queue in all if queue.count), all[0].key)
        ids = views.desk_ids(
            reader, key, wanted.filter, order=wanted.order, descending=wanted.descending
        )
        rows = _rows(session, reader, key, [*ids[:FIRST], *seen])
        reviews = views.reviews_waiting(reader)
    return Pile(key, ids, rows, all, reviews, session.store.now())


def read_waiting(session: Session, key: str, ids: Sequence[int]) -> Mapping[int, DeskRow]:
    """Return rows that are about to be seen or decided; one that waits no more is left out."""
    found: dict[int, DeskRow] = {}
    with session.reading("rows") as reader:
        for start in range(0, len(ids), CHUNK):
            found |= _rows(session, reader, key, ids[start : start + CHUNK])
    return found


def _rows(session: Session, reader: Reader, key: str, ids: Sequence[int]) -> dict[int, DeskRow]:
    store, policy = session.store, session.store.policy
    masking = policy.privacy.on_screen
    found = views.desk_window(reader, key, list(dict.fromkeys(ids)), masking=masking)
    if key == "report":
        found = views.with_reported(found, store.timekeeper())
    if key == "deliver":
        limit_text = policy.orders.undelivered
        found = views.with_undelivered(found, store.timekeeper(), limit_text, store.now())
    return {row.id: row for row in found}


def read_detail(session: Session, adviser: Adviser, key: str, row: DeskRow) -> Detail:
    """Return what to know of a matter; ``DubanError`` if somebody was first."""
    if key in ORDERS:
        return Detail(row, order=orders_of(session, [row.id])[0])
    if row.ticket_id is None:
        return Detail(row)
    view = read_ticket(session, row.ticket_id)
    match key:
        case "dispatch":
            return Detail(row, view, suggestions=adviser.of(row.ticket_id))
        case "extension":
            return _extension(session, row, view)
        case "limit":
            told = views.foresee_limits(session.store, row.ticket_id)
            return Detail(row, view, limits=tuple(told.values()))
        case "judge":
            with session.store.reading() as reader:
                return Detail(row, view, claimed=views.claimed_outcome(reader, view.round.id))
    return Detail(row, view)


def orders_of(session: Session, ids: Sequence[int]) -> list[OrderView]:
    """Return the papers of rows."""
    with session.store.reading() as reader:
        return orders.orders_by_id(reader, list(ids))


def settle_conflicts(session: Session, rows: Sequence[DeskRow], verb: str) -> None:
    """保留 or 采用: decide what a file and the store say differently."""
    decide = intake.keep_ours if verb == "keep" else intake.take_theirs
    seen = {row.ticket_id: row.version for row in rows if row.ticket_id is not None}
    decide(session.store, [row.id for row in rows], seen=seen)


def decide_reports(
    session: Session, rows: Sequence[DeskRow], how: str, reason: str | None = None
) -> None:
    """采信, 按收到时间 or 不采信: decide the times that units report of themselves."""
    seen = {row.ticket_id: row.version for row in rows if row.ticket_id is not None}
    intake.decide_reports(session.store, [row.id for row in rows], how, reason=reason, seen=seen)


def suggested(
    adviser: Adviser, chosen: Sequence[Chosen], place: int
) -> tuple[Groups, list[Chosen]]:
    """Return the chosen by the unit suggested at a place, each with why, and those without one."""
    groups: Groups = {}
    without = []
    for one in chosen:
        found = adviser.of(one.ticket_id)
        if len(found) < place:
            without.append(one)
        else:
            unit = found[place - 1]
            groups.setdefault((unit.unit_id, unit.unit), []).append((one, unit.why))
    return groups, without


def dispatch_suggested(session: Session, groups: Groups) -> Done:
    """Hand every matter to the unit suggested for it, as one act; the trail says so."""
    own = {
        one.ticket_id: {"unit_id": unit_id, "routed_by": f"采纳建议：{why}"}
        for (unit_id, _), matters in groups.items()
        for one, why in matters
    }
    chosen = [one for matters in groups.values() for one, _ in matters]
    return take(session, "dispatch", chosen, {}, own)


def _extension(session: Session, row: DeskRow, view: TicketView) -> Detail:
    """Return in words what granting an extension does to the due date, colour and rate."""
    seen = views.foresee_extension(session.store, view.id)
    local = session.store.timekeeper().local
    before, after = _colour(seen.colour), _colour(seen.colour_after)
    rate, rate_after = _rate(seen.rate), _rate(seen.rate_after)
    month = f"{int(seen.month[-2:])}月"
    share = f"{month}按时办结率 "
    share += f"{rate} → {rate_after}" if rate != rate_after else f"{rate}，不变"
    effect = (
        f"到期 {_due(local(seen.due_before))} → {_due(local(seen.due_after))}",
        f"颜色 {before} → {after}" if before != after else f"颜色 {before}，不变",
        f"{share}（e 看所数的件）" if seen.due else share,
    )
    due_of = f"{row.unit} · {month}按时办结率 · 至今应办结"
    return Detail(row, view, effect=effect, due=seen.due, due_of=due_of)


def _due(local: datetime) -> str:
    return short_instant(local, ends=True)


def _colour(colour: str | None) -> str:
    return {"red": "红", "yellow": "黄", "blue": "蓝"}.get(colour or "", "未亮")


def _rate(rate: Fraction | None) -> str:
    if rate is None:
        return "尚无到期件"
    return f"{float(rate):.2%}"
