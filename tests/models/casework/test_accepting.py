"""受理, 不予受理 and 补正 in the store: what is counted from them, with dates worked out by hand.

November and December 2026 have no holidays; of 2027 only 1 January is known to be one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models import casework
from models.clocks.derivations import ticket_derivations
from models.clocks.policies import load_policy, rehearse_policy
from models.clocks.sweeping import sweep
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views import ticket_view
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.clocks.test_policies import text_of

RULES = """
[[limits]]
channel = "阳光信访"
accept = "15d"
close = "60d"
extension = "30d"
starts = { accept = ["dispatched", "supplemented"], close = "accepted" }
[[limits]]
channel = "消费投诉"
accept = "7wd"
close = "45wd"
starts = { accept = ["received", "supplemented"], close = "accepted" }
[[limits]]
channel = "政府信息公开"
close = "20wd"
extension = "20wd"
starts = { close = ["received", "supplemented"] }
[[limits]]
channel = "市长信箱"
close = "5wd"
starts = { close = "instructed" }
[colours]"""


def ruled(store: Store, clock: Clock, channel: str, *, handed: bool = True) -> None:
    """Take in an appeal of a channel on Thursday 19 November, and hand it on at 10:00."""
    clock.travel_to("2026-11-19 10:00")
    load_policy(store, text_of(store, ("[colours]", RULES)), "受理与补正")
    taken(store, appeal(channel=channel))
    if handed:
        casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))


def due(store: Store, step: str) -> datetime:
    """Return when the clock of a step is due."""
    found: datetime = one(store, f"SELECT due_at FROM deadline WHERE step = '{step}'")[0]
    return found


def sound(store: Store) -> bool:
    """Return whether trail and receipts agree with what is stored, and a recount finds the same."""
    with store.reading() as reader:
        receipts = ticket_derivations(reader, store.timekeeper, 1)
        told = verify_trail(reader).ok and all(receipt.agrees for receipt in receipts)
    return told and rehearse_policy(store, text_of(store)).changed == 0


def began(store: Store, step: str) -> str:
    """Return what the receipt of a step's clock says began it."""
    with store.reading() as reader:
        receipts = ticket_derivations(reader, store.timekeeper, 1)
    (found,) = (one for one in receipts if one.derived.clock.step == step)
    return " ".join(line for line in found.lines if "时限 " in line).split()[0]


def test_a_petition_has_fifteen_days_to_be_taken_up_and_sixty_from_then(
    sqlite_store: Store, clock: Clock
) -> None:
    ruled(sqlite_store, clock, "阳光信访")
    # 19 November + 15 days = 4 December, 24:00
    assert due(sqlite_store, "accept") == wuhan("2026-12-05 00:00")
    assert column(sqlite_store, "SELECT 1 FROM deadline WHERE step = 'close'") == []
    with pytest.raises(Refused, match="还没有作受理决定"):
        casework.take(sqlite_store, "reply", [1], text="已办理")
    clock.travel_to("2026-11-30 09:00")
    casework.take(sqlite_store, "accept", [1])
    # 30 November + 60 days = 29 January, 24:00
    assert due(sqlite_store, "close") == wuhan("2027-01-30 00:00")
    assert [began(sqlite_store, step) for step in ("accept", "close")] == ["交办", "受理决定"]
    state = "SELECT state, accepted_at FROM round"
    assert one(sqlite_store, state) == ("acknowledged", wuhan("2026-11-30 09:00"))
    casework.take(sqlite_store, "ask_extension", [1], limit_text="30d", reason="情况复杂")
    casework.take(sqlite_store, "grant_extension", [1])
    # 29 January + 30 days = 28 February, 24:00
    assert due(sqlite_store, "close") == wuhan("2027-03-01 00:00")
    assert sound(sqlite_store)
    casework.undo(sqlite_store)
    casework.undo(sqlite_store)
    casework.undo(sqlite_store)
    assert column(sqlite_store, "SELECT 1 FROM deadline WHERE step = 'close'") == []
    with sqlite_store.reading() as reader:
        assert verify_trail(reader).ok


