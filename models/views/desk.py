"""待办: every queue of decisions of the centre, with its count and oldest age.

Each queue is a partial index over what is undecided, so its cost never grows with history. No ORM
is imported: the total stands in every header.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from models.views.asked import Asked, Waiting
from models.views.decisions import QUEUES
from models.views.filtering import conditions
from rules.casework import (
    COLUMN_NAMES,
    DISPUTES,
    EXCLUSION_KINDS,
    EXCLUSIONS,
    OBJECTIONS,
    RETURN_CODES,
    QueueFilter,
    act_name,
    kept_back,
    listed_title,
    tags_words,
)
from rules.clocks import Limit, Timekeeper
from rules.text import MASKED, Masking, stock_phrase

EVERYTHING = QueueFilter()


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One decision that waits; ``id`` is the request's, order's or conflict's, else the round's.

    ``version`` is the ticket's or the order's, to be given back as ``seen``.
    ``said`` is what was asked or answered; ``mark`` what the judge should notice: 套话,
    末次退单，评价异议，whence a dispute comes. ``reported_at`` is when a unit says that it was.
    """

    id: int
    ticket_id: int | None
    version: int
    number: str
    title: str
    unit: str
    since_at: datetime
    said: str
    mark: str = ""
    reported_at: datetime | None = None


DESK_ORDERS = {
    "waited": ("{since}", "{id}"),
    "newest": ("{since} DESC", "{id} DESC"),
    "unit": ("u.code", "{since}", "{id}"),
    "number": ("{number}", "{id}"),
}
"""How a queue may be ordered: what has waited longest first, or what came last."""

_EACH = " UNION ALL ".join(f"SELECT count(*) AS n {queue.waiting}" for queue in QUEUES.values())
_TOTAL = f"SELECT sum(n) FROM ({_EACH}) AS each_queue"


def desk_queues(source: Source) -> tuple[Waiting, ...]:
    """Return every queue, the empty ones too."""
    return tuple(found for queue in QUEUES.values() for found in source.read(queue.counted))


_REVIEWS = Query(
    Waiting,
    """
SELECT 'review' AS key, '待核查' AS name, count(*) AS count, min(opened_at) AS oldest_at
FROM review WHERE decided_at IS NULL
""",
)


def reviews_waiting(source: Source) -> Waiting:
    """Return how many reviews wait on F5; they are no part of the desk's total."""
    return source.read(_REVIEWS)[0]


def desk_total(source: Source) -> int:
    """Return how much waits in all, for the header: one statement."""
    return int(source.value(_TOTAL))


def desk_ids(
    source: Source,
    key: str,
    filter: QueueFilter = EVERYTHING,
    *,
    order: str = "waited",
    descending: bool = False,
    limit: int | None = None,
) -> array[int]:
    """Return what waits in one queue of ``QUEUES``, in one of ``DESK_ORDERS`` or turned round.

    Of a filter only what speaks of the matter itself counts: a decision has no colour.
    """
    queue = QUEUES[key]
    id = queue.shelf.id
    asked = conditions(source, filter, queue.shelf)
    number = "o.number" if id == "o.id" else "t.number"
    by = ", ".join(
        part.format(since=queue.since, id=id, number=number) for part in DESK_ORDERS[order]
    )
    sql = (
        f"SELECT {id} FROM {queue.shelf.table} {asked.joins()} "
        f"WHERE {queue.where} {asked.where()} ORDER BY {by}"
    )
    found = [one[0] for one in source.rows(sql, **asked.params)]
    if descending:
        found.reverse()
    return array("q", found[:limit])


def desk_window(
    source: Source, key: str, ids: Sequence[int], *, masking: Masking = MASKED
) -> list[DeskRow]:
    """Return the rows of ``ids`` in that order; one that waits no more gives no row."""
    if not ids:
        return []
    queue = QUEUES[key]
    asked = queue.asked.also(f"AND {queue.shelf.id} IN (:ids)")
    found = {one.id: _row(masking, key, one) for one in source.read(asked, ids=list(ids))}
    if queue.shelf.id == "o.id":
        found = _of_their_appeals(source, found, masking)
    return [found[id] for id in ids if id in found]


