"""F9 待办: what waits for the centre, decided with one key."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from console.frame.lines import Header
from console.widgets.table import VirtualTable
from models.casework import take
from models.orders.drafting import draft
from models.store.store import Store
from rules.casework import HalfRow
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.rounds import put_round

WIDE = (140, 40)


def in_hand(store: Store, count: int) -> list[int]:
    """Return tickets that wait for their unit to sign and are not late yet."""
    return column(store, _IN_HAND.format(count))


_IN_HAND = """
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id JOIN deadline d ON d.round_id = r.id
WHERE r.state = 'dispatched' AND d.step = 'close' AND d.due_at > '2026-11-23'
ORDER BY t.id LIMIT {}
"""


def state(store: Store, ticket_id: int) -> str:
    return str(one(store, "SELECT state FROM round WHERE ticket_id = :id", id=ticket_id)[0])


def test_the_desk_counts_what_waits_and_its_total_stands_in_every_header(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        assert "待办 14" in stage.frame()
        await stage.press("f9")
        frame = stage.frame()
        assert "待派         9   12天" in frame
        assert "答复待审     5" in frame
        assert "数据冲突     —" in frame
        await stage.press("f4")
        assert "待办 14" in stage.frame()
        header = stage.frame().splitlines()[0]
        await stage._pilot.click(Header, offset=(cell_len(header.partition("待办 14")[0]) - 2, 0))
        await stage.settle()
        assert "0 全部" in stage.frame()
        await stage._pilot.click(Header, offset=(cell_len(header.partition("待办 14")[0]) + 1, 0))
        await stage.settle()
        assert "待派         9   12天" in stage.frame()

    play(town, journey)


def test_the_line_of_keys_says_what_each_digit_does_in_this_queue(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f9")
        hints = stage.frame().splitlines()[-1]
        assert "1建议1" in hints and "t 其他单位" in hints and "同意" not in hints
        while "答复待审 " not in stage.frame().splitlines()[-2]:
            await stage.press("=")
        hints = stage.frame().splitlines()[-1]
        assert "1认可并办结  2退回  3退回补正" in hints and "其他单位" not in hints
        await stage.press("=")
        assert "这一类没有待办" in stage.frame()
        assert "退回" not in stage.frame().splitlines()[-1]

    play(town, journey)


def test_a_suggested_unit_is_taken_with_one_key_and_taken_back_with_another(town: Store) -> None:
    waiting = "SELECT count(*) FROM round WHERE state = 'waiting'"
    before = one(town, waiting)[0]

    async def journey(stage: Stage) -> None:
        await stage.press("f9")
        assert "1 " in stage.frame() and "相似" in stage.frame()
        await stage.press("1")
        assert "u 撤销" in stage.told()
        assert one(town, waiting)[0] == before - 1
        await stage.press("u")
        assert "已撤销：交办 WH" in stage.told()
        assert one(town, waiting)[0] == before
        await stage.press("ctrl+r")
        assert one(town, waiting)[0] == before - 1

    play(town, journey, size=WIDE)
    sql = "SELECT routed_by FROM round WHERE routed_by LIKE '采纳建议%'"
    assert len(column(town, sql)) == 1


def test_marks_go_to_their_suggested_units_after_one_confirmation(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f9", "a", "1")
        assert "将按建议1派出9件" in stage.frame()
        await stage.press("y")
        assert "已派给" in stage.told()

    play(town, journey, size=WIDE)
    assert one(town, "SELECT count(*) FROM round WHERE state = 'waiting'") == (0,)


def test_the_effect_of_an_extension_is_shown_before_it_is_decided(town: Store) -> None:
    [id] = in_hand(town, 1)
    take(town, "ask_extension", [id], limit_text="3wd", reason="需联合执法")
    unit = one(town, "SELECT lead_unit_id FROM round WHERE ticket_id = :id", id=id)[0]
    put_round(town, "DUE", unit, received_at=wuhan("2026-11-03 09:00"), title="井盖缺失")

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "e")
        assert "这里没有可打开的率" in stage.frame()
        await stage.press("=", "=")
        frame = stage.frame()
        assert "延3个工作日，需联合执法" in frame
        assert "同意后 到期" in frame and "同意后 颜色" in frame and "按时办结率" in frame
        await stage.press("e")
        assert "11月按时办结率 · 至今应办结 1件" in stage.frame() and "井盖缺失" in stage.frame()
        await stage.press("escape", "1")
        assert "已同意延期" in stage.told()

    play(town, journey, size=WIDE)
    assert one(town, "SELECT granted FROM extension")[0]


def test_a_reply_is_sent_back_for_what_it_lacks(town: Store) -> None:
    [id] = in_hand(town, 1)
    take(town, "acknowledge", [id])
    take(town, "reply", [id], text="已收悉")

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "=", "=", "=", "=", "=", "G")
        assert "套话" in stage.frame()
        await stage.press("3")
        assert "请补正：" in stage.frame()
        await stage.press(*"现场照片", "enter")
        assert "已退回补正" in stage.told()

    play(town, journey, size=WIDE)
    assert state(town, id) == "acknowledged"
    sql = "SELECT reason FROM event WHERE verb = 'ticket.send_back'"
    assert column(town, sql) == ["请补正：现场照片"]


def test_what_somebody_else_did_first_is_told_and_nothing_typed_is_lost(town: Store) -> None:
    [id] = in_hand(town, 1)
    take(town, "ask_return", [id], code="duty", reason="不归我们管")

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "=")
        assert "非本单位职责，不归我们管" in stage.frame()
        await stage.press("2", *"属地管理")
        take(town, "contact", [id])
        await stage.press("enter")
        frame = stage.frame()
        assert "刚被" in stage.told() and "属地管理" in frame
        await stage.press("enter")
        assert "不同意退单" in stage.told()

    play(town, journey, size=WIDE)
    assert one(town, "SELECT accepted FROM return_request")[0] in (0, False)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_an_empty_queue_says_so(town: Store, size: tuple[int, int]) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f9", "-")
        assert "这一类没有待办" in stage.frame()
        await stage.press("1")
        assert "这一类没有待办" in stage.frame()

    play(town, journey, size=size)


def test_whom_a_report_is_against_is_confirmed_with_one_key(town: Store) -> None:
    taken(town, appeal("C2", nature="举报", title="举报市住更局工作人员收受红包"))

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "-")
        assert "疑似反映市住更局" in stage.frame().replace(" ", "")
        assert "收受" not in stage.frame()
        await stage.press("1")
        assert "确认被举报单位 1件" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT confirmed FROM accused") == [True]


def test_what_a_file_says_otherwise_is_kept_or_taken_with_one_key(town: Store) -> None:
    told = appeal("C1", unit=UNIT, dispatched_at=wuhan("2026-11-19 09:30"))
    taken(town, told)
    [id] = column(town, "SELECT id FROM ticket WHERE external_id = 'C1'")
    take(town, "dispatch", [id], unit_id=unit_id(town, "武汉市江岸区人民政府"))
    taken(town, replace(told, unit="武汉市洪山区人民政府"))

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "-", "-")
        assert "承办单位：本库“江岸区”" in stage.frame()
        await stage.press("1")
        assert "保留本库的值 1处" in stage.told()
        await stage.press("u")
        await stage.press("2")

    play(town, journey, size=(160, 48))
    sql = """SELECT u.short_name FROM round r JOIN unit u ON u.id = r.lead_unit_id
             WHERE r.ticket_id = :t"""
    assert one(town, sql, t=id) == ("洪山区",)


def test_a_draft_is_signed_and_delivered_from_the_desk(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    draft(town, in_hand(town, 1))

    async def journey(stage: Stage) -> None:
        await stage.press("f9", *["="] * 7)
        assert "1 签发" in stage.frame()
        await stage.press("1", "enter", "1", "enter")
        await stage.press("=")
        assert "武网督〔2026〕1号" in stage.frame()
        await stage.press("1")
        assert "发生时间" in stage.frame()
        await stage.press("enter")
        assert "已送达 1份" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT status FROM supervision_order") == ["delivered"]


def test_a_long_queue_is_paged_filtered_sorted_and_decided_whole(town: Store) -> None:
    at = wuhan("2026-11-20 14:00")
    extra = [
        appeal(f"W{n}", title=f"第{n:03}件漏水", unit=None, received_at=at + timedelta(seconds=n))
        for n in range(1, 201)
    ]
    taken(town, *extra)
    waiting = column(town, "SELECT count(*) FROM round WHERE state = 'waiting'")[0]
    assert waiting == 209

    async def journey(stage: Stage) -> None:
        def listed() -> int:
            return len(stage.app.screen.query_one(VirtualTable).ids)

        await stage.press("f9")
        assert listed() == waiting
        await stage.press("G")
        assert "第200件漏水" in stage.frame()
        await stage.press("g", "s", "2")
        assert "新近在前" in stage.frame()
        assert "第200件漏水" in stage.frame() and "第100件漏水" not in stage.frame()
        await stage.press("/", *"第10", "enter")
        assert listed() == 10 and "筛出10件" in stage.frame()
        await stage.press("space", "escape", "escape")
        assert listed() == waiting
        await stage.press("a", "t")
        assert f"派单 · {waiting}件" in stage.frame()
        await stage.press("escape", "1")
        assert f"按建议派单 · {waiting}件" in stage.frame()

    play(town, journey, size=WIDE)


def test_many_conflicts_are_decided_after_a_sentence_that_says_what_is_taken(town: Store) -> None:
    told = [appeal(f"K{n}", unit=UNIT) for n in range(2)]
    taken(town, *told)
    ids = column(town, "SELECT id FROM ticket WHERE external_id LIKE 'K%'")
    take(town, "dispatch", ids, unit_id=unit_id(town, "武汉市洪山区人民政府"))
    taken(town, *(replace(one, unit="武汉市江岸区人民政府") for one in told))

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "-", "-", "space", "space", "2")
        said = "".join(stage.frame().replace("│", "").split())
        assert "将对2处数据冲突采用来件的值。" in said
        assert re.search("来件“.*武汉市江岸区人民政府”2处。", said), (
            said
        )  # a name of a queue between
        await stage.press("y")
        assert "采用来件的值 2处 · u 撤销" in stage.told()

    play(town, journey, size=WIDE)
    taken_over = "SELECT u.short_name FROM round r JOIN unit u ON u.id = r.lead_unit_id"
    assert column(town, f"{taken_over} WHERE r.ticket_id IN ({ids[0]}, {ids[1]})") == ["江岸区"] * 2


def test_a_time_that_a_unit_reports_is_taken_or_not_with_one_key(town: Store) -> None:
    numbers = column(
        town,
        "SELECT t.number FROM ticket t JOIN round r ON r.ticket_id = t.id "
        "WHERE r.state = 'dispatched' AND r.dispatched_at < '2026-11-18' ORDER BY t.id LIMIT 2",
    )
    at = wuhan("2026-11-18 10:00")
    rows = [HalfRow("其他", number=n, reported=True, acknowledged_at=at) for n in numbers]
    taken(town, *rows, profile="handout")

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "-", "-", "-")
        assert "自报" in stage.frame() and "1 采信所报时间" in stage.frame()
        await stage.press("3")
        assert "不采信的理由" in stage.frame()
        await stage.press("n", "enter")
        assert "不采信 1条自报 · u 撤销" in stage.told()
        await stage.press("1")
        assert "采信所报时间 1条自报 · u 撤销" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT taken FROM unit_report ORDER BY id") == ["dropped", "reported"]
