"""A matter of the queue as cells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.frame.theme import UNICODE
from console.views.queue.columns import COLUMNS, Line, cells

LINE = Line(
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
