"""The trail is found by whom, where, what, of which matter and on which days, newest first."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.bureau.operators import rename_operator
from models.casework import take
from models.privacy import look
from models.store.errors import StoreError
from models.store.store import Store
from models.views import TrailFilter, trail_event, trail_length, trail_snapshot, trail_window
from models.views.events import KINDS
from tests.conftest import Clock
from tests.house.tree import HOUSE
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan

EVERY = TrailFilter()


@pytest.fixture
def kept(store: Store, clock: Clock) -> Store:
    """Return a store in which two appeals were worked on over three days."""
    clock.travel_to("2026-11-18 10:00")
    told = appeal(reporter="王小明", phone="13871234567", received_at=wuhan("2026-11-18 09:00"))
    taken(store, replace(told, unit=UNIT), replace(told, external_id="A2", unit="江岸区"))
    first, second = column(store, "SELECT id FROM ticket ORDER BY id")
    take(store, "acknowledge", [first, second], at=clock.now - timedelta(minutes=30))
    clock.travel_to("2026-11-19 09:00")
    take(store, "note", [first], text="王小明 13871234567 说无人到场")
    look(store, first, "其他", "王小明来函")
    clock.travel_to("2026-11-20 15:20")
    take(store, "ask_extension", [second], limit_text="5wd", reason="需联合执法")
    with store.writing() as work:
        work.event("export.list", "store", None, payload={"rows": 7, "file": "督办队列.xlsx"})
    return store


def found(store: Store, **asked: Any) -> list[str]:
    """Return in words what a filter finds, once it is sure that its beginning is the same."""
    filter = TrailFilter(**asked)
    with store.reading() as reader:
        whole = trail_snapshot(reader, filter)
        assert list(whole) == sorted(whole, reverse=True)
        for limit in (1, 3, 50):
            assert trail_snapshot(reader, filter, limit=limit) == whole[:limit]
        through = trail_length(reader) - 1
        assert [*trail_snapshot(reader, filter, through=through)] == [
            seq for seq in whole if seq <= through
        ]
        return [line.text for line in trail_window(reader, whole)]


LOOK, NOTE, ASK = "查看联系方式", "批注：某某 138****4567 说无人到场", "申请延期：5个工作日"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"verb": "延期"}, [ASK]),
        ({"verb": "sqyq"}, [ASK]),
        ({"verb": "签收"}, ["签收", "签收"]),
        ({"verb": "没有这一步"}, []),
        ({"unit": "江岸", "verb": "签收"}, ["签收"]),
        ({"unit": "jaq"}, [ASK, "签收", "受理：城市留言板，编号WH20261118-00002"]),
        ({"unit": "没有这个单位"}, []),
        ({"number": "wh20261118-00001", "verb": "签收"}, ["签收"]),
        ({"number": "WH20000101-00001"}, []),
        ({"words": ("联合执法",)}, [ASK]),
        ({"words": ("江岸区", "申请延期")}, [ASK]),
        ({"words": ("督办队列.xlsx",)}, ["导出列表：7行，督办队列.xlsx"]),
        ({"since": wuhan("2026-11-19 00:00"), "until": wuhan("2026-11-20 00:00")}, [LOOK, NOTE]),
        ({"since": wuhan("2026-11-20 00:00"), "verb": "查看"}, []),
        ({"until": wuhan("2000-01-01 00:00")}, []),
        ({"since": wuhan("2030-01-01 00:00")}, []),
    ],
)
def test_every_condition_narrows_the_trail(
    kept: Store, asked: dict[str, Any], told: list[str]
) -> None:
    texts = found(kept, **asked)
    assert [text.replace("王**", "某某") for text in texts] == told


def test_somebody_is_found_by_name_login_and_a_part_of_it(kept: Store) -> None:
    login, before = kept.operator.login, len(found(kept))
    rename_operator(kept, login, login, "刘婉清")
    for asked in ({"operator": "婉清"}, {"operator": login}, {"words": ("刘婉清",)}):
        assert len(found(kept, **asked)) == before + 1
    assert found(kept, operator="婉清", verb="签收") == ["签收", "签收"]
    assert found(kept, operator="陈思远") == []


def test_who_was_called_otherwise_is_still_found(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal())
    rename_operator(sqlite_store, "tester", "liu", "刘婉清")
    intake = ["受理：城市留言板，编号WH20261119-00001"]
    assert found(sqlite_store, verb="受理") == found(sqlite_store, verb="受理", operator="tester")
    assert found(sqlite_store, verb="受理") == intake


def test_a_row_names_its_matter_and_hides_its_person(kept: Store) -> None:
    with kept.reading() as reader:
        seqs = trail_snapshot(reader, TrailFilter(words=("来函",)))
        [line] = trail_window(reader, seqs)
        event = trail_event(reader, seqs[0])
        kinds = {each.subject for each in trail_window(reader, trail_snapshot(reader, EVERY))}
    assert line.reason == "其他：王**来函"
    assert (line.subject, line.unit, line.happened_at) == ("WH20261118-00001", "", None)
    assert event is not None and event.line == line
    told = one(kept, "SELECT hash, prev_hash FROM event WHERE seq = :seq", seq=seqs[0])
    assert (event.hash, event.prev_hash) == told
    assert {"本库", "规则第1版", "日历第1版", "WH20261118-00002"} <= kinds


def test_an_event_says_when_it_happened_and_what_it_holds(kept: Store) -> None:
    with kept.reading() as reader:
        signed, _ = trail_snapshot(reader, TrailFilter(verb="签收"))
        [line] = trail_window(reader, [signed])
        [asked] = trail_snapshot(reader, TrailFilter(verb="延期"))
        event = trail_event(reader, asked)
        assert trail_event(reader, trail_length(reader) + 1) is None
    assert line.happened_at == wuhan("2026-11-18 09:30")
    assert event is not None and event.told == (("时限", "5个工作日"),)
    assert event.policy == 1 and event.batch.startswith("act:")


def test_days_are_found_though_two_clocks_differ_by_a_minute(kept: Store, clock: Clock) -> None:
    for time in ("2026-11-23 23:59:40", "2026-11-24 00:00:20", "2026-11-23 23:59:50"):
        clock.travel_to(time)
        with kept.writing() as work:
            work.event("export.list", "store", None, payload={"file": time})
    day = wuhan("2026-11-23 00:00")
    days = [
        found(kept, since=day + timedelta(days=n), until=day + timedelta(days=n + 1))
        for n in range(2)
    ]
    assert [len(texts) for texts in days] == [2, 1]


def test_what_was_written_about_a_report_stands_on_its_page_alone(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(nature="举报", unit=UNIT))
    take(store, "note", [1], text="书记收钱")
    take(store, "ask_return", [1], code="other", reason="书记说不管")
    look(store, 1, "核实情况")
    with store.reading() as reader:
        seqs = trail_snapshot(reader, TrailFilter(number="WH20261119-00001"), limit=3)
        told = [(line.text, line.reason) for line in trail_window(reader, seqs)]
    assert told == [
        ("查看保密件联系方式", "核实情况"),
        ("申请退单：其他", "举报件"),
        ("批注", ""),
    ]


def test_a_trail_with_a_hole_says_who_looks_into_it(sqlite_store: Store) -> None:
    with sqlite_store.writing() as work:
        work.conn.exec_driver_sql("DELETE FROM event WHERE seq > 5")
    with sqlite_store.reading() as reader, pytest.raises(StoreError, match="duban audit verify"):
        trail_snapshot(reader, TrailFilter(since=wuhan("2026-11-19 00:00")))


def test_what_an_act_changed_besides_is_told_with_that_act(store: Store) -> None:
    """A seal nobody asked for stands before the act that it belongs to."""
    with store.reading() as reader:
        lines = trail_window(reader, range(1, trail_length(reader) + 1))
    created = next(line.seq for line in lines if line.verb == "store.create")
    seals = [line for line in lines if line.verb == "seal"]
    assert created is not None and {line.seq for line in seals} == set(range(1, created))
    assert {line.text for line in seals} == {"随“建库”变动"}


def test_whatever_an_event_is_about_has_a_name_people_know() -> None:
    kinds = {
        node.args[1].value
        for source in HOUSE.sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "event"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    assert len(kinds) > 10
    assert kinds - {"ticket"} <= KINDS.keys()  # a ticket always has its number
