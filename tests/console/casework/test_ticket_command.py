"""Every step of casework by ``duban ticket VERB``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document

from rules.casework.steps import STEPS
from tests.console.conftest import Duban

LIFT, NOISE = "WH20261120-00001", "WH20261112-00002"

STREET, WAITING = "WH20261118-00003", "WH20261120-00004"


def test_every_step_that_is_offered_can_be_typed(duban: Duban) -> None:
    for step in STEPS:
        if step.kind == "ticket":
            words = ["rate"] if step.verb == "rate" else ["ticket", step.command]
            assert duban(*words, "--help").code == 0, step.verb


def shown(shell: Duban, number: str) -> Any:
    return shell("ticket", "show", number, "--json").value


def due(shell: Duban, number: str, step: str = "close") -> Any:
    return next(d["due_at"] for d in shown(shell, number)["deadlines"] if d["step"] == step)


def test_an_appeal_is_shown_masked_with_what_may_follow(shell: Duban) -> None:
    value = shown(shell, LIFT)
    assert (value["status"], value["unit"]) == ("待签收", "武汉市洪山区人民政府")
    assert {"verb": "acknowledge", "name": "签收"} in value["next"]
    told = shell("ticket", "show", LIFT)
    assert "电梯困人" in told.out and "13871234567" not in told.out


def test_a_receipt_is_printed_as_the_screen_shows_it(shell: Duban) -> None:
    told = shell("ticket", "receipt", STREET).out
    assert f"工单            {STREET}" in told
    assert told.count("时限核算单") == told.count("到期  ") > 1
    receipts = shell("ticket", "receipt", STREET, "--json").value
    (close,) = (one for one in receipts if one["step"] == "close")
    assert (close["number"], close["due_at"], close["agrees"]) == (STREET, due(shell, STREET), True)
    assert told.split("\n\n")[receipts.index(close)].splitlines() == close["steps"]


def test_a_reply_is_sent_back_and_then_accepted_as_the_unit_claimed(shell: Duban) -> None:
    shell("ticket", "acknowledge", STREET)
    shell(
        "ticket", "reply", STREET, "--text", "已责令摊贩撤离并安排专人值守", "--outcome", "已解决"
    )
    assert shell("ticket", "send-back", STREET, "--reason", "未附照片").code == 0
    assert shown(shell, STREET)["status"] == "办理中"
    shell("ticket", "reply", STREET, "--text", "已责令摊贩撤离，照片附后", "--outcome", "已解决")
    assert shell("ticket", "close", STREET, "--json").value == {"done": 1, "skipped": []}
    assert shown(shell, STREET)["outcome"] == "已解决"


def test_more_time_is_asked_and_given_in_two_acts(shell: Duban) -> None:
    before = due(shell, STREET)
    shell("ticket", "ask-extension", STREET, "--limit", "3wd", "--reason", "需联合执法")
    assert shown(shell, STREET)["status"] == "延期待批"
    assert due(shell, STREET) == before
    shell("ticket", "grant-extension", STREET)
    assert due(shell, STREET) > before
    told = [line["text"] for line in shell("trail", STREET, "--json").value]
    assert told[-2:] == ["申请延期：3个工作日（演练）", "同意延期：3个工作日（演练）"]


def test_a_pause_needs_the_paper_that_allows_it(shell: Duban) -> None:
    shell("ticket", "ask-pause", STREET, "--reason", "等待检测")
    assert shell("ticket", "grant-pause", STREET).code == 2
    shell("ticket", "grant-pause", STREET, "--approval", "检字041号")
    assert shown(shell, STREET)["status"] == "挂起"
    shell("ticket", "resume", STREET)
    assert shown(shell, STREET)["status"] == "待签收"


def test_a_return_names_one_of_the_lawful_reasons(shell: Duban) -> None:
    assert "duty、area" in shell("ticket", "ask-return", LIFT, "--code", "lazy").err
    assert "duty 非本单位职责" in "".join(shell("ticket", "ask-return", "--help").out.split("\n"))
    shell("ticket", "ask-return", LIFT, "--code", "duty", "--reason", "属电梯监管")
    shell("ticket", "grant-return", LIFT, "--unit", "江岸区")
    assert shown(shell, LIFT)["unit"] == "武汉市江岸区人民政府"


def test_what_cannot_be_done_is_skipped_and_named_and_the_rest_is_done(shell: Duban) -> None:
    answer = shell("ticket", "acknowledge", LIFT, WAITING, "--json")
    assert answer.value["done"] == 1
    assert answer.value["skipped"][0]["number"] == WAITING
    assert WAITING in answer.err


def test_a_note_stands_in_the_record_with_its_words(shell: Duban) -> None:
    shell("ticket", "note", WAITING, "--text", "家属再次来电13871234567")
    told = shell("trail", WAITING, "--json").value[-1]["text"]
    assert told == "批注：家属再次来电138****4567（演练）"


def test_a_step_dated_before_the_one_it_follows_is_refused_with_the_reason(shell: Duban) -> None:
    answer = shell("ticket", "acknowledge", STREET, "--at", "2026-11-18T09:00")
    assert answer.code == 1 and "签收时间早于" in answer.err
    later = shell("ticket", "acknowledge", STREET, "--at", "2099-11-21T09:00")
    assert later.code == 1 and later.err.count("\n") == 1


def test_a_time_in_words_counts_from_now_and_is_told_as_understood(shell: Duban) -> None:
    answer = shell("ticket", "acknowledge", STREET, NOISE, "--at", "昨天 下午3点半")
    assert answer.code == 0 and answer.err == ""
    assert "昨天 下午3点半 按 2026-11-19 周四 15:30 计（23小时前）" in answer.out
    for number in (STREET, NOISE):
        assert shell("trail", number, "--json").value[-1]["at"] == "2026-11-19T15:30:00+08:00"
    assert shell("ticket", "contact", STREET, "--at", "2小时前", "--json").value["done"] == 1
    early = shell("ticket", "contact", NOISE, "--at", "上上周五 9:00")
    assert early.code == 1 and early.err.count("\n") == 1
    assert shell("ticket", "contact", NOISE, "--at", "80年后 9点").code == 1
    unread = shell("ticket", "contact", NOISE, "--at", "过一会")
    assert unread.code == 2 and "看不懂时间 过一会：可写 昨天15:00" in unread.err


def test_suggestions_name_what_speaks_for_them(shell: Duban) -> None:
    assert shell("ticket", "dispatch", WAITING, "--unit", "武昌区").code == 0
    value = shell("ticket", "suggest", STREET, "--json").value
    named = {"unit", "why", "share", "alike", "number", "sure", "asked", "right", "dropped"}
    assert all(set(one) == named for one in value)
    assert shell("ticket", "suggest", STREET).code == 0


def test_a_unit_is_reminded_once_a_day_of_all_its_appeals(shell: Duban) -> None:
    value = shell("ticket", "urge", LIFT, NOISE, "--out", "催办", "--json").value
    [paper] = Path("催办").glob("*.docx")
    assert "以下2件诉求" in "".join(p.text for p in Document(str(paper)).paragraphs)
    [reminder] = value["reminders"]
    assert sorted(reminder["numbers"]) == [NOISE, LIFT]
    assert "以下2件诉求请抓紧办理" in reminder["text"]
    again = shell("ticket", "urge", LIFT)
    assert again.code == 1 and "今天已" in again.err


def test_a_telephone_reminder_names_who_answered_and_what_was_promised(shell: Duban) -> None:
    assert shell("ticket", "urge", LIFT, "--answered-by", "王科长").code == 2
    shell("ticket", "urge", LIFT, "--answered-by", "王科长", "--promised", "今晚到场")
    last = shell("trail", LIFT, "--json").value[-1]
    assert "王科长接听" in last["text"] and last["reason"] == "今晚到场"


def test_a_leaders_word_has_a_limit_of_its_own_until_it_is_followed(shell: Duban) -> None:
    said = ("--leader", "张副市长", "--text", "限期解决", "--limit", "2wd")
    assert shell("ticket", "instruct", STREET, *said).code == 0
    assert any(d["step"] == "instruction" for d in shown(shell, STREET)["deadlines"])
    assert shell("ticket", "fulfil", STREET, "--reason", "已清退").code == 0
    assert shell("ticket", "fulfil", STREET, "--reason", "已清退").code == 1


def test_the_last_act_is_taken_back_and_done_again(shell: Duban) -> None:
    shell("ticket", "acknowledge", LIFT)
    assert shell("ticket", "undo", "--json").value == {"verb": "acknowledge", "matters": 1}
    assert shown(shell, LIFT)["status"] == "待签收"
    shell("ticket", "redo")
    assert shown(shell, LIFT)["status"] == "办理中"
    assert shell("ticket", "redo").code == 1


def test_the_desk_lists_what_waits_and_one_queue_by_its_name(shell: Duban) -> None:
    shell("ticket", "ask-extension", STREET, "--limit", "3wd", "--reason", "需联合执法")
    value = shell("desk", "--json").value
    counts = {queue["key"]: queue["count"] for queue in value["queues"]}
    assert (counts["dispatch"], counts["extension"], value["total"]) == (1, 1, 2)
    [row] = shell("desk", "延期待批", "--json").value
    assert (row["number"], row["said"]) == (STREET, "延3个工作日，需联合执法")
    assert "待派" in shell("desk").out and shell("desk", "无此类").code == 2


def test_a_reason_of_several_paragraphs_and_a_wide_limit_are_taken_as_they_are_meant(
    shell: Duban,
) -> None:
    reason = "须与市水务局会同现场勘验。\n\n勘验排在下周一。"
    asked = shell("ticket", "ask-extension", STREET, "--limit", "２ｗｄ", "--reason", reason)
    assert asked.code == 0, asked.err
    told = shell("trail", STREET, "--json").value[-1]
    assert told["reason"] == reason
    assert "2个工作日" in told["text"]
