"""What a problem says of itself: its size, its citizens, its days, its place, its name.

All of it follows from its tickets and is reckoned anew for every problem that changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from models.problems.keyed import OPEN_TO_ALL, every, known_keys
from models.store import Query, Work
from models.tables import Problem, ProblemKey
from rules.problems import name_of

MOST = 64
"""Keys of a problem that are kept, those that most of its appeals have."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Appeals of a problem of one citizen, category and place."""

    problem_id: int
    reporter_key: str | None
    category: str | None
    area: str | None
    first_at: datetime
    last_at: datetime
    appeals: int


_PARTS = Query(
    _Part,
    f"""
SELECT l.problem_id, p.reporter_key, t.category, t.area, min(t.received_at) AS first_at,
       max(t.received_at) AS last_at, count(*) AS appeals
FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE l.problem_id IN ({{ids}}) AND l.state = 'linked' AND {OPEN_TO_ALL}
GROUP BY l.problem_id, p.reporter_key, t.category, t.area
""",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A problem as it is about to change."""

    id: int
    version: int
    name: str
    named_by: int | None
    category: str | None
    area: str | None
    first_at: datetime
    last_at: datetime
    known_at: datetime | None
    appeals: int
    reporters: int


_ROWS = Query(
    _Row,
    """
SELECT id, version, name, named_by, category, area, first_at, last_at, known_at, appeals, reporters
FROM problem WHERE id IN ({ids})
""",
)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many appeals of a problem have a key."""

    problem_id: int
    key_id: int
    appeals: int


_COUNTS = Query(
    _Count,
    """
SELECT l.problem_id, a.key_id, count(*) AS appeals
FROM problem_ticket l JOIN appeal_key a ON a.ticket_id = l.ticket_id
WHERE l.problem_id IN ({ids}) AND l.state = 'linked' GROUP BY l.problem_id, a.key_id
""",
)


@dataclass(frozen=True, slots=True)
class _Title:
    """The title of one of the first appeals of a problem."""

    problem_id: int
    title: str


TITLES = 24
"""Appeals of a problem whose titles say how its words go on."""

_TITLES = Query(
    _Title,
    f"""
SELECT x.problem_id, t.title
FROM (SELECT l.problem_id, l.ticket_id,
             row_number() OVER (PARTITION BY l.problem_id ORDER BY l.ticket_id) AS place
      FROM problem_ticket l WHERE l.problem_id IN ({{ids}}) AND l.state = 'linked') x
JOIN ticket t ON t.id = x.ticket_id WHERE x.place <= :titles AND {OPEN_TO_ALL}
ORDER BY x.problem_id, x.ticket_id
""",
)


@dataclass(frozen=True, slots=True)
class _Stale:
    """A problem whose keys are not reckoned for what it is now."""

    id: int


_STALE = Query(
    _Stale,
    """
SELECT p.id FROM problem p LEFT JOIN problem_key k ON k.problem_id = p.id AND k.key_id = 0
WHERE p.joined_id IS NULL AND (k.appeals IS NULL OR k.appeals <> p.version)
""",
)

COLUMNS = (
    "name",
    "category",
    "area",
    "first_at",
    "last_at",
    "known_at",
    "appeals",
    "reporters",
)


def refresh_stale(work: Work) -> None:
    """Reckon the keys of problems that somebody changed, or took a change back of."""
    stale = [one.id for one in work.read(_STALE)]
    if stale:
        keep_keys(work, counts_of(work, stale), {one.id: one.version for one in _rows(work, stale)})


def counts_of(work: Work, ids: Collection[int]) -> dict[int, Counter[int]]:
    """Return how many appeals of problems have each key, of the appeals themselves."""
    found: dict[int, Counter[int]] = {id: Counter() for id in ids}
    for one in every(work, _COUNTS, ids):
        found[one.problem_id][one.key_id] = one.appeals
    return found


def keep_keys(work: Work, counts: dict[int, Counter[int]], versions: dict[int, int]) -> None:
    """Keep what most appeals of problems have, and for which version of each that was reckoned."""
    ids = ", ".join(map(str, counts))
    if not counts:
        return
    work.delete_where(ProblemKey, f"problem_id IN ({ids})")
    rows = [
        (id, key, n)
        for id, own in sorted(counts.items())
        for key, n in sorted([(0, versions[id]), *_speaking(own)])
    ]
    work.bulk(ProblemKey, ("problem_id", "key_id", "appeals"), rows)


def _speaking(own: Counter[int]) -> list[tuple[int, int]]:
    """Return the keys of a problem that are kept, each with how many of its appeals have it.

    What one of eight has tells nothing of the others.
    """
    most = own.most_common(MOST)
    least = max(2, most[0][1] // 8) if most else 0
    return [(key, n) for key, n in most if n >= least]


def retell(work: Work, counts: dict[int, Counter[int]], total: int, alarm: int) -> dict[int, int]:
    """Reckon problems anew, by their ids beside what their appeals say; return their versions.

    ``alarm`` is how many different citizens make a problem known, ``total`` how many appeals there
    are. A name that a person gave stays.
    """
    parts: dict[int, list[_Part]] = defaultdict(list)
    for part in every(work, _PARTS, counts):
        parts[part.problem_id].append(part)
    keys = known_keys(
        work, {id for own in counts.values() for id, _ in own.most_common(MOST)}, total
    )
    titles: dict[int, list[str]] = defaultdict(list)
    for one in every(work, _TITLES, counts, titles=TITLES):
        titles[one.problem_id].append(one.title)
    changed, versions = [], {}
    for row in _rows(work, counts):
        own = counts[row.id]
        values = _told(row, parts[row.id], alarm)
        if row.named_by is None and parts[row.id]:
            some = [keys[id] for id, _ in own.most_common(MOST) if id in keys]
            size = sum(part.appeals for part in parts[row.id])
            values["name"] = name_of(some, own, size, titles[row.id])
        before = {name: getattr(row, name) for name in COLUMNS}
        versions[row.id] = row.version
        if values != before:
            versions[row.id] += 1
            changed.append((row.id, row.version, before, values))
    if changed:
        work.update_rows(Problem, COLUMNS, changed)
    return versions


def _rows(work: Work, ids: Iterable[int]) -> list[_Row]:
    return list(every(work, _ROWS, ids))


def _told(row: _Row, parts: list[_Part], alarm: int) -> dict[str, object]:
    """Return what a problem's columns hold now."""
    firsts: dict[str, datetime] = {}
    kinds, areas = Counter[str](), Counter[str]()
    for part in parts:
        if part.reporter_key is not None:
            first = firsts.get(part.reporter_key, part.first_at)
            firsts[part.reporter_key] = min(first, part.first_at)
        kinds[part.category or ""] += part.appeals
        areas[part.area or ""] += part.appeals
    days = sorted(firsts.values())
    return {
        "name": row.name,
        "category": _most(kinds),
        "area": _most(areas),
        "first_at": min((part.first_at for part in parts), default=row.first_at),
        "last_at": max((part.last_at for part in parts), default=row.last_at),
        "known_at": days[alarm - 1] if len(days) >= alarm else None,
        "appeals": sum(part.appeals for part in parts),
        "reporters": len(days),
    }


def _most(counts: Counter[str]) -> str | None:
    """Return what most say, nothing where they say nothing."""
    told = [(-n, word) for word, n in counts.items() if word]
    return min(told)[1] if told else None
