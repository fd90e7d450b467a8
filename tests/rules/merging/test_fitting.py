"""Which appeals may go under one lead, and which never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.casework.course import ANALYSIS
from rules.merging.fitting import (
    Candidate,
    MergingPolicy,
    barred,
    best_lead,
    cannot_join,
    cannot_lead,
    kind_of,
)

ONE = Candidate(
    number="WH1",
    nature="投诉",
    channel="12345电话",
    category="城市管理/噪音/夜间施工",
    text="工地夜间施工 半夜还在打桩",
    confidential=False,
    accused=False,
    state="dispatched",
    unit_id=5,
    facts=frozenset(),
    lead=None,
    carries=False,
    only_told=False,
    person="p1",
)
POLICY = MergingPolicy()

NEVER: dict[str, tuple[dict[str, Any], str]] = {
    "举报": ({"nature": "举报"}, "举报件"),
    "举报避让": ({"accused": True}, "反映承办单位"),
    "保密": ({"confidential": True}, "保密件"),
    "阳光信访": ({"channel": "阳光信访"}, "信访件"),
    "信访性质": ({"nature": "信访"}, "信访件"),
    "个人补偿": ({"text": "工地塌方 要求补偿款五万"}, "补偿款"),
    "补偿类别": ({"category": "住建/征地补偿/标准"}, "征地补偿"),
    "仅供分析": ({"state": ANALYSIS}, "仅供分析"),
    "已办结": ({"state": "closed"}, "已办结"),
    "只需转知": ({"only_told": True}, "只需转知"),
    "退单待裁": ({"facts": frozenset({"return_asked"})}, "退单申请待裁"),
    "延期待批": ({"facts": frozenset({"extension_asked"})}, "延期申请待批"),
    "挂起": ({"facts": frozenset({"paused"})}, "已挂起"),
    "已并入": ({"lead": "WH9"}, "WH9"),
}


@pytest.mark.parametrize("case", NEVER)
def test_what_is_never_merged_says_why_and_neither_leads_nor_joins(case: str) -> None:
    changes, word = NEVER[case]
    other = replace(ONE, number="WH2", **changes)
    for said in (cannot_join(other, ONE, POLICY), cannot_lead(other, POLICY)):
        assert word in said and "\n" not in said
    assert cannot_join(ONE, ONE, POLICY) == cannot_lead(ONE, POLICY) == ""


def test_only_what_stands_for_ever_makes_one_leave_that_is_merged() -> None:
    barring = {case for case, (changes, _) in NEVER.items() if barred(replace(ONE, **changes))}
    assert barring == {"举报", "举报避让", "保密", "阳光信访", "信访性质"}


def test_nobody_is_taken_back_behind_what_was_done() -> None:
    waiting = replace(ONE, state="waiting", unit_id=None)
    assert "以它作主件" in cannot_join(ONE, waiting, POLICY)
    assert "以它作主件" in cannot_join(replace(ONE, state="replied"), ONE, POLICY)
    assert cannot_join(waiting, replace(ONE, state="replied"), POLICY) == ""
    assert "请以它作主件" in cannot_join(replace(ONE, carries=True), ONE, POLICY)


@pytest.mark.parametrize(
    ("persons", "kind"),
    [("aa", "repeat"), ("ab", "common"), ((None, None), "common"), (("a", None), "common")],
)
def test_the_kind_follows_from_who_brought_them(persons: Any, kind: str) -> None:
    assert kind_of(replace(ONE, person=each) for each in persons) == kind


def test_the_furthest_leads_and_what_leads_already_goes_on() -> None:
    waiting, taken = replace(ONE, state="waiting"), replace(ONE, state="acknowledged")
    assert best_lead([waiting, ONE, taken]) is taken
    assert best_lead([taken, replace(waiting, carries=True)]).carries
    assert best_lead([replace(ONE, number="first"), ONE]).number == "first"


def test_a_bureau_names_its_own_words() -> None:
    own = MergingPolicy(alone=("拆迁",))
    moved = replace(ONE, text="要求拆迁安置")
    assert "拆迁" in cannot_join(moved, ONE, own)
    assert cannot_join(moved, ONE, POLICY) == ""
