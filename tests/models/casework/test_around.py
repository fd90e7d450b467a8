"""What stands around a handling: reminders, instructions, rework, replies, conflicts decided."""

from __future__ import annotations

import pytest

from models import casework
from models.casework.undoing import undo
from models.clocks.sweeping import sweep
from models.intake.conflicts import keep_ours, take_theirs
from models.store.store import Store
from models.views.queue import queue_moment, queue_snapshot, queue_window
from rules.casework.appeal import QueueFilter
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, SAID

RECEIVED = wuhan("2026-11-20 09:00")


def test_each_unit_gets_one_reminder_of_all_its_marks(store: Store) -> None:
    rows = [appeal(f"A{n}", unit=UNIT if n < 3 else OTHER, received_at=RECEIVED) for n in range(4)]
    taken(store, *numbered([*rows, appeal("A9", received_at=RECEIVED)]))
    urging = casework.take(store, "urge", [1, 2, 3, 4, 5])
    assert [len(each.numbers) for each in urging.made] == [3, 1]
    assert [number for number, _ in urging.skipped] == ["WH20261120-00005"]
    text = urging.made[0].text
    assert text.startswith(f"{UNIT}：\n以下3件诉求") and "余" in text


def test_nobody_is_urged_twice_for_a_ticket_on_a_day(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "urge", [1])
    with pytest.raises(Refused, match="今天已向该单位催办过"):
        casework.take(store, "urge", [1], answered_by="张科长", promised="明早答复")
    clock.travel_to("2026-11-21 09:00")
    casework.take(store, "urge", [1], answered_by="张科长", promised="明早答复")
    told = one(store, "SELECT answered_by, promised FROM reminder WHERE means = 'phone'")
    assert told == ("张科长", "明早答复")


def test_under_an_instruction_an_appeal_goes_before_others_until_it_is_done(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "instruct", [1], leader="王市长", text="请速办", limit_text="2wd")
    assert column(
        store,
        "SELECT DISTINCT pressing FROM deadline WHERE stopped_at IS NULL AND step <> 'dispatch'",
    ) in ([1], [True])
    with store.reading() as reader:
        ids = queue_snapshot(reader, QueueFilter(), queue_moment(store.timekeeper(), store.now()))
        assert {row.kind for row in queue_window(reader, ids)} == {"ticket", "instruction"}
    casework.take(store, "fulfil", [1], reason="已落实")
    running = "SELECT count(*) FROM deadline WHERE stopped_at IS NULL AND pressing"
    assert one(store, running) == (0,)
    with pytest.raises(Refused, match="没有未办结的批示"):
        casework.take(store, "fulfil", [1], reason="再次落实")


def test_rework_is_a_round_of_its_own_with_its_own_limit(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED, due_at=wuhan("2026-11-27 17:30")))
    casework.take(store, "close", [1], outcome="未解决")
    casework.take(store, "rework", [1], reason="群众不满意", limit_text="2wd")
    assert one(store, "SELECT rounds, state FROM ticket") == (2, "open")
    assert one(store, "SELECT lead_unit_id, state FROM round WHERE n = 2") == (
        unit_id(store, UNIT),
        "dispatched",
    )
    close = """SELECT d.due_at, d.limit_text FROM deadline d JOIN round r ON r.id = d.round_id
               WHERE r.n = 2 AND d.step = 'close'"""
    assert one(store, close) == (wuhan("2026-11-24 17:30"), "2wd")
    undo(store)
    assert one(store, "SELECT rounds, state FROM ticket") == (1, "closed")


def test_a_reply_sent_back_leaves_the_close_clock_as_if_it_had_never_stopped(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")))
    before = one(store, "SELECT due_at, stopped_at FROM deadline WHERE step = 'close'")
    casework.take(store, "reply", [1], text="已收悉")
    clock.travel_to("2026-11-30 09:00")
    casework.take(store, "send_back", [1], reason="没有说明办理情况")
    assert one(store, "SELECT due_at, stopped_at FROM deadline WHERE step = 'close'") == before
    assert one(store, "SELECT state, replied_at FROM round") == ("acknowledged", None)
    sweep(store)
    crossed = """SELECT c.level FROM crossing c JOIN deadline d ON d.id = c.deadline_id
                 WHERE d.step = 'close' ORDER BY c.level"""
    assert column(store, crossed) == ["red1", "yellow"]
    with pytest.raises(Refused, match="答复时间早于退回时间"):
        casework.take(store, "reply", [1], text=SAID, at=wuhan("2026-11-24 09:00"))
    casework.take(store, "reply", [1], text=SAID, outcome="已解决")
    casework.take(store, "close", [1])
    assert one(store, "SELECT outcome FROM round") == ("已解决",)
    rows = "SELECT stock FROM reply ORDER BY id"
    assert column(store, rows) == ["只有套话", None]
    assert column(store, "SELECT count(*) FROM deadline WHERE step = 'judge'") == [2]


def test_a_copy_of_another_reply_is_marked(store: Store) -> None:
    rows = [appeal("A1", unit=UNIT, received_at=RECEIVED), appeal("A2", unit=UNIT)]
    taken(store, *numbered(rows))
    casework.take(store, "reply", [1], text=SAID)
    casework.take(store, "reply", [2], text=SAID.replace("，", "。"))
    assert column(store, "SELECT stock FROM reply ORDER BY id") == [None, "与另一件的答复雷同"]


def test_nothing_is_closed_without_saying_what_came_of_it(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "reply", [1], text=SAID)
    with pytest.raises(Refused, match="没有办理结果"):
        casework.take(store, "close", [1])
    with pytest.raises(Refused, match="不在名录中"):
        casework.take(store, "close", [1], outcome="圆满解决")
    assert one(store, "SELECT state FROM round") == ("replied",)


def _conflicting(store: Store) -> int:
    """Let an operator and a later file tell two units; return the conflict's id."""
    first = appeal(unit=UNIT, received_at=RECEIVED)
    taken(store, first)
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    taken(store, appeal(unit="武汉市园林和林业局", received_at=RECEIVED))
    return int(one(store, "SELECT id FROM conflict WHERE decided_at IS NULL")[0])


def test_a_conflict_is_kept_in_one_act(store: Store) -> None:
    keep_ours(store, [_conflicting(store)])
    assert one(store, "SELECT kept FROM conflict")[0] in (1, True)
    assert one(store, "SELECT lead_unit_id FROM round") == (unit_id(store, OTHER),)


def test_a_conflict_is_taken_by_the_verbs_and_can_be_undone(store: Store) -> None:
    id = _conflicting(store)
    take_theirs(store, [id])
    assert one(store, "SELECT lead_unit_id FROM round") == (unit_id(store, "武汉市园林和林业局"),)
    with pytest.raises(Refused, match="已有人处理"):
        keep_ours(store, [id])
    undo(store)
    assert one(store, "SELECT lead_unit_id FROM round") == (unit_id(store, OTHER),)
    assert one(store, "SELECT decided_at FROM conflict") == (None,)
