"""The lines of a receipt add up to its due instant: read as on paper, by nothing but its text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.clocks.counting import Row
from rules.clocks.derivation import Grant, Halt
from tests.receipts import fault_of, made_up
from tests.rules.clocks.adding import added_up
from tests.rules.clocks.calendars import at, keeper


def test_the_lines_of_made_up_receipts_add_up() -> None:
    told = list(made_up(120, 14))
    assert [(made, fault) for made, one, zone in told if (fault := fault_of(one, zone))] == []


def rows() -> list[Row]:
    """A receipt with every kind of line."""
    halts = [
        Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测"),
        Halt(at("2026-10-09 11:00"), at("2026-10-10 12:00"), "鉴定"),
    ]
    told = keeper().derivation(
        "close", "3wd", at("2026-09-30 10:00"), pauses=halts, extensions=[Grant("2wd")]
    )
    return list(told.rows)


FREE = ("转黄", "按日取整")
"""Lines that nothing after them hangs on: an extension counts from the date, whatever its hour."""


@pytest.mark.parametrize("lost", [row.label for row in rows() if row.label not in FREE])
def test_a_receipt_that_lacks_a_line_does_not_add_up(lost: str) -> None:
    kept = rows()
    kept.remove(next(row for row in kept if row.label == lost))
    with pytest.raises((AssertionError, IndexError)):
        added_up(kept)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("第2日", "第3日"),
        ("3个工作日", "4个工作日"),
        ("10小时", "9小时"),
        ("计7小时", "计6小时"),
        ("09:00–12:00", "09:00–11:00"),
        ("10-13 周二", "10-14 周三"),
        ("延第1日", "延第2日"),
    ],
)
def test_a_receipt_with_a_wrong_figure_does_not_add_up(said: str, instead: str) -> None:
    def wrong(row: Row) -> Row:
        if row.label == "合计" or (row.name.startswith(("第", "延")) and "日" not in said):
            return row
        return replace(
            row,
            label=row.label.replace(said, instead),
            name=row.name.replace(said, instead),
            detail=row.detail.replace(said, instead),
        )

    assert added_up(rows()) is not None
    with pytest.raises(AssertionError):
        added_up([wrong(row) for row in rows()])
