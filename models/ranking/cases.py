"""What a bulletin tells of single matters, masked: who is unsatisfied, who came again, examples.

A bulletin goes to every unit: a report of wrongdoing, a confidential appeal and one that is against
a unit or its staff are counted, but none is named in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.ranking.satisfaction import RATED
from models.ranking.tallies import PAUSED
from models.store import Query, Source
from models.tables import RUNNING
from rules.ranking import Case, HotSpot, Matter, Period
from rules.text import MASKED, names_a_body

MOST_MATTERS = 30
"""Unsatisfied matters that a bulletin lists by name; the others stand in the count."""

MOST_SPOTS = 4

LONGEST_TEXT = 50
"""Signs of an appeal's own words in an example."""

_UNSATISFIED = RATED[0]


@dataclass(frozen=True, slots=True)
class _Told:
    """An appeal with what masks its own person."""

    number: str
    unit: str
    title: str
    content: str
    nature: str
    channel: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class _Unsatisfied(_Told):
    """An unsatisfied round with the verdict of its review."""

    round_id: int
    again: bool
    verdict: str | None
    cause: str | None


_APPEAL = """t.number, u.short_name AS unit, t.title, t.content, t.nature, t.channel,
    t.confidential, p.reporter, p.phone, p.address"""

TELLABLE = """NOT t.confidential AND t.nature <> '举报' AND NOT EXISTS (
    SELECT 1 FROM accused a WHERE a.ticket_id = t.id AND (a.confirmed IS NULL OR a.confirmed))"""
"""An appeal that may be named to every unit."""

_MATTERS = Query(
    _Unsatisfied,
    f"""
SELECT {_APPEAL}, r.id AS round_id, r.n > 1 AS again,
    CASE WHEN v.decided_at < :to_at THEN v.verdict END AS verdict,
    CASE WHEN v.decided_at < :to_at THEN v.cause END AS cause
FROM round r JOIN ticket t ON t.id = r.ticket_id JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN citizen p ON p.ticket_id = t.id LEFT JOIN review v ON v.round_id = r.id
WHERE r.id IN (:ids) AND {TELLABLE}
""",
)


@dataclass(frozen=True, slots=True)
class _Round:
    """An unsatisfied round; ``still``: so it is as verified, too."""

    id: int
    n: int
    still: bool
    verdict: str | None
    cause: str | None


_ROUNDS = Query(
    _Round,
    f"""
WITH {_UNSATISFIED.among}
SELECT r.id, r.n, NOT g.gone AND coalesce(g.resaid, g.said) = '不满意' AS still,
    CASE WHEN v.decided_at < :to_at THEN v.verdict END AS verdict,
    CASE WHEN v.decided_at < :to_at THEN v.cause END AS cause
{_UNSATISFIED.rows} AND g.said = '不满意' ORDER BY r.n DESC, g.at, r.id
""",
)


@dataclass(frozen=True, slots=True)
class Unsatisfied:
    """The period's unsatisfied rounds as told: some by name, verdicts and causes by code."""

    matters: tuple[Matter, ...]
    examples: tuple[Case, ...]
    verdicts: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]


def unsatisfied_of(source: Source, period: Period, known_at: datetime) -> Unsatisfied:
    """Return what is told of a period's unsatisfied rounds, those handled again first."""
    during = {"from_at": period.from_at, "to_at": period.to_at, "known_at": known_at}
    rounds = source.read(_ROUNDS, **during)
    still = [one.id for one in rounds if one.still][: 4 * MOST_MATTERS]
    found = source.read(_MATTERS, ids=still, to_at=period.to_at) if still else []
    found = sorted(found, key=lambda one: still.index(one.round_id))[:MOST_MATTERS]
    return Unsatisfied(
        tuple(_matter(one) for one in found),
        tuple(
            _case("重办后群众仍不满意", one, "重办后评价仍为不满意") for one in found if one.again
        ),
        _most_first(one.verdict for one in rounds),
        _most_first(one.cause for one in rounds),
    )


