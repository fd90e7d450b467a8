"""How many matters stand where, kept beside them, so that a count reads a few rows.

A clock by which its matter is shown counts in every hour in which it takes a colour, a closed
ticket once: among all, and among those of its unit, step, kind, channel and urgency.
What stood in a colour at an instant follows from what took it by then. A transaction adds up what
it changes and writes it under the lock of the trail's head, so that writers do not meet here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from models.store import place_counts
from models.store.place_counts import Months, PlaceTold, levels_of, months_of
from models.store.reader import Reader, to_text
from models.store.rows import HOUR, Row, aware
from rules.bureau import BureauPolicy

COUNTS = "queue_count"
"""The table of the counts: whatever is in it follows from the rest."""

_OF_QUEUE: dict[str, tuple[str, ...]] = {
    "deadline": (
        "stopped_at",
        "leads",
        "paused_at",
        "blue_at",
        "yellow_at",
        "red_at",
        "pressing",
        "provisional",
        "unit_id",
        "step",
        "subject_kind",
        "channel",
        "urgency",
    ),
    "ticket": ("state", "channel", "urgency"),
}
_IN_PLACES = {"ticket": place_counts.OF_TICKET, "round": place_counts.OF_ROUND}

COUNTED: dict[str, tuple[str, ...]] = {
    table: tuple(dict.fromkeys((*_OF_QUEUE.get(table, ()), *_IN_PLACES.get(table, ()))))
    for table in ("deadline", "ticket", "round")
}
"""The columns of each table by which its rows are counted."""

Where = tuple[str, str]
"""A dimension, and its value there."""

_AT_ONCE = 1 << 16
"""Kinds of rows kept apart before they are added up."""

Pair = tuple[Sequence[Any], Sequence[Any]]
"""A row before and after."""

Turn = tuple[str, int]
"""What is counted, and the hour by whose end it came about; 0 of what is no matter of time."""


def hour_of(instant: str | datetime) -> int:
    """Return the hour since 1970 by whose end an instant is past."""
    told = instant if isinstance(instant, str) else to_text(instant)
    return _begun(told[:13]) + (told[14:19] != "00:00")


@lru_cache(maxsize=1 << 14)
def _begun(told: str) -> int:
    """Return the hour that begins at an instant told to the hour."""
    return int(aware(f"{told}:00:00").timestamp()) // HOUR


def _of_clock(cells: Sequence[Any]) -> tuple[list[Turn], tuple[Where, ...]]:
    """Return as what a clock counts, and where."""
    stopped, leads, paused, blue, yellow, red, pressing, provisional, *where = cells
    if stopped is not None or not leads:
        return [], ()
    if paused is not None:
        turns = [("paused", 0)]
    else:
        turns = [("blue", hour_of(blue)), ("yellow", hour_of(yellow)), ("red", hour_of(red))]
        if pressing:
            turns.append(("pressing", hour_of(red)))
        if provisional:
            turns.append(("provisional", 0))
    unit, step, kind, channel, urgency = where
    return turns, (
        ("all", ""),
        ("unit", "" if unit is None else str(unit)),
        ("step", step),
        ("kind", kind),
        ("channel", channel or ""),
        ("urgency", urgency or ""),
    )


def _of_ticket(cells: Sequence[Any]) -> tuple[list[Turn], tuple[Where, ...]]:
    """Return as what a ticket counts, and where."""
    state, channel, urgency = cells
    if state != "closed":
        return [], ()
    return [("closed", 0)], (
        ("all", ""),
        ("channel", channel),
        ("urgency", urgency),
    )


Placed = Callable[[Sequence[Any], Months], PlaceTold | None]

_PLACED: Mapping[str, Placed] = {
    "ticket": place_counts.of_ticket,
    "round": place_counts.of_round,
}

_HOW: Mapping[str, Callable[[Sequence[Any]], tuple[list[Turn], tuple[Where, ...]]]] = {
    "deadline": _of_clock,
    "ticket": _of_ticket,
}


class Counts:
    """What one transaction changes of the counts."""

    def __init__(self, zone: Callable[[], ZoneInfo] | None = None) -> None:
        """Nothing has changed yet; ``zone`` says by which months places are counted."""
        self.zone = zone
        self._by: dict[Where, dict[Turn, int]] = defaultdict(lambda: defaultdict(int))
        self._alike: dict[str, dict[Any, int]] = {table: defaultdict(int) for table in _OF_QUEUE}
        self._placed: dict[PlaceTold, int] = defaultdict(int)

    def count(self, table: str, names: Sequence[str], row: Sequence[Any], sign: int = 1) -> None:
        """Count a row that comes, or by a ``sign`` of -1 one that goes."""
        names = tuple(names)
        if table in _OF_QUEUE:
            alike = self._alike[table]
            alike[_picker(_OF_QUEUE[table], names)(row)] += sign
            if len(alike) > _AT_ONCE:
                self._add_up()
        if table in _IN_PLACES:
            cells = _picker(_IN_PLACES[table], names)(row)
            if cells[0] is not None:
                self._count_in_place(_PLACED[table], cells, sign)

    def _count_in_place(self, placed: Placed, cells: Sequence[Any], sign: int) -> None:
        """Count what a row says of the place that its cells begin with."""
        assert self.zone is not None  # whoever changes an appeal knows where the bureau is
        told = placed(cells, months_of(self.zone()))
        if told is not None:
            self._placed[told] += sign
            if len(self._placed) > _AT_ONCE:
                self._add_up()

    def changed(self, table: str, names: Sequence[str], pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Pass on rows of one table as they were and as they are, each pair counted."""
        pick = _picker(COUNTED[table], tuple(names))
        for pair in pairs:
            was, now = map(pick, pair)
            if was != now:
                self.count(table, names, pair[0], -1)
                self.count(table, names, pair[1])
            yield pair

    def _add_up(self) -> None:
        """Count rows that count alike at one go."""
        for table, alike in self._alike.items():
            for cells, times in alike.items():
                turns, where = _HOW[table](cells)
                for one in where:
                    own = self._by[one]
                    for turn in turns:
                        own[turn] += times
            alike.clear()
        for (place, told), times in self._placed.items():
            for code in levels_of(place) if times else ():
                own = self._by["place", code]
                for turn in told:
                    own[turn] += times
        self._placed.clear()

    def passing(
        self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[Sequence[Any]]:
        """Pass on new rows of one table, each counted."""
        for row in rows:
            self.count(table, names, row)
            yield row

    def rows(self) -> list[tuple[str, str, str, int, int]]:
        """Return the changes as rows of the table, in its order."""
        self._add_up()
        return sorted(
            (*where, *turn, clocks)
            for where, own in self._by.items()
            for turn, clocks in own.items()
            if clocks
        )

    def write(self, conn: Connection) -> None:
        """Add the changes to what the table holds, and forget them.

        To be called with the trail's head locked.
        """
        rows = self.rows()
        self._by.clear()
        if not rows:
            return
        if conn.dialect.name == "sqlite":
            conn.execute(text(_ADD), [dict(zip(_COLUMNS, row, strict=True)) for row in rows])
            return
        columns = map(list, zip(*rows, strict=True))
        conn.execute(text(_ADD_MANY), dict(zip(_COLUMNS, columns, strict=True)))


@cache
def _picker(
    wanted: tuple[str, ...], names: tuple[str, ...]
) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what takes the cells by which a row is counted; one that is not there is None."""
    end = len(names)
    pick = itemgetter(*(names.index(n) if n in names else end for n in wanted))
    return pick if set(wanted) <= set(names) else lambda row: pick((*row, None))


def recounted(cells: Callable[[str], Iterator[Sequence[Row]]], zone: ZoneInfo) -> Counts:
    """Return the counts of all that stands; ``cells`` runs a SELECT and yields rows in lists."""
    counts = Counts(lambda: zone)
    for table, asked in _STANDING.items():
        for rows in cells(asked):
            for row in rows:
                counts.count(table, COUNTED[table], row)
    return counts


_STANDING = {
    table: f"SELECT {', '.join(COUNTED[table])} FROM {table} WHERE {where}"
    for table, where in (
        ("deadline", "stopped_at IS NULL AND leads"),
        ("ticket", "state = 'closed' OR grid IS NOT NULL"),
        ("round", "grid IS NOT NULL"),
    )
}
"""What reads the rows of each table that count."""


def miscounted(reader: Reader) -> int:
    """Return how many counts are not what follows from all that stands."""
    zone = _zone(reader.value(_RULES))
    held = Counter({tuple(row[:4]): row[4] for row in reader.rows(_HELD)})
    held.subtract({row[:4]: row[4] for row in recounted(reader.cells, zone).rows()})
    return sum(1 for left in held.values() if left)


_HELD = "SELECT dimension, value, turn, hour, matters FROM queue_count"
_ALL = "DELETE FROM queue_count"
_NOTHING = "DELETE FROM queue_count WHERE matters = 0"
_RULES = "SELECT text FROM policy ORDER BY version DESC LIMIT 1"


_TIMEZONE = re.compile(r"""^\s*timezone\s*=\s*["']([\w/+-]+)["']""", re.MULTILINE)


def _zone(rules: Any) -> ZoneInfo:
    """Return where a bureau is by the text of its policy, of whatever version that is."""
    told = _TIMEZONE.search(str(rules))
    return ZoneInfo(told[1] if told else BureauPolicy.model_fields["timezone"].default)


def reckon(conn: Connection, zone: ZoneInfo | None = None) -> None:
    """Fill the table anew from all that stands; ``zone`` where it is not that of the policy."""
    zone = zone or _zone(conn.execute(text(_RULES)).scalar())
    conn.execute(text(_ALL))
    recounted(lambda sql: conn.exec_driver_sql(sql).partitions(2000), zone).write(conn)


def forget_nothing(conn: Connection) -> None:
    """Take out counts of nothing."""
    conn.execute(text(_NOTHING))


_COLUMNS = ("dimension", "value", "turn", "hour", "matters")

_ADD = """
INSERT INTO queue_count (dimension, value, turn, hour, matters)
VALUES (:dimension, :value, :turn, :hour, :matters)
ON CONFLICT (dimension, value, turn, hour)
DO UPDATE SET matters = queue_count.matters + excluded.matters
"""
_ADD_MANY = """
INSERT INTO queue_count (dimension, value, turn, hour, matters)
SELECT * FROM unnest(CAST(:dimension AS text[]), CAST(:value AS text[]), CAST(:turn AS text[]),
                     CAST(:hour AS integer[]), CAST(:matters AS integer[]))
ON CONFLICT (dimension, value, turn, hour)
DO UPDATE SET matters = queue_count.matters + excluded.matters
"""
