"""Narrowing and sorting a list of matters that somebody else has found. No ORM is imported."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from models.store import Reader
from models.views.filtering import CLOSED, LIVE, conditions
from models.views.queue import QueueMoment
from models.views.states import CLOSED_ORDERS, COLOURS, ORDERS, PAST, PAUSED, RUNNING, Part
from rules.casework import QueueFilter

CHUNK = 2000
"""Ids asked for in one statement."""

_UNTIMED = """EXISTS (SELECT 1 FROM review v WHERE v.ticket_id = t.id AND v.decided_at IS NULL)
AND NOT EXISTS (SELECT 1 FROM deadline c WHERE c.ticket_id = t.id AND c.subject_kind = 'review'
                AND c.stopped_at IS NULL)"""


def queue_narrowed(
    reader: Reader,
    ids: Sequence[int],
    filter: QueueFilter,
    moment: QueueMoment,
    *,
    order: str | None = None,
    descending: bool = False,
) -> array[int]:
    """Return what a filter leaves of ``ids``, in their own order or in one of ``ORDERS``.

    An id is that of a leading clock, or minus that of a ticket, as in every list of the queue.
    """
    found = {id: keys for id, *keys in _found(reader, ids, filter, moment, order)}
    left = [id for id in ids if id in found]
    if order is not None:
        left.sort(key=lambda id: [(key is not None, key) for key in found[id]])
    return array("q", reversed(left) if descending else left)


def _found(
    reader: Reader,
    ids: Sequence[int],
    filter: QueueFilter,
    moment: QueueMoment,
    order: str | None,
) -> Iterator[tuple[Any, ...]]:
    """Yield id and keys of order of each matter that is left."""
    given = {**asdict(moment), "since": moment.day_start - timedelta(days=filter.days)}
    for part, own, among in (
        (_live(filter, order), "d.id", [id for id in ids if id > 0]),
        (_closed(filter, order), "t.id", [-id for id in ids if id < 0]),
    ):
        if part is None:
            continue
        asked = conditions(reader, filter, part.shelf)
        keys = "".join(f", {key}" for key in part.keys)
        sql = (
            f"SELECT {part.shelf.id} AS id{keys} FROM {part.shelf.table} "
            f"{asked.joins(part.where, keys)} "
            f"WHERE {own} IN (:among) AND {part.where} {asked.where()}"
        )
        for start in range(0, len(among), CHUNK):
            some = among[start : start + CHUNK]
            yield from reader.rows(sql, among=some, **given, **asked.params)


def _live(filter: QueueFilter, order: str | None) -> Part | None:
    if filter.state in PAST:
        return None
    part = Part(LIVE, "d.id > 0", ORDERS[order] if order is not None else ())
    if filter.colour == "paused":
        part = replace(part, where=PAUSED)
    elif filter.colour is not None:
        part = replace(part, where=f"{RUNNING} AND {COLOURS[filter.colour]}")
    return _reviewed(filter, part, "d.subject_kind = 'review'")


def _closed(filter: QueueFilter, order: str | None) -> Part | None:
    if filter.state == "open" or filter.colour is not None:
        return None
    keys = CLOSED_ORDERS.get(order, ("r.closed_at", "-t.id")) if order is not None else ()
    where = PAST[filter.state].where if filter.state in PAST else "t.id > 0"
    return _reviewed(filter, Part(CLOSED, where, keys), _UNTIMED)


def _reviewed(filter: QueueFilter, part: Part, condition: str) -> Part:
    """Return what of a part stands for a review: its clock, or its appeal where it has none."""
    if filter.state != "review":
        return part
    return replace(part, where=f"{part.where} AND {condition}")
