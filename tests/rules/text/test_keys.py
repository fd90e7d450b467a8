"""What an appeal complains of, found in its text; never who complains."""

from __future__ import annotations

import pytest

from rules.text.keys import KeyKind, keys_of


def told(title: str, content: str = "", **more: str) -> set[tuple[KeyKind, str]]:
    """Return kinds and texts of the keys of an appeal."""
    return {(key.kind, key.text) for key in keys_of(title, content, **more)}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("投诉A2区丽发新城附近建搅拌站", "estate", "丽发新城"),
        ("A市暮云街道丽发新城小区噪音", "estate", "丽发新城"),
        ("关于伊景园滨河苑捆绑销售车位", "estate", "滨河苑"),
        ("反映中海国际社区空地施工", "place", "中海国际社区"),
        ("东方红镇金鼎村自来水", "place", "金鼎村"),
        ("万家丽南路与银杉路路口", "street", "银杉路"),
        ("香樟路168号门面", "address", "香樟路168号"),
        ("武汉青禾房地产开发有限公司", "firm", "青禾房地产开发"),
        ("富绿物业乱收费", "firm", "富绿物业"),
    ],
)
def test_names_are_found_wherever_they_stand(text: str, kind: KeyKind, name: str) -> None:
    assert (kind, name) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们小区",
        "请市政府处理",
        "马路边的道路",
        "包工头跑路",
        "老人在家庭院里",
        "物业费太高",
        "孩子入园难",
    ],
)
def test_what_names_nothing_is_no_name(text: str) -> None:
    names = {"estate", "street", "firm", "place", "address"}
    assert {kind for kind, _ in told(text)} & names == set()


def test_telephones_are_those_complained_of_and_masked() -> None:
    keys = keys_of("骚扰电话", "13871234567反复打来，我的电话是13900001111，请联系我13900002222")
    (phone,) = [key for key in keys if key.kind == "phone"]
    assert (phone.text, phone.digits) == ("138****4567", "13871234567")
    assert not any("1390000" in key.text for key in keys)


def test_words_are_topics_and_no_pleas_places_or_grammar() -> None:
    words = {
        text
        for kind, text in told("搅拌站噪音扰民问题", "洪山区搅拌站的噪音", area="洪山区")
        if kind == "word"
    }
    assert {"搅拌", "噪音", "扰民"} <= words
    assert not words & {"问题", "洪山", "站的", "的噪"}


def test_a_community_counts_with_what_is_wrong_there() -> None:
    kinds = told("停水", category="公用/供水/停水", grid="420111003005012", object="青禾公司")
    assert ("place", "420111003005 公用/供水/停水") in kinds
    assert ("category", "公用/供水/停水") in kinds
    assert ("place", "青禾公司") in kinds
    assert told("停水", category="公用", grid="420111003005012") == {
        ("category", "公用"),
        ("word", "停水"),
    }
    assert ("place", "王小明") not in told("租房", object="房东王小明")
