"""M and ``duban merge``: marked appeals under one lead, told, split again."""

from __future__ import annotations

from models.store.store import Store
from tests.console.conftest import Duban
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

NOISE, LIFT, STREET = "WH20261112-00002", "WH20261120-00001", "WH20261118-00003"


def test_marked_appeals_go_under_one_lead_and_leave_it_again(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("M")
        assert "并单要有两件以上" in stage.told()
        await stage.press("space", "down", "space", "down", "space", "M")
        assert "选主件" in stage.frame()
        await stage.press("1")
        assert "一次交办" in stage.frame()
        await stage.press("y")
        assert "已并单：2件并入" in stage.told()
        assert "[并2]" in stage.frame()
        await stage.press("g", "enter")
        assert "主件：并入2件" in stage.frame()
        await stage.press("M", "2", "1")
        assert "已登记告知2位诉求人" in stage.told()
        await stage.press("M", "1", *"各不相同", "enter")
        assert "已拆分：2件各自办理" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT told_how FROM merged") == ["短信", "短信"]
    assert one(town, "SELECT count(*) FROM ticket WHERE merged_into IS NOT NULL") == (0,)


def test_the_command_line_merges_tells_lists_and_splits(shell: Duban) -> None:
    done = shell("merge", STREET, "--lead", LIFT, "--json").value
    assert (done["lead"], done["joined"], done["skipped"]) == (LIFT, [STREET], [])
    [lead] = shell("merge", "list", "--json").value
    assert (lead["number"], lead["merged"], lead["untold"]) == (LIFT, 1, 1)
    assert shell("merge", "tell", LIFT, "--how", "电话", "--json").value == {"told": [STREET]}
    [member] = shell("merge", "list", STREET, "--json").value
    assert member["number"] == STREET and member["told_at"]
    assert "已并入" in shell("merge", STREET, "--lead", NOISE).err
    assert "类型" in shell("merge", STREET, NOISE, "--kind", "x").err
    assert shell("merge", "split", STREET, "--reason", "不是一回事").code == 0
    assert "没有并单" in shell("merge", "list").out
    assert "已并入" not in shell("queue").out
