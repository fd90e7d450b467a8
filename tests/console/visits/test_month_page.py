"""The calendar of a community, and days that are typed without a year."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from console.frame import coming_instant
from console.rota.rota_span import span_typed
from console.visits.month_page import beside, week_lines
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.appeals import wuhan

ZONE = ZoneInfo("Asia/Shanghai")


def test_every_day_of_a_month_stands_in_its_column() -> None:
    weeks = list(week_lines(date(2026, 11, 1), {date(2026, 11, 6): "访"}))
    assert weeks[0].split() == ["1"] and weeks[0].index("1") == 37
    assert weeks[1] == " 2     3     4     5     6访   7     8"
    assert (len(weeks), weeks[-1]) == (6, "30")
    assert len(list(week_lines(date(2027, 2, 1), {}))) == 4


@pytest.mark.parametrize(("by", "month"), [(1, "2026-12"), (2, "2027-01"), (-11, "2025-12")])
def test_months_go_over_the_year(by: int, month: str) -> None:
    assert f"{beside(date(2026, 11, 1), by):%Y-%m}" == month


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("11-25 9:30", "2026-11-25 09:30"),
        ("11月25日 9:30", "2026-11-25 09:30"),
        ("11-19 9:30", "2026-11-19 09:30"),
        ("1-5 9:30", "2027-01-05 09:30"),
        ("2027-01-05 09:30", "2027-01-05 09:30"),
    ],
)
def test_a_day_without_a_year_may_be_to_come(typed: str, read: str) -> None:
    assert coming_instant(typed, NOW, ZONE) == wuhan(read)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("11-21 11-22", ("2026-11-21 00:00", "2026-11-23 00:00")),
        ("11-21 8:00 11-22 8:00", ("2026-11-21 08:00", "2026-11-22 08:00")),
        ("11-21 至 11-22 0:00", ("2026-11-21 00:00", "2026-11-22 00:00")),
    ],
)
def test_a_last_day_is_meant_to_its_end(typed: str, span: tuple[str, str]) -> None:
    found: tuple[datetime, datetime] = span_typed(typed, NOW, ZONE)
    assert found == tuple(map(wuhan, span))


def test_one_time_alone_is_no_span() -> None:
    with pytest.raises(Refused, match="写两个时间"):
        span_typed("11-21", NOW, ZONE)
