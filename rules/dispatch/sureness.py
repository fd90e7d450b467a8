"""How sure a suggestion is: what came true of those that looked as likely before (把握).

A chance that a model gives is not yet what happens. Of appeals asked out of sample each guess gives
its chance and whether the unit took the appeal; guesses of like chance are put into one band, bands
that contradict the order are pooled (isotonic regression by pooling adjacent violators, Ayer et al.
1955), and the share that was right in a band is what is said of the next guess there, with the
interval of Wilson (1927).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import itemgetter

BANDS = 15

LEAST_IN_BAND = 40

Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Band:
    """Guesses whose chance is ``low`` at least: how many, how many right, their mean chance."""

    low: float
    asked: int
    right: int
    said: float

    @property
    def sure(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.asked

    @property
    def between(self) -> tuple[float, float]:
        """The interval of Wilson at 95 %."""
        return wilson(self.right, self.asked)


def wilson(right: int, asked: int, z: float = Z95) -> tuple[float, float]:
    """Return the lower and upper end of the interval of a share; 0 and 1 where nothing is known."""
    if not asked:
        return 0.0, 1.0
    share, z2 = right / asked, z * z
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = z * sqrt(share * (1 - share) / asked + z2 / (4 * asked * asked)) / (1 + z2 / asked)
    return max(0.0, middle - half), min(1.0, middle + half)


def bands_of(guessed: Iterable[tuple[float, bool]]) -> tuple[Band, ...]:
    """Return the bands of (chance, right) of guesses, the least likely first, surer as they go."""
    ordered = sorted(guessed, key=itemgetter(0))
    size = max(LEAST_IN_BAND, -(-len(ordered) // BANDS))
    pooled: list[Band] = []
    start = 0
    while start < len(ordered):
        end = min(start + size, len(ordered))
        while end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        pooled.append(_band(ordered[start:end]))
        start = end
        while len(pooled) > 1 and (
            pooled[-2].sure >= pooled[-1].sure or pooled[-1].asked < LEAST_IN_BAND
        ):
            later = pooled.pop()
            pooled.append(_together(pooled.pop(), later))
    return tuple(pooled)


def band_of(bands: Sequence[Band], chance: float) -> Band | None:
    """Return the band a chance falls into; None where nothing was measured."""
    if not bands:
        return None
    return bands[max(0, bisect_right([band.low for band in bands], chance) - 1)]


def calibration_error(guessed: Sequence[tuple[float, bool]], cells: int = 10) -> float:
    """Return the expected calibration error of (chance, right) in cells of equal width."""
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(cells)]
    for chance, right in guessed:
        parts[min(cells - 1, int(chance * cells))].append((chance, right))
    apart = (abs(sum(c for c, _ in part) - sum(r for _, r in part)) for part in parts if part)
    return sum(apart) / len(guessed) if guessed else 0.0


def _band(guessed: Sequence[tuple[float, bool]]) -> Band:
    said = sum(chance for chance, _ in guessed) / len(guessed)
    return Band(guessed[0][0], len(guessed), sum(right for _, right in guessed), said)


def _together(one: Band, other: Band) -> Band:
    asked = one.asked + other.asked
    said = (one.said * one.asked + other.said * other.asked) / asked
    return Band(one.low, asked, one.right + other.right, said)
