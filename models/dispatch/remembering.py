"""The dispatches of the last time as suggestions remember them, and as they are measured on."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.bureau import UnitDirectory
from models.store import Query, Reader, Source
from rules.casework import Appeal
from rules.dispatch import RECENT, Asked, Habits, Past, Places
from rules.text import HEAD, Described, Memory, traits

LATEST = 20_000  # tickets dispatched last that are remembered: about 40 MB of real messages

Takers = Mapping[int, tuple[int, str]]
"""For each unit the one that takes its work today, itself or its successor, with its name."""

Spoken = Sequence[tuple[str, int]]
"""Words that people write of a unit, with who takes its work today."""


class Remembered:
    """The tickets dispatched last: by their words, by kind and place, and who takes them today.

    Reports (举报) and confidential matters (保密) are not remembered: they are nobody's
    example.
    """

    def __init__(self, reader: Reader, today: date, latest: int = LATEST) -> None:
        """Read them: seconds for tens of thousands."""
        self.units = UnitDirectory(reader)
        self.takers = _takers(reader, today)
        self.names = {unit_id: name for unit_id, name in self.takers.values()}
        self.tickets = array("q")
        self._spoken = _spoken(self.units, self.takers)
        taken = reader.read(_TAKEN, latest=latest)
        places = Places(
            (each.grid, self.takers[each.unit_id][0], each.times)
            for each in taken
            if each.unit_id in self.takers
        )
        since = today.toordinal() - RECENT
        self.habits = Habits(places, today.toordinal(), since)
        self.memory = Memory(
            (past.unit, past.traits) for past in self._learnt(reader, latest, self.habits)
        )

    def named(self, text: str) -> tuple[int, ...]:
        """Return the units whose names stand in a text."""
        return named_in(text, self._spoken)

    def _learnt(self, reader: Reader, latest: int, habits: Habits) -> Iterator[Past]:
        for ticket_id, past in pasts(reader, self.takers, latest):
            self.tickets.append(ticket_id)
            habits.learn(past.asked, past.unit)
            yield past


def pasts_to_measure(reader: Reader, today: date, latest: int = LATEST) -> list[Past]:
    """Return the dispatches that are remembered, with the units named in them, latest first."""
    takers = _takers(reader, today)
    spoken = _spoken(UnitDirectory(reader), takers)
    return [past for _, past in pasts(reader, takers, latest, spoken)]


def named_in(text: str, spoken: Spoken) -> tuple[int, ...]:
    """Return the units of which one word stands in a text."""
    return tuple(dict.fromkeys(id for word, id in spoken if word in text))


def pasts(
    reader: Reader,
    takers: Takers,
    latest: int,
    spoken: Spoken = (),
) -> Iterator[tuple[int, Past]]:
    """Give what was dispatched last as (ticket, the dispatch to who would take it today)."""
    for chunk in reader.stream(_EARLIER, latest=latest, head=HEAD):
        for one in chunk:
            taker = takers.get(one.unit_id)
            if taker is not None:
                named = named_in(f"{one.title}\n{one.content}", spoken)
                described = Described(one.title, one.content, one.category, one.grid, one.object)
                day = one.day.toordinal()
                asked = Asked(one.category, one.nature, one.grid, one.object, day)
                yield one.ticket_id, Past(asked, taker[0], traits(described), named)


def asked_of(appeal: Appeal, today: date) -> Asked:
    """Return what of an appeal speaks for a unit besides its text."""
    nature = appeal.nature or "其他"
    return Asked(appeal.category, nature, appeal.grid, appeal.object, today.toordinal())


def described_in(appeal: Appeal) -> Described:
    """Return what of an appeal can be like another."""
    return Described(appeal.title, appeal.content, appeal.category, appeal.grid, appeal.object)


class _Earlier(NamedTuple):
    """A ticket dispatched earlier and the unit it went to."""

    ticket_id: int
    unit_id: int
    day: date
    nature: str
    title: str
    content: str
    category: str | None
    grid: str | None
    object: str | None


_LATEST = """
(SELECT ticket_id, lead_unit_id, dispatched_at, n FROM round
      WHERE dispatched_at IS NOT NULL AND lead_unit_id IS NOT NULL
      ORDER BY dispatched_at DESC LIMIT :latest) r
JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
WHERE t.nature <> '举报' AND NOT t.confidential
"""

_EARLIER = Query(
    _Earlier,
    f"""
SELECT t.id AS ticket_id, r.lead_unit_id AS unit_id,
       substr(CAST(r.dispatched_at AS TEXT), 1, 10) AS day, t.nature, t.title,
       substr(t.content, 1, :head) AS content, t.category, t.grid, t.object
FROM {_LATEST} ORDER BY r.dispatched_at DESC, t.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Taken:
    """How many of the latest dispatches in a street went to a unit."""

    grid: str | None
    unit_id: int
    times: int


_TAKEN = Query(
    _Taken,
    f"""
SELECT substr(t.grid, 1, 9) AS grid, r.lead_unit_id AS unit_id, count(*) AS times
FROM {_LATEST} GROUP BY substr(t.grid, 1, 9), r.lead_unit_id
""",
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit, until when it is in force and who follows it."""

    id: int
    name: str
    valid_to: date | None
    successor_id: int | None


_UNITS = Query(
    _Unit,
    "SELECT id, short_name AS name, valid_to, successor_id FROM unit WHERE NOT is_centre",
)


def _spoken(units: UnitDirectory, takers: Takers) -> Spoken:
    """Return the words of units that are long enough to mean one."""
    said = ((word, id) for word, id in units.spoken if len(word) > 2 and id in takers)
    return [(word, takers[id][0]) for word, id in said]


def _takers(source: Source, today: date) -> Takers:
    """Return for each unit the one that takes its work today, itself or its successor."""
    names: dict[int, str] = {}
    followed: dict[int, int | None] = {}
    for unit in source.read(_UNITS):
        names[unit.id] = unit.name
        if unit.valid_to is not None and unit.valid_to < today:
            followed[unit.id] = unit.successor_id
    found = {}
    for id in names:
        taker: int | None = id
        for _ in followed:
            taker = followed.get(taker, taker) if taker is not None else None
        if taker in names and taker not in followed:
            found[id] = (taker, names[taker])
    return found
