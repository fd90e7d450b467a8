"""Which earlier appeals are most like a new one, and what was decided for those.

Nearest neighbours by the usual tf-idf cosine (Salton and Buckley 1988). The traits of an appeal
are the pairs of neighbouring characters of its text, which serve Chinese without a word list, and
its category, place and object. Nothing here knows what an answer is: it is a number.
"""

from __future__ import annotations

import heapq
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

HEAD = 400  # characters of the content that count; what follows repeats or pleads

TITLE = 2  # times that a title's pair counts

TAG = 6  # times that a tag counts

NEIGHBOURS = 30

LEAST = 0.03  # a likeness below this is chance

BUDGET = 6_000  # occurrences looked at for one question, the most telling traits first

MOST = 15  # times a trait counts at most, kept in four bits beside the place

_RUN = re.compile(r"[0-9a-z\u3400-\u9fff]+")

_FACTOR = (0.0, *(1 + log(times) for times in range(1, MOST + 1)))


@dataclass(frozen=True, slots=True)
class Described:
    """What of an appeal can be like another; ``category`` is a path, ``grid`` a code."""

    title: str
    content: str
    category: str | None = None
    grid: str | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier appeal: its place in the memory, how like it is (0 to 1), what was decided."""

    place: int
    likeness: float
    answer: int


@dataclass(frozen=True, slots=True)
class Guess:
    """An answer, its share of the likeness found (0 to 1), what speaks for it, best first."""

    answer: int
    share: float
    alike: tuple[Alike, ...]


def traits(described: Described) -> Counter[str]:
    """Return how often each trait counts in an appeal."""
    found: Counter[str] = Counter()
    for pair in _pairs(described.title):
        found[pair] += TITLE
    found.update(_pairs(described.content[:HEAD]))
    for tag in _tags(described):
        found[tag] = TAG
    return found


class Memory:
    """Earlier appeals by their traits: filled once, then asked from any thread.

    A trait only one appeal has tells nothing and is forgotten.
    """

    def __init__(self, earlier: Iterable[tuple[int, Mapping[str, int]]]) -> None:
        """Take (answer, traits) of each earlier appeal; its place is its number in this order."""
        self.answers = array("i")
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, (answer, own) in enumerate(earlier):
            self.answers.append(answer)
            for trait, times in own.items():
                found[trait].append(place << 4 | min(times, MOST))
        self._where = {trait: entries for trait, entries in found.items() if len(entries) > 1}
        self._length = self._lengths()

    def alike(
        self, own: Mapping[str, int], but: Sequence[int] = (), after: int = -1
    ) -> list[Alike]:
        """Return the nearest neighbours of an appeal, the most like first, without some places.

        ``after``: of the places behind this one alone.
        """
        weighed = self._weighed(own)
        total = sqrt(sum(weight * weight for weight, _, _ in weighed))
        score: dict[int, float] = defaultdict(float)
        looked = 0
        for weight, rarity, entries in weighed:
            by_times = [weight * rarity * factor for factor in _FACTOR]
            if after >= 0:
                entries = entries[bisect_left(entries, (after + 1) << 4) :]
            for entry in entries:
                score[entry >> 4] += by_times[entry & 15]
            looked += len(entries)
            if looked > BUDGET:
                break
        for place in but:
            score.pop(place, None)
        length = self._length
        near = heapq.nlargest(
            NEIGHBOURS, ((value / length[place], -place) for place, value in score.items())
        )
        found = (Alike(-back, value / total, self.answers[-back]) for value, back in near)
        return [each for each in found if each.likeness >= LEAST]

    def likeness(self, own: Mapping[str, int], other: Mapping[str, int]) -> float:
        """Return how like two appeals are, 0 to 1, by how rare their traits are here.

        ``other`` is not remembered: it came later.
        """
        mine, theirs = self._weights(own, other), self._weights(other, own)
        total = sqrt(sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values()))
        return sum(w * theirs.get(trait, 0.0) for trait, w in mine.items()) / (total or 1.0)

    def _weights(self, own: Mapping[str, int], other: Mapping[str, int]) -> dict[str, float]:
        """Return the weight of each trait; one that nobody has here counts if ``other`` has it."""
        rarest = log(1 + max(1, len(self.answers)))
        return {
            trait: _FACTOR[min(times, MOST)]
            * (self._rarity(self._where[trait]) if trait in self._where else rarest)
            for trait, times in own.items()
            if trait in self._where or trait in other
        }

    def _weighed(self, own: Mapping[str, int]) -> list[tuple[float, float, array[int]]]:
        """Return (weight, rarity, occurrences) of the traits known here, the weightiest first."""
        known = []
        for trait, times in own.items():
            entries = self._where.get(trait)
            if entries is not None:
                rarity = self._rarity(entries)
                known.append((_FACTOR[min(times, MOST)] * rarity, rarity, entries))
        known.sort(key=lambda each: -each[0])
        return known

    def _rarity(self, entries: Sequence[int]) -> float:
        return log(1 + len(self.answers) / len(entries))

    def _lengths(self) -> array[float]:
        squares = array("d", bytes(8 * len(self.answers)))
        for entries in self._where.values():
            rarity = self._rarity(entries)
            by_times = [(rarity * factor) ** 2 for factor in _FACTOR]
            for entry in entries:
                squares[entry >> 4] += by_times[entry & 15]
        return array("f", (sqrt(square) or 1.0 for square in squares))


def guesses(near: Iterable[Alike]) -> list[Guess]:
    """Return the answers of neighbours, likeliest first; each counts by its likeness squared."""
    by_answer: dict[int, list[Alike]] = defaultdict(list)
    for each in near:
        by_answer[each.answer].append(each)
    weight = {a: sum(e.likeness**2 for e in found) for a, found in by_answer.items()}
    total = sum(weight.values())
    ordered = sorted(by_answer, key=lambda a: (-weight[a], by_answer[a][0].place))
    return [Guess(a, weight[a] / total if total else 0.0, tuple(by_answer[a])) for a in ordered]


def _pairs(text: str) -> list[str]:
    return [run[i : i + 2] for run in _RUN.findall(text.lower()) for i in range(len(run) - 1)]


def _tags(described: Described) -> list[str]:
    """Return category, place and object as traits, each level of its own, and both together."""
    category = (described.category or "").split("/")
    paths = ["/".join(category[:depth]) for depth in range(1, len(category) + 1) if category[0]]
    grid = described.grid or ""
    cells = [grid[:digits] for digits in (6, 9, 12) if len(grid) >= digits]
    tags = [f"类别:{path}" for path in paths] + [f"网格:{cell}" for cell in cells]
    tags += [f"类别:{path} 网格:{cell}" for path in paths[-1:] for cell in cells[:2]]
    if described.object:
        tags.append(f"对象:{described.object}")
    return tags
