"""Rules' own words read into a policy: what each clause sets, what cannot be said."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from rules.bureau.policy import checked_policy, read_policy
from rules.clauses.amounts import amounts_of
from rules.clauses.as_toml import draft_toml
from rules.clauses.clause import clauses_of
from rules.clauses.drafted import Draft, draft_policy
from rules.clauses.lexicon import Vocabulary
from rules.errors import PolicyError

KNOWN = Vocabulary(
    ("12345电话", "市长信箱", "人民网"),
    ("城市管理", "城市管理/环卫保洁", "城市管理/环卫保洁/垃圾清运", "公用事业", "公用事业/供水"),
)


def drafted(text: str) -> Draft:
    return draft_policy(text, "办法", KNOWN)


def tables(text: str) -> dict[str, Any]:
    """Return what a draft writes, as a policy would read it, without its mark."""
    written = tomllib.loads(draft_toml(drafted(text)))
    assert written.pop("draft") is True
    return written


def limits(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tables(text).get("limits", [])
    return entries


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("应当在五个工作日内办结", ["5wd"]),
        ("24小时内联系，72小时内答复", ["24h", "72h"]),
        ("道路不洁：5工作时清除", ["5wh"]),
        ("自受理之日起60日内办结", ["60d"]),
        ("自收到之日起十五日内告知", ["15d"]),
        ("半个工作日内签收，当日办结", ["0.5wd", "0wd"]),
        ("三个月内办结", ["3mo"]),
        ("一百二十日内", ["120d"]),
        ("热线提供24小时人工服务", []),
        ("实行7×24小时服务", []),
        ("本办法自2022年5月1日起施行", []),
        ("视为次一工作日收到", []),
        ("顺延至节后第一个工作日", []),
        ("每月3日前通报", []),
    ],
)
def test_what_is_a_stretch_of_time(sentence: str, found: list[str]) -> None:
    assert [str(each.limit) for each in amounts_of(sentence)] == found


def test_days_are_working_days_where_the_rule_says_so() -> None:
    text = "第一条 应当自受理之日起二十日内办结。第二条 期限以工作日计算，不含法定节假日。"
    assert limits(text)[0]["close"] == "20wd"
    listed = "第一条 5日内签收，六十日内办结。\n第二条 关于“三日”“五日”的规定是指工作日。"
    assert limits(listed) == [{"acknowledge": "5wd", "close": "60d"}]


def test_what_is_especially_urgent_is_so_in_the_policy() -> None:
    assert limits("第一条 特别紧急的诉求应当在2小时内答复。") == [
        {"urgency": "特急", "close": "2h"}
    ]
    assert limits("第一条 紧急的诉求应当在1日内答复。") == [{"urgency": "紧急", "close": "1d"}]


def test_the_clause_about_the_end_itself_goes_before_one_that_may_be() -> None:
    draft = drafted("第一条 10日内反馈情况。\n第二条 应当自交办之日起60日内办结。")
    assert [(each.key, each.value) for each in draft.found] == [("close", "60d")]
    assert [each.clause.place for each in draft.unsaid] == ["第一条"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (  # one clause, several kinds
            "第八条 咨询类事项2个工作日，求助、建议类事项10个工作日，投诉举报类15个工作日内办结。",
            [
                {"nature": "咨询", "close": "2wd"},
                {"nature": ["求助", "建议"], "close": "10wd"},
                {"nature": ["投诉", "举报"], "close": "15wd"},
            ],
        ),
        (  # what its list is about stands above it
            "第八条 承办单位按下列时限签收：\n（一）特急件15分钟；\n（二）一般件1个工作日。",
            [{"acknowledge": "1wd"}, {"urgency": "特急", "acknowledge": "15m"}],
        ),
        (
            "第六条 危及生命财产安全的，15分钟内接收；水、电、气、热等民生保障诉求，30分钟内接收。",
            [{"urgency": "特急", "acknowledge": "15m"}, {"urgency": "紧急", "acknowledge": "30m"}],
        ),
        (
            "一、垃圾清运：1个工作日清除。",
            [{"category": "城市管理/环卫保洁/垃圾清运", "close": "1wd"}],
        ),
        ("第三条 市长信箱来信3个工作日内答复。", [{"channel": "市长信箱", "close": "3wd"}]),
        (
            "第五条 热线机构应当在4小时内转办至承办单位，承办单位24小时内联系诉求人。",
            [{"dispatch": "4h", "contact": "24h"}],
        ),
        (  # one grant, one step: an extension belongs to the limit before it
            "第九条 举报15个工作日内予以核查；特殊情况下，可以延长10个工作日。",
            [{"nature": "举报", "close": "15wd", "extension": "10wd"}],
        ),
        (  # to ten in all: five more than the five
            "第九条 一般5个工作日内办结，情况复杂的可延长至10个工作日。",
            [{"close": "5wd", "extension": "5wd"}],
        ),
        (
            "第九条 延期不得超过2次，每次延期不超过5个工作日。",
            [{"extensions": 2, "extension": "5wd"}],
        ),
        ("第九条 末日为法定节假日的，顺延至节后第一个工作日。", [{"roll": True}]),
        ("第九条 收到复查请求的机关应当自收到之日起30日内提出复查意见。", [{"review": "30d"}]),
    ],
)
def test_what_a_clause_sets(text: str, entries: list[dict[str, Any]]) -> None:
    assert limits(text) == entries


def test_office_hours_with_a_season_and_a_cutoff() -> None:
    text = (
        "一、办公时间为上午8:30至12:00，下午2:30至5:30；夏季（5月1日至9月30日）下午15时至18时。"
        "二、17:00以后收到的，视为次一工作日收到。"
    )
    assert tables(text)["office"] == {
        "hours": ["08:30-12:00", "14:30-17:30"],
        "seasons": [{"from": "05-01", "to": "09-30", "hours": ["08:30-12:00", "15:00-18:00"]}],
        "after_hours": "next-workday",
        "cutoff": "17:00",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("第七条 承办单位应当及时办理。", "没有写多久"),
        ("第七条 涉及多部门的，由牵头单位酌情确定期限。", "没有写多久"),
        ("第七条 信访人可以自收到答复之日起30日内请求复查。", "诉求人或第三方的期限"),
        ("第七条 网络渠道3个工作日内办结。", "请自填 channel"),
        ("第七条 违法搭建：15个工作日拆除。", "请自填 category"),
        ("第七条 应当于到期2个工作日前申请延期。", "只能靠提醒"),
        ("第七条 自收到申请之日起7个工作日内一次性告知申请人作出补正。", "通知补正没有自己的时限"),
        ("第七条 2小时半内办结。", "写不出"),
        ("第七条 末位的，自受理之日起60日内联系群众。", "同一条须写受理决定时限"),
        ("第七条 证件应当在10个工作日内制作。", "看不出是哪一步"),
        ("第七条 5个工作日内办结。第八条 联合事项45个工作日内办结。", "第七条已定为 5wd"),
    ],
)
def test_what_cannot_be_said_says_why(text: str, why: str) -> None:
    (remark,) = drafted(text).unsaid
    assert why in remark.why
    assert remark.clause.place in ("第七条", "第八条")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("第七条 时限自交办次日起计算。", "从次日起算"),
        ("第七条 鉴定、听证所需时间不计算在内。", "挂起"),
    ],
)
def test_what_needs_no_word_says_how_it_is_kept(text: str, how: str) -> None:
    draft = drafted(text)
    assert how in draft.needless[0].why
    assert (draft.found, draft.unsaid) == ((), ())


def test_each_value_stands_under_the_clause_it_comes_from() -> None:
    text = "某市热线办理办法\n第八条 咨询类2个工作日内办结。\n第九条 咨询类延期不超过2个工作日。"
    assert draft_toml(drafted(text)).splitlines()[5:] == [
        "[[limits]]",
        'nature = "咨询"',
        "# 第八条　咨询类2个工作日内办结。",
        'close = "2wd"',
        "# 第九条　咨询类延期不超过2个工作日。",
        'extension = "2wd"',
        "",
    ]
    assert drafted(text).title == "某市热线办理办法"


def test_what_starts_a_clock_stands_in_one_table() -> None:
    text = (
        "第一条 自收到投诉之日起7个工作日内作出受理决定。第二条 投诉自受理之日起60日内办结。"
        "第三条 咨询自收到之日起20个工作日内答复。"
    )
    assert limits(text) == [
        {
            "nature": "投诉",
            "accept": "7wd",
            "close": "60d",
            "starts": {"accept": "received", "close": "accepted"},
        },
        {"nature": "咨询", "close": "20wd", "starts": {"close": "received"}},
    ]
    again = "第一条 自收到补正之日起重新计算。第二条 自收到申请之日起20个工作日内答复。"
    assert limits(again) == [{"close": "20wd", "starts": {"close": ["received", "supplemented"]}}]


def test_two_clauses_on_one_kind_are_one_entry() -> None:
    text = "第一条 求助、建议10个工作日内办结。第二条 求助1个工作日内联系群众。"
    assert limits(text) == [
        {"nature": "求助", "close": "10wd", "contact": "1wd"},
        {"nature": "建议", "close": "10wd"},
    ]
    read_policy(draft_toml(drafted(text)))


def test_who_grants_is_a_leader_whose_name_is_still_to_be_written() -> None:
    text = "第九条 5个工作日内办结；情况复杂的，经分管负责人批准，可以延长5个工作日。"
    assert tables(text) == {
        "limits": [{"close": "5wd", "extension": "5wd", "extension_by": "deputy"}],
        "leaders": [{"name": "请填副职姓名", "rank": "deputy"}],
    }
    read_policy(draft_toml(drafted(text)))


def test_a_draft_is_refused_until_somebody_takes_its_mark_away() -> None:
    written = draft_toml(drafted("第八条 5个工作日内办结。"))
    assert read_policy(written).draft
    with pytest.raises(PolicyError, match="还没有人核对"):
        checked_policy(written)
    assert checked_policy(written.replace("draft = true\n", "")).limits[0].close == "5wd"


def test_a_broken_line_is_joined_and_hostile_words_stay_a_comment() -> None:
    text = '第八条 承办单位自接到热线工单之日起应当在\n5个工作日内办结。\x1b[31m"]\nclose = "1d"'
    assert limits(text) == [{"close": "5wd"}]


PIECES = """
咨询类 投诉、举报 特急件 危及生命的 市长信箱来信 垃圾清运： 重办的 复杂的 信访人可以在 应当在
自收到诉求之日起 自受理之日起 延长至 延期不超过 5个工作日 二十日 24小时 半个工作日 0个工作日
90000天 3个月 2小时半 当日 内办结 内签收 内答复 内退回 前提醒 内转办至承办单位 挂起 协办
办公时间为上午9:00至12:00，下午2:00至1:00 2月30日至5月1日8:00至99:00 25:00以后视为次日
末日为节假日的顺延至次日 延期最多3次 经三次派单由中心指定 经负责人批准
， 。 ； ： 。（一） 。第三条 "] = \\ \x1b[31m ٣日内
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=24))
@settings(max_examples=60, deadline=None)
def test_whatever_a_rule_says_its_draft_is_a_policy(pieces: list[str]) -> None:
    written = draft_toml(drafted("".join(pieces).replace("。第", "。\n第")))
    assert checked_policy(written.replace("draft = true\n", "")).draft is False


def test_a_sentence_longer_than_anybody_writes_is_read_comma_by_comma() -> None:
    assert len(clauses_of("咨询5个工作日内办结，" * 400)) == 400
    assert len(clauses_of("咨询5个工作日内办结，" * 20)) == 1
