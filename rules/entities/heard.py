"""Names as appeals tell of them: when, about what, with which places, numbers and words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

FEW = 30
"""Other appeals on a theme from which they say what is usual there."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What appeals have in common: ``kind`` phone, address, estate, street or word."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One appeal that names a firm; ``clues`` are numbers of clues, ``about`` its category."""

    day: date
    ticket_id: int
    about: str
    clues: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names may be one firm's: a sentence, and what it weighs in thousandths."""

    kind: str
    text: str
    weight: int


@dataclass(frozen=True)
class HeardName:
    """One name of a firm and the appeals that have it, the oldest first."""

    core: str
    written: str
    brand: str
    trade: str
    heard: tuple[Heard, ...]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The day of each appeal."""
        return tuple(one.day for one in self.heard)

    def until(self, day: date) -> tuple[Heard, ...]:
        """Return the appeals up to a day, that day included."""
        return self.heard[: bisect_right(self.days, day)]

    @cached_property
    def about(self) -> str:
        """What most of the appeals are about: the first two levels of their category."""
        return main_theme(self.heard)

    @cached_property
    def tickets(self) -> frozenset[int]:
        """The appeals that have the name."""
        return frozenset(one.ticket_id for one in self.heard)


def theme(about: str) -> str:
    """Return the first two levels of a category."""
    return "/".join(about.split("/")[:2])


def main_theme(heard: Sequence[Heard]) -> str:
    """Return what at least half of some appeals are about, "" where nothing is."""
    counted = Counter(theme(one.about) for one in heard if one.about)
    if not counted:
        return ""
    told, times = counted.most_common(1)[0]
    return told if times * 2 >= len(heard) else ""


@dataclass(frozen=True)
class Pool:
    """Every name heard, and what their appeals have in common."""

    names: Sequence[HeardName]
    clues: Mapping[int, Clue]

    @cached_property
    def having(self) -> Mapping[int, tuple[int, ...]]:
        """The names, by their place in ``names``, of each clue."""
        found: dict[int, set[int]] = defaultdict(set)
        for place, name in enumerate(self.names):
            for one in name.heard:
                for clue in one.clues:
                    found[clue].add(place)
        return {clue: tuple(sorted(places)) for clue, places in found.items()}

    @cached_property
    def _by_theme(self) -> Mapping[str, Mapping[int, frozenset[int]]]:
        """The clues of every appeal by its theme; under "" those of all."""
        found: dict[str, dict[int, frozenset[int]]] = defaultdict(dict)
        for name in self.names:
            for one in name.heard:
                found[theme(one.about)][one.ticket_id] = one.clues
                found[""][one.ticket_id] = one.clues
        return found

    def share_with(self, about: str, clues: frozenset[int], but: frozenset[int]) -> float:
        """Return which share of the other appeals on a theme has one of some clues.

        ``but`` are appeals that do not count. Where a theme has hardly any others, all do; it is
        never nought, for what was never seen is not impossible.
        """
        told = self._by_theme.get(about, {})
        others = [own for id, own in told.items() if id not in but]
        if len(others) < FEW:
            others = [own for id, own in self._by_theme.get("", {}).items() if id not in but]
        return (1 + sum(not clues.isdisjoint(own) for own in others)) / (2 + len(others))
