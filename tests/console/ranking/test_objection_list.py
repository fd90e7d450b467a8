"""异议 on the desk and on F3: read, ruled with a reason, and waited for by the publication."""

from __future__ import annotations

from models.review.objecting import raise_objection
from models.review.objections import last_objections
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import one, wuhan

HANDED = """
SELECT t.number, r.lead_unit_id FROM ticket t JOIN round r ON r.ticket_id = t.id
WHERE r.lead_unit_id IS NOT NULL ORDER BY t.received_at DESC LIMIT 1
"""


def test_an_objection_is_ruled_on_from_the_desk_and_from_the_ranking(town: Store) -> None:
    number, unit = one(town, HANDED)
    at = wuhan("2026-11-17 10:00")
    raise_objection(town, unit, "data", "应办结多计，电话13871234567", raised_by="王科长", at=at)
    raise_objection(town, unit, "dispatch", "不属我区", number=number)

    async def journey(stage: Stage) -> None:
        await stage.press("f9", *["-"] * 6)
        assert "异议" in stage.frame() and "数据异议" in stage.frame()
        await stage.press("j")
        await stage.press("1", *"cheng", "enter")
        assert "异议2号裁定成立" in stage.told() and "位次不变" in stage.told()
        await stage.press("f3", "P")
        assert "1件异议未裁定" in stage.frame() and "印在通报的说明里" in stage.frame()
        await stage.press("escape", "i")
        frame = stage.frame()
        assert "异议 1件 · 未裁定1件" in frame and "138****4567" in frame and "王科长" in frame
        await stage.press("enter")
        assert "没有诉求可打开" in stage.frame()
        await stage.press("２", *"no", "enter")
        assert "异议1号裁定不成立" in stage.told()
        await stage.press("i", "1")
        frame = stage.frame()
        assert "未裁定0件" in frame and "已经裁定，一次为准" in frame

    play(town, journey)
    with town.reading() as reader:
        assert [one.accepted for one in last_objections(reader)] == [True, False]
