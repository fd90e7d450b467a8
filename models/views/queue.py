"""The supervision queue: which matter breaks next, and how many stand in which colour.

A queue row is one matter shown by its leading deadline. Colour is a comparison of stored instants
with now, so the queue is a handful of index ranges over running deadlines: its cost does not grow
with history, and nothing in it is ever stale. No ORM is imported here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from models.store import Query, Reader
from models.views.filtering import CLOSED, LIVE, REVIEWS, Shelf, conditions
from models.views.record import OfPerson
from models.views.states import (
    COLOURS,
    ENDED,
    FOLDED,
    PAST,
    PAUSED,
    RUNNING,
    UNDECIDED,
    Part,
    parts,
)
from rules.casework import QueueFilter
from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class QueueMoment:
    """The instants that cut the queue into bands, all aware UTC."""

    now: datetime
    day_start: datetime
    workday_start: datetime
    next_workday_end: datetime
    fold_before: datetime


@dataclass(frozen=True, slots=True)
class QueueRow(OfPerson):
    """One matter of the queue, by its leading deadline; ``id`` is the deadline's.

    ``version`` is the ticket's or the order's, to be given back as ``seen``. A closed ticket has
    minus its own id and ``closed_at``; its instants are those of its clock for 办结, ``late`` when
    that stopped too late; ``rated`` is the citizen's word on the outcome, ``in_review`` while a
    review of it is not decided.
    """

    id: int
    version: int
    kind: str
    subject_id: int
    ticket_id: int | None
    round_id: int | None
    number: str
    title: str
    unit: str
    unit_id: int | None
    step: str
    state: str
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    paused_at: datetime | None
    pressing: bool
    provisional: bool
    urgency: str
    channel: str
    nature: str
    area: str
    grid: str
    closed_at: datetime | None = None
    late: bool = False
    rated: str | None = None
    in_review: bool = False


@dataclass(frozen=True, slots=True)
class QueueStates:
    """How many matters each state of the queue holds."""

    open: int
    review: int
    unsatisfied: int
    closed: int
    all: int


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many matters stand where; ``next`` turns red by the end of the next working day."""

    red: int = 0
    yellow: int = 0
    blue: int = 0
    paused: int = 0
    provisional: int = 0
    total: int = 0
    next: int = 0
    folded: int = 0


