"""The life of a 督办单 from the command line."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from console.paper.defaults import default_template
from tests.console.conftest import Duban

LIFT, NIGHT, STREET = "WH20261120-00001", "WH20261112-00002", "WH20261118-00003"


def test_one_draft_a_unit_and_a_ticket_already_on_one_is_named(shell: Duban) -> None:
    drafted = shell("order", "draft", "--tickets", f"{LIFT},{NIGHT},{STREET}", "--json").value
    assert [(o["status"], o["number"], o["due_at"]) for o in drafted] == [("draft", None, None)] * 2
    assert drafted[0]["tickets"] == [LIFT, NIGHT]
    again = shell("order", "draft", "--tickets", LIFT)
    assert again.code == 1
    assert LIFT in again.err


def test_from_draft_to_close_out(shell: Duban) -> None:
    shell("order", "draft", "--tickets", LIFT)
    signed = shell("order", "sign", 1, "--json").value[0]
    assert signed["number"] == "武网督〔2026〕1号"
    assert signed["due_at"] == "2026-11-25T17:30:00+08:00"
    steps = [
        ("deliver", (), "delivered"),
        ("receive", ("--by", "李联络"), "received"),
        ("feedback", ("--text", "已修复"), "replied"),
        ("reject", ("--reason", "未附照片"), "received"),
        ("feedback", ("--text", "已补照片"), "replied"),
        ("accept", ("--verified", "visit", "--note", "已到现场看过"), "closed"),
    ]
    for verb, options, status in steps:
        stood = shell("order", verb, signed["number"], *options, "--json").value[0]
        assert stood["status"] == status
    out_of_turn = shell("order", "deliver", 1)
    assert out_of_turn.code == 1 and "已销号" in out_of_turn.err


def test_each_sentence_is_shown_with_the_events_that_prove_it(shell: Duban) -> None:
    shell("order", "draft", "--tickets", LIFT)
    shell("order", "sign", 1)
    told = shell("order", "check", 1, "--json").value[0]
    assert told["number"] == "武网督〔2026〕1号"
    assert all(one["holds"] and one["proven"] for one in told["sentences"])
    first = next(one for one in told["sentences"] if one["claim"] == "received")
    assert first["tickets"] == [LIFT]
    assert [event["name"] for event in first["events"]] == ["受理"]
    shell("ticket", "close", LIFT, "--outcome", "已解决")
    shown = shell("order", "check", 1).out
    assert "【签发后补录的留痕与此不符】截至" in shown and "　现为：" in shown


def test_every_export_of_a_signed_order_is_the_same_bytes(shell: Duban, tmp_path: Path) -> None:
    shell("order", "draft", "--tickets", LIFT)
    assert "签发" in shell("order", "export", 1, "--out", tmp_path / "a").err
    shell("order", "sign", 1)
    first = Path(shell("order", "export", 1, "--out", tmp_path / "a", "--json").value[0]["file"])
    [told] = shell("order", "export", 1, "--out", tmp_path / "b", "--json").value
    second = Path(told["file"])
    assert told["template"] == "随附模板"
    assert told["template_sha256"] == sha256(default_template("order")).hexdigest()
    assert sha256(first.read_bytes()).digest() == sha256(second.read_bytes()).digest()


def test_a_marked_copy_and_the_ledger_are_files_of_their_own(shell: Duban, tmp_path: Path) -> None:
    shell("order", "draft", "--tickets", LIFT)
    shell("order", "sign", 1)
    out, book = tmp_path / "out", tmp_path / "ledger.xlsx"
    answer = shell("order", "export", 1, "--out", out, "--copy", "--ledger", book, "--json")
    assert answer.value[0]["file"].endswith("-副本.docx")
    assert book.read_bytes().startswith(b"PK")


def test_a_draft_is_amended_by_what_is_named(shell: Duban) -> None:
    shell("order", "draft", "--tickets", LIFT, "--copy-to", "市委督查室")
    assert "没有写明改什么" in shell("order", "amend", 1).err
    told = shell("order", "amend", 1, "--level", 3, "--demands", "先通水；再查因", "--json")
    assert told.value[0]["level"] == 3
    assert "最多12个" in shell("order", "amend", 1, "--copy-to", "、".join(map(str, range(13)))).err


def test_a_void_order_keeps_its_number(shell: Duban) -> None:
    shell("order", "draft", "--tickets", f"{LIFT},{STREET}")
    shell("order", "sign", "1,2")
    assert shell("order", "void", 1, "--reason", "重复", "--json").value[0]["status"] == "void"
    shell("order", "draft", "--tickets", LIFT)
    assert shell("order", "sign", 3, "--json").value[0]["number"] == "武网督〔2026〕3号"
    assert shell("order", "list", "--status", "作费").code == 2
    assert [o["id"] for o in shell("order", "list", "--status", "已作废", "--json").value] == [1]


def test_either_tickets_or_a_flag_but_not_both(shell: Duban) -> None:
    assert shell("order", "draft").code == 2
    assert shell("order", "draft", "--tickets", LIFT, "--flag", "1").code == 2


def test_every_paper_of_the_ladder_is_drafted_from_what_it_rests_on(shell: Duban) -> None:
    order = shell("order", "draft", "--tickets", LIFT, "--json").value[0]
    shell("order", "sign", order["id"])
    shell("order", "deliver", order["id"])
    reminder = shell("order", "draft", "--kind", "reminder", "--order", order["id"], "--json").value
    assert [one["kind"] for one in reminder] == ["reminder"]
    talk = ("order", "draft", "--kind", "talk", "--unit", "洪山区", "--cause", "多次督办未落实")
    held = shell(*talk, "--set", "约谈时间=2026-11-27 15:00", "--json").value[0]
    lacking = shell("order", "sign", held["id"])
    assert lacking.code == 1 and "还没写约谈地点、约谈对象、约谈人、批准领导" in lacking.err
    wrong = shell("order", "amend", held["id"], "--set", "约谈地址=三楼")
    assert wrong.code == 1 and "可写 约谈时间、约谈地点" in wrong.err
    clue = (
        "--set",
        "接收机关=市纪委监委",
        "--set",
        "线索情况=压件不办",
        "--set",
        "证据材料清单=卷宗",
    )
    shell("order", "draft", "--kind", "referral-duty", "--tickets", LIFT, *clue)
    kinds = [one["kind"] for one in shell("order", "list", "--json").value]
    assert sorted(kinds) == ["order", "referral_duty", "reminder", "talk"]
    only = shell("order", "list", "--kind", "referral-duty", "--json").value
    assert [one["unit"] for one in only] == ["市纪委监委"]
