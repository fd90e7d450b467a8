"""Suggested units: what similar tickets were given, who is never suggested, and why."""

from __future__ import annotations

from datetime import date

import pytest

from models.casework import take
from models.dispatch.suggesting import Suggestion, Suggestions
from models.store.store import Store
from models.tables.deadlines import ReturnRequest
from models.tables.register import Unit
from models.tables.tickets import Ticket
from rules.casework.routing import RoutingRule
from rules.errors import DubanError
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id, wuhan

TODAY = date(2026, 11, 20)

POLICE, CITY = "武汉市公安局", "武汉市城市管理执法委员会"

WATER = {"title": "小区停水", "content": "自来水停了三天无人处理"}

NOISE = {"title": "施工噪音", "content": "工地凌晨浇筑混凝土噪音扰民"}

LIFT = {"title": "电梯困人", "content": "电梯故障困人物业无人到场"}


def told(store: Store, ticket_id: int, *rules: RoutingRule) -> tuple[Suggestion, ...]:
    with store.reading() as reader:
        return Suggestions(reader, rules, today=TODAY).of(reader, ticket_id)


@pytest.fixture
def store(store: Store) -> Store:
    """Return a store, on each engine in turn, with seven handed on and one that waits (id 8)."""
    given = [
        (WATER, UNIT),
        (WATER, UNIT),
        (WATER, POLICE),
        (NOISE, CITY),
        (NOISE, CITY),
        (LIFT, POLICE),
        (LIFT, POLICE),
    ]
    rows = [appeal(f"A{i}", unit=unit, **text) for i, (text, unit) in enumerate(given)]
    taken(store, *numbered([*rows, appeal("B1", title="又停水", content="自来水停了，工地施工")]))
    return store


def test_units_are_suggested_by_what_similar_tickets_were_given(store: Store) -> None:
    found = told(store, 8)
    names = [UNIT, POLICE, CITY]
    assert [s.unit_id for s in found] == [unit_id(store, name) for name in names]
    assert [s.unit for s in found] == ["市水务局", "市公安局", "市城管执法委"]
    assert found[0].share > found[1].share > found[2].share > 0


def test_a_suggestion_says_which_tickets_it_rests_on(store: Store) -> None:
    water, police, _ = told(store, 8)
    assert (water.number, water.alike) == ("WH20261119-00002", 2)
    assert water.why == "与 WH20261119-00002 等 2 件相似"
    assert police.why == "与 WH20261119-00003 相似"


def test_a_ticket_is_not_similar_to_itself_nor_suggested_to_who_has_it(store: Store) -> None:
    take(store, "dispatch", [8], unit_id=unit_id(store, POLICE))
    found = told(store, 8)
    assert [s.unit for s in found] == ["市水务局", "市城管执法委"]
    assert {s.number for s in found}.isdisjoint({"WH20261119-00008"})


def test_a_unit_that_returned_a_ticket_is_not_suggested_again(store: Store) -> None:
    with store.writing() as work:
        work.insert(
            ReturnRequest,
            round_id=8,
            unit_id=unit_id(store, UNIT),
            asked_at=work.now,
            reason_code="职责不符",
        )
    assert [s.unit for s in told(store, 8)] == ["市公安局", "市城管执法委"]


def test_a_dissolved_units_tickets_speak_for_its_successor(store: Store) -> None:
    old, new = unit_id(store, UNIT), unit_id(store, "武汉市生态环境局")
    gone = unit_id(store, POLICE)
    with store.writing() as work:
        work.update(
            Unit,
            old,
            work.rows("SELECT version FROM unit WHERE id = :i", i=old)[0][0],
            valid_to=date(2026, 1, 1),
            successor_id=new,
        )
        work.update(
            Unit,
            gone,
            work.rows("SELECT version FROM unit WHERE id = :i", i=gone)[0][0],
            valid_to=date(2026, 1, 1),
        )
    assert [s.unit for s in told(store, 8)] == ["市生态环境局", "市城管执法委"]


def test_what_a_rule_says_comes_before_what_is_similar(store: Store) -> None:
    rule = RoutingRule(unit="市公安局", keywords="停水", name="停水")
    found = told(store, 8, rule)
    assert (found[0].unit, found[0].why) == ("市公安局", "按派单规则1（停水）")
    assert [s.unit for s in found[1:]] == ["市水务局", "市城管执法委"]


def test_only_the_tickets_dispatched_last_are_remembered(store: Store) -> None:
    taken(store, appeal("C1", unit=CITY, dispatched_at=wuhan("2026-11-20 09:00"), **WATER))
    with store.reading() as reader:
        short = Suggestions(reader, today=TODAY, latest=2)
        assert len(short) == 2
        assert CITY in column(
            store, "SELECT name FROM unit WHERE id = :u", u=short.of(reader, 8)[0].unit_id
        )


def test_an_empty_store_suggests_nothing(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal("A1", **WATER))
    assert told(sqlite_store, 1) == ()


def test_a_ticket_that_is_not_there_is_said_to_be_missing(sqlite_store: Store) -> None:
    with pytest.raises(DubanError, match="刷新队列"):
        told(sqlite_store, 99)


def test_a_report_is_suggested_to_nobody(store: Store) -> None:
    assert told(store, 8)
    with store.writing() as work:
        work.update(Ticket, 8, 1, nature="举报")
    assert told(store, 8) == ()


def test_a_reminder_never_tells_a_unit_what_a_report_says(store: Store) -> None:
    with store.writing() as work:
        work.update(Ticket, 1, 1, nature="举报")
    [reminder] = take(store, "urge", [1]).made
    assert "举报件" in reminder.text and "停水" not in reminder.text
