"""Several voices on who takes an appeal, each heard by how often it was right before.

The chances of the voices that have something to say are mixed by weights. The weights are those
under which the decisions of a held-out time were likeliest, found by expectation maximisation
(Jelinek and Mercer 1980): a voice that tells nothing in this city is not heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.dispatch.habits import VOICES, Chances

Voices = Sequence[Chances | None]
"""What each of ``VOICES`` says, in that order; None: nothing."""

FIRST_WEIGHTS = (0.40, 0.05, 0.40, 0.10, 0.05)
"""How the voices are heard in a city that has not been measured."""

ROUNDS = 25

FLOOR = 1e-4
"""The chance that a voice leaves to what it does not name."""


def blended(voices: Voices, weights: Sequence[float] = FIRST_WEIGHTS) -> dict[int, float]:
    """Return the chances of all that any voice names, 0 to 1 in sum."""
    heard = sum(weight for weight, voice in zip(weights, voices, strict=True) if voice)
    found: dict[int, float] = {}
    for weight, voice in zip(weights, voices, strict=True):
        for unit, chance in (voice or {}).items():
            found[unit] = found.get(unit, 0.0) + chance * (weight / heard if heard else 0.0)
    return found


def likeliest(chances: Chances) -> list[int]:
    """Return the units, the likeliest first."""
    return sorted(chances, key=lambda unit: (-chances[unit], unit))


def loudest(voices: Voices, unit: int, weights: Sequence[float]) -> int:
    """Return which voice says most for a unit."""
    said = [w * (voice or {}).get(unit, 0.0) for w, voice in zip(weights, voices, strict=True)]
    return said.index(max(said))


def weights_from(told: Sequence[tuple[Voices, int]]) -> tuple[float, ...]:
    """Return the weights under which the units that took appeals were likeliest."""
    chances = [
        [None if not voice else voice.get(unit, 0.0) + FLOOR for voice in voices]
        for voices, unit in told
    ]
    weights = list(FIRST_WEIGHTS)
    for _ in range(ROUNDS if chances else 0):
        weights = _better(weights, chances)
    return tuple(weights)


def _better(weights: list[float], chances: Sequence[Sequence[float | None]]) -> list[float]:
    right, heard = [0.0] * len(VOICES), [0.0] * len(VOICES)
    for each in chances:
        said = [(w, chance) for w, chance in zip(weights, each, strict=True) if chance is not None]
        known = sum(weight for weight, _ in said)
        likely = sum(weight * chance for weight, chance in said)
        for voice, chance in enumerate(each):
            if chance is not None and known:
                right[voice] += weights[voice] * chance / likely
                heard[voice] += 1 / known
    found = [r / h if h else w for r, h, w in zip(right, heard, weights, strict=True)]
    total = sum(found) or 1.0
    return [weight / total for weight in found]