def _most_first(codes: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(code for code in codes if code is not None)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _matter(one: _Unsatisfied) -> Matter:
    title = MASKED.about(one).text(one.title)
    return Matter(one.number, title, one.unit, one.again, one.verdict, one.cause)


def _case(rule: str, one: _Told, state: str) -> Case:
    masking = MASKED.about(one)
    words = " ".join(masking.text(one.content or one.title).split())
    short = words if len(words) <= LONGEST_TEXT else f"{words[:LONGEST_TEXT]}（下略）"
    return Case(rule, one.number, one.unit, short, state)


@dataclass(frozen=True, slots=True)
class _Overdue(_Told):
    """A round past its limit."""

    due_at: datetime


_OLDEST = Query(
    _Overdue,
    f"""
WITH old AS (
    SELECT d.id, d.round_id, d.due_at, d.red_at FROM deadline d
    WHERE {RUNNING} AND d.red_at < :to_at AND d.id NOT IN ({PAUSED})
      AND CASE WHEN d.due_at < :to_at AND d.subject_kind = 'ticket' THEN d.step END = 'close'
    ORDER BY d.red_at, d.due_at, d.id LIMIT :most)
SELECT {_APPEAL}, o.due_at FROM old o JOIN round r ON r.id = o.round_id
JOIN ticket t ON t.id = r.ticket_id JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE r.first_replied_at IS NULL AND {TELLABLE} ORDER BY o.due_at, o.id
""",
)


def oldest_overdue(source: Source, period: Period) -> tuple[Case, ...]:
    """Return what is longest past its limit, never answered and still open, as an example."""
    for one in source.read(_OLDEST, to_at=period.to_at, most=MOST_MATTERS):
        days = (period.to_at - one.due_at).days
        return (_case("超期最久、未答复", one, f"期末已超期{days}天，至编制时未答复"),)
    return ()


@dataclass(frozen=True, slots=True)
class _Object:
    """What is complained of."""

    object: str


_OBJECTS = Query(
    _Object,
    """
SELECT t.object FROM ticket t
WHERE t.received_at >= :from_at AND t.received_at < :to_at AND t.state <> 'analysis'
  AND t.object IS NOT NULL
GROUP BY t.object HAVING count(*) >= :least ORDER BY count(*) DESC, t.object LIMIT :most
""",
)


@dataclass(frozen=True, slots=True)
class _Reporters:
    """How many different people reported an object, in how many appeals."""

    object: str
    reporters: int
    tickets: int


_REPORTERS = Query(
    _Reporters,
    f"""
SELECT t.object, count(DISTINCT p.reporter_key) AS reporters, count(*) AS tickets
FROM ticket t JOIN citizen p ON p.ticket_id = t.id
WHERE t.object IN (:objects) AND t.received_at >= :from_at AND t.received_at < :to_at
  AND t.state <> 'analysis' AND {TELLABLE}
GROUP BY t.object
""",
)


def hot_spots_of(source: Source, period: Period, least: int) -> tuple[HotSpot, ...]:
    """Return the organisations and places that at least ``least`` people reported, most first.

    A name that may be a person's is never told.
    """
    during = {"from_at": period.from_at, "to_at": period.to_at}
    found = source.read(_OBJECTS, least=least, most=10 * MOST_SPOTS, **during)
    named = sorted(one.object for one in found if names_a_body(one.object))
    people = source.read(_REPORTERS, objects=named, **during) if named else []
    hot_spots = [
        HotSpot(MASKED.text(one.object), one.reporters, one.tickets)
        for one in people
        if one.reporters >= least
    ]
    return tuple(sorted(hot_spots, key=lambda c: (-c.reporters, -c.tickets, c.name))[:MOST_SPOTS])


_OF_OBJECT = Query(
    _Told,
    f"""
SELECT {_APPEAL} FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.object = :object AND t.received_at >= :from_at AND t.received_at < :to_at
  AND t.state <> 'analysis' AND {TELLABLE}
ORDER BY t.received_at DESC, t.id DESC LIMIT 1
""",
)


def hottest(source: Source, period: Period, spots: tuple[HotSpot, ...]) -> tuple[Case, ...]:
    """Return the newest appeal on what most people reported, as an example."""
    if not spots:
        return ()
    top = spots[0]
    during = {"from_at": period.from_at, "to_at": period.to_at}
    found = source.read(_OF_OBJECT, object=top.name, **during)
    state = f"本期{top.reporters}人反映{top.name}"
    return tuple(_case("反映人数最多的同一对象", one, state) for one in found)


@dataclass(frozen=True, slots=True)
class _Again:
    """How many people came again on the same thing, and with how many appeals."""

    people: int
    tickets: int


_REPEATS = Query(
    _Again,
    """
SELECT count(*) AS people, coalesce(sum(n), 0) AS tickets FROM (
    SELECT count(*) AS n FROM ticket t JOIN citizen p ON p.ticket_id = t.id
    WHERE t.received_at >= :from_at AND t.received_at < :to_at AND t.state <> 'analysis'
      AND p.reporter_key IS NOT NULL AND t.category IS NOT NULL
    GROUP BY p.reporter_key, t.category HAVING count(*) > 1) AS repeated
""",
)


def repeats_of(source: Source, period: Period) -> tuple[int, int]:
    """Return how many people came more than once on one category, and with how many appeals."""
    [found] = source.read(_REPEATS, from_at=period.from_at, to_at=period.to_at)
    return found.people, int(found.tickets)
