"""Weeks, months and quarters in the bureau's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from rules.ranking.periods import (
    Kind,
    PeriodError,
    last_complete,
    parse_period,
    period_after,
    period_before,
    period_containing,
)

WUHAN = ZoneInfo("Asia/Shanghai")

NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = WUHAN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def test_a_week_runs_from_monday_midnight_to_monday_midnight_of_the_bureau() -> None:
    week = parse_period("2026-W47", WUHAN)
    assert (week.kind, week.from_at, week.to_at) == ("week", at("2026-11-16"), at("2026-11-23"))
    assert week.label == "11月16日—11月22日 第47周"
    assert week.from_at.utcoffset() == timedelta(0)


def test_a_month_runs_from_first_to_first() -> None:
    month = parse_period("2018-12", WUHAN)
    assert (month.kind, month.from_at, month.to_at) == ("month", at("2018-12-01"), at("2019-01-01"))
    assert month.label == "2018年12月"


@pytest.mark.parametrize(
    ("key", "begin", "end"),
    [
        ("2018-Q1", "2018-01-01", "2018-04-01"),
        ("2018-Q2", "2018-04-01", "2018-07-01"),
        ("2018-Q3", "2018-07-01", "2018-10-01"),
        ("2018-Q4", "2018-10-01", "2019-01-01"),
    ],
)
def test_a_quarter_is_three_months(key: str, begin: str, end: str) -> None:
    quarter = parse_period(key, WUHAN)
    assert (quarter.kind, quarter.key) == ("quarter", key)
    assert (quarter.from_at, quarter.to_at) == (at(begin), at(end))
    assert quarter.label == f"2018年第{key[-1]}季度"
    assert quarter.from_at.utcoffset() == timedelta(0)
    assert type(quarter.from_at) is datetime  # as every driver takes it


def test_the_end_belongs_to_the_next_period() -> None:
    week = parse_period("2026-W47", WUHAN)
    assert week.from_at in week
    assert week.to_at not in week
    assert week.to_at - timedelta(seconds=1) in week


def test_a_week_belongs_to_the_year_that_has_its_thursday() -> None:
    assert period_containing("week", at("2018-12-31T08:00"), WUHAN).key == "2019-W01"
    assert period_containing("week", at("2027-01-01T08:00"), WUHAN).key == "2026-W53"


@pytest.mark.parametrize(
    ("kind", "now", "key"),
    [
        ("week", "2026-11-22T23:59:59", "2026-W46"),
        ("week", "2026-11-23T00:00:00", "2026-W47"),
        ("month", "2026-11-30T23:59:59", "2026-10"),
        ("month", "2026-12-01T00:00:00", "2026-11"),
        ("month", "2027-01-01T00:00:00", "2026-12"),
        ("quarter", "2026-12-31T23:59:59", "2026-Q3"),
        ("quarter", "2027-01-01T00:00:00", "2026-Q4"),
    ],
)
def test_the_last_complete_period_has_ended_by_now(kind: Kind, now: str, key: str) -> None:
    assert last_complete(kind, at(now), WUHAN).key == key


def test_a_week_with_a_change_to_summer_time_is_an_hour_short() -> None:
    week = parse_period("2026-W10", NEW_YORK)
    assert week.to_at - week.from_at == timedelta(days=7, hours=-1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last",
        "2018",
        "2018-13",
        "2018-00",
        "2018-W00",
        "2018-W53",
        "2018-1",
        "0000-01",
        "2018-Q0",
        "2018-Q5",
        "2018-Q04",
        "0000-Q1",
        "9999-Q4",
    ],
)
def test_what_is_no_period_is_refused_with_both_forms_named(text: str) -> None:
    with pytest.raises(PeriodError, match=r"2018-W45.*2018-10"):
        parse_period(text, WUHAN)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        period_containing("week", datetime(2026, 11, 20), WUHAN)


instants = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))

kinds: st.SearchStrategy[Kind] = st.sampled_from(["week", "month", "quarter"])

zones = st.sampled_from(
    [WUHAN, NEW_YORK, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")]
)


@given(instants, kinds, zones)
def test_periods_meet_without_gap_and_read_back_from_their_keys(
    instant: datetime, kind: Kind, zone: ZoneInfo
) -> None:
    period = period_containing(kind, instant, zone)
    assert instant in period
    assert parse_period(period.key, zone) == period
    following = period_after(period, zone)
    assert following.from_at == period.to_at
    assert period_before(following, zone) == period
