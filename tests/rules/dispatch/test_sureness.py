"""How sure a guess is: bands, their intervals, and how far they are from what came."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rules.dispatch.sureness import (
    LEAST_IN_BAND,
    Band,
    band_of,
    bands_of,
    calibration_error,
    wilson,
)

GUESSED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=400)


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [
        (262, 300, 0.831, 0.906),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (1, 2, 0.095, 0.905),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_of_a_share(right: int, asked: int, low: float, high: float) -> None:
    assert wilson(right, asked) == pytest.approx((low, high), abs=5e-4)


@given(GUESSED)
def test_likelier_guesses_are_never_less_sure_and_none_is_lost(
    guessed: list[tuple[float, bool]],
) -> None:
    bands = bands_of(guessed)
    assert [band.sure for band in bands] == sorted({band.sure for band in bands})
    assert [band.low for band in bands] == sorted(band.low for band in bands)
    assert sum(band.asked for band in bands) == len(guessed)
    assert sum(band.right for band in bands) == sum(right for _, right in guessed)
    assert all(band.asked >= LEAST_IN_BAND for band in bands) or len(bands) == 1 or not guessed


def test_a_guess_falls_into_the_band_below_its_chance() -> None:
    bands = (Band(0.1, 50, 5, 0.2), Band(0.5, 50, 40, 0.7))
    assert [band_of(bands, chance) for chance in (0.0, 0.3, 0.5, 1.0)] == [
        bands[0],
        bands[0],
        bands[1],
        bands[1],
    ]
    assert band_of((), 0.5) is None


def test_a_model_that_boasts_is_told_what_really_came_true() -> None:
    boasting = [(0.95, n % 2 == 0) for n in range(200)]
    [band] = bands_of(boasting)
    assert band.sure == pytest.approx(0.5) and band.said == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("guessed", "error"),
    [
        ([], 0.0),
        ([(0.5, True), (0.5, False)], 0.0),
        ([(1.0, True), (1.0, False)], 0.5),
        ([(0.2, False), (0.8, True)], 0.2),
    ],
)
def test_the_calibration_error(guessed: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(guessed) == pytest.approx(error)
