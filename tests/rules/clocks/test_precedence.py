"""Which limit entry applies, and why."""

from __future__ import annotations

from typing import Any

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.limits import Limit
from rules.clocks.precedence import choose
from rules.clocks.tags import Tags
from rules.errors import LimitError, PolicyError
from tests.rules.clocks.calendars import at, keeper

ENTRIES = """
[[limits]]
close = "10wd"
judge = "1wd"
[[limits]]
nature = "投诉"
close = "9wd"
[[limits]]
channel = ["人民网", "市长信箱"]
close = "8wd"
[[limits]]
category = "住房"
close = "7wd"
[[limits]]
category = "住房/租赁"
close = "6wd"
[[limits]]
category = "住房"
nature = "投诉"
close = "5wd"
[[limits]]
urgency = "紧急"
close = "4wd"
"""


def close_of(**tags: Any) -> str:
    choice = choose(read_policy(ENTRIES).limits, Tags(**tags), "close")
    assert choice is not None
    return choice.winner.close or ""


@pytest.mark.parametrize(
    ("tags", "limit"),
    [
        ({}, "10wd"),
        ({"nature": "投诉"}, "9wd"),
        ({"nature": "投诉", "channel": "市长信箱"}, "8wd"),
        ({"channel": "人民网", "category": "住房/物业"}, "7wd"),
        ({"category": "住房/租赁/押金"}, "6wd"),
        ({"category": "住房保障"}, "10wd"),
        ({"category": "住房/物业", "nature": "投诉"}, "5wd"),
        ({"category": "住房/租赁", "nature": "投诉"}, "6wd"),
        ({"category": "住房/租赁", "nature": "投诉", "urgency": "紧急"}, "4wd"),
    ],
)
def test_urgency_then_longer_category_then_channel_then_nature(
    tags: dict[str, str], limit: str
) -> None:
    assert close_of(**tags) == limit


def test_an_entry_silent_on_a_step_leaves_it_to_the_next() -> None:
    policy = read_policy(ENTRIES)
    choice = choose(policy.limits, Tags(urgency="紧急"), "judge")
    assert choice is not None
    assert choice.winner.title() == "默认"


def test_the_beaten_entries_are_named_narrowest_first() -> None:
    choice = choose(read_policy(ENTRIES).limits, Tags("投诉", "紧急", "住房"), "close")
    assert choice is not None
    assert choice.winner.title() == "紧急程度=紧急"
    assert [entry.close for entry in choice.losers] == ["5wd", "7wd", "9wd", "10wd"]


@pytest.mark.parametrize(
    "second",
    ['close = "3wd"', 'urgency = ["特急", "紧急"]\nclose = "1wd"'],
)
def test_one_set_of_conditions_with_overlapping_values_is_refused(second: str) -> None:
    first = '[[limits]]\nclose = "5wd"\n[[limits]]\nurgency = "紧急"\nclose = "2wd"\n'
    with pytest.raises(PolicyError, match=r"第[12]条与第3条时限的条件相同"):
        read_policy(f"{first}[[limits]]\n{second}\n")


def test_other_values_or_other_conditions_may_stand_side_by_side() -> None:
    assert len(read_policy(ENTRIES).limits) == 7


def test_none_means_there_is_no_such_clock() -> None:
    answer = keeper('[[limits]]\ncontact = "1wd"\n[[limits]]\nnature = "建议"\ncontact = "none"')
    now = at("2026-11-20 10:00")
    assert answer.clock("contact", Tags("建议"), now) is None
    assert answer.clock("contact", Tags("投诉"), now) is not None
    assert answer.clock("progress", Tags("投诉"), now) is None


def test_an_order_is_receipted_within_the_limit_of_the_orders_section() -> None:
    clock = keeper('[orders]\nreceipt = "2wd"').clock("receipt", Tags(), at("2026-11-20 10:00"))
    assert clock is not None
    assert clock.limit_text == "2wd"


def test_an_extension_is_allowed_once_unless_the_policy_says_otherwise() -> None:
    policy = """
        [[limits]]
        extension = "5wd"
        [[limits]]
        nature = "建议"
        extension = "5wd"
        extensions = 2
        [[limits]]
        urgency = "特急"
        extension = "none"
    """
    answer = keeper(policy)
    tags = [Tags(), Tags("建议"), Tags("建议", "特急")]
    assert [answer.caps(each).extensions for each in tags] == [1, 2, 0]
    assert [answer.limit_text("extension", each) for each in tags] == ["5wd", "5wd", None]


@pytest.mark.parametrize(
    "text", ["5", "wd", "0d", "-1wd", "5wdx", "1.5h", "1.5wd", "个工作日", "零日", ""]
)
def test_a_limit_that_cannot_be_read_says_how_to_write_one(text: str) -> None:
    with pytest.raises(LimitError, match="5wd"):
        Limit.parse(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("5wd", "5个工作日"),
        ("4WH", "4个工作小时"),
        (" 24h", "24小时"),
        ("15m", "15分钟"),
        ("60d", "60日"),
        ("fixed", "来源定时"),
    ],
)
def test_a_limit_is_said_in_full(text: str, label: str) -> None:
    assert Limit.parse(text).label == label
    assert Limit.parse(str(Limit.parse(text))) == Limit.parse(text)
