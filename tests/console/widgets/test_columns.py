"""A matter of the queue as cells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from console.frame.theme import UNICODE
from console.views.queue.columns import COLUMNS, Line, cells
from console.widgets.rows import Column, laid

LINE = Line(
    subject_id=1,
    id=1,
    version=1,
    kind="ticket",
    ticket_id=1,
    number="WH20261120-00001",
    title="灯坏",
    unit="洪山区",
    step="close",
    step_name="办结",
    status="办理中",
    colour="blue",
    level=0,
    remaining="余1天",
    due="11-21 17:30",
    provisional=False,
    urgency="一般",
    channel="微信",
    nature="求助",
    area="",
)


@pytest.mark.parametrize(
    ("unit", "step", "shown"),
    [("洪山区", "close", "洪山区"), ("", "dispatch", "待派"), ("", "judge", "本中心")],
)
def test_the_unit_is_who_holds_the_matter_now(unit: str, step: str, shown: str) -> None:
    row = cells(replace(LINE, unit=unit, step=step), UNICODE)
    assert row[[column.title for column in COLUMNS].index("单位")][0] == shown


@pytest.mark.parametrize(("late", "told"), [(True, ("逾期", "red")), (False, ("按期", "dim"))])
def test_a_closed_matter_says_first_whether_it_was_in_time(
    late: bool, told: tuple[str, str]
) -> None:
    closed = cells(replace(LINE, colour=None, closed="11-20 09:00", late=late), UNICODE)
    assert closed[:2] == [told, ("11-20 办结", told[1])]


def test_a_limit_late_by_many_working_days_is_told_whole() -> None:
    late = replace(LINE, colour="red", level=3, remaining="超期99个工作日")
    width = next(column.width for column in COLUMNS if column.title == "余时")
    assert cell_len(cells(late, UNICODE)[1][0]) <= width


def test_who_wants_little_has_it_before_who_wants_much() -> None:
    columns = (Column("事项", 10, most=50), Column("单位", 6, most=8), Column("编号", 5))
    row = [("", "")] * 3
    for width, sizes in ((24, [10, 6, 5]), (25, [10, 7, 5]), (30, [14, 8, 5]), (90, [50, 8, 5])):
        assert [size for _, size, _ in laid(columns, row, 0, width)] == sizes
