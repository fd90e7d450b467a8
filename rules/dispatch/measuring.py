"""A city's own dispatches asked again in the order of time: how good suggestions would have been.

Each of the last ``HELD`` dispatches is asked of those before it alone. The first third says how the
voices are to be heard, the rest how often what they say together is right, so that nothing is
judged by what it was fitted to. The rarity of words is counted over all: it knows no unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.dispatch.blending import Voices, blended, likeliest, weights_from
from rules.dispatch.habits import Asked, Habits, Places
from rules.dispatch.sureness import Band, band_of, bands_of, calibration_error
from rules.text import Memory, guesses

HELD = 2400

GUESSED = 3

LEAST_MEASURED = 150
"""Dispatches of which fewer tell nothing of how sure a suggestion is."""


@dataclass(frozen=True, slots=True)
class Past:
    """One dispatch: what was asked, the unit that took it, the traits and units of its text."""

    asked: Asked
    unit: int
    traits: Mapping[str, int]
    named: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What suggestions are worth here: weights of the voices, bands, shares right of ``asked``.

    ``largest`` is the share the largest unit would have had; ``error`` the calibration error of
    the later half by the bands of the earlier.
    """

    weights: tuple[float, ...]
    bands: tuple[Band, ...]
    asked: int
    first: int
    three: int
    largest: int
    error: float


def measured(pasts: Sequence[Past], held: int = HELD) -> Measured | None:
    """Measure on dispatches, the latest first; None where there are too few."""
    held = min(held, len(pasts) // 3)
    if held < LEAST_MEASURED:
        return None
    told = list(said_in_time(pasts, held))
    learnt = len(told) // 3
    weights = weights_from(told[:learnt])
    judged = [(blended(voices, weights), unit) for voices, unit in told[learnt:]]
    guessed = [_guesses(chances, unit) for chances, unit in judged]
    largest = Counter(past.unit for past in pasts[held:]).most_common(1)[0][0]
    return Measured(
        weights,
        bands_of(each for found in guessed for each in found),
        len(judged),
        sum(found[0][1] for found in guessed if found),
        sum(any(right for _, right in found) for found in guessed),
        sum(unit == largest for _, unit in judged),
        _error(guessed),
    )


def said_in_time(pasts: Sequence[Past], held: int) -> Iterator[tuple[Voices, int]]:
    """Give what the voices say of the latest dispatches, the earliest of them first, and who took.

    ``pasts`` are the latest first; each is asked of the earlier ones alone.
    """
    places = Places((past.asked.grid, past.unit, 1) for past in pasts[held:])
    habits = Habits(places, pasts[0].asked.day)
    memory = Memory((past.unit, past.traits) for past in pasts)
    for place in reversed(range(len(pasts))):
        past = pasts[place]
        if place < held:
            near = memory.alike(past.traits, after=place)
            like = {guess.answer: guess.share for guess in guesses(near)}
            yield voices_of(habits, past.asked, like, past.named), past.unit
        habits.learn(past.asked, past.unit)


def voices_of(
    habits: Habits, asked: Asked, like: Mapping[int, float], named: Sequence[int]
) -> Voices:
    """Return what each voice says of an appeal."""
    return (
        habits.of_kind(asked),
        habits.of_area(asked),
        habits.of_matter(asked),
        like or None,
        {unit: 1 / len(named) for unit in named} or None,
    )


def _guesses(chances: Mapping[int, float], unit: int) -> list[tuple[float, bool]]:
    """Return chance and truth of the first guesses."""
    return [(chances[each], each == unit) for each in likeliest(chances)[:GUESSED]]


def _error(guessed: Sequence[Sequence[tuple[float, bool]]]) -> float:
    """Return how far the bands of the earlier half are from what the first guesses later gave."""
    half = len(guessed) // 2
    bands = bands_of(each for found in guessed[:half] for each in found)
    later = [found[0] for found in guessed[half:] if found]
    said = [(band.sure, right) for chance, right in later if (band := band_of(bands, chance))]
    return calibration_error(said)
