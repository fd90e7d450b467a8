"""派单目录 in the store: revisions, clashes, what is dispatched by it, streets spared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.casework import take
from models.dispatch import (
    Suggestions,
    add_line,
    all_lines,
    change_line,
    end_line,
    load_lines,
    standings,
)
from models.store.store import Store
from models.tables.register import Unit
from rules.dispatch.lines import DISTRICT_OWN, STREET_OWN, Line
from rules.errors import DubanError, Refused
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id

TODAY = date(2026, 11, 20)

HONGSHAN, GUANSHAN = "420111", "420111002"

LEADS = "SELECT u.short_name FROM round r JOIN unit u ON u.id = r.lead_unit_id ORDER BY r.id"

BASE = Line(
    0,
    0,
    "小区停水",
    ("停水",),
    None,
    None,
    (),
    "市水务局",
    None,
    (),
    False,
    "三定",
    "武编发〔2025〕1号",
    date(2026, 1, 1),
)


def street(store: Store) -> int:
    """Make a unit of a street, and return its id."""
    with store.writing() as work:
        return work.insert(
            Unit,
            code="S01",
            name="洪山区关山街道办事处",
            short_name="关山街道",
            initials="gsjd",
            grid=GUANSHAN,
            is_centre=False,
        )


def waits(store: Store, id: str = "A1", **changes: object) -> None:
    said = {"title": "小区停水", "content": "停水三天", "grid": f"{GUANSHAN}001", **changes}
    taken(store, *numbered([appeal(id, **said)]))


def test_every_change_is_a_revision_and_an_event(store: Store) -> None:
    first = add_line(store, BASE, reason="建目录")
    assert (first.number, first.revision, first.unit_id) == (1, 1, unit_id(store, UNIT))
    second = change_line(
        store, 1, lambda line: replace(line, words=("停水", "无水")), seen=1, reason="补词"
    )
    assert (second.revision, second.line.words) == (2, ("停水", "无水"))
    ended = end_line(store, 1, on=TODAY, seen=2, reason="职责调整")
    assert (ended.revision, ended.until) == (3, TODAY)
    assert column(store, "SELECT revision FROM dispatch_line ORDER BY revision") == [1, 2, 3]
    verbs = "SELECT verb FROM event WHERE subject_kind = 'line' ORDER BY seq"
    assert column(store, verbs) == ["line.add", "line.change", "line.end"]
    with store.reading() as reader:
        assert [one.revision for one in all_lines(reader)] == [3]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda s: add_line(s, replace(BASE, taker="市水物局")), "是不是 .*市水务局"),
        (lambda s: add_line(s, replace(BASE, taker="市公安局")), "第1条与第2条冲突"),
        (lambda s: add_line(s, replace(BASE, co_units=("无此局",))), "无此局"),
        (lambda s: change_line(s, 1, lambda one: one, seen=7, reason="改"), "已由"),
        (lambda s: change_line(s, 1, lambda one: one, seen=1, reason="改"), "没有改动"),
        (lambda s: change_line(s, 9, lambda one: one, seen=1, reason="改"), "没有第9条"),
        (lambda s: load_lines(s, [replace(BASE, number=9)]), "编号空着"),
        (
            lambda s: load_lines(
                s, [replace(BASE, words=("甲",)), replace(BASE, words=("甲",), taker="市公安局")]
            ),
            "第2条与第3条冲突",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    sqlite_store: Store, act: Callable[[Store], object], said: str
) -> None:
    add_line(sqlite_store, BASE)
    with pytest.raises(DubanError, match=said):
        act(sqlite_store)
    assert column(sqlite_store, "SELECT number FROM dispatch_line") == [1]


def test_a_file_adds_changes_and_leaves_as_it_is(sqlite_store: Store) -> None:
    add_line(sqlite_store, BASE)
    add_line(sqlite_store, replace(BASE, words=("停电",), taker=DISTRICT_OWN))
    same = replace(BASE, number=1)
    changed = replace(BASE, number=2, words=("停电",), taker=DISTRICT_OWN, basis="新文件")
    new = replace(BASE, words=("停气",))
    done = load_lines(sqlite_store, [same, changed, new])
    assert (done.added, done.changed, done.unchanged) == ((3,), (2,), 1)


def test_what_comes_in_goes_where_the_directory_says_and_is_counted(store: Store) -> None:
    add_line(store, BASE)
    add_line(store, replace(BASE, words=("路灯",), taker=DISTRICT_OWN))
    waits(store, "A1")
    waits(store, "A2", title="路灯不亮", content="路灯坏了")
    waits(store, "A3", title="停水", nature="举报")
    waits(store, "A4", title="停水", urgency="特急")
    assert column(store, LEADS) == ["市水务局", "洪山区"]
    told = column(store, "SELECT routed_by FROM round WHERE lead_unit_id IS NOT NULL ORDER BY id")
    assert told == ["派单目录第1条", "派单目录第2条"]
    with store.reading() as reader:
        assert {n: one.hits for n, one in standings(reader).items()} == {1: 1, 2: 1}


def test_a_place_that_a_line_gives_to_another_unit_is_its_own(sqlite_store: Store) -> None:
    whose = replace(BASE, problem="属地", words=(), grid=(GUANSHAN,), taker="东湖高新区")
    add_line(sqlite_store, whose)
    add_line(sqlite_store, replace(BASE, words=("停水",), taker=DISTRICT_OWN))
    waits(sqlite_store)
    waits(sqlite_store, "A2", grid="420111001001")
    assert column(sqlite_store, LEADS) == ["东湖高新区", "洪山区"]


def test_what_departments_must_do_is_no_streets(store: Store) -> None:
    waits(store)
    gs = street(store)
    add_line(store, replace(BASE, duty=True))
    with pytest.raises(Refused, match="部门法定职责，不派街道"):
        take(store, "dispatch", [1], unit_id=gs)
    take(store, "dispatch", [1], unit_id=gs, reason="应急处置，街道先到场")
    looks = column(store, "SELECT kind FROM dispatch_look WHERE looked_at IS NULL")
    assert looks == ["duty"]
    assert "ticket.against_duty" in column(store, "SELECT verb FROM event WHERE subject_id = 1")
    with store.reading() as reader:
        assert (standings(reader)[1].hits, standings(reader)[1].against) == (0, 1)
    take(store, "transfer", [1], unit_id=unit_id(store, UNIT))


def test_a_line_of_the_street_is_the_streets(sqlite_store: Store) -> None:
    gs = street(sqlite_store)
    add_line(sqlite_store, replace(BASE, taker=STREET_OWN, basis_kind="街道履职清单"))
    waits(sqlite_store)
    assert column(sqlite_store, "SELECT lead_unit_id FROM round") == [gs]


def test_suggestions_follow_the_directory_and_say_what_they_dropped(store: Store) -> None:
    for n in range(6):
        waits(store, f"B{n}", unit="武汉市公安局")
    gs = street(store)
    waits(store, "C1")
    add_line(store, replace(BASE, co_units=("洪山区",), duty=True))
    with store.reading() as reader:
        [only] = Suggestions(reader, today=TODAY).of(reader, 7)
    assert (only.unit, only.why) == ("市水务局", "按派单目录第1条")
    assert only.dropped == "以往另有派市公安局的，与目录不符，不作建议"
    assert gs not in {only.unit_id}


def test_a_first_dispatch_that_came_back_counts_against_the_line(store: Store) -> None:
    add_line(store, BASE)
    for n in range(3):
        waits(store, f"A{n}")
    take(store, "reply", [1], text="已修复", outcome="已解决")
    take(store, "ask_return", [2], code="duty")
    take(store, "grant_return", [2], unit_id=unit_id(store, "武汉市公安局"))
    take(store, "reply", [2], text="已处理", outcome="已解决")
    with store.reading() as reader:
        found = standings(reader)[1]
    assert (found.hits, found.returns, found.settled, found.stayed) == (3, 1, 2, 1)
    assert found.accuracy is not None and found.accuracy.sure == 0.5
