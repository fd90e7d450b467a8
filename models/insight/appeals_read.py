"""The appeals of the days that are read, each as it counts, and what they have in common."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from models.store import Query, Source
from rules.clocks import day_start
from rules.insight import KINDS, WEEK, YEAR, Report, Subject

COMMUNITY, DISTRICT = 12, 6
"""Digits of the grid of a community and of a district."""

COMMON = 500
"""Appeals of a word from which on it is no rare one, and is not watched."""

COUNTED = """t.nature <> '举报' AND NOT t.confidential
    AND NOT (t.state = 'analysis' AND t.parent_id IS NOT NULL)"""
"""Which tickets count: each matter once across platforms, and none that is kept secret."""


@dataclass(frozen=True, slots=True)
class Days:
    """Local dates in a row; ``bounds`` are the instants at which they begin, and the last ends."""

    first: date
    bounds: tuple[datetime, ...]

    @classmethod
    def of(cls, first: date, end: date, zone: tzinfo) -> Days:
        """Return the dates from the first up to, not with, the end."""
        dates = (first + timedelta(days=n) for n in range((end - first).days + 1))
        return cls(first, tuple(day_start(day, zone) for day in dates))

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def dates(self) -> list[date]:
        """Return them."""
        return [self.first + timedelta(days=n) for n in range(len(self))]

    def place(self, instant: datetime) -> int:
        """Return the place of the date of an instant."""
        return bisect_right(self.bounds, instant) - 1


class Appeal(NamedTuple):
    """A ticket as far as it counts here; ``reporter`` is the digest of the citizen."""

    ticket_id: int
    received_at: datetime
    channel: str
    category: str | None
    grid: str | None
    object: str | None
    area: str | None
    reporter: str | None


APPEALS = Query(
    Appeal,
    f"""
SELECT t.id AS ticket_id, t.received_at, t.channel, t.category, t.grid, t.object, t.area,
    p.reporter_key AS reporter
FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id
WHERE t.received_at >= :from_at AND t.received_at < :to_at AND {COUNTED}
ORDER BY t.received_at, t.id
""",
)


class Places:
    """The names of districts and communities."""

    def __init__(self, source: Source) -> None:
        self._names = {cell.code: cell.name for cell in source.read(_CELLS)}

    def district(self, grid: str | None, area: str | None) -> str | None:
        """Return the district a ticket lies in, by its grid or else by the readable place."""
        name = self._names.get((grid or "")[:DISTRICT])
        if name is None and area:
            districts = (n for code, n in self._names.items() if len(code) == DISTRICT)
            name = next((district for district in districts if area.startswith(district)), None)
        return name

    def community(self, cell: str, area: str | None) -> str:
        """Return what a community is called: by its name, or its place and last digits."""
        return self._names.get(cell) or f"{area or ''}{cell[-3:]}社区"


@dataclass(frozen=True, slots=True)
class _Cell:
    code: str
    name: str


_CELLS = Query(_Cell, "SELECT code, name FROM grid")


def community_of(grid: str | None) -> str | None:
    """Return the community of a grid code, None where it tells none."""
    cell = (grid or "")[:COMMUNITY]
    return cell if len(cell) == COMMUNITY and cell.isdigit() else None


def subjects_of(appeal: Appeal) -> Iterator[Subject]:
    """Yield what an appeal is about by its own fields: categories, place, object."""
    levels = appeal.category.split("/") if appeal.category else []
    for depth in range(1, len(levels) + 1):
        yield Subject("category", "/".join(levels[:depth]))
    cell = community_of(appeal.grid)
    if cell is not None and levels:
        yield Subject("place", f"{cell}/{appeal.category}")
    if appeal.object:
        yield Subject("object", appeal.object)


@dataclass(frozen=True, slots=True)
class Tied:
    """A ticket of a problem or key: what it is tied to."""

    ticket_id: int
    kind: str
    text: str


PROBLEMS = Query(
    Tied,
    """
SELECT pt.ticket_id, 'problem' AS kind, CAST(p.id AS VARCHAR) AS text
FROM problem p JOIN problem_ticket pt ON pt.problem_id = p.id AND pt.state = 'linked'
WHERE p.state IN ('likely', 'confirmed') AND p.last_at >= :since
""",
)

KEYS = Query(
    Tied,
    """
SELECT k.ticket_id, l.kind, l.text
FROM (SELECT key.id, key.kind, key.text FROM ticket t
      JOIN appeal_key found ON found.ticket_id = t.id
      JOIN link_key key ON key.id = found.key_id
      WHERE t.received_at >= :since AND t.received_at < :to_at
          AND key.kind IN ('firm', 'word') AND (key.kind = 'firm' OR key.appeals <= :common)
      GROUP BY key.id, key.kind, key.text HAVING count(*) >= :least) l
JOIN appeal_key k ON k.key_id = l.id
""",
)
"""Appeals of the firms and rare words that at least so many appeals name since an instant."""


def grouped(
    appeals: Iterable[Appeal], reports: Sequence[Report], tied: Iterable[Tied]
) -> dict[Subject, list[Report]]:
    """Return the reports of each subject in the order they came."""
    groups: dict[Subject, list[Report]] = {}
    for appeal, report in zip(appeals, reports, strict=True):
        for subject in subjects_of(appeal):
            groups.setdefault(subject, []).append(report)
    places = {report.ticket_id: n for n, report in enumerate(reports)}
    found: dict[Subject, list[int]] = {}
    for one in tied:
        if one.kind in KINDS and (place := places.get(one.ticket_id)) is not None:
            found.setdefault(Subject(one.kind, one.text), []).append(place)
    for subject, where in found.items():
        groups[subject] = [reports[place] for place in sorted(where)]
    return groups


@dataclass(frozen=True, slots=True)
class _Known:
    known: bool


_BEFORE = Query(
    _Known,
    """
SELECT EXISTS (SELECT 1 FROM ticket t WHERE t.received_at >= :from_at AND t.received_at < :to_at)
    AS known
""",
)


@dataclass(frozen=True, slots=True)
class _Past:
    received_at: datetime
    category: str


_YEAR_AGO = Query(
    _Past,
    f"""
SELECT t.received_at, t.category FROM ticket t
WHERE t.received_at >= :from_at AND t.received_at < :to_at AND t.category IN (:categories)
    AND {COUNTED}
""",
)


def years_ago(
    source: Source, days: Days, zone: tzinfo, wanted: Mapping[str, Sequence[str]]
) -> dict[str, list[int]]:
    """Return for each wanted category what it held a year before each day, up to a week beyond.

    ``wanted`` names the full categories that belong to each. Empty where the store does not go
    back so far.
    """
    first = days.first - timedelta(days=YEAR)
    past = Days.of(first, first + timedelta(days=len(days) + WEEK), zone)
    start = {"from_at": past.bounds[0], "to_at": past.bounds[WEEK]}
    if not wanted or not source.read(_BEFORE, **start)[0].known:
        return {}
    names = sorted({name for names in wanted.values() for name in names})
    counts: dict[str, list[int]] = {name: [0] * len(past) for name in names}
    ends = {"from_at": past.bounds[0], "to_at": past.bounds[-1]}
    for row in source.read(_YEAR_AGO, categories=names, **ends):
        counts[row.category][past.place(row.received_at)] += 1
    return {
        category: [sum(day) for day in zip(*(counts[name] for name in names), strict=True)]
        for category, names in wanted.items()
    }
