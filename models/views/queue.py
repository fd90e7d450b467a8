"""The supervision queue: which matter breaks next, and how many stand in which colour.

A queue row is one matter shown by its leading deadline. Colour is a comparison of stored instants
with now, so the queue is a handful of index ranges over running deadlines: its cost does not grow
with history, and nothing in it is ever stale. No ORM is imported here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from models.store import Query, Reader, like, literal
from models.views.record import OfPerson
from rules.casework import QueueFilter
from rules.clocks import Timekeeper

RUNNING = "d.stopped_at IS NULL AND d.paused_at IS NULL AND d.leads"

PAUSED = "d.stopped_at IS NULL AND d.paused_at IS NOT NULL AND d.leads"

COLOURS = {
    "red": "d.red_at <= :now",
    "yellow": "d.yellow_at <= :now AND d.red_at > :now",
    "blue": "d.blue_at <= :now AND d.yellow_at > :now AND d.red_at > :now",
    "next": "d.red_at > :now AND d.red_at <= :next_workday_end",
    "today": "d.red_at > :day_start AND d.red_at <= :now",
    "pressing": "d.pressing",
}
"""The ranges of each colour, as rules.colours draws them: each begins at its instant."""

BANDS = (
    "d.pressing AND d.yellow_at <= :now",
    "NOT d.pressing AND d.red_at > :workday_start AND d.red_at <= :now",
    "NOT d.pressing AND d.yellow_at <= :now AND d.red_at > :now",
    "NOT d.pressing AND d.red_at <= :workday_start AND d.red_at > :fold_before",
    "d.yellow_at > :now AND d.red_at > :now",
)

FOLDED = "NOT d.pressing AND d.red_at <= :fold_before"

ORDERS = {
    "due": ("d.red_at", "d.due_at", "d.id"),
    "received": ("t.received_at", "d.id"),
    "number": ("coalesce(t.number, o.number)", "d.id"),
    "unit": ("u.code", "d.red_at", "d.id"),
    "step": ("d.step", "d.red_at", "d.id"),
}


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

    ``version`` is the ticket's or the order's, to be given back as ``seen``.
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
    """Return the ids of the leading deadlines in queue order, at most ``limit``.

    ``banded`` is the order of UX.md: urgent first, then newly red, yellow, red, blue; matters
    red for over 30 working days only with ``unfold``. Any other order is one of ``ORDERS``.
    """
    condition = _conditions(filter)
    if filter.colour == "paused":
        parts = [(PAUSED, _by("due"))]
    elif order == "banded":
        parts = [(f"{RUNNING} AND {band}", _by("due")) for band in BANDS]
        if unfold or filter.colour == "red":
            parts.append((f"{RUNNING} AND {FOLDED}", _by("due")))
    else:
        parts = [(RUNNING, _by(order, descending))]
    ids: array[int] = array("q")
    for where, by in parts:
        left = None if limit is None else limit - len(ids)
        if left == 0:
            break
        ids.extend(_part(reader, condition, filter, where, by, moment, left))
    return ids


def queue_window(reader: Reader, ids: Sequence[int]) -> list[QueueRow]:
    """Return the rows of ``ids`` in that order; an id that is no longer there gives no row."""
    if not ids:
        return []
    found = {row.id: row for row in reader.read(_WINDOW, ids=list(ids))}
    return [found[i] for i in ids if i in found]


def queue_counts(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueCounts:
    """Return the counters under every filter but the colour."""
    condition = _conditions(filter)
    running = reader.first(
        _COUNTED.also(f"{condition.joins()} WHERE {RUNNING} {condition.where()}"),
        **asdict(moment),
        **condition.params,
    )
    assert running is not None  # a count gives one row
    paused = _how_many(reader, condition, PAUSED, moment)
    return replace(running, paused=paused, total=running.total + paused)


def queue_total(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> int:
    """Return how many matters the filter leaves, its colour included."""
    condition = _conditions(filter)
    base, colour = RUNNING, COLOURS.get(filter.colour or "")
    if filter.colour == "paused":
        base, colour = PAUSED, None
    where = f"{base} AND {colour}" if colour else base
    return _how_many(reader, condition, where, moment)


def _how_many(reader: Reader, condition: _Conditions, where: str, moment: QueueMoment) -> int:
    sql = f"{_HOW_MANY} {condition.joins()} WHERE {where} {condition.where()}"
    return int(reader.value(sql, **asdict(moment), **condition.params))


def _part(
    reader: Reader,
    condition: _Conditions,
    filter: QueueFilter,
    where: str,
    by: str,
    moment: QueueMoment,
    limit: int | None,
) -> list[int]:
    colour = COLOURS.get(filter.colour or "")
    sql = (
        f"{_IDS} {condition.joins(by)} WHERE {where} "
        f"{'AND ' + colour if colour else ''} {condition.where()} ORDER BY {by}"
    )
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    return [id for (id,) in reader.rows(sql, **asdict(moment), **condition.params)]


def _by(order: str, descending: bool = False) -> str:
    way = " DESC" if descending else ""
    return ", ".join(column + way for column in ORDERS[order])


def _sum(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


_IDS = "SELECT d.id FROM deadline d"
_HOW_MANY = "SELECT count(*) FROM deadline d"
_COUNTED = Query(
    QueueCounts,
    f"""
