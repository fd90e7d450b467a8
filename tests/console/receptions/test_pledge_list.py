"""The screen opens on what was promised last month; a promise is made, printed, signed, kept."""

from __future__ import annotations

from datetime import date

from models.receptions.pledge_making import sign_pledges
from models.store.store import Store
from tests.console.conftest import Duban
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.receptions.promises import LEADER, promised, reception

TAKEN = wuhan("2026-10-15 10:00")


def test_what_was_promised_last_month_stands_first(town: Store) -> None:
    old, new = reception(town, date(2026, 10, 16)), reception(town)
    sign_pledges(town, [promised(town, old, text="装好[b]路灯")])
    taken(town, appeal("Z", unit=UNIT, received_at=TAKEN, dispatched_at=TAKEN, reporter="王小二"))
    ticket = column(town, "SELECT max(id) FROM ticket")[0]
    promised(town, new, text="为王小二家修好水管", ticket_id=ticket)

    async def journey(stage: Stage) -> None:
        stage.app.action_over("receptions")
        await stage.settle()
        frame = stage.frame()
        assert "装好[b]路灯" in frame and "修好水管" not in frame
        assert "1 上月承诺 1" in frame and "2026-10：兑现中1" in frame
        await stage.press("0")
        assert "修好水管" in stage.frame() and "王小二" not in stage.frame()
        await stage.press("n")
        await stage.paste("洪山区 洪山区 10wd 更换[/b]井盖")
        await stage.press("enter")
        assert "已登记承诺书#3" in stage.told()
        await stage.press("1", "x")
        await stage.paste("2027-01-15 李局长 设备未到")
        await stage.press("enter")
        assert f"只有作出承诺的{LEADER}可以同意" in stage.told()
        await stage.press("escape", "c")
        await stage.paste("已装好")
        await stage.press("enter")
        await stage.paste("验收单3号")
        await stage.press("enter")
        assert "按期兑现" in stage.told() and "5 已兑现 1" in stage.frame()
        await stage.press("P", "3", "enter")
        assert "2026-10-16 有1个接访点：输入这个数才发布" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT evidence FROM pledge WHERE kept_at IS NOT NULL") == ["验收单3号"]


def test_a_promise_goes_its_way_by_command(shell: Duban) -> None:
    nothing = shell("pledge", "make", "洪山", "--text", "修好", "--due", "2026-12-31")
    assert nothing.code != 0 and "没有接访点 洪山" in nothing.err
    assert shell("pledge", "list").code == 0
    assert shell("pledge", "show", "十二").code != 0
    assert "没有编号为 12 的承诺" in shell("pledge", "sign", "12").err
