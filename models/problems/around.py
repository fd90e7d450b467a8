"""What is already there around appeals that come: problems, and appeals that belong to none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.problems.keyed import every, known_keys
from models.store import Query, Work
from rules.problems import LATELY, RARE_WORDS, SHARED, Group, Grouping, Known, Told

RECENT = 20_000
"""Tickets back to which waiting appeals are looked for by a key that many have."""

FEW = 100
"""Appeals with a name up to which all of them are looked at."""


def grouping_around(
    work: Work, told: Sequence[Told], fresh: set[int], since: int, total: int, least: int
) -> Grouping:
    """Return the problems and waiting appeals that can concern some appeals.

    ``fresh`` are keys that nobody had before, ``since`` is the first of the appeals' tickets,
    ``total`` how many appeals there are, ``least`` the citizens that make a problem.
    """
    known = {key.id: key for one in told for key in one.keys}
    asked = {key.id: key for key in known.values() if key.telling and key.id not in fresh}
    days = [one.at for one in told]
    time = {"begin": min(days) - LATELY, "end": max(days) + LATELY}
    groups = _groups(work, asked, time)
    waiting = _waiting(work, asked, since, time)
    missing = {id for group in groups for id in group.counts}
    missing |= {id for keys in waiting.values() for id in keys}
    known |= known_keys(work, missing - known.keys(), total)
    found = Grouping(known, least)
    voices = {one.ticket_id: one for one in every(work, _VOICES, waiting)}
    found.know(
        groups,
        (
            Told(id, one.reporter_key, one.received_at, tuple(known[key] for key in waiting[id]))
            for id, one in sorted(voices.items())
        ),
    )
    some = [*waiting, *(one.ticket_id for one in told)]
    found.bar((one.ticket_id, one.problem_id) for one in every(work, _BARRED, some))
    return found


@dataclass(frozen=True, slots=True)
class _Near:
    """A problem that a key may lead to."""

    problem_id: int


_NEAR = Query(
    _Near,
    f"""
SELECT DISTINCT k.problem_id FROM problem_key k JOIN problem p ON p.id = k.problem_id
WHERE k.key_id IN ({{ids}}) AND k.appeals * {SHARED} >= p.appeals AND p.joined_id IS NULL
  AND (p.named_by IS NOT NULL OR p.decided_by IS NOT NULL
       OR (p.last_at >= :begin AND p.first_at <= :end))
""",
)


@dataclass(frozen=True, slots=True)
class _Profile:
    """How many appeals of a problem have a key."""

    problem_id: int
    key_id: int
    appeals: int


_PROFILES = Query(
    _Profile,
    """
SELECT problem_id, key_id, appeals FROM problem_key
WHERE key_id <> 0 AND problem_id IN ({ids}) ORDER BY problem_id, key_id
""",
)


@dataclass(frozen=True, slots=True)
class _Head:
    """A problem; ``free``: no person has decided on it."""

    id: int
    size: int
    free: bool
    first_at: datetime
    last_at: datetime


_HEADS = Query(
    _Head,
    """
SELECT id, appeals AS size, named_by IS NULL AND decided_by IS NULL AS free, first_at, last_at
FROM problem WHERE id IN ({ids})
""",
)


def _groups(work: Work, asked: Iterable[int], time: Mapping[str, datetime]) -> list[Group]:
    """Return the problems of a time that some keys speak for, as most of their appeals say."""
    ids = {one.problem_id for one in every(work, _NEAR, asked, **time)}
    found: dict[int, Group] = {}
    for head in every(work, _HEADS, ids):
        group = found[head.id] = Group(head.id, head.size, free=head.free)
        group.first_at, group.last_at = head.first_at, head.last_at
    for one in every(work, _PROFILES, ids):
        found[one.problem_id].counts[one.key_id] = one.appeals
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Pair:
    """An appeal has a key."""

    key_id: int
    ticket_id: int


_LOOSE = """
SELECT a.key_id, a.ticket_id FROM appeal_key a JOIN ticket t ON t.id = a.ticket_id
WHERE a.key_id IN ({ids}) AND a.ticket_id >= :after AND a.ticket_id < :since
  AND t.received_at >= :begin AND t.received_at <= :end
  AND NOT EXISTS (SELECT 1 FROM problem_ticket l
                  WHERE l.ticket_id = a.ticket_id AND l.state = 'linked')
"""
_WITH_KEY = Query(_Pair, _LOOSE)
_KEYS_OF = Query(_Pair, "SELECT key_id, ticket_id FROM appeal_key WHERE ticket_id IN ({ids})")


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who brought an appeal, as a digest, and when."""

    ticket_id: int
    reporter_key: str | None
    received_at: datetime


_VOICES = Query(
    _Voice,
    """
SELECT t.id AS ticket_id, p.reporter_key, t.received_at
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN ({ids})
""",
)


@dataclass(frozen=True, slots=True)
class _Barred:
    """A problem that a person took a ticket out of."""

    ticket_id: int
    problem_id: int


_BARRED = Query(
    _Barred,
    """
SELECT ticket_id, problem_id FROM problem_ticket WHERE state = 'split' AND ticket_id IN ({ids})
""",
)


def _waiting(
    work: Work, asked: dict[int, Known], since: int, time: Mapping[str, datetime]
) -> dict[int, list[int]]:
    """Return the keys of waiting appeals that could be tied by some keys, by their tickets.

    Words alone lead only to what came in lately.
    """
    hits: Counter[int] = Counter()
    few = [id for id, key in asked.items() if key.names and key.appeals <= FEW]
    many = asked.keys() - set(few)
    for ids, after in ((few, 0), (many, since - RECENT)):
        for one in every(work, _WITH_KEY, ids, after=after, since=since, **time):
            hits[one.ticket_id] += RARE_WORDS if asked[one.key_id].names else 1
    near = [id for id, n in hits.items() if n >= RARE_WORDS]
    found: dict[int, list[int]] = defaultdict(list)
    for one in every(work, _KEYS_OF, near):
        found[one.ticket_id].append(one.key_id)
    return found