def queue_moment(timekeeper: Timekeeper, now: datetime) -> QueueMoment:
    """Return the instants that cut the queue, as the policy's calendar gives them."""
    local = timekeeper.local(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return QueueMoment(
        now=now,
        day_start=midnight.astimezone(now.tzinfo),
        workday_start=timekeeper.workday_start(now),
        next_workday_end=timekeeper.next_workday_end(now),
        fold_before=timekeeper.long_red_before(now),
    )


def queue_snapshot(
    reader: Reader,
    filter: QueueFilter,
    moment: QueueMoment,
    *,
    order: str = "banded",
    descending: bool = False,
    limit: int | None = None,
    unfold: bool = False,
) -> array[int]:
    """Return the ids of the matters of the filter's state in order, at most ``limit``.

    A matter is named by its leading clock; where none runs, by minus its ticket's id. ``banded`` is
    the order of UX.md: urgent first, then newly red, yellow, red, blue; matters red for over 30
    working days only with ``unfold``; behind them what is paused and what is closed, the last one
    first. Any other order is one of ``ORDERS``.
    """
    ids: array[int] = array("q")
    for together in parts(filter, order, descending, unfold):
        left = None if limit is None else limit - len(ids)
        if left == 0:
            break
        ids.extend(_ids(reader, filter, moment, together, left))
    return ids


def queue_window(reader: Reader, ids: Sequence[int]) -> list[QueueRow]:
    """Return the rows of ``ids`` in that order; an id that is no longer there gives no row."""
    live, closed = [i for i in ids if i > 0], [-i for i in ids if i < 0]
    found = {row.id: row for row in reader.read(_WINDOW, ids=live)} if live else {}
    if closed:
        found |= {row.id: row for row in reader.read(_CLOSED_WINDOW, ids=closed)}
    return [found[i] for i in ids if i in found]


def queue_counts(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueCounts:
    """Return the counters of what the filter's state holds, under every filter but the colour."""
    plain = replace(filter, colour=None)
    if filter.state == "review":
        return _counted(reader, plain, moment, _REVIEWS_COUNTED, REVIEWS, UNDECIDED)
    if filter.state in PAST:
        return QueueCounts(total=queue_total(reader, plain, moment))
    running = _counted(reader, plain, moment, _COUNTED, LIVE, RUNNING)
    paused = _how_many(reader, plain, moment, Part(LIVE, PAUSED))
    closed = _how_many(reader, plain, moment, Part(CLOSED, ENDED)) if filter.state == "all" else 0
    return replace(running, paused=paused, total=running.total + paused + closed)


def queue_total(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> int:
    """Return how many matters a list of the filter has, unfolded, its colour included."""
    listed = (part for some in parts(filter, "due", False, True) for part in some)
    return sum(_how_many(reader, filter, moment, part) for part in listed)


def queue_states(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueStates:
    """Return how many matters each state holds under every filter but the colour."""
    plain = replace(filter, colour=None)
    held = {
        state: queue_total(reader, replace(plain, state=state), moment)
        for state in ("open", "review", "unsatisfied", "closed")
    }
    held["open"] += _how_many(reader, plain, moment, Part(LIVE, PAUSED))
    whole = held["open"] + _how_many(reader, plain, moment, Part(CLOSED, ENDED))
    return QueueStates(**held, all=whole)


def _ids(
    reader: Reader,
    filter: QueueFilter,
    moment: QueueMoment,
    together: Sequence[Part],
    limit: int | None,
) -> list[int]:
    """Return the ids of parts that stand together, in one order."""
    texts, params = [], _params(filter, moment)
    for part in together:
        asked = conditions(reader, filter, part.shelf)
        params |= asked.params
        keys = ", ".join(f"{key} AS k{n}" for n, key in enumerate(part.keys))
        texts.append(
            f"SELECT {part.shelf.id} AS id, {keys} FROM {part.shelf.table} "
            f"{asked.joins(part.where, keys)} WHERE {part.where} {asked.where()}"
        )
    way = " DESC" if together[0].down else ""
    by = ", ".join(f"k{n}{way}" for n in range(len(together[0].keys)))
    most = "" if limit is None else f" LIMIT {int(limit)}"
    sql = f"{' UNION ALL '.join(texts)} ORDER BY {by}{most}"
    return [row[0] for row in reader.rows(sql, **params)]


def _how_many(reader: Reader, filter: QueueFilter, moment: QueueMoment, part: Part) -> int:
    asked = conditions(reader, filter, part.shelf)
    sql = (
        f"SELECT count(*) FROM {part.shelf.table} {asked.joins(part.where)} "
        f"WHERE {part.where} {asked.where()}"
    )
    return int(reader.value(sql, **_params(filter, moment), **asked.params))


def _counted(
    reader: Reader,
    filter: QueueFilter,
    moment: QueueMoment,
    query: Query[QueueCounts],
    shelf: Shelf,
    where: str,
) -> QueueCounts:
    """Return the counters of a shelf in one row."""
    asked = conditions(reader, filter, shelf)
    text = f"{asked.joins(where)} WHERE {where} {asked.where()}"
    found = reader.first(query.also(text), **_params(filter, moment), **asked.params)
    assert found is not None  # a count gives one row
    return found


def _params(filter: QueueFilter, moment: QueueMoment) -> dict[str, Any]:
    return {**asdict(moment), "since": moment.day_start - timedelta(days=filter.days)}


def _sum(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


def _counters(running: str) -> str:
    """Return the counters of a SELECT; ``running`` is what a clock with a colour must be."""
    told = {
        **{name: COLOURS[name] for name in ("red", "yellow", "blue", "next")},
        "folded": FOLDED,
        "provisional": "d.provisional",
    }
    sums = (f"{_sum(running + condition)} AS {name}" for name, condition in told.items())
    return f"SELECT count(*) AS total, {', '.join(sums)}"


_COUNTED = Query(QueueCounts, f"{_counters('')} FROM {LIVE.table}")
_REVIEWS_COUNTED = Query(
    QueueCounts, f"{_counters(RUNNING + ' AND ')}, {_sum(PAUSED)} AS paused FROM {REVIEWS.table}"
)
_WINDOW = Query(
    QueueRow,
    """
SELECT d.id, coalesce(t.version, o.version) AS version, d.subject_kind AS kind, d.subject_id,
       d.ticket_id, d.round_id, coalesce(t.number, o.number, '') AS number, d.unit_id, d.step,
       coalesce(t.title, o.title, '') AS title, coalesce(u.short_name, t.unit_text, '') AS unit,
       coalesce(r.state, o.status, '') AS state, d.limit_text,
       d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at, d.paused_at,
       d.pressing, d.provisional, coalesce(t.urgency, '') AS urgency,
       coalesce(t.channel, '') AS channel, coalesce(t.nature, '') AS nature,
       coalesce(t.area, '') AS area, coalesce(t.grid, '') AS grid, p.reporter,
       p.phone, p.address, coalesce(t.confidential, false) AS confidential
FROM deadline d
LEFT JOIN ticket t ON t.id = d.ticket_id
LEFT JOIN citizen p ON p.ticket_id = d.ticket_id
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id
LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.id IN (:ids)
""",
)
_CLOSED_WINDOW = Query(
    QueueRow,
    """
SELECT -t.id AS id, t.version, 'ticket' AS kind, t.id AS subject_id, t.id AS ticket_id,
       r.id AS round_id, t.number, r.lead_unit_id AS unit_id, 'close' AS step, t.title,
       coalesce(u.short_name, t.unit_text, '') AS unit, r.state,
       coalesce(d.limit_text, '') AS limit_text,
       coalesce(d.started_at, r.opened_at) AS started_at,
       coalesce(d.blue_at, r.opened_at) AS blue_at,
       coalesce(d.yellow_at, r.closed_at, r.opened_at) AS yellow_at,
       coalesce(d.red_at, r.closed_at, r.opened_at) AS red_at,
       coalesce(d.due_at, r.closed_at, r.opened_at) AS due_at, d.paused_at,
       false AS pressing, coalesce(d.provisional, false) AS provisional, t.urgency, t.channel,
       t.nature, coalesce(t.area, '') AS area, coalesce(t.grid, '') AS grid, p.reporter, p.phone,
       p.address, t.confidential, r.closed_at, r.result_rating AS rated,
       coalesce(d.stopped_at > d.due_at, false) AS late,
       EXISTS (SELECT 1 FROM review v WHERE v.ticket_id = t.id AND v.decided_at IS NULL)
           AS in_review
FROM ticket t
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE t.id IN (:ids)
""",
)