def test_what_is_not_taken_up_awaits_judgement_and_is_decided_again_when_sent_back(
    sqlite_store: Store, clock: Clock
) -> None:
    ruled(sqlite_store, clock, "阳光信访")
    clock.travel_to("2026-11-23 09:00")
    casework.take(sqlite_store, "decline", [1], reason="已进入诉讼程序")
    told = "SELECT state, reply, declined_at FROM round"
    assert one(sqlite_store, told) == (
        "replied",
        "不予受理：已进入诉讼程序",
        wuhan("2026-11-23 09:00"),
    )
    running = "SELECT step FROM deadline WHERE stopped_at IS NULL"
    assert column(sqlite_store, running) == ["judge"]
    clock.travel_to("2026-11-23 10:00")
    casework.take(sqlite_store, "send_back", [1], reason="没有受理法院的文书")
    assert one(sqlite_store, told)[2] is None
    assert due(sqlite_store, "accept") == wuhan("2026-12-05 00:00")  # as if it had never stopped
    casework.take(sqlite_store, "decline", [1], reason="附法院受理通知书")
    casework.take(sqlite_store, "close", [1])
    assert one(sqlite_store, "SELECT outcome FROM round") == ("解释说明",)
    casework.take(sqlite_store, "rework", [1], reason="应当受理")
    assert one(sqlite_store, "SELECT accepted_at FROM round WHERE n = 2") == (None,)
    casework.take(sqlite_store, "accept", [1])
    assert sound(sqlite_store)


def test_what_was_taken_up_once_is_handled_again_without_another_decision(
    sqlite_store: Store, clock: Clock
) -> None:
    ruled(sqlite_store, clock, "阳光信访")
    casework.take(sqlite_store, "accept", [1])
    casework.take(sqlite_store, "close", [1], outcome="已解决")
    clock.travel_to("2026-11-20 09:00")
    casework.take(sqlite_store, "rework", [1], reason="不满意")
    again = "SELECT due_at FROM deadline d JOIN round r ON r.id = d.round_id WHERE r.n = 2 AND "
    assert column(sqlite_store, f"{again} step = 'close'") == [wuhan("2027-01-20 00:00")]


def test_a_complaint_to_market_regulation_counts_from_its_receipt_and_from_acceptance(
    store: Store, clock: Clock
) -> None:
    ruled(store, clock, "消费投诉", handed=False)
    # received Thursday 19 November 09:00, then 20, 23-27, 30: the seventh day is Monday
    assert due(store, "accept") == wuhan("2026-11-30 17:30")
    clock.travel_to("2026-11-20 09:00")
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert due(store, "accept") == wuhan("2026-11-30 17:30")
    clock.travel_to("2026-11-24 10:00")
    casework.take(store, "ask_supplement", [1], text="购物凭证")
    assert one(store, "SELECT paused_at FROM deadline WHERE step = 'accept'") == (clock.now,)
    clock.travel_to("2026-12-02 11:00")
    casework.take(store, "supplement", [1])
    # from Wednesday 2 December: 3, 4, 7-11
    assert due(store, "accept") == wuhan("2026-12-11 17:30")
    assert sound(store)
    clock.travel_to("2026-12-03 09:00")
    casework.take(store, "accept", [1])
    # 4, 7-11, 14-18, 21-25, 28-31 December are 20; 4-8, 11-15, 18-22, 25-29 January make 40;
    # 1-4 February make 44; 5 to 8 February are 除夕 to 初三: the 45th is Tuesday 9 February
    assert due(store, "close") == wuhan("2027-02-09 17:30")


