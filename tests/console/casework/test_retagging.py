"""修改登记 on the screen: the tag, then what becomes of the limits; the desk asks for a file's."""

from __future__ import annotations

import re

from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan

CLOSE = """
SELECT d.limit_text, d.started_at FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE t.external_id = 'C1' AND d.step = 'close'
"""


def test_a_tag_is_amended_with_each_answer_and_its_date_before_the_eyes(town: Store) -> None:
    taken(town, appeal("C1", title="凉亭漏雨", unit=UNIT, dispatched_at=wuhan("2026-11-19 09:30")))

    async def journey(stage: Stage) -> None:
        await stage.press("/", *"凉亭", "enter", "enter", ".")
        sign = re.search(r"(\w) 修改登记", stage.frame())
        assert sign is not None
        await stage.press(sign[1], "1", "3")
        assert "新时限从变更起算：办结 24小时 11-21 周六 15:20" in stage.frame()
        await stage.press("2")
        assert "修改登记" in stage.told() and "u 撤销" in stage.told()

    play(town, journey, size=(160, 48))
    assert one(town, CLOSE) == ("24h", town.now())


def test_a_change_by_file_is_decided_on_the_desk_with_one_key(town: Store) -> None:
    told = appeal("C1", unit=UNIT, dispatched_at=wuhan("2026-11-19 09:30"))
    taken(town, told)
    taken(town, appeal("C1", unit=UNIT, dispatched_at=told.dispatched_at, urgency="特急"))

    async def journey(stage: Stage) -> None:
        await stage.press("f9", *["-"] * 4)
        assert "紧急程度 一般改为特急" in stage.frame()
        assert "办结 24小时 11-21 周六 15:20" in stage.frame()
        await stage.press("2")
        assert "新时限从变更起算" in stage.told()
        await stage.press("u")
        await stage.press("1")

    play(town, journey, size=(160, 48))
    assert one(town, CLOSE) == ("5wd", told.dispatched_at)
    assert column(town, "SELECT limits FROM limit_change") == ["keep"]
