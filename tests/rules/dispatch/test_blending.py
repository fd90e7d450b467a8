"""Voices mixed by how often they were right."""

from __future__ import annotations

import pytest

from rules.dispatch.blending import (
    FIRST_WEIGHTS,
    Voices,
    blended,
    likeliest,
    loudest,
    weights_from,
)

RIGHT: Voices = ({1: 0.9, 2: 0.1}, {1: 0.1, 2: 0.9}, None, None, None)


def test_the_voice_that_was_right_is_heard() -> None:
    weights = weights_from([(RIGHT, 1)] * 20)
    assert weights[0] > 20 * weights[1] and sum(weights) == pytest.approx(1)
    assert likeliest(blended(RIGHT, weights)) == [1, 2]


def test_voices_that_were_equally_right_share_what_is_heard() -> None:
    weights = weights_from([(RIGHT, 1), (RIGHT, 2)] * 20)
    chances = blended(RIGHT, weights)
    assert chances[1] == pytest.approx(0.5, abs=0.1)


def test_nothing_told_leaves_the_first_weights() -> None:
    assert weights_from([]) == FIRST_WEIGHTS
    assert blended((None,) * 5) == {}


@pytest.mark.parametrize("silent", range(5))
def test_chances_are_one_in_sum_whichever_voice_is_silent(silent: int) -> None:
    voices = [{1: 0.5, 2: 0.5}, {2: 1.0}, {3: 1.0}, {1: 0.2, 4: 0.8}, {5: 1.0}]
    said = [None if n == silent else voice for n, voice in enumerate(voices)]
    assert sum(blended(said).values()) == pytest.approx(1)


def test_a_voice_alone_is_repeated_as_it_is() -> None:
    assert blended((None, None, None, {7: 0.75, 8: 0.25}, None)) == {7: 0.75, 8: 0.25}


def test_the_loudest_voice_for_a_unit_is_named() -> None:
    voices: Voices = ({1: 0.9, 2: 0.1}, None, None, {2: 1.0}, None)
    assert loudest(voices, 1, FIRST_WEIGHTS) == 0
    assert loudest(voices, 2, FIRST_WEIGHTS) == 3