SELECT {_sum(COLOURS["red"])} AS red, {_sum(COLOURS["yellow"])} AS yellow,
       {_sum(COLOURS["blue"])} AS blue, {_sum(COLOURS["next"])} AS next, {_sum(FOLDED)} AS folded,
       {_sum("d.provisional")} AS provisional, count(*) AS total
FROM deadline d
""",
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


_JOINS = {
    "t": "LEFT JOIN ticket t ON t.id = d.ticket_id",
    "o": "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id",
    "u": "LEFT JOIN unit u ON u.id = d.unit_id",
}
_ALIAS = re.compile(r"\b([tou])\.")


def _units(prefix: str) -> str:
    """Return the units of a code, a name, an alias or its initials."""
    return (
        "SELECT un.id FROM unit un LEFT JOIN unit_alias ua ON ua.unit_id = un.id "
        f"WHERE un.code = :{prefix} OR un.name LIKE :{prefix}_like "
        f"OR un.short_name LIKE :{prefix}_like OR ua.alias LIKE :{prefix}_like "
        f"OR un.initials LIKE :{prefix}_head"
    )


def _grids(prefix: str) -> str:
    """Return the grids of a code, a name or its initials, and every cell inside them."""
    return (
        "SELECT c.code FROM grid c JOIN (SELECT g.code FROM grid g "
        f"WHERE g.code = :{prefix} OR g.name LIKE :{prefix}_like "
        f"OR g.initials LIKE :{prefix}_head) top ON c.code LIKE top.code || '%'"
    )


@dataclass
class _Conditions:
    """What a filter asks for: conditions joined by AND, and their parameters."""

    texts: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **params: Any) -> None:
        """Add a condition with its parameters."""
        self.texts.append(condition)
        self.params.update(params)

    def joins(self, by: str = "") -> str:
        """Return the joins of the tables that the conditions and an ORDER BY speak of."""
        named = set(_ALIAS.findall(" ".join((*self.texts, by))))
        return " ".join(sql for name, sql in _JOINS.items() if name in named)

    def where(self) -> str:
        """Return the conditions, each led by AND."""
        return " ".join(f"AND ({text})" for text in self.texts)


def _named(prefix: str, part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    head = f"{literal(part.lower())}%"
    return {prefix: part, f"{prefix}_like": like(part), f"{prefix}_head": head}


def _conditions(filter: QueueFilter) -> _Conditions:
    """Return a filter's conditions, its colour left out (bands and counters add that)."""
    found = _Conditions()
    if filter.text:
        found.add(
            "t.title LIKE :text OR t.number LIKE :text OR t.object LIKE :text "
            "OR o.title LIKE :text OR o.number LIKE :text",
            text=like(filter.text),
        )
    if filter.unit:
        found.add(
            f"d.unit_id IN ({_units('unit')}) OR t.unit_text LIKE :unit_like",
            **_named("unit", filter.unit),
        )
    if filter.area:
        found.add(
            f"t.area LIKE :area_like OR t.grid IN ({_grids('area')})",
            **_named("area", filter.area),
        )
    if filter.place:
        found.add(
            f"t.area LIKE :place_like OR t.grid IN ({_grids('place')}) "
            f"OR d.unit_id IN ({_units('place')})",
            **_named("place", filter.place),
        )
    equal = {
        "d.step": filter.step,
        "d.subject_kind": filter.kind,
        "t.channel": filter.channel,
        "t.urgency": filter.urgency,
        "t.number": filter.number,
    }
    for column, value in equal.items():
        if value:
            name = column[2:]
            found.add(f"{column} = :{name}", **{name: value})
    return found
