"""Choosing by chance, quickly and the same way every time a seed is given."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

Dice = Callable[[], float]
"""``random.Random(seed).random``: a number in [0, 1)."""


def pick(dice: Dice, options: Sequence[T]) -> T:
    """Return one of the options, each equally likely."""
    return options[int(dice() * len(options))]


class Weighted(Generic[T]):
    """A choice among options with weights."""

    __slots__ = ("_bounds", "_options", "_total")

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        """Take (option, weight) pairs; at least one weight is above zero."""
        kept = [(option, weight) for option, weight in pairs if weight > 0]
        self._options = [option for option, _ in kept]
        self._bounds = list(accumulate(weight for _, weight in kept))
        self._total = self._bounds[-1]

    def draw(self, dice: Dice) -> T:
        """Return one option."""
        return self._options[bisect(self._bounds, dice() * self._total)]


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Share ``total`` by weight into whole numbers that sum to it exactly."""
    whole = sum(weights)
    edges = [round(total * edge / whole) for edge in accumulate(weights)]
    return [after - before for before, after in zip([0, *edges], edges, strict=False)]