def test_a_request_for_information_starts_again_from_zero_when_it_is_supplemented(
    store: Store, clock: Clock
) -> None:
    ruled(store, clock, "政府信息公开", handed=False)
    # received 19 November; 20, 23-27, 30 to 4, 7-11, 14-17 December are twenty
    assert due(store, "close") == wuhan("2026-12-17 17:30")
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert due(store, "close") == wuhan("2026-12-17 17:30")
    clock.travel_to("2026-11-24 09:00")
    casework.take(store, "ask_supplement", [1], text="写明所需信息的名称")
    with pytest.raises(Refused, match="没有因补正重新起算的时限，或已告知过一次补正"):
        casework.take(store, "ask_supplement", [1], text="身份证明")
    with pytest.raises(Refused, match="没有挂起"):
        casework.take(store, "resume", [1])
    clock.travel_to("2026-11-26 09:00")
    casework.take(store, "supplement", [1], text="已写明")
    assert began(store, "close") == "收到补正"
    with store.reading() as reader:
        times = ticket_view(reader, store.timekeeper(), 1, clock.now).round.times
    assert [name for name, _ in times] == ["交办", "告知补正", "收到补正"]
    assert times[-1] == ("收到补正", clock.now)
    # 27, 30 to 4, 7-11, 14-18, 21-24 December are twenty
    assert due(store, "close") == wuhan("2026-12-24 17:30")
    row = "SELECT started_at, original_due_at, paused_at FROM deadline WHERE step = 'close'"
    assert one(store, row) == (clock.now, wuhan("2026-12-24 17:30"), None)
    assert sound(store)
    casework.take(store, "ask_extension", [1], limit_text="20wd", reason="须征求第三方意见")
    casework.take(store, "grant_extension", [1])
    # 25, 28-31 December, 4-8, 11-15, 18-22 January: 1 January is a holiday
    assert due(store, "close") == wuhan("2027-01-22 17:30")
    assert sound(store)
    for _ in range(3):
        casework.undo(store)
    assert due(store, "close") == wuhan("2026-12-17 17:30")
    assert one(store, row)[2] == wuhan("2026-11-24 09:00")


def test_a_late_matter_cannot_wait_for_more(sqlite_store: Store, clock: Clock) -> None:
    ruled(sqlite_store, clock, "政府信息公开")
    clock.travel_to("2026-12-17 17:31")
    with pytest.raises(Refused, match="时限已过"):
        casework.take(sqlite_store, "ask_supplement", [1], text="身份证明")


def test_an_instruction_starts_the_limit_again_once_and_only_in_time(
    sqlite_store: Store, clock: Clock
) -> None:
    ruled(sqlite_store, clock, "市长信箱")
    said: dict[str, Any] = {"leader": "王市长", "text": "请速办", "limit_text": "3wd"}
    clock.travel_to("2026-11-24 09:00")
    sweep(sqlite_store)
    casework.take(sqlite_store, "instruct", [1], **said)
    # five working days from Tuesday 24 November: 25, 26, 27, 30, 1 December
    assert due(sqlite_store, "close") == wuhan("2026-12-01 17:30")
    clock.travel_to("2026-11-25 09:00")
    casework.take(sqlite_store, "instruct", [1], **said)
    assert due(sqlite_store, "close") == wuhan("2026-12-01 17:30")
    assert sound(sqlite_store)


def test_a_late_matter_stays_late_under_an_instruction(sqlite_store: Store, clock: Clock) -> None:
    ruled(sqlite_store, clock, "市长信箱")
    clock.travel_to("2026-11-27 09:00")
    casework.take(sqlite_store, "instruct", [1], leader="王市长", text="请速办", limit_text="3wd")
    assert due(sqlite_store, "close") == wuhan("2026-11-26 17:30")


def test_a_policy_loaded_later_leaves_what_runs_on_its_own_course(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-19 10:00")
    taken(sqlite_store, appeal(channel="阳光信访", unit=UNIT, dispatched_at=clock.now))
    load_policy(sqlite_store, text_of(sqlite_store, ("[colours]", RULES)), "受理与补正")
    casework.take(sqlite_store, "acknowledge", [1])
    assert due(sqlite_store, "close") == wuhan("2026-11-26 17:30")
    with pytest.raises(Refused, match="规则不要求受理决定"):
        casework.take(sqlite_store, "accept", [1])
    casework.take(sqlite_store, "reply", [1], text="已办理")


def test_what_a_file_says_was_answered_was_taken_up(sqlite_store: Store, clock: Clock) -> None:
    load_policy(sqlite_store, text_of(sqlite_store, ("[colours]", RULES)), "受理与补正")
    clock.travel_to("2026-12-01 09:00")
    moments = {"dispatched_at": "2026-11-19 10:00", "replied_at": "2026-11-30 10:00"}
    told: dict[str, Any] = {name: wuhan(at) for name, at in moments.items()}
    taken(sqlite_store, appeal(channel="阳光信访", unit=UNIT, reply="已办理", **told))
    clocks = "SELECT step, started_at, stopped_at FROM deadline WHERE step IN ('accept', 'close')"
    assert one(sqlite_store, f"{clocks} AND step = 'accept'")[2] == told["replied_at"]
    assert one(sqlite_store, f"{clocks} AND step = 'close'")[1:] == (told["replied_at"], None)
