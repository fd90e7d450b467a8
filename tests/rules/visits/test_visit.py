"""What is told of a visit is read, and what leads to a person is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.errors import Refused
from rules.visits.visit import (
    COLUMNS,
    UnreadVisit,
    VisitLine,
    appeal_told,
    of_nobody,
    read_visit,
    require_span,
    told_lines,
)
from tests.models.appeals import wuhan

AT = wuhan("2026-11-19 09:30")

GOOD = {"社区": "虎泉社区", "走访单位": "市司法局", "走访人员": "李明", "时间": "2026-11-19 09:30"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"社区": ""}, "没有写社区"),
        ({"走访单位": " "}, "没有写走访单位"),
        ({"诉求人": "赵铁柱"}, "走访不登记被走访的人"),
        ({"联系电话": "13871234567"}, "走访不登记被走访的人"),
        ({"任务": "补路面"}, "任务和任务单位要一起写"),
        ({"任务单位": "洪山区"}, "任务和任务单位要一起写"),
        ({"情况": "去了3栋2单元501室"}, "走访不记被走访的人"),
        ({"走访人员": "李明13871234567"}, "走访不记被走访的人"),
        ({"任务": "回访13871234567", "任务单位": "洪山区"}, "走访不记被走访的人"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_why(said: dict[str, str], why: str) -> None:
    found = read_visit(7, {**dict.fromkeys(COLUMNS, ""), **GOOD, **said}, AT, None)
    assert isinstance(found, UnreadVisit) and found.line == 7 and why in found.reason


def test_a_line_is_read_and_an_empty_one_is_none() -> None:
    found = read_visit(2, {**dict.fromkeys(COLUMNS, ""), **GOOD, "服务": "普法；咨询"}, AT, None)
    assert isinstance(found, VisitLine) and found.services == "普法\n咨询"
    assert read_visit(3, dict.fromkeys(COLUMNS, " "), None, None) is None
    unread = read_visit(4, {**dict.fromkeys(COLUMNS, ""), **GOOD, "时间": "昨儿"}, None, None)
    assert isinstance(unread, UnreadVisit) and "看不懂" in unread.reason


def test_names_are_set_apart_and_kept_once() -> None:
    assert told_lines(" 李明、王芳；李明\n\u202e赵七 ") == "李明\n王芳\n赵七"
    assert of_nobody("设点半天\x1b[31m", "情况") == "设点半天"


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_a_visit_ends_within_a_day(hours: int) -> None:
    with pytest.raises(Refused, match="结束时间"):
        require_span(AT, AT + timedelta(hours=hours))


def test_nothing_told_is_no_appeal() -> None:
    with pytest.raises(Refused, match="写明群众说的事"):
        appeal_told(" ", nature="", reporter="", phone="", place="420111001001", at=AT)
