"""Instants as people here write them: a midnight that ends a day is its 24:00."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rules.clocks.wording import (
    day_and_clock,
    due_day,
    long_instant,
    plain_due,
    sheet_due,
    short_due,
    short_instant,
)


@pytest.mark.parametrize(
    ("local", "long", "short", "due"),
    [
        (
            datetime(2026, 12, 10),
            "2026-12-09 周三 24:00",
            "12-09 周三 24:00",
            "12-09 24:00",
        ),
        (datetime(2027, 1, 1), "2026-12-31 周四 24:00", "12-31 周四 24:00", "12-31 24:00"),
        (
            datetime(2026, 12, 10, 17, 30),
            "2026-12-10 周四 17:30",
            "12-10 周四 17:30",
            "12-10 17:30",
        ),
        (
            datetime(2026, 12, 10, 0, 0, 5),
            "2026-12-10 周四 00:00:05",
            "12-10 周四 00:00:05",
            "12-10 00:00",
        ),
    ],
)
def test_a_due_midnight_is_the_end_of_the_day_before(
    local: datetime, long: str, short: str, due: str
) -> None:
    assert long_instant(local, ends=True) == long
    assert short_instant(local, ends=True) == short
    assert short_due(local) == due


def test_a_midnight_at_which_something_began_stays() -> None:
    assert short_instant(datetime(2026, 12, 10)) == "12-10 周四 00:00"
    assert day_and_clock(datetime(2026, 12, 10), ends=False)[1] == "00:00"


@pytest.mark.parametrize(
    ("local", "day", "plain", "cell"),
    [
        (
            datetime(2026, 12, 15),
            date(2026, 12, 14),
            "2026-12-14 24:00",
            "2026-12-14 24:00",
        ),
        (
            datetime(2026, 12, 15, 17, 30),
            date(2026, 12, 15),
            "2026-12-15 17:30",
            datetime(2026, 12, 15, 17, 30),
        ),
    ],
)
def test_tables_and_workbooks_too_end_the_day(
    local: datetime, day: date, plain: str, cell: datetime | str
) -> None:
    assert (due_day(local), plain_due(local), sheet_due(local)) == (day, plain, cell)
