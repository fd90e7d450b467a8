"""What waits for a decision of the centre, and what to know before deciding; every call blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from threading import Lock
from typing import TYPE_CHECKING

from console.desk import Chosen, Desk
from console.desk.casework import Said, Taken, take

if TYPE_CHECKING:
    from models.casework import Suggestion, Suggestions
    from models.orders import OrderView
    from models.views import DeskRow, TicketView, Waiting


MOST = 500
"""Rows of one queue read at once; the oldest come first, and deciding brings up the next."""


KEPT = timedelta(minutes=15)
"""How long the memory of earlier dispatches serves before it is read anew."""


ORDERS = ("sign", "deliver", "feedback")
"""The queues whose matters are papers."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits in one queue, the oldest first, as read at ``now``; ``all`` are the queues."""

    key: str
    rows: tuple[DeskRow, ...]
    all: tuple[Waiting, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Detail:
    """What to know of one matter before deciding.

    ``effect`` are lines on what agreeing would do; ``claimed`` is the outcome the unit says.
    """

    row: DeskRow
    view: TicketView | None = None
    suggestions: tuple[Suggestion, ...] = ()
    effect: tuple[str, ...] = ()
    claimed: str | None = None
    order: OrderView | None = None


class Adviser:
    """Suggested units, from a memory that is read once and kept for a while."""

    def __init__(self, desk: Desk) -> None:
        """Read nothing yet: the memory takes seconds in a large store."""
        self._desk = desk
        self._lock = Lock()
        self._memory: Suggestions | None = None
        self._read_at: datetime | None = None

    def of(self, ticket_id: int) -> tuple[Suggestion, ...]:
        """Return up to three units for a ticket, the likeliest first."""
        from models.casework import Suggestions

        store = self._desk.store
        with self._lock, store.reading() as reader:
            now = store.now()
            if self._memory is None or self._read_at is None or now - self._read_at > KEPT:
                keeper = store.timekeeper()
                self._memory = Suggestions(
                    reader, store.policy.routing, today=keeper.local(now).date()
                )
                self._read_at = now
            return self._memory.of(reader, ticket_id)


def read_pile(desk: Desk, key: str | None) -> Pile:
    """Return the queues, and what waits in one; without a key in the first that is not empty."""
    from models.views import desk_queues, desk_rows

    with desk.reading("pile") as reader:
        all = desk_queues(reader.rows)
        key = key or next((queue.key for queue in all if queue.count), all[0].key)
        return Pile(key, desk_rows(reader.rows, key, limit=MOST), all, desk.store.now())


def read_detail(desk: Desk, adviser: Adviser, key: str, row: DeskRow) -> Detail:
    """Return what to know of a matter; ``DubanError`` if somebody was first."""
    if key in ORDERS:
        return Detail(row, order=orders_of(desk, [row.id])[0])
    assert row.ticket_id is not None
    view = desk.ticket(row.ticket_id)
    match key:
        case "dispatch":
            return Detail(row, view, suggestions=adviser.of(row.ticket_id))
        case "extension":
            return Detail(row, view, effect=_effect(desk, row.ticket_id))
        case "judge":
            return Detail(row, view, claimed=_claimed(desk, view.round.id))
    return Detail(row, view)


def orders_of(desk: Desk, ids: Sequence[int]) -> list[OrderView]:
    """Return the papers of rows."""
    from models.orders import orders_by_id

    with desk.store.reading() as reader:
        return orders_by_id(reader.rows, list(ids))


def settle_conflicts(desk: Desk, ids: Sequence[int], verb: str) -> Taken:
    """保留 or 采用: decide what a file and the store say differently."""
    from models import intake

    decide = intake.keep_ours if verb == "keep" else intake.take_theirs
    return Taken(decide(desk.store, list(ids)))


def suggested(
    adviser: Adviser, chosen: Sequence[Chosen], place: int
) -> tuple[dict[tuple[int, str], list[tuple[Chosen, str]]], list[Chosen]]:
    """Return the chosen by the unit suggested at a place, each with why, and those without one."""
    groups: dict[tuple[int, str], list[tuple[Chosen, str]]] = {}
    without = []
    for one in chosen:
        found = adviser.of(one.ticket_id)
        if len(found) < place:
            without.append(one)
        else:
            unit = found[place - 1]
            groups.setdefault((unit.unit_id, unit.unit), []).append((one, unit.why))
    return groups, without


def dispatch_suggested(
    desk: Desk, groups: dict[tuple[int, str], list[tuple[Chosen, str]]]
) -> Taken:
    """Hand every matter to the unit suggested for it; the trail says that it was suggested."""
    count, skipped = 0, list[tuple[str, str]]()
    for (unit_id, _), matters in groups.items():
        why = f"采纳建议：{matters[0][1]}" if len(matters) == 1 else "采纳建议"
        said = Said(unit_id=unit_id, routed_by=why)
        done = take(desk, "dispatch", [one for one, _ in matters], said)
        count += done.count
        skipped += done.skipped
    return Taken(count, tuple(skipped))


def _effect(desk: Desk, ticket_id: int) -> tuple[str, ...]:
    """Return in words what granting an extension does to the due date, colour and rate."""
    from models.views import foresee_extension
    from rules.clocks import short_instant

    seen = foresee_extension(desk.store, ticket_id)
    local = desk.store.timekeeper().local
    before, after = _colour(seen.colour), _colour(seen.colour_after)
    rate, rate_after = _rate(seen.rate), _rate(seen.rate_after)
    month = f"{int(seen.month[-2:])}月按时办结率"
    return (
        f"到期 {short_instant(local(seen.due_before))} → {short_instant(local(seen.due_after))}",
        f"颜色 {before} → {after}" if before != after else f"颜色 {before}，不变",
        f"{month} {rate} → {rate_after}" if rate != rate_after else f"{month} {rate}，不变",
    )


def _colour(colour: str | None) -> str:
    return {"red": "红", "yellow": "黄", "blue": "蓝"}.get(colour or "", "未亮")


def _rate(rate: Fraction | None) -> str:
    if rate is None:
        return "尚无到期件"
    return f"{float(rate):.2%}"


def _claimed(desk: Desk, round_id: int) -> str | None:
    sql = """SELECT outcome FROM reply WHERE round_id = :r AND judged_at IS NULL
             ORDER BY id DESC LIMIT 1"""
    with desk.store.reading() as reader:
        found = reader.rows(sql, r=round_id)
    return found[0][0] if found else None
