"""Messages of the groups: minute clocks that never lead, clues by number, 警情 never kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.casework.undoing import undo
from models.clocks.sweeping import sweep
from models.police.group_files import take_messages
from models.police.groups import GroupView, end_group, group_list, group_named, load_groups
from models.police.messages import MessageView, message_of
from models.police.minute_figures import OTHERS, minute_rows
from models.police.recorded import hand_on, record_message, record_receipt, tell_times
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import DubanError, Refused
from rules.intake.entry import Entry
from rules.police.group import Group
from rules.police.message import CLUE, MESSAGE, Message, Times
from tests.conftest import Clock
from tests.models.appeals import appeal, column, one, wuhan

ROAD = Group(2, "水塔社区警务群", "420106001001", "黄鹤楼所", "周警官", "吴所", "027-1", "")

AT = wuhan("2026-11-20 14:58")


def loaded(store: Store, *more: Group) -> GroupView:
    """Return the group that every test has."""
    load_groups(store, [ROAD, *more])
    with store.reading() as reader:
        return group_named(reader, ROAD.name)


def said(**changes: Any) -> Message:
    """Return a message of 14:58, twenty-two minutes ago."""
    return replace(Message(ROAD.name, MESSAGE, AT, "路口堵车，请来疏导"), **changes)


def now_of(store: Store, id: int) -> MessageView:
    """Return a message as it is."""
    with store.reading() as reader:
        return message_of(reader, id)


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


CLOCKS = (
    "SELECT step FROM deadline WHERE subject_kind = 'group_message' AND stopped_at IS NULL "
    "ORDER BY id"
)


def test_a_message_has_minute_clocks_of_its_own_that_lead_no_queue(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-20 14:59")
    loaded(store)
    made = record_message(store, said(wants_visit=True))
    assert (made.state, made.step, made.due_at) == ("待应答", "respond", AT + timedelta(minutes=3))
    assert column(store, CLOCKS) == ["respond", "arrive", "inform"]
    assert set(column(store, "SELECT leads FROM deadline")) == {False}
    clock.travel_to("2026-11-20 15:02")
    assert sum(sweep(store).crossed.values()) == 2
    made = tell_times(store, made, Times(AT + timedelta(seconds=40)))
    levels = "SELECT level FROM crossing WHERE annulled_at IS NULL"
    assert column(store, levels) == []
    assert made.state == "待到场"
    made = tell_times(store, made, Times(arrived_at=clock.now))
    clock.travel(hours=1)
    made = tell_times(store, made, Times(told_at=clock.now))
    assert (made.state, column(store, CLOCKS)) == ("已反馈", [])
    assert sound(store)
    undo(store)
    assert (now_of(store, made.id).state, column(store, CLOCKS)) == ("待反馈", ["inform"])
    assert sound(store)


def test_what_is_told_ends_the_way_there_without_a_crossing_of_it(
    store: Store, clock: Clock
) -> None:
    loaded(store)
    made = record_message(store, said(wants_visit=True, times=Times(AT)))
    made = tell_times(store, made, Times(told_at=AT + timedelta(minutes=20)))
    assert (made.state, column(store, CLOCKS)) == ("已反馈", [])
    with pytest.raises(Refused, match="已登记反馈"):
        tell_times(store, made, Times(told_at=clock.now))
    with pytest.raises(Refused, match="不再到场"):
        tell_times(store, made, Times(), wants_visit=True)
    assert sound(store)


def test_nothing_is_kept_of_an_alarm_and_of_a_clue_only_its_number(store: Store) -> None:
    loaded(store)
    with pytest.raises(Refused, match="警情请立即拨打110"):
        record_message(store, said(text="楼下有人持刀"))
    assert column(store, "SELECT id FROM group_message") == []
    events = column(store, "SELECT payload FROM event")
    assert not any("持刀" in told for told in events)
    clue = record_message(store, said(kind=CLUE, text="王某某在某处"))
    assert one(store, "SELECT text, kind FROM group_message") == ("", "clue")
    assert (clue.clue_number, clue.state) == (f"XS20261120-{clue.id}", "线索待回执")
    assert column(store, CLOCKS) == []
    with pytest.raises(Refused, match="只写编号"):
        record_receipt(store, clue, "交给了张三")
    done = record_receipt(store, clue, "武公受〔2026〕9号")
    assert done.state == "线索已受理"
    with pytest.raises(Refused, match="不计应答"):
        tell_times(store, done, Times(AT))
    assert sound(store)


def test_a_message_for_another_unit_becomes_an_appeal_of_this_channel(
    store: Store, clock: Clock
) -> None:
    loaded(store)
    made = record_message(store, said(text="路灯坏了三天"))
    entry = Entry(appeal("", channel="社区警务群", received_at=AT, content="路灯坏了三天"))
    done = hand_on(store, made, entry)
    now = now_of(store, made.id)
    assert (now.ticket, now.state, now.told_at) == (done.number, "已转诉求", clock.now)
    told = "SELECT channel, received_at FROM ticket"
    assert one(store, told) == ("社区警务群", AT)
    with pytest.raises(Refused, match="已转为"):
        hand_on(store, now, entry)
    assert sound(store)


def test_a_file_is_taken_once_and_later_times_of_it_too(store: Store, clock: Clock) -> None:
    loaded(store)
    lines = [
        said(external_id="A1", line=2, wants_visit=True),
        said(external_id="A2", line=3, times=Times(AT + timedelta(minutes=5))),
        said(external_id="A1", line=4),
        said(group="没有的群", line=5),
        said(kind=CLUE, text="", at=AT - timedelta(hours=1), line=6),
        said(at=clock.now + timedelta(minutes=1), line=7),
    ]
    taken = take_messages(store, lines)
    assert (taken.new, taken.changed, taken.unchanged) == (3, 0, 0)
    assert [(line.line, line.reason[:4]) for line in taken.refused] == [
        (4, "与本文件"),
        (5, "没有警务"),
        (7, "时间在将"),
    ]
    again = take_messages(store, lines[:2] + lines[4:5])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    later = replace(lines[0], times=Times(AT + timedelta(minutes=1), AT + timedelta(minutes=7)))
    assert take_messages(store, [later]).changed == 1
    worst = "SELECT step || ' ' || worst_colour FROM deadline ORDER BY id"
    assert column(store, worst)[:4] == ["respond blue", "arrive blue", "inform blue", "respond red"]
    other = replace(lines[1], at=AT - timedelta(minutes=1))
    (refused,) = take_messages(store, [other]).refused
    assert "已登记为另一条" in refused.reason
    assert sound(store)


def test_the_list_of_groups_is_loaded_like_other_lists(store: Store) -> None:
    wrong = [
        replace(ROAD, line=3),
        replace(ROAD, line=4, name="别处群", code="430106001001"),
        replace(ROAD, line=5, name="别局群", unit="没有的局"),
    ]
    tried = load_groups(store, [ROAD, *wrong], dry_run=True)
    assert (tried.new, len(tried.refused)) == ((ROAD.name,), 3)
    assert column(store, "SELECT name FROM police_group") == []
    load_groups(store, [ROAD])
    found = load_groups(store, [replace(ROAD, officer="郑警官")])
    assert (found.new, found.changed, found.unchanged) == ((), (ROAD.name,), 0)
    assert load_groups(store, [replace(ROAD, officer="郑警官")]).unchanged == 1
    with store.reading() as reader:
        assert group_named(reader, "水塔").officer == "郑警官"
        with pytest.raises(DubanError, match="没有警务群"):
            group_named(reader, "%")
    made = record_message(store, said())
    (group,) = _groups(store)
    with pytest.raises(Refused, match="1条待反馈"):
        end_group(store, group, "撤并")
    tell_times(store, made, Times(AT, None, AT))
    end_group(store, _groups(store)[0], "撤并")
    with pytest.raises(DubanError, match="已停用"):
        record_message(store, said())
    assert sound(store)


def _groups(store: Store) -> list[GroupView]:
    with store.reading() as reader:
        return group_list(reader)


def test_minutes_are_told_by_place_and_never_of_one_officer(sqlite_store: Store) -> None:
    store = sqlite_store
    places = [
        *((f"甲{n}", f"42010600200{n}", "徐家棚所") for n in range(1, 4)),
        *((f"乙{n}", f"42010600300{n}", "粮道街所") for n in range(1, 3)),
    ]
    loaded(store, *(replace(ROAD, name=n, code=c, station=s) for n, c, s in places))
    for seconds, (name, *_) in zip((30, 60, 600, 90, 20), places, strict=True):
        times = Times(AT + timedelta(seconds=seconds))
        record_message(store, said(group=name, times=times))
    record_message(store, said(kind=CLUE))
    with store.reading() as reader:
        rows = minute_rows(reader, AT, AT + timedelta(minutes=1))
    assert [(row.place, row.groups, row.messages, row.clues) for row in rows] == [
        ("全市", 6, 5, 1),
        ("徐家棚所", 3, 3, 0),
        (OTHERS, 3, 2, 1),
    ]
    assert [row.answers[1:] for row in rows] == [(60, 600), (60, 600), (20, 90)]
    assert Counter(row.arrivals.median for row in rows) == {None: 3}
