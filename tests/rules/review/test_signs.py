"""Signs that may point at figures made to look well, each beside the city's share."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from rules.review.signs import (
    BULK,
    Answer,
    Closing,
    Halt,
    Told,
    came_again,
    copied,
    paused_late,
    rushed,
    signs_among,
)
from tests.models.appeals import wuhan

DUE = wuhan("2026-11-20 17:30")


def closing(ticket: int, before: timedelta, unit: int = 1, day: int = 0) -> Closing:
    at = DUE + timedelta(days=day) - before
    return Closing(unit, ticket, at, DUE + timedelta(days=day), at.date())


def flagged(rows: list[Told]) -> list[int]:
    return [row.ticket_id for row in rows if row.sign]


def test_closings_of_the_last_hour_are_a_sign_in_bulk_only() -> None:
    bulk = [closing(n, timedelta(minutes=n)) for n in range(BULK)]
    others = [
        closing(90, timedelta(minutes=61)),
        closing(91, -timedelta(minutes=1)),
        closing(92, timedelta(minutes=5), unit=2),
        closing(93, timedelta(minutes=5), day=1),
    ]
    assert flagged(rushed([*bulk, *others])) == list(range(BULK))
    assert flagged(rushed([*bulk[1:], *others])) == []


def test_replies_that_equal_those_of_other_tickets() -> None:
    answers = [
        Answer(1, 1, "已现场核实并整改到位", 10),
        Answer(2, 2, "已现场核实并整改到位", 10),
        Answer(1, 3, "换了一盏灯已经亮了", 9),
        Answer(1, 3, "换了一盏灯已经亮了", 9),
        Answer(1, 4, "已收悉", 3),
        Answer(1, 5, "已收悉", 3),
    ]
    assert flagged(copied(answers)) == [1, 2]


def test_pauses_that_begin_on_the_last_day() -> None:
    hours = (-1, 0, 1, 24, 25)
    halts = [Halt(1, n, DUE - timedelta(hours=h), DUE) for n, h in enumerate(hours)]
    assert flagged(paused_late(halts)) == [1, 2, 3]


def test_a_share_stands_beside_the_citys_and_says_nothing_of_few() -> None:
    rows = [Told(1, n, n < 2) for n in range(6)] + [Told(2, 10 + n, False) for n in range(14)]
    own, other = (signs_among("again", rows, unit) for unit in (1, 2))
    assert (own.found, own.rate, own.city_rate) == ((0, 1), Fraction(1, 3), Fraction(1, 10))
    assert own.words == "办结已解决后14天内同一人再反映 2/6件，33.3%（全市10.0%）"
    assert (other.found, other.rate) == ((), Fraction(0))
    few = signs_among("again", rows[:3], 1)
    assert few.rate is None and few.words.endswith("2/3件（全市66.7%）")
    assert signs_among("again", [], 1).words.endswith("0/0件（全市—）")


def test_who_came_again_is_told_of_the_matter_that_was_closed() -> None:
    assert flagged(came_again([(1, 5), (1, 6)], {6})) == [6]
