"""What a line of units' progress tells, and why it is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.campaigns.tasks import COLUMNS, Reported, Unread, read_progress, require_reasons
from rules.errors import DubanError, Refused

DAY = datetime(2026, 11, 26, tzinfo=UTC)


def read(*cells: str, at: datetime | None = None) -> Reported | Unread | None:
    """Read a line of the file's columns."""
    return read_progress(7, dict(zip(COLUMNS, cells, strict=False)), at)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("3", "", "", "60", "", "", ""), (3, 60, False)),
        (("#3", "", "", "60%", "", "", "否"), (3, 60, False)),
        (("3.0", "", "", "0.6", "", "", ""), (3, 60, False)),
        (("３", "", "", "６０％", "", "", ""), (3, 60, False)),
        (("", "洪山区", "改造", "100", "", "", ""), (None, 100, True)),
        (("3", "", "", "", "", "", "是"), (3, 100, True)),
        (("3", "", "", "", "已进场", "", ""), (3, None, False)),
    ],
)
def test_a_line_is_read(cells: tuple[str, ...], told: tuple[int | None, int, bool]) -> None:
    line = read(*cells)
    assert isinstance(line, Reported)
    assert (line.number, line.percent, line.done) == told


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("三", "", "", "60", "", "", ""), "不是数字"),
        (("", "洪山区", "", "60", "", "", ""), "须写明"),
        (("3", "", "", "120", "", "", ""), "0到100"),
        (("3", "", "", "过半", "", "", ""), "0到100"),
        (("3", "", "", "60", "", "", "是"), "写了完成"),
        (("3", "", "", "100", "", "", "否"), "100%"),
        (("3", "", "", "60", "", "下周", ""), "看不懂"),
        (("3", "", "", "60", "", "", "差不多"), "是 或 否"),
    ],
)
def test_a_bad_line_is_refused_with_the_reason(cells: tuple[str, ...], why: str) -> None:
    line = read(*cells)
    assert isinstance(line, Unread) and why in line.reason and line.cells[:7] == cells


def test_a_line_that_says_nothing_is_left_out() -> None:
    assert read() is None
    assert read("3", "洪山区", "改造", "", "", "", "", at=DAY) is None


def test_closing_needs_a_reason_for_each_task_that_is_not_done() -> None:
    undone = [(1, "改造"), (2, "巡检")]
    require_reasons(undone, {1: "缺资金", 2: "天气"})
    require_reasons([], {})
    with pytest.raises(Refused, match="#2 巡检"):
        require_reasons(undone, {1: "缺资金"})
    with pytest.raises(DubanError, match="任务#9"):
        require_reasons(undone, {1: "缺资金", 2: "天气", 9: "错"})