@dataclass(frozen=True, slots=True)
class _OnOrder:
    """Whose appeal stands on an order."""

    order_id: int
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_ON_ORDERS = Query(
    _OnOrder,
    """
SELECT l.order_id, t.nature, t.confidential, p.reporter, p.phone, p.address
FROM order_ticket l JOIN ticket t ON t.id = l.ticket_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE l.order_id IN (:ids) ORDER BY l.id
""",
)


def _of_their_appeals(
    source: Source, rows: dict[int, DeskRow], masking: Masking
) -> dict[int, DeskRow]:
    """Return orders with nothing said of whoever brought an appeal on them."""
    found = dict(rows)
    for one in source.read(_ON_ORDERS, ids=list(rows)):
        row, theirs = found[one.order_id], masking.about(one)
        said = "" if kept_back(one.nature, one.confidential) else theirs.text(row.said)
        found[one.order_id] = replace(row, title=theirs.text(row.title), said=said)
    return found


def desk_rows(
    source: Source, key: str, *, limit: int = 200, masking: Masking = MASKED
) -> list[DeskRow]:
    """Return what has waited longest in one queue of ``QUEUES``, the oldest first."""
    return desk_window(source, key, desk_ids(source, key, limit=limit), masking=masking)


def _row(masking: Masking, key: str, asked: Asked) -> DeskRow:
    masking = masking.about(asked)
    return DeskRow(
        id=asked.id,
        ticket_id=asked.ticket_id,
        version=asked.version,
        number=asked.number or "",
        title=masking.text(listed_title(asked.title, asked.nature, asked.confidential)),
        unit=asked.unit or "",
        since_at=asked.since_at,
        said=masking.text(_said(key, asked)),
        mark=_mark(key, asked),
        reported_at=asked.reported_at,
    )


def _said(key: str, asked: Asked) -> str:
    """Return what was asked or answered, in words; none of them of an appeal that is kept back."""
    kept = kept_back(asked.nature, asked.confidential)
    text = "" if kept else asked.text or ""
    if key == "return":
        return "，".join(filter(None, (RETURN_CODES.get(asked.code, asked.code), text)))
    if key == "exclusion":
        asked_for = EXCLUSIONS.get(asked.code) or EXCLUSION_KINDS.get(asked.code, asked.code)
        return "，".join(filter(None, (asked_for, text)))
    if key == "extension":
        return "，".join(filter(None, (f"延{Limit.parse(asked.limit_text).label}", text)))
    if key in ("account", "untold"):
        return "，".join(filter(None, (f"挂{Limit.parse(asked.limit_text).label}", text)))
    if key == "report":
        return "，".join(filter(None, (act_name("ticket", asked.code), text)))
    if key == "limit":
        return tags_words(json.loads(asked.ours or "{}"), json.loads(asked.theirs or "{}"))
    if key == "conflict":
        column = COLUMN_NAMES.get(asked.column, asked.column)
        if kept:
            return f"{column}：本库与来件不同"
        return f"{column}：本库“{asked.ours or '—'}”，来件“{asked.theirs or '（未留存）'}”"
    return text


def _mark(key: str, asked: Asked) -> str:
    """Return what the judge should notice."""
    if key == "objection":
        return OBJECTIONS[asked.code]
    if key == "dispute":
        return DISPUTES[asked.code]
    if key == "judge":
        return asked.stock or stock_phrase(asked.text or "") or ""
    return "退单" if asked.returned else "末次退单" if asked.arbitration else ""


def with_undelivered(
    found: Sequence[DeskRow], keeper: Timekeeper, limit_text: str, now: datetime
) -> list[DeskRow]:
    """Return signed orders, those marked that the policy wants delivered by now.

    ``limit_text`` is ``[orders] undelivered`` and counts from the signature.
    """
    mark = f"未送达：签发已逾{Limit.parse(limit_text).label}"
    return [
        replace(row, mark=mark)
        if keeper.timed("deliver", limit_text, row.since_at).due_at < now
        else row
        for row in found
    ]


def with_reported(found: Sequence[DeskRow], keeper: Timekeeper) -> list[DeskRow]:
    """Return what units report of themselves, each saying when in the bureau's zone."""
    return [
        replace(row, said=f"自报 {keeper.local(row.reported_at):%m-%d %H:%M} {row.said}")
        if row.reported_at is not None
        else row
        for row in found
    ]
