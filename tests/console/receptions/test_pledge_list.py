"""The screen opens on what was promised last month; a promise is made, printed, signed, kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.receptions.pledge_making import sign_pledges
from models.store.store import Store
from tests.console.conftest import Duban
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.receptions.promises import promised, reception

TAKEN = wuhan("2026-10-15 10:00")


def test_what_was_promised_last_month_stands_first(town: Store) -> None:
    old, new = reception(town, date(2026, 10, 16)), reception(town)
    sign_pledges(town, [promised(town, old, text="装好[b]路灯")])
    taken(town, appeal("Z", unit=UNIT, received_at=TAKEN, dispatched_at=TAKEN, reporter="王小二"))
    ticket = column(town, "SELECT max(id) FROM ticket")[0]
    promised(town, new, text="为王小二家修好水管", ticket_id=ticket)

    async def journey(stage: Stage) -> None:
        await stage.press("G", "enter")
        assert "大接访 · 承诺" in stage.frame() and "承诺书#" in stage.frame()
        await stage.press("escape", "escape")
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
        await stage.press("1", "c")
        await stage.paste("已装好")
        await stage.press("enter")
        await stage.paste("验收单3号")
        await stage.press("enter")
        assert "按期兑现" in stage.told() and "5 已兑现 1" in stage.frame()
        await stage.press("u")
        assert "撤销" in stage.told() and "5 已兑现 0" in stage.frame()
        await stage.press("P", "3", "enter")
        assert "2026-10-16 有1个接访点：输入这个数才发布" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT evidence FROM pledge WHERE kept_at IS NOT NULL") == []


def test_a_promise_goes_its_way_by_command(shell: Duban, tmp_path: Path) -> None:
    make = ("pledge", "make", "洪山", "--unit", "洪山区", "--text", "修好泵房")
    nothing = shell(*make, "--due", "2026-12-31")
    assert nothing.code != 0 and "没有接访点 洪山" in nothing.err
    plan = tmp_path / "安排表.csv"
    plan.write_text("日期,地点,接访领导\n2026-11-20,洪山区接访中心,周正\n", encoding="utf-8")
    assert shell("reception", "plan", str(plan)).code == 0
    assert "没有期限：请写哪天以前兑现" in shell(*make).err
    assert "2020-01-02 已过" in shell(*make, "--due", "2020-01-02").err
    (made,) = shell(*make, "--due", "10wd", "--json").value
    assert (made["leader"], made["fate"], made["due_at"][:10]) == ("周正", "running", "2026-12-04")
    file = shell("pledge", "print", "1", "--out", str(tmp_path), "--json").value["file"]
    assert Path(file).exists()
    assert shell("pledge", "sign", "#1").code == 0
    move = ("pledge", "extend", "1", "--due", "2027-01-15", "--reason", "设备未到", "--leader")
    assert "只有作出承诺的周正可以同意" in shell(*move, "李局长").err
    assert shell(*move, "周正").code == 0
    done = ("--text", "已修好", "--evidence", "验收单3号")
    assert "按期兑现" in shell("pledge", "keep", "1", *done).out
    assert shell("pledge", "show", "1", "--json").value["moved"][0]["leader"] == "周正"
    assert shell("pledge", "list", "--month", "2026-11", "--fate", "兑现中", "--json").value == []
    assert "没有编号为 12 的承诺" in shell("pledge", "sign", "12").err
