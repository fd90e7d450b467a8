"""What went before an order, what the unit did, and its months, worded from what held."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.orders.facts import Act, Given
from rules.orders.history import (
    CoUnit,
    Earlier,
    Instruction,
    Reminded,
    followed,
    helped,
    instructed,
    preceded,
    reminded,
)
from rules.orders.progress import Extended, Paused, Replied, extended, paused, replied
from rules.paper import quoted

ZONE = ZoneInfo("Asia/Shanghai")

NUMBER = "WH20261109-00123"


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of November 2026 in Wuhan."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def act(day: int, *events: int, hour: int = 9) -> Act:
    """Return something that happened on a day of November."""
    return Act(at(day, hour), events)


SIGNED = at(20, 15, 20)

WORD = Instruction(
    NUMBER,
    "小区停水",
    "副市长李某",
    "请水务局速查速办。",
    act(12, 7),
    "3个工作日",
    at(17, 17, 30),
    None,
    "超期3个工作日",
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("速办", "“速办”"),
        ("请“一周”内\n办结", "“请‘一周’内 办结”"),
        ("首" * 40 + "。次" * 40, "“" + "首" * 40 + "。次" * 27 + "。（下略）”"),
        ("甲" * 90 + "，" + "乙" * 30, "“" + "甲" * 90 + "（下略）”"),
        ("无" * 120, "“" + "无" * 96 + "（下略）”"),
        ("\x1b[31m红\u202e字", "“红字”"),
    ],
)
def test_words_are_quoted_on_a_line_and_cut_where_the_sense_allows(words: str, told: str) -> None:
    assert quoted(words) == told
    assert len(quoted(words)) <= 102


def test_an_instruction_tells_whose_words_when_and_whether_it_is_done() -> None:
    [open_] = instructed([WORD], SIGNED, alone=True)
    assert open_.text == (
        "2026年11月12日，副市长李某就此件批示：“请水务局速查速办。”"
        "批示事项应于11月17日17:30前（3个工作日内）办结，逾期尚未办结（超期3个工作日）。"
    )
    assert (open_.field, open_.events, open_.tickets) == ("领导批示", (7,), (NUMBER,))
    done = replace(WORD, done=act(16, 9), remaining="按时")
    [told] = instructed([done], SIGNED, alone=False)
    assert told.text.endswith("批示事项已于11月16日办结（按时）。")
    assert f"就“小区停水”（工单编号：{NUMBER}）批示" in told.text
    assert told.events == (7, 9)


def test_the_word_on_an_appeal_kept_back_is_not_quoted() -> None:
    [told] = instructed([replace(WORD, words="", title="（保密件，内容保密）")], SIGNED, alone=True)
    assert "作出批示，内容保密。" in told.text and "“" not in told.text


def test_of_many_instructions_the_newest_are_told_and_the_rest_counted() -> None:
    many = [replace(WORD, given=act(day, day)) for day in range(1, 6)]
    many[0] = replace(many[0], done=act(3, 30), remaining="按时")
    told = instructed(many, SIGNED, alone=False)
    assert [one.events[0] for one in told] == [5, 4, 3, 2]
    assert told[-1].text == "所列诉求此前另有领导批示2件，其中已办结1件。"


def test_co_units_are_named_with_what_has_come_from_them() -> None:
    two = [CoUnit(NUMBER, "甲局", act(10, 1)), CoUnit(NUMBER, "乙局", act(10, 1), act(12, 5))]
    [alone] = helped(two, SIGNED, alone=True)
    assert alone.text == "协办单位：甲局（尚未反馈）、乙局（11月12日已反馈）。"
    assert alone.events == (1, 5)
    more = [*two, CoUnit("B", "乙局", act(11, 6))]
    [several] = helped(more, SIGNED, alone=False)
    assert "乙局（协办2件，已反馈1件）" in several.text and several.tickets == (NUMBER, "B")


def test_reminders_are_told_one_by_one_or_counted() -> None:
    first = Reminded(act(10, 2), (NUMBER,))
    phone = Reminded(act(12, 3), (NUMBER,), True, "王科长", "周五前办结")
    [told] = reminded([phone, first], SIGNED)
    assert told.text == (
        "此前已催办2次：11月10日书面催办；11月12日电话催办，你单位王科长接听，答应“周五前办结”。"
    )
    assert (told.field, told.events) == ("事实", (2, 3))
    [kept] = reminded([replace(phone, promised="")], SIGNED)
    assert kept.text.endswith("王科长接听。")
    [many] = reminded(
        [first, *(replace(phone, told=act(day, day)) for day in (13, 14, 16))], SIGNED
    )
    assert many.text.startswith("此前自11月10日至11月16日已催办4次，其中电话催办3次；最近一次为")


EARLIER = Earlier("武网督〔2026〕3号", "督办单", act(6, 40), (NUMBER,), due_at=at(11, 17, 30))


@pytest.mark.parametrize(
    ("changes", "told", "events"),
    [
        ({}, "尚未送达", (40,)),
        ({"delivered": act(6, 41)}, "已送达，反馈已逾期", (40, 41)),
        ({"delivered": act(6, 41), "due_at": at(25)}, "已送达，尚未签收", (40, 41)),
        ({"received": act(9, 42)}, "已签收，反馈已逾期", (40, 42)),
        ({"received": act(9, 42), "due_at": at(25)}, "已签收，尚未反馈", (40, 42)),
        ({"feedback": (act(11, 43),)}, "11月11日反馈，待审核", (40, 43)),
        (
            {"feedback": (act(11, 43),), "rejected": (Given(at(12), (44,), "空话"),)},
            "11月12日反馈被退回，尚未重报",
            (40, 43, 44),
        ),
        ({"feedback": (act(11, 43),), "closed": act(13, 45)}, "11月13日销号", (40, 45)),
    ],
)
def test_an_earlier_paper_is_told_as_it_stood(
    changes: dict[str, object], told: str, events: tuple[int, ...]
) -> None:
    one = replace(EARLIER, **changes)  # type: ignore[arg-type]  # by name, of several types
    [named] = preceded([one], SIGNED)
    assert named.text == f"此前已发：武网督〔2026〕3号督办单（11月6日签发，{told}）。"
    assert named.events == events


def test_of_many_earlier_papers_the_newest_are_named() -> None:
    many = [
        replace(EARLIER, number=f"武网督〔2026〕{day}号", signed=act(day, day))
        for day in range(1, 8)
    ]
    [told] = preceded([*reversed(many)], SIGNED)
    assert told.text.startswith("此前先后7次发文，最近5次：武网督〔2026〕3号督办单")
    other = replace(EARLIER, name="提示函", unit="甲局")
    assert "提示函（发甲局，11月6日签发" in preceded([other], SIGNED)[0].text


@pytest.mark.parametrize(
    ("feedback", "rejected", "told"),
    [
        ((), (), "你单位应于11月11日17:30前反馈，尚未反馈"),
        ((11,), (), "你单位应于11月11日17:30前反馈，于11月11日反馈"),
        ((12,), (), "你单位应于11月11日17:30前反馈，于11月12日逾期反馈"),
        (
            (11,),
            (12,),
            "于11月11日反馈，于11月12日被退回，理由为“没有结果”，尚未重新反馈",
        ),
        ((11, 16), (12,), "被退回，理由为“没有结果”，11月16日重新反馈"),
        ((11, 13), (12, 16), "反馈先后2次被退回，最近一次于11月16日退回，理由为“没有结果”"),
    ],
)
def test_the_order_it_follows_is_told_by_what_came_of_it(
    feedback: tuple[int, ...], rejected: tuple[int, ...], told: str
) -> None:
    one = replace(
        EARLIER,
        feedback=tuple(act(day, day) for day in feedback),
        rejected=tuple(Given(at(day), (day,), "没有结果") for day in rejected),
    )
    [said] = followed(one, SIGNED, "我部")
    assert said.text.startswith("我部以武网督〔2026〕3号督办单要求的事项，") and told in said.text
    assert said.text.endswith("。现再次督办如下。")


def test_a_reminder_of_an_order_says_so_and_a_paper_without_an_answer_is_named() -> None:
    assert followed(EARLIER, SIGNED, "我部", "reminder")[0].text.endswith("尚未反馈。现予催办。")
    talk = replace(EARLIER, name="约谈通知", number="武网督约〔2026〕1号", due_at=None)
    [told] = followed(talk, SIGNED, "我部", "talk_record")
    assert told.text == "此前已发武网督约〔2026〕1号约谈通知（11月6日签发，尚未送达）。"


def test_the_last_reply_is_quoted_with_its_return() -> None:
    back = Given(at(17), (6,), "未附照片")
    one = Replied(NUMBER, "你单位", act(16, 5), "已修复。", back)
    [told] = replied([one], SIGNED, alone=True)
    assert told.text == (
        "你单位于11月16日答复称：“已修复。”该答复于11月17日被退回，理由为“未附照片”。"
    )
    assert told.events == (5, 6)
    [plain] = replied([Replied(NUMBER, "甲局", act(16, 5))], SIGNED, alone=True)
    assert plain.text == "甲局于11月16日答复。"
    [several] = replied([one, replace(one, number="B", back=None)], SIGNED, alone=False)
    assert several.text == "已有答复的2件中，最近一次答复被退回的1件。"


def test_time_that_was_granted_is_told_from_when_to_when() -> None:
    one = Extended(NUMBER, act(13, 8), "5个工作日", at(17, 17, 30), at(24, 17, 30))
    [told] = extended([one], SIGNED, alone=True)
    assert told.text == ("11月13日批准延期5个工作日，办结时限由11月17日17:30延至11月24日17:30。")
    [several] = extended([one, replace(one, number="B")], SIGNED, alone=False)
    assert several.text == "所列诉求中，2件经批准延期，共2次，办结时限均按延期后计算。"


def test_a_pause_is_told_with_what_approved_it() -> None:
    one = Paused(NUMBER, act(12, 8), at(12, 10), act(14, 9), "检测", "检测委托书041")
    [told] = paused([one], SIGNED, alone=True)
    assert told.text == (
        "自11月12日10:00起至11月14日09:00经批准挂起（检测，检测委托书041），期间不计办理时限。"
    )
    assert told.events == (8, 9)
    still = replace(one, number="B", ended=None)
    [several] = paused([one, still], SIGNED, alone=False)
    assert several.text == "所列诉求中，2件曾经批准挂起，其中1件尚未恢复，挂起期间不计办理时限。"


def test_nothing_is_said_of_what_is_not_there() -> None:
    assert instructed([], SIGNED, alone=True) == ()
    assert helped([], SIGNED, alone=True) == reminded([], SIGNED) == preceded([], SIGNED) == ()
    assert replied([], SIGNED, alone=True) == extended([], SIGNED, alone=True) == ()
    assert paused([], SIGNED, alone=False) == ()
