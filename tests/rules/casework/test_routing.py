"""Routing: the first rule that fits decides, says so by its number, and none means waiting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.bureau.policy import read_policy
from rules.casework.routing import Decision, Facts, RoutingRule, forestalled, route, unit_words
from rules.errors import PolicyError

NOISE = Facts(
    channel="12345电话",
    nature="投诉",
    urgency="一般",
    category="生态环境/噪声污染/施工噪声",
    grid="420111003",
    object="武汉宏远建设有限公司",
    text="夜间施工噪音\n凌晨两点还在浇筑混凝土",
)


def rule(unit: str = "洪山区", **keys: Any) -> RoutingRule:
    return RoutingRule(unit=unit, **keys)


@pytest.mark.parametrize(
    ("keys", "fits"),
    [
        ({"channel": "12345电话"}, True),
        ({"channel": ["微信", "12345电话"]}, True),
        ({"channel": "微信"}, False),
        ({"nature": "投诉"}, True),
        ({"nature": ["咨询", "建议"]}, False),
        ({"urgency": "特急"}, False),
        ({"grid": "4201"}, True),
        ({"grid": "420111003"}, True),
        ({"grid": "420111003001"}, False),
        ({"grid": ["420106", "420111"]}, True),
        ({"category": "生态环境"}, True),
        ({"category": "生态环境/噪声污染"}, True),
        ({"category": "生态环境/噪声污染/施工噪声"}, True),
        ({"category": "生态环境/噪声"}, False),
        ({"category": "城市管理"}, False),
        ({"object": "宏远建设"}, True),
        ({"object": ["宏达", "宏远"]}, True),
        ({"object": "宏达"}, False),
        ({"keywords": "施工"}, True),
        ({"keywords": "混凝土 凌晨"}, True),
        ({"keywords": "混凝土 白天"}, False),
        ({"keywords": ["电梯", "施工 噪音"]}, True),
        ({"category": "生态环境", "grid": "420111", "keywords": "夜间"}, True),
        ({"category": "生态环境", "grid": "420106", "keywords": "夜间"}, False),
    ],
)
def test_a_rule_fits_an_appeal_that_meets_every_condition(keys: dict[str, Any], fits: bool) -> None:
    assert (route([rule(**keys)], NOISE) is not None) == fits


def test_spaces_width_and_case_do_not_hide_a_keyword() -> None:
    heard = Facts(text="小区　ＷｉＦｉ\n信 号差")
    assert route([rule(keywords="wifi 信号")], heard)


def test_an_appeal_that_does_not_say_where_it_lies_fits_no_place() -> None:
    asking = ({"grid": "4201"}, {"category": "其他"}, {"object": "甲"}, {"keywords": "甲"})
    assert [route([rule(**keys)], Facts()) for keys in asking] == [None] * 4


def test_the_first_rule_that_fits_decides_and_is_named() -> None:
    rules = [
        rule("市水务局", category="公用事业"),
        rule(
            "东湖高新区",
            grid="420111003",
            co_units="洪山区",
            handler="网格办",
            campaign="夜间施工整治",
            name="关山街道",
        ),
        rule("洪山区", grid="420111"),
    ]
    assert route(rules, NOISE) == Decision(
        "派单规则2（关山街道）", "东湖高新区", ("洪山区",), "网格办", "夜间施工整治"
    )
    assert route(rules, replace(NOISE, grid="420111009")) == Decision("派单规则3", "洪山区")
    assert route(rules, replace(NOISE, grid="420106")) is None
    assert route([], NOISE) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit = '洪山区'", "没有写任何条件.*channel"),
        ("unit = '洪山区'\ngird = '420111'", r"\[routing第1条\] 中没有 gird .* grid"),
        ("unit = '洪山区'\ngrid = '42011'", "42011.*编码"),
        ("unit = '洪山区'\nnature = '特急'", "特急.*咨询"),
        ("unit = '洪山区'\nkeywords = ['', '甲']", "keywords 里有空的值"),
        ("unit = ''\ngrid = '420111'", "unit"),
        ("grid = '420111'", "unit.*缺少"),
    ],
)
def test_a_mistake_in_a_rule_is_answered_with_its_place_and_the_cure(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_policy(f"[[routing]]\n{text}")


@pytest.mark.parametrize(
    ("first", "later", "idle"),
    [
        ({"grid": "420111"}, {"grid": "420111003"}, True),
        ({"grid": "420111003"}, {"grid": "420111"}, False),
        ({"category": "城市管理"}, {"category": "城市管理/市容", "nature": "投诉"}, True),
        ({"category": "城市管理", "nature": "投诉"}, {"category": "城市管理/市容"}, False),
        ({"channel": ["微信", "微邻里"]}, {"channel": "微信"}, True),
        ({"channel": "微信"}, {"channel": ["微信", "微邻里"]}, False),
        ({"keywords": "电梯"}, {"keywords": "电梯困人 小区"}, True),
        ({"keywords": "电梯 困人"}, {"keywords": "电梯"}, False),
        ({"object": "宏远"}, {"object": "宏远建设"}, True),
        ({"object": "宏远"}, {"keywords": "宏远"}, False),
    ],
)
def test_a_rule_that_an_earlier_one_leaves_nothing_to_is_found(
    first: dict[str, Any], later: dict[str, Any], idle: bool
) -> None:
    assert (forestalled([rule(**first), rule(**later)]) == (0, 1)) == idle


def test_a_policy_with_an_idle_rule_is_refused_with_both_numbers() -> None:
    text = """
    [[routing]]
    unit = "市城管执法委"
    category = "城市管理"
    [[routing]]
    unit = "洪山区"
    grid = "420111"
    [[routing]]
    unit = "洪山区"
    name = "洪山市容"
    category = "城市管理/市容环境"
    grid = "420111"
    """
    said = "派单规则3（洪山市容）永远轮不到：派单规则1（类别=城市管理）"
    with pytest.raises(PolicyError, match=said):
        read_policy(text)


def test_units_are_given_with_the_rule_that_names_them() -> None:
    rules = [rule("甲", grid="4201"), rule("乙", co_units=["丙", "丁"], nature="投诉", name="投诉")]
    assert list(unit_words(rules)) == [
        ("派单规则1", "甲"),
        ("派单规则2（投诉）", "乙"),
        ("派单规则2（投诉）", "丙"),
        ("派单规则2（投诉）", "丁"),
    ]


GRIDS = st.sampled_from(["4201", "420106", "420111", "420111003", "420111003002"])

PATHS = st.sampled_from(["甲", "甲/乙", "甲/乙/丙", "丁"])

WORDS = st.sampled_from(["停水", "停", "停 水", "小区停水", "电"])

RULES = st.builds(
    RoutingRule,
    unit=st.just("某单位"),
    grid=st.lists(GRIDS, max_size=2),
    category=st.lists(PATHS, max_size=2),
    keywords=st.lists(WORDS, min_size=1, max_size=2),
)

TEXTS = st.text("小区停水电", max_size=9)

APPEALS = st.builds(Facts, grid=st.none() | GRIDS, category=st.none() | PATHS, text=TEXTS)


@given(RULES, RULES, APPEALS)
def test_an_idle_rule_never_fits_what_the_earlier_one_lets_pass(
    first: RoutingRule, later: RoutingRule, appeal: Facts
) -> None:
    if forestalled([first, later]) and route([later], appeal):
        assert route([first], appeal)
