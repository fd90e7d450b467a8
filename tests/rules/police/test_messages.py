"""What may be kept of a group's message: never 警情, never what a clue tells, no names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.errors import Refused
from rules.police.alarm import CALL_110, alarm_in
from rules.police.message import (
    CLUE,
    MESSAGE_COLUMNS,
    Message,
    Times,
    Unread,
    clue_word,
    plain_text,
    read_group,
    read_message,
    require_order,
)
from rules.police.minutes import in_minutes, spread

AT = datetime(2026, 11, 26, 2, 59, tzinfo=UTC)


def read(**cells: str) -> Message | Unread | None:
    """Return what a line tells, a plain one unless ``cells`` say otherwise."""
    told = {"警务群": "某社区警务群", "时间": "2026-11-26", "类型": "诉求", "内容": "路口堵车"}
    instants = {"时间": AT if {**told, **cells}["时间"] else None}
    return read_message(7, {**told, **cells}, instants)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"类型": "警情", "内容": "有人持刀"}, CALL_110),
        ({"内容": "楼下打起来了，快来人"}, CALL_110),
        ({"内容": "三 单 元 着 火"}, CALL_110),
        ({"类型": "线索", "内容": "王某某在某处"}, "线索的内容不进本系统"),
        ({"类型": "线索", "内容": "", "线索编号": "王某某住几栋"}, "只写编号"),
        ({"类型": "其他"}, "类型“其他”请写"),
        ({"时间": ""}, "请写明警务群和时间"),
        ({"需到场": "也许"}, "需到场“也许”请写"),
        ({"内容": ""}, "请写明群内诉求的内容"),
    ],
)
def test_a_line_is_refused_with_what_to_do(cells: dict[str, str], fault: str) -> None:
    found = read(**cells)
    assert isinstance(found, Unread)
    assert fault in found.reason
    assert len(found.cells) == len(MESSAGE_COLUMNS)


@pytest.mark.parametrize(
    "cells",
    [
        {"类型": "警情", "内容": "有人持刀"},
        {"内容": "楼下打起来了"},
        {"类型": "线索", "内容": "王某某在某处"},
    ],
)
def test_what_may_not_be_kept_is_not_in_the_file_of_refusals_either(cells: dict[str, str]) -> None:
    found = read(**cells)
    assert isinstance(found, Unread)
    assert cells["内容"] not in "".join(found.cells)


def test_what_a_person_found_calm_is_kept_without_numbers_of_people() -> None:
    found = read(类型="非警情", 内容="昨天打起来的录像找谁调，电话 13812345678", 需到场="是")
    assert isinstance(found, Message)
    assert alarm_in(found.text) and "13812345678" not in found.text and found.wants_visit
    assert plain_text(found.text, calm=True) == found.text
    clue = read(类型="线索", 内容="", 线索编号="武公线〔2026〕12号")
    assert isinstance(clue, Message)
    assert (clue.kind, clue.text, clue.clue_number) == (CLUE, "", "武公线〔2026〕12号")
    assert read(警务群="", 时间="", 类型="", 内容="") is None


@given(st.text(alphabet="甲乙丙丁王张 ", max_size=12))
def test_no_words_pass_for_the_number_of_a_clue(words: str) -> None:
    if words.strip():
        with pytest.raises(Refused):
            clue_word(words, "线索编号")


minute = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        (Times(AT - minute), "早于群内发言"),
        (Times(None, AT + minute), "先登记应答"),
        (Times(None, None, AT + minute), "先登记应答"),
        (Times(AT + 2 * minute, AT + minute), "早于应答"),
        (Times(AT + minute, None, AT + 99 * minute), "在将来"),
    ],
)
def test_times_are_in_the_order_in_which_things_happen(times: Times, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        require_order(AT, True, times, AT + 60 * minute)
    require_order(AT, True, Times(AT, AT, AT + minute), AT + 60 * minute)


def test_nobody_arrives_who_was_not_asked_to_come() -> None:
    with pytest.raises(Refused, match="需到场"):
        require_order(AT, False, Times(AT, AT), AT)


@given(st.lists(st.integers(0, 9000), min_size=1, max_size=60))
def test_median_and_nine_in_ten_are_times_that_occurred(times: list[int]) -> None:
    found = spread(times)
    assert found.median in times and found.p90 in times
    assert sum(one <= (found.median or 0) for one in times) * 2 >= len(times)
    assert sum(one <= (found.p90 or 0) for one in times) * 10 >= 9 * len(times)


def test_times_are_told_as_people_say_them() -> None:
    told = [in_minutes(one) for one in (None, 0, 59, 245, 7800)]
    assert told == ["—", "0秒", "59秒", "4分05秒", "2时10分"]
    assert spread([]) == (0, None, None)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"社区编码": "42010600"}, "应是12位数字"),
        ({"社区民警": ""}, "没有写社区民警"),
    ],
)
def test_a_group_names_its_community_and_its_officer(cells: dict[str, Any], fault: str) -> None:
    told = {"群名称": "某群", "社区编码": "420106001001", "派出所": "所", "社区民警": "某警"}
    found = read_group(3, {**told, **cells})
    assert isinstance(found, Unread) and fault in found.reason
