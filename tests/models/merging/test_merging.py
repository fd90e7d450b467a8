"""并单: one dispatch, one clock, one reply for all; split again as if never merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models import casework, merging, views
from models.casework.undoing import redo, undo
from models.clocks import ticket_derivations
from models.clocks.calendars import days_of, load_calendar
from models.clocks.sweeping import sweep
from models.intake.outgoing import Wanted, outgoing_tickets
from models.store.store import Store
from models.store.verifying import verify_store
from rules.casework.appeal import QueueFilter
from rules.errors import Refused
from seed.reference.holidays import extended, read_notice
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id
from tests.models.casework.walking import OTHER
from tests.models.clocks.holidays import notice
from tests.models.merging.groups import (
    BEGUN,
    REPLY,
    begin,
    clocks,
    dispatched,
    due,
    leading,
    merged,
    states,
)


def test_one_dispatch_one_clock_one_reply_goes_to_all(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store)
    dispatched(store, ids[0])
    clock.travel(hours=26)
    dispatched(store, ids[1])
    done = merged(store, *ids, lead=ids[1])
    assert done.kind == "common" and done.joined == (ids[0], ids[2], ids[3])
    assert states(store) == ["dispatched"] * 4
    assert leading(store) == [ids[1]]
    assert due(store, ids[1]) == due(store, ids[0]) < due(store, ids[2])
    steps: dict[str, dict[str, Any]] = {
        "acknowledge": {},
        "contact": {"text": "已电话联系"},
        "reply": {"text": REPLY, "outcome": "已解决"},
        "close": {},
    }
    for verb, said in steps.items():
        clock.travel(minutes=30)
        casework.take(store, verb, [ids[1]], **said)
    assert states(store) == ["closed"] * 4
    told = column(store, "SELECT text FROM reply ORDER BY id")
    assert told == [REPLY] * 4
    assert set(column(store, "SELECT outcome FROM round")) == {"已解决"}
    casework.take(store, "rate", [ids[2]], result="不满意", work_rating="满意")
    assert column(store, "SELECT ticket_id FROM review") == [ids[2]]
    assert verify_store(store).ok


def test_a_lead_moved_by_a_merge_is_as_before_when_all_have_left(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store)
    dispatched(sqlite_store, *ids)
    clock.travel(hours=30)
    casework.take(sqlite_store, "ask_extension", [ids[0]], limit_text="3wd", reason="需会商")
    casework.take(sqlite_store, "grant_extension", [ids[0]])
    before = clocks(sqlite_store)
    merged(sqlite_store, *ids, lead=ids[0])
    assert due(sqlite_store, ids[0]) == due(sqlite_store, ids[1])
    with sqlite_store.reading() as reader:
        [close] = [
            one
            for one in ticket_derivations(reader, sqlite_store.timekeeper, ids[0])
            if one.derived.clock.step == "close"
        ]
    assert close.agrees and close.lines[-1].startswith("并单：按最早到期的一件，")
    sweep(sqlite_store)
    assert merging.split(sqlite_store, [ids[0]], reason="情况不同") == tuple(ids[1:])
    assert clocks(sqlite_store) == before
    undo(sqlite_store)
    assert leading(sqlite_store) == [ids[0]]
    redo(sqlite_store)
    assert clocks(sqlite_store) == before


def test_one_more_joins_and_each_leaves_by_itself(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store)
    dispatched(store, *ids[:2])
    merged(store, ids[1], lead=ids[0])
    clock.travel(hours=30)
    casework.take(store, "acknowledge", [ids[0]])
    casework.take(store, "reply", [ids[0]], text=REPLY, outcome="已解决")
    merged(store, ids[2], ids[3], lead=ids[0])
    assert states(store) == ["replied"] * 4
    assert column(store, "SELECT stock FROM reply") == [None] * 4  # no copies: answered together
    own = due(store, ids[2])
    merging.object_to(store, ids[2], words="我家的情况不一样，13871234567")
    assert due(store, ids[2]) == own > due(store, ids[0])
    assert leading(store) == [ids[0], ids[2]]
    told = one(
        store,
        "SELECT objection, left_reason, last_round FROM merged WHERE ticket_id = :t",
        t=ids[2],
    )
    assert told[1:] == ("诉求人不同意并单", 0)
    assert merging.inform(store, [ids[0]], how="短信") == (ids[1], ids[3])
    with pytest.raises(Refused, match="没有待告知"):
        merging.inform(store, [ids[1]], how="电话")
    with store.reading() as reader:
        members = merging.members_of(reader, ids[3])
        assert [one.number for one in members if one.present] == [
            number for id, number in _numbers(store).items() if id in (ids[1], ids[3])
        ]
        assert merging.merged_counts(reader, ids) == {ids[0]: 2}
        [lead] = merging.leads(reader)
        assert (lead.merged, lead.untold, lead.kind) == (2, 0, "common")
        assert merging.lead_of(reader, ids[1]) == (ids[0], lead.number)


def _numbers(store: Store) -> dict[int, str]:
    return dict(
        zip(
            column(store, "SELECT id FROM ticket ORDER BY id"),
            column(store, "SELECT number FROM ticket ORDER BY id"),
            strict=True,
        )
    )


def test_nothing_is_done_on_what_is_merged_but_what_its_citizen_says(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store)
    dispatched(sqlite_store, ids[0])
    merged(sqlite_store, *ids[1:], lead=ids[0])
    for verb, said in (("acknowledge", {}), ("reply", {"text": REPLY}), ("close", {})):
        with pytest.raises(Refused, match="已并入主件"):
            casework.take(sqlite_store, verb, [ids[1]], **dict[str, Any](said))
    casework.take(sqlite_store, "note", [ids[1]], text="来电催问")
    with pytest.raises(Refused, match="先拆分"):
        casework.take(sqlite_store, "accuse", [ids[0]], unit_id=unit_id(sqlite_store, OTHER))
    with pytest.raises(Refused, match="已并入"):
        merged(sqlite_store, ids[1], lead=ids[2])
    assert undo(sqlite_store).verb == "note"
    assert undo(sqlite_store).verb == "merge"
    assert states(sqlite_store) == ["dispatched", "waiting", "waiting", "waiting"]
    assert column(sqlite_store, "SELECT count(*) FROM merged") == [0]
    redo(sqlite_store)
    assert states(sqlite_store) == ["dispatched"] * 4
    assert verify_store(sqlite_store).ok


def test_an_unsatisfied_one_goes_its_own_way_when_it_is_done_again(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store, 3)
    dispatched(sqlite_store, ids[0])
    merged(sqlite_store, *ids[1:], lead=ids[0])
    clock.travel(hours=2)
    casework.take(sqlite_store, "reply", [ids[0]], text=REPLY, outcome="已解决")
    casework.take(sqlite_store, "close", [ids[0]])
    clock.travel(hours=2)
    casework.take(sqlite_store, "rate", [ids[1]], result="不满意")
    casework.take(sqlite_store, "rework", [ids[1]], reason="群众不满意")
    assert states(sqlite_store) == ["closed", "dispatched", "closed"]
    left = "SELECT last_round, left_at IS NOT NULL FROM merged WHERE ticket_id = :t"
    assert one(sqlite_store, left, t=ids[1]) == (1, 1)
    casework.take(sqlite_store, "rework", [ids[0]], reason="整改不到位")
    assert states(sqlite_store) == ["dispatched"] * 3
    assert leading(sqlite_store) == [ids[0], ids[1]]
    assert undo(sqlite_store).verb == "rework"
    assert states(sqlite_store) == ["closed", "dispatched", "closed"]
    assert verify_store(sqlite_store).ok


def test_what_turns_out_never_to_be_merged_leaves(sqlite_store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store)
    dispatched(sqlite_store, *ids)
    merged(sqlite_store, *ids[1:], lead=ids[0])
    told = appeal(
        "A2",
        received_at=BEGUN,
        nature="举报",
        reporter="居民2",
        phone="13800000002",
        updated_at=clock.now,
    )
    taken(sqlite_store, told)
    assert leading(sqlite_store) == [ids[0], ids[2]]
    assert verify_store(sqlite_store).ok


def test_new_rules_count_lead_and_merged_alike(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store, 3)
    dispatched(store, ids[1])
    clock.travel(hours=30)
    dispatched(store, ids[0], ids[2])
    alone = due(store, ids[0])
    merged(store, *ids[1:], lead=ids[0])
    with store.reading() as reader:
        days = extended(
            days_of(reader, store.versions(reader)[1]),
            [read_notice(notice(2026, ("2026-11-19", "2026-11-20", "2026-11-23")), "2026.json")],
        )
    load_calendar(store, days, "全市停工")
    assert due(store, ids[0]) == due(store, ids[1])
    assert leading(store) == [ids[0]]
    merging.split(store, [ids[0]], reason="各自办理")
    assert due(store, ids[0]) == due(store, ids[2]) > max(alone, due(store, ids[1]))
    assert verify_store(store).ok


def test_a_merge_is_refused_in_one_line_and_leaves_all_as_it_was(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store)
    dispatched(sqlite_store, *ids[:2])
    before = clocks(sqlite_store)
    for some, how, word in (
        ([ids[0]], {}, "两件以上"),
        (ids, {"kind": "repeat"}, "诉求人不同"),
        (ids, {"kind": "x"}, "没有并单类型"),
        ([ids[0], ids[1]], {"lead_id": ids[2]}, "以它作主件"),
        (ids, {"at": BEGUN.replace(year=2025)}, "早于"),
    ):
        with pytest.raises(Refused, match=word) as refusal:
            merging.merge(sqlite_store, some, **dict[str, Any](how))
        assert "\n" not in str(refusal.value)
    with pytest.raises(Refused, match="没有并单"):
        merging.split(sqlite_store, ids, reason="各自办理")
    assert clocks(sqlite_store) == before
    done = merging.merge(sqlite_store, ids[:2])
    assert (done.lead_id, done.joined) == (ids[0], (ids[1],))


def test_what_is_merged_stands_with_its_lead_and_is_found_there(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store)
    merged(store, ids[1], ids[2], lead=ids[0])
    numbers = _numbers(store)
    with store.reading() as reader:
        moment = views.queue_moment(store.timekeeper(), clock.now)

        def shown(filter: QueueFilter) -> dict[str, tuple[int, str | None]]:
            found = views.queue_snapshot(reader, filter, moment)
            rows = views.queue_window(reader, found)
            return {row.number: (row.merged, row.lead) for row in rows}

        assert shown(QueueFilter()) == {numbers[ids[0]]: (2, None), numbers[ids[3]]: (0, None)}
        assert shown(QueueFilter(number=numbers[ids[2]])) == {numbers[ids[0]]: (2, None)}
        assert shown(QueueFilter(text=numbers[ids[2]])) == {numbers[ids[0]]: (2, None)}
        desk = {each.key: each.count for each in views.desk_queues(reader)}
        assert desk["dispatch"] == 2
    dispatched(store, ids[0])
    casework.take(store, "reply", [ids[0]], text=REPLY, outcome="已解决")
    casework.take(store, "close", [ids[0]])
    with store.reading() as reader:
        found = views.queue_snapshot(reader, QueueFilter(state="closed"), moment)
        rows = views.queue_window(reader, found)
    assert {row.number: row.lead for row in rows}[numbers[ids[1]]] == numbers[ids[0]]


def test_the_exchange_form_keeps_what_is_merged(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    rows = [
        appeal(f"A{n}", number=f"WH{n}", received_at=BEGUN, unit=UNIT, dispatched_at=BEGUN)
        for n in range(4)
    ]
    clock.travel(hours=5)
    under: dict[str, Any] = {
        "lead": "WH3",
        "merge_kind": "重复件",
        "merged_at": BEGUN + timedelta(hours=2),
    }
    told = numbered([replace(rows[0], **under), replace(rows[1], **under), *rows[2:]])
    taken(store, *told)
    assert column(store, "SELECT number FROM ticket WHERE merged_into IS NOT NULL") == [
        "WH0",
        "WH1",
    ]
    with store.reading() as reader:
        gone = {one.number: one for one in outgoing_tickets(reader, Wanted())}
    assert [gone[f"WH{n}"].lead for n in range(4)] == ["WH3", "WH3", None, None]
    assert (gone["WH0"].merge_kind, gone["WH0"].merged_at) == ("重复件", under["merged_at"])
    assert taken(store, *told, digest="again").new == 0
    assert column(store, "SELECT count(*) FROM merged") == [2]
    assert verify_store(store).ok


def test_after_a_shared_extension_each_is_as_deep_as_it_would_have_been(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store, 6)
    dispatched(sqlite_store, ids[0], ids[3])
    clock.travel(hours=72)
    dispatched(sqlite_store, *ids[1:3], *ids[4:])
    merged(sqlite_store, ids[0], ids[2], lead=ids[1])
    clock.travel(hours=80)
    sweep(sqlite_store)
    together = [ids[1], *ids[3:]]
    casework.take(sqlite_store, "ask_extension", together, limit_text="3wd", reason="需会商")
    casework.take(sqlite_store, "grant_extension", together)
    clock.travel(hours=1)
    merging.split(sqlite_store, [ids[1]], reason="各自办理")
    sql = "SELECT worst_colour FROM deadline WHERE step = 'close' ORDER BY ticket_id"
    depths: list[list[str]] = []
    for _ in range(3):
        sweep(sqlite_store)
        depths.append(column(sqlite_store, sql))
        clock.travel(hours=60)
    assert [one[:3] for one in depths] == [one[3:] for one in depths]
    assert depths[0][:3] == ["yellow", "blue", "blue"] and "red" in depths[-1]
    assert verify_store(sqlite_store).ok


def test_what_was_granted_of_a_date_that_the_source_set_is_kept_by_a_split(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store, 2, due_at=BEGUN + timedelta(days=4))
    dispatched(sqlite_store, *ids)
    clock.travel(hours=2)
    casework.take(sqlite_store, "ask_extension", [ids[0]], limit_text="3wd", reason="需会商")
    casework.take(sqlite_store, "grant_extension", [ids[0]])
    before = clocks(sqlite_store)
    merged(sqlite_store, ids[1], lead=ids[0])
    merging.split(sqlite_store, [ids[1]], reason="各自办理")
    assert clocks(sqlite_store) == before
