"""What a form takes: texts of several lines, whole, into the store, the trail and the screen."""

from __future__ import annotations

import pytest

from console.casework.forms import line_of, lines_of, read_line, write_line
from console.widgets.questions import SIGNS, StepMenu
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import one, wuhan

OPINION = "经核实，该小区水泵已于今日更换。\n\n同时要求物业每周检查一次，记录张贴在公告栏。"

LINES = OPINION.split("\n\n")


def test_pasted_paragraphs_are_kept_whole_in_store_trail_and_on_the_screen(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", ".", "2", ".", "4")
        await stage.paste(OPINION)
        await stage.press("ctrl+n", *"另附照片", "enter")
        await stage.press(".", "2")
        await stage.paste(OPINION)
        await stage.press("enter", "G")
        frame = stage.frame()
        assert frame.count(LINES[0]) == frame.count(LINES[1]) == 2
        assert "另附照片" in frame

    play(town, journey, size=(160, 48))
    assert one(town, "SELECT reply FROM round WHERE reply LIKE '经核实%'") == (
        OPINION + "\n另附照片",
    )
    assert one(town, "SELECT reason FROM event WHERE verb = 'ticket.send_back'") == (OPINION,)


def test_a_note_of_several_lines_stands_so_in_the_record(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "n")
        await stage.paste(OPINION)
        assert "Ctrl+N 换行" in stage.frame()
        await stage.press("enter", "G")
        assert f"    {LINES[1]}" in stage.frame()

    play(town, journey, size=(160, 48))
    assert one(town, "SELECT text FROM note WHERE kind = 'note'") == (OPINION,)


@pytest.mark.parametrize(
    ("verb", "typed", "said"),
    [
        ("ask_extension", "3wd 需联合执法", {"limit_text": "3wd", "reason": "需联合执法"}),
        ("ask_extension", "３wd　需联合", {"limit_text": "3wd", "reason": "需联合"}),
        ("ask_extension", "3wd\n第一段\n第二段", {"limit_text": "3wd", "reason": "第一段\n第二段"}),
        ("instruct", "请牵头\n3wd 办结", {"limit_text": None, "text": "请牵头\n3wd 办结"}),
        ("ask_extension", "三个工作日 需联合", {"limit_text": "三个工作日", "reason": "需联合"}),
        ("instruct", "三天内 报结果", {"limit_text": None, "text": "三天内 报结果"}),
        ("instruct", "3wd 请牵头\n办结", {"limit_text": "3wd", "text": "请牵头\n办结"}),
        ("urge", "王科长：15:00前到场", {"answered_by": "王科长", "promised": "15:00前到场"}),
        ("urge", "王科长:到场\n带工具", {"answered_by": "王科长", "promised": "到场\n带工具"}),
        ("urge", "王科长\n到场", {"answered_by": "王科长", "promised": "到场"}),
        ("urge", "王科长", {"answered_by": "王科长", "promised": ""}),
        ("note", "一\n\n二：三", {"text": "一\n\n二：三"}),
    ],
)
def test_a_text_is_read_with_what_stands_before_it(
    verb: str, typed: str, said: dict[str, str | None]
) -> None:
    line = line_of("ticket", verb)
    assert read_line(line, typed) == said
    assert read_line(line, write_line(line, said)) == said


def test_every_act_may_have_happened_before_and_nothing_is_lost_where_it_cannot(
    town: Store,
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "。", "０")
        await stage.paste("昨天15:00")
        assert "发生于 11-19 周四 15:00" in stage.frame()
        await stage.press("enter")
        assert "0 发生于 11-19 周四 15:00" in stage.frame()
        await stage.press("2")
        assert "（发生于 11-19 周四 15:00）" in stage.told()
        await stage.press(".", "4")
        await stage.paste(OPINION)
        await stage.press("tab")
        await stage.paste("明天")
        await stage.press("enter")
        assert "还没有到：请写已经发生的时间" in stage.frame()
        await stage.press("ctrl+u")
        await stage.paste("11-01 09:00")
        await stage.press("enter")
        assert "答复时间早于受理时间" in stage.told()
        assert LINES[1] in stage.frame() and "发生于 11-01 周日 09:00" in stage.frame()
        await stage.press("tab", "ctrl+u")
        await stage.paste("今天9点")
        await stage.press("enter")

    play(town, journey, size=(120, 40))
    sql = "SELECT at FROM event WHERE verb = 'ticket.{}' ORDER BY seq DESC LIMIT 1"
    assert one(town, sql.format("acknowledge"))[0] == wuhan("2026-11-19 15:00")
    assert one(town, sql.format("reply"))[0] == wuhan("2026-11-20 09:00")
    assert one(town, "SELECT reply FROM round WHERE reply LIKE '经核实%'") == (OPINION,)


def test_pickers_take_digits_initials_words_and_arrows(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "t", "a", "0", "7")
        assert "1 武汉市洪山区人民政府" in stage.frame()
        await stage.press("ctrl+u", *"ja")
        await stage.press("１")
        assert "已派给江岸区" in stage.told()
        await stage.press("c")
        await stage.press(*"bfjj", "enter")
        assert "结果 部分解决" in stage.frame()

    play(town, journey, size=(120, 40))


def test_a_menu_may_be_longer_than_its_signs(town: Store) -> None:
    chosen: list[str | None] = []
    steps = [(f"v{n}", f"视图{n}") for n in range(1, 50)]

    async def journey(stage: Stage) -> None:
        for keys in (("g",), ("end", "enter"), ("down",) * len(SIGNS) + ("enter",)):
            stage.app.push_screen(StepMenu("常用视图", steps), chosen.append)
            await stage.settle()
            assert "a 视图10" in stage.frame()
            await stage.press(*keys)

    play(town, journey)
    assert chosen == ["v16", "v49", f"v{len(SIGNS) + 1}"]


@pytest.mark.parametrize(
    ("verb", "lines"),
    [
        ("ask_account", [("limit_text", "reason"), ("plan",), ("head", "basis")]),
        ("instruct", [("text", "limit_text")]),
        ("urge", [("answered_by", "promised")]),
        ("grant_pause", [("limit_text", "approval")]),
        ("note", [("text",)]),
    ],
)
def test_a_limit_or_a_name_is_written_on_one_line_with_the_text_beside_it(
    verb: str, lines: list[tuple[str, ...]]
) -> None:
    found = lines_of(line_of("ticket", verb))
    assert [tuple(ask.name for ask in line) for line in found] == lines
