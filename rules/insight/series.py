"""What is watched, day by day: subjects, their appeals, and the days that are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal, NamedTuple

from rules.insight.expected import WEEK

Kind = Literal["problem", "object", "firm", "place", "category", "word"]

KINDS: dict[Kind, str] = {
    "problem": "问题",
    "object": "被反映对象",
    "firm": "单位名称",
    "place": "地点和类别",
    "category": "类别",
    "word": "词",
}
"""What a subject may be, the most telling first."""

AT_ONE_PLACE: frozenset[Kind] = frozenset({"problem", "object", "firm", "place"})
"""What different citizens can repeat: one thing or one place."""


NUMEROUS: frozenset[Kind] = frozenset({"problem", "object", "firm", "place", "word"})
"""Of what there is so much that some of it stands out by mere chance."""


class Subject(NamedTuple):
    """What appeals have in common; ``text`` tells it apart from others of its kind."""

    kind: Kind
    text: str


class Report(NamedTuple):
    """One appeal as it counts; ``day`` is its place in the horizon, ``reporter`` a digest.

    ``place`` is what it complains of, or else where that is, as its fields tell.
    """

    ticket_id: int
    day: int
    reporter: str | None
    channel: str
    district: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The appeals of one subject in the order they came, all within the horizon.

    ``alarm``: the day on which a problem was one, by its fifth citizen; nothing is found before.
    ``sure``: a person has confirmed it, so that it is followed whatever chance may bring.
    ``year_ago``: how many the same weekday held a year before each day, up to a week beyond the
    horizon; None where the store does not go back so far.
    """

    subject: Subject
    reports: Sequence[Report]
    alarm: int | None = None
    sure: bool = False
    year_ago: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that are read, and which of them are asked for.

    ``weekdays``: as which weekday each day counts. ``known``: the first day of which the store
    tells. ``start`` and ``end``: the days asked for, half-open. ``watched``: how many subjects of
    a kind had appeared by each day. ``city``: all appeals of each day.
    """

    first: date
    weekdays: Sequence[int]
    known: int
    start: int
    end: int
    watched: Mapping[Kind, Sequence[int]]
    city: Sequence[int]

    def date_of(self, place: int) -> date:
        """Return the date of a day by its place."""
        return self.first + timedelta(days=place)


def known_from(city: Sequence[int]) -> int:
    """Return the first day of the first week in most of whose days anything came in the city.

    What lies before is known by stray appeals at most, and tells nothing of what was usual.
    """
    for day in range(len(city) - WEEK + 1):
        if sum(1 for count in city[day : day + WEEK] if count) > WEEK // 2:
            return day
    return len(city)


def watched_by(firsts: Iterable[tuple[Kind, int]], days: int) -> dict[Kind, list[int]]:
    """Return how many subjects of each kind had appeared by each day.

    ``firsts`` are each subject's kind and the day it first appeared.
    """
    found: dict[Kind, list[int]] = {kind: [0] * days for kind in KINDS}
    for kind, first in firsts:
        found[kind][first] += 1
    return {kind: list(accumulate(counts)) for kind, counts in found.items()}
