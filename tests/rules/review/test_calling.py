"""When citizens may be called, and who is drawn for a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from rules.review.calling import CallingHours, drawn
from rules.review.terms import ReviewPolicy

WUHAN = ZoneInfo("Asia/Shanghai")

USUAL = CallingHours(ReviewPolicy().hours, WUHAN)

INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))

HOURS = st.sampled_from(
    [
        ReviewPolicy().hours,
        ("09:00-18:00",),
        ("08:30-12:00",),
        ("18:00-20:00",),
        ("08:30-10:00", "11:00-13:00", "15:00-24:00"),
    ]
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WUHAN)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("2026-11-20 08:29:59", False),
        ("2026-11-20 08:30", True),
        ("2026-11-20 11:59:59", True),
        ("2026-11-20 12:00", False),
        ("2026-11-20 13:59:59", False),
        ("2026-11-20 14:00", True),
        ("2026-11-20 19:59:59", True),
        ("2026-11-20 20:00", False),
        ("2026-11-22 10:00", True),  # a Sunday
        ("2026-10-01 10:00", True),  # a holiday
    ],
)
def test_citizens_are_called_within_the_hours_of_the_policy_on_any_day(
    text: str, may: bool
) -> None:
    assert USUAL.open_at(at(text)) is may


@pytest.mark.parametrize(
    ("text", "opening", "later"),
    [
        ("2026-11-20 07:00", "2026-11-20 08:30", "2026-11-20 14:00"),
        ("2026-11-20 09:15", "2026-11-20 09:15", "2026-11-20 14:00"),
        ("2026-11-20 11:59", "2026-11-20 11:59", "2026-11-20 14:00"),
        ("2026-11-20 12:00", "2026-11-20 14:00", "2026-11-21 08:30"),
        ("2026-11-20 15:20", "2026-11-20 15:20", "2026-11-21 08:30"),
        ("2026-11-20 23:00", "2026-11-21 08:30", "2026-11-21 08:30"),
        ("2026-12-31 20:00", "2027-01-01 08:30", "2027-01-01 08:30"),
    ],
)
def test_the_next_attempt_is_made_when_the_next_half_day_opens(
    text: str, opening: str, later: str
) -> None:
    assert USUAL.opening(at(text)) == at(opening)
    assert USUAL.next_half_day(at(text)) == at(later)


def test_hours_over_noon_are_two_half_days() -> None:
    through = CallingHours(("09:00-18:00",), WUHAN)
    assert through.next_half_day(at("2026-11-20 10:00")) == at("2026-11-20 12:00")


@given(INSTANTS, HOURS)
def test_the_next_attempt_is_lawful_and_in_a_later_half_day(
    instant: datetime, texts: tuple[str, ...]
) -> None:
    hours = CallingHours(texts, WUHAN)
    opening, later = hours.opening(instant), hours.next_half_day(instant)
    assert hours.open_at(opening) and opening >= instant
    assert (opening == instant) is hours.open_at(instant)
    assert hours.open_at(later) and later >= opening
    assert hours.half_day(later) > hours.half_day(instant)
    assert not any(
        hours.open_at(between) and hours.half_day(between) > hours.half_day(instant)
        for between in (later - timedelta(seconds=1), later - timedelta(hours=1))
        if between > instant
    )


@pytest.mark.parametrize(
    ("attempts", "counts"),
    [
        ([], False),
        (["2026-11-20 09:00", "2026-11-20 10:00", "2026-11-20 11:00"], False),
        (["2026-11-20 09:00", "2026-11-20 15:00"], False),
        (["2026-11-20 09:00", "2026-11-20 15:00", "2026-11-20 16:00"], False),
        (["2026-11-20 09:00", "2026-11-20 15:00", "2026-11-21 09:00"], True),
    ],
)
def test_nobody_is_unreached_before_three_different_half_days(
    attempts: list[str], counts: bool
) -> None:
    assert USUAL.unreached(map(at, attempts), 3) is counts


def test_a_seed_draws_the_same_sample_for_everybody() -> None:
    numbers = [f"WH20261116-{n:05}" for n in range(2000)]
    sample = {n for n in numbers if drawn("20261123", n, Decimal("0.02"))}
    assert len(sample) == 43
    assert sorted(sample)[:2] == ["WH20261116-00020", "WH20261116-00057"]


@given(st.text(max_size=8), st.text(max_size=12), st.decimals(0, 1, places=3))
def test_a_larger_share_draws_the_same_and_more(seed: str, key: str, share: Decimal) -> None:
    assert not drawn(seed, key, Decimal(0))
    assert drawn(seed, key, Decimal(1))
    if drawn(seed, key, share):
        assert drawn(seed, key, min(Decimal(1), share * 2))
