"""The supervision queue: which matter breaks next, and how many stand in which colour.

A queue row is one matter shown by its leading deadline. Colour is a comparison of stored instants
with now, so the queue is a handful of index ranges over running deadlines: its cost does not grow
with history, and nothing in it is ever stale. No ORM is imported here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.store import Reader, like, literal
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
class QueueRow:
    """One matter of the queue, by its leading deadline; ``id`` is the deadline's."""

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
    condition = filter_sql(filter)
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
    found = {row[0]: QueueRow(*row) for row in reader.rows(_WINDOW, ids=list(ids))}
    return [found[i] for i in ids if i in found]


def queue_counts(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueCounts:
    """Return the counters under every filter but the colour."""
    condition = filter_sql(filter)
    running = reader.one(
        f"SELECT {_COUNTERS} FROM deadline d {condition.joins()} "
        f"WHERE {RUNNING} {condition.where()}",
        **_times(moment),
        **condition.params,
    )
    paused = reader.value(
        f"SELECT count(*) FROM deadline d {condition.joins()} WHERE {PAUSED} {condition.where()}",
        **condition.params,
    )
    red, yellow, blue, soon, folded, provisional, total = (int(n or 0) for n in running or [0] * 7)
    return QueueCounts(
        red, yellow, blue, int(paused), provisional, total + int(paused), soon, folded
    )


def queue_total(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> int:
    """Return how many matters the filter leaves, its colour included."""
    condition = filter_sql(filter)
    base, colour = RUNNING, COLOURS.get(filter.colour or "")
    if filter.colour == "paused":
        base, colour = PAUSED, None
    extra = f"AND {colour}" if colour else ""
    return int(
        reader.value(
            f"SELECT count(*) FROM deadline d {condition.joins()} "
            f"WHERE {base} {extra} {condition.where()}",
            **_times(moment),
            **condition.params,
        )
    )


def _part(
    reader: Reader,
    condition: FilterSql,
    filter: QueueFilter,
    where: str,
    by: str,
    moment: QueueMoment,
    limit: int | None,
) -> list[int]:
    colour = COLOURS.get(filter.colour or "")
    sql = (
        f"SELECT d.id FROM deadline d {condition.joins(by)} WHERE {where} "
        f"{'AND ' + colour if colour else ''} {condition.where()} ORDER BY {by}"
    )
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    return [row[0] for row in reader.rows(sql, **_times(moment), **condition.params)]


def _by(order: str, descending: bool = False) -> str:
    way = " DESC" if descending else ""
    return ", ".join(column + way for column in ORDERS[order])


def _times(moment: QueueMoment) -> dict[str, Any]:
    return {
        "now": moment.now,
        "day_start": moment.day_start,
        "workday_start": moment.workday_start,
        "next_workday_end": moment.next_workday_end,
        "fold_before": moment.fold_before,
    }


_COUNTERS = ", ".join(
    [
        f"sum(CASE WHEN {COLOURS['red']} THEN 1 ELSE 0 END)",
        f"sum(CASE WHEN {COLOURS['yellow']} THEN 1 ELSE 0 END)",
        f"sum(CASE WHEN {COLOURS['blue']} THEN 1 ELSE 0 END)",
        f"sum(CASE WHEN {COLOURS['next']} THEN 1 ELSE 0 END)",
        f"sum(CASE WHEN {FOLDED} THEN 1 ELSE 0 END)",
        "sum(CASE WHEN d.provisional THEN 1 ELSE 0 END)",
        "count(*)",
    ]
)


_WINDOW = """
SELECT d.id, d.version, d.subject_kind, d.subject_id, d.ticket_id, d.round_id,
       coalesce(t.number, o.number, ''), coalesce(t.title, o.title, ''),
       coalesce(u.short_name, t.unit_text, ''), d.unit_id, d.step,
       coalesce(r.state, o.status, ''), d.limit_text,
       d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at, d.paused_at,
       d.pressing, d.provisional,
       coalesce(t.urgency, ''), coalesce(t.channel, ''), coalesce(t.nature, ''),
       coalesce(t.area, ''), coalesce(t.grid, '')
FROM deadline d
LEFT JOIN ticket t ON t.id = d.ticket_id
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id
LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.id IN (:ids)
"""


_JOINS = {
    "t": "LEFT JOIN ticket t ON t.id = d.ticket_id",
    "o": "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id",
    "u": "LEFT JOIN unit u ON u.id = d.unit_id",
}


_UNITS = (
    "SELECT un.id FROM unit un LEFT JOIN unit_alias ua ON ua.unit_id = un.id "
    "WHERE un.code = :{p} OR un.name LIKE :{p}_like OR un.short_name LIKE :{p}_like "
    "OR ua.alias LIKE :{p}_like OR un.initials LIKE :{p}_head"
)


_GRIDS = "SELECT g.code FROM grid g WHERE g.code = :{p} OR g.name LIKE :{p}_like OR " + (
    "g.initials LIKE :{p}_head"
)


@dataclass
class FilterSql:
    """Conditions joined by AND, their parameters, and the tables they speak of."""

    conditions: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)

    def joins(self, by: str = "") -> str:
        """Return the joins that the conditions and an ORDER BY need."""
        needed = self.tables | {name for name in _JOINS if f"{name}." in by}
        return " ".join(sql for name, sql in _JOINS.items() if name in needed)

    def where(self) -> str:
        """Return the conditions, each led by AND."""
        return " ".join(f"AND ({c})" for c in self.conditions)

    def add(self, condition: str, *tables: str, **params: Any) -> None:
        """Add a condition with the tables and parameters it uses."""
        self.conditions.append(condition)
        self.tables.update(tables)
        self.params.update(params)


def _head(part: str) -> str:
    return f"{literal(part.lower())}%"


def units_named(prefix: str, part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    return {prefix: part, f"{prefix}_like": like(part), f"{prefix}_head": _head(part)}


def filter_sql(filter: QueueFilter) -> FilterSql:
    """Return a filter's conditions, its colour left out (bands and counters add that)."""
    found = FilterSql()
    if filter.text:
        found.add("t.title LIKE :text OR t.number LIKE :text OR t.object LIKE :text "
                  "OR o.title LIKE :text OR o.number LIKE :text",
                  "t", "o", text=like(filter.text))  # fmt: skip
    if filter.unit:
        found.add(f"d.unit_id IN ({_UNITS.format(p='unit')}) OR t.unit_text LIKE :unit_like",
                  "t", **units_named("unit", filter.unit))  # fmt: skip
    if filter.area:
        found.add(f"t.area LIKE :area_like OR t.grid IN ({_grids('area')})",
                  "t", **units_named("area", filter.area))  # fmt: skip
    if filter.place:
        found.add(f"t.area LIKE :place_like OR t.grid IN ({_grids('place')}) "
                  f"OR d.unit_id IN ({_UNITS.format(p='place')})",
                  "t", **units_named("place", filter.place))  # fmt: skip
    for column, value in (("d.step", filter.step), ("d.subject_kind", filter.kind)):
        if value:
            name = column[2:]
            found.add(f"{column} = :{name}", **{name: value})
    for column in ("channel", "urgency", "number"):
        value = getattr(filter, column)
        if value:
            found.add(f"t.{column} = :{column}", "t", **{column: value})
    return found


def _grids(prefix: str) -> str:
    """Return the grids of a name and every cell inside them."""
    return (
        f"SELECT c.code FROM grid c JOIN ({_GRIDS.format(p=prefix)}) top "
        "ON c.code LIKE top.code || '%'"
    )
