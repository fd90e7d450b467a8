"""诉求: reading one appeal, and acting on it."""

from __future__ import annotations

from console.widgets.textfield import TextField
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one


def test_an_appeal_is_opened_read_and_left_where_it_was(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("down")
        queue = stage.frame()
        await stage.press("enter")
        frame = stage.frame()
        assert "待签收" in frame
        assert "王** 138****4567" in frame
        assert "签收     ▲ 红3 超300小时4分" in frame
        assert "15分钟 到期 11-08 周日 03:16" in frame
        assert frame.index("关于电梯困人，物业") < frame.index("─ 时限") < frame.index("王**")
        assert "武汉市洪山区人民政府 · 签收 ▲ 红3" in frame
        await stage.press("G")
        assert "受理：12345电话" in stage.frame()
        await stage.press("escape")
        assert stage.frame() == queue

    play(town, journey)


def test_deadlines_that_are_done_take_one_line_until_they_are_unfolded(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"物业费", "enter", "enter")
        frame = stage.frame()
        assert "已完成：派单 签收 首次联系 3项，均按时 · f 展开" in frame
        assert "按时完成" not in frame
        await stage.press("f")
        assert stage.frame().count("按时完成") == 3 and "已完成：" not in stage.frame()
        await stage.press("f")
        assert stage.frame() == frame

    play(town, journey, size=(160, 48))


def test_what_a_citizen_wrote_is_never_read_as_markup(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"物业费", "enter", "enter")
        assert "[red]请[/red] 查处" in stage.frame()

    play(town, journey, size=(120, 40))


def test_what_is_pasted_into_a_form_steers_nothing(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "n")
        await stage.paste("甲\x1b[2J\u202e乙\x9b31m[red]丙")
        assert stage.app.screen.query_one(TextField).text == "甲乙[red]丙"

    play(town, journey, size=(120, 40))


def test_an_appeal_is_handed_on_from_its_own_screen(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "t", *"江岸", "enter")
        assert "已派给江岸区 1件" in stage.frame()
        assert "转派：江岸区" in stage.frame()

    play(town, journey, size=(120, 40))
    assert one(town, "SELECT count(*) FROM event WHERE verb = 'ticket.transfer'") == (1,)


def test_every_lawful_step_is_two_keys_away(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "。")
        assert "2 签收" in stage.frame()
        await stage.press("2")
        assert "已签收" in stage.frame() and "u 撤销" in stage.frame()
        assert "办理中" in stage.frame()
        await stage.press(".", "4", *"已派人到场", "enter")
        assert "答复待审" in stage.frame()
        await stage.press(".", "1", "1")
        assert "已办结" in stage.frame()
        assert "结果 已解决" in stage.frame()

    play(town, journey, size=(120, 40))
    sql = "SELECT verb FROM event WHERE verb LIKE 'ticket.%' ORDER BY seq DESC LIMIT 3"
    assert column(town, sql) == ["ticket.close", "ticket.reply", "ticket.acknowledge"]


def test_why_a_deadline_falls_when_it_does_is_told_line_by_line(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"物业费", "enter", "enter", "e")
        frame = stage.frame()
        assert "时限核算单" in frame
        assert "次日起算" in frame
        assert "11-16 周一  第1日" in frame
        await stage.press("escape")
        assert "诉求内容" in stage.frame()

    play(town, journey, size=(110, 60))
