"""A city's dispatches asked again: in the order of time, never of what came later."""

from __future__ import annotations

import random
from collections import Counter

from rules.dispatch.habits import KIND, LIKE, SAME, Asked
from rules.dispatch.measuring import LEAST_MEASURED, Past, measured, said_in_time

KINDS = ("供水/停水", "治安/斗殴", "城管/占道")


def past(day: int, kind: int, unit: int, traits: tuple[str, ...] = ()) -> Past:
    asked = Asked(KINDS[kind], "求助", "420102002001", None, day)
    return Past(asked, unit, Counter(dict.fromkeys(traits, 1)))


def city(count: int, right: float, seed: int = 1) -> list[Past]:
    """Return dispatches, the latest first, of which a share went to the unit of their kind."""
    dice = random.Random(seed)
    found = []
    for day in range(count, 0, -1):
        kind = dice.randrange(3)
        unit = kind + 1 if dice.random() < right else 9
        found.append(past(day, kind, unit, ("词", KINDS[kind])))
    return found


def test_few_dispatches_tell_nothing() -> None:
    assert measured(city(3 * LEAST_MEASURED - 1, 0.9)) is None


def test_what_is_said_to_be_sure_comes_true_as_often() -> None:
    found = measured(city(900, 0.8))
    assert found is not None and found.asked == 200
    assert 0.7 < found.first / found.asked < 0.9
    assert found.first / found.asked > found.largest / found.asked + 0.2
    assert found.three == found.asked
    assert 0.7 < found.bands[-1].sure < 0.9 and found.error < 0.1
    assert sum(found.weights) > 0.999


def test_no_dispatch_is_asked_of_those_after_it() -> None:
    before = [past(day, 0, 1, ("水", "停")) for day in range(9, 0, -1)]
    after = [past(day, 0, 2, ("水", "停")) for day in range(29, 19, -1)]
    said = list(said_in_time([*after, past(10, 0, 3, ("水", "停")), *before], 11))
    [first, *_, last] = said
    voices, unit = first
    assert unit == 3
    assert [set(voices[voice] or ()) for voice in (KIND, SAME, LIKE)] == [{1}, {1}, {1}]
    assert set(last[0][LIKE] or ()) == {1, 2, 3} and last[0][SAME] == {2: 1.0}


def test_the_largest_unit_is_that_of_the_earlier_ones() -> None:
    early = [past(day, 0, 1) for day in range(400, 0, -1)]
    late = [past(day, 1, 2) for day in range(600, 400, -1)]
    found = measured([*late, *early])
    assert found is not None and found.largest == 0
