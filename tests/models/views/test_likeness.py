"""Open matters like one that is being written down, and the names that are offered for it."""

from __future__ import annotations

from models.casework import take
from models.dispatch import Suggestions
from models.store.store import Store
from models.views.likeness import OpenMatters, known_objects
from rules.casework.appeal import Appeal
from rules.casework.routing import RoutingRule
from rules.text.similarity import Described
from tests.models.appeals import UNIT, appeal, numbered, taken, unit_id
from tests.models.dispatch.test_suggestions import TODAY

WATER = Described("小区停水", "自来水停了三天无人处理")

POLICE = "武汉市公安局"

SAID = (
    {"title": "小区停水", "content": "自来水停了三天，请处理", "unit": UNIT},
    {"title": "施工噪音", "content": "工地凌晨浇筑混凝土噪音扰民"},
    {"title": "又停水", "content": "自来水停了，无人处理"},
    {"title": "电梯困人", "content": "电梯故障困人物业无人到场"},
    {"title": "举报停水内幕", "content": "自来水停了三天无人处理", "nature": "举报"},
)


def given(store: Store) -> OpenMatters:
    """Register what is said and remember it."""
    taken(store, *numbered(appeal(f"A{n}", **said) for n, said in enumerate(SAID)))
    with store.reading() as reader:
        return OpenMatters(reader)


def titles(store: Store, memory: OpenMatters) -> list[str]:
    with store.reading() as reader:
        return [one.title for one in memory.like(reader, WATER)]


def test_the_most_like_come_first_and_a_report_tells_nothing(store: Store) -> None:
    memory = given(store)
    assert sorted(titles(store, memory)) == ["举报件", "又停水", "小区停水"]
    with store.reading() as reader:
        first = memory.like(reader, Described("小区停水", "自来水停了三天，请处理"), 1)[0]
    assert (first.title, first.unit, first.status) == ("小区停水", "市水务局", "待签收")
    assert first.likeness > 0.9


def test_what_was_registered_since_is_found_and_what_was_closed_is_not(store: Store) -> None:
    memory = given(store)
    take(store, "reply", [1], text="已恢复供水", outcome="已解决")
    take(store, "close", [1])
    taken(store, appeal("B1", title="停水第四天", content="自来水停了四天无人处理"))
    found = titles(store, memory)
    assert "停水第四天" in found and "小区停水" not in found


def test_units_are_suggested_for_what_is_not_registered_yet(store: Store) -> None:
    given(store)
    take(store, "dispatch", [3], unit_id=unit_id(store, UNIT))
    rule = RoutingRule(unit="市公安局", keywords=("停水",))
    said = Appeal("12345电话", "停水", "自来水停了三天")
    police, water = unit_id(store, POLICE), unit_id(store, UNIT)
    with store.reading() as reader:
        memory = Suggestions(reader, [rule], today=TODAY)
        assert [one.unit_id for one in memory.of_appeal(reader, said)] == [police, water]
        assert [one.unit_id for one in memory.of_appeal(reader, said, {police})] == [water]
        secret = Appeal("12345电话", "停水", "自来水停了三天", nature="举报")
        assert memory.of_appeal(reader, secret) == ()


def test_known_objects_are_offered_the_most_frequent_first_but_no_person(store: Store) -> None:
    names = ["绿地花园", "绿地物业公司", "绿地物业公司", "绿地的房东李某", "绿地大厦"]
    rows = [appeal(f"A{n}", object=name) for n, name in enumerate(names)]
    secret = appeal("B1", object="绿地酒店管理公司", nature="举报")
    taken(store, *numbered([*rows, secret]))
    with store.reading() as reader:
        assert known_objects(reader, "绿地") == ["绿地物业公司", "绿地大厦", "绿地花园"]
        assert known_objects(reader, "绿") == []
        assert known_objects(reader, "%%") == []
