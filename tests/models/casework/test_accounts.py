"""挂账 in the store: before due only, after the citizen is told, for a term, renewed once."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from models.casework.undoing import redo, undo
from models.clocks.sweeping import sweep
from models.store import Store, verify_store
from models.views import desk_rows, queue_window
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import appeal, column, one, taken, wuhan
from tests.models.casework.test_caps import offered
from tests.models.casework.test_requests import CLOSE, in_hand
from tests.models.casework.walking import STEPS, picture

OWN = """SELECT started_at, due_at, original_due_at, stopped_at, leads FROM deadline
WHERE subject_kind = 'account'"""


def on_account(store: Store, clock: Clock) -> None:
    """Ask on Tuesday the 17th, approve on Wednesday, tell the citizen on Thursday at 10:00."""
    in_hand(store, clock)
    for day, verb in ((17, "ask_account"), (18, "grant_account"), (19, "begin_account")):
        clock.travel_to(f"2026-11-{day} 10:00")
        STEPS[verb](store)


def ask(store: Store, **other: Any) -> None:
    """Ask for two months, or otherwise."""
    said = {"limit_text": "2mo", "reason": "待批复", "plan": "按月说明", "head": "王局长"}
    casework.take(store, "ask_account", [1], **{**said, "basis": "武水函3号", **other})


def test_nothing_stands_still_before_the_citizen_is_told(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    ask(store)
    assert [row.said for row in rows(store, "account")] == ["挂2个月，待批复"]
    casework.take(store, "grant_account", [1], leader="李副市长")
    assert one(store, "SELECT due_at, paused_at FROM deadline WHERE step = 'close'")[1] is None
    assert [row.number for row in rows(store, "untold")] == ["WH20261116-00001"]
    clock.travel_to("2026-11-19 10:00")
    STEPS["begin_account"](store)
    paused = column(store, "SELECT paused_at FROM deadline WHERE step = 'close'")
    assert paused == [wuhan("2026-11-19 10:00")]
    assert one(store, OWN)[:2] == (wuhan("2026-11-19 10:00"), wuhan("2027-01-20 00:00"))
    assert rows(store, "untold") == []
    clock.travel_to("2026-12-01 10:00")
    casework.take(store, "end_account", [1], reason="批复已到")
    assert one(store, CLOSE) == (wuhan("2026-12-03 17:30"),) * 2
    assert one(store, OWN)[3:] == (wuhan("2026-12-01 10:00"), False)
    assert verify_store(store).ok


def rows(store: Store, key: str) -> list[Any]:
    """Return what waits in a queue of the desk."""
    with store.reading() as reader:
        return desk_rows(reader, key)


@pytest.mark.parametrize(
    ("left_out", "word"), [("head", "主要负责人"), ("basis", "书面依据"), ("plan", "办理打算")]
)
def test_who_signed_by_what_paper_and_what_is_done_meanwhile_is_asked(
    sqlite_store: Store, clock: Clock, left_out: str, word: str
) -> None:
    in_hand(sqlite_store, clock)
    with pytest.raises(Refused, match=f"须写明{word}"):
        ask(sqlite_store, **{left_out: " "})


def test_what_is_late_is_neither_asked_nor_approved_nor_begun(
    sqlite_store: Store, clock: Clock
) -> None:
    in_hand(sqlite_store, clock)
    clock.travel_to("2026-11-23 17:30")
    ask(sqlite_store)
    clock.travel_to("2026-11-23 17:31")
    with pytest.raises(Refused, match="时限已过"):
        STEPS["grant_account"](sqlite_store)
    casework.take(sqlite_store, "refuse_account", [1], reason="已超期")
    with pytest.raises(Refused, match="时限已过"):
        ask(sqlite_store)


def test_longer_than_the_longest_term_is_refused_with_the_term(
    sqlite_store: Store, clock: Clock
) -> None:
    in_hand(sqlite_store, clock)
    with pytest.raises(Refused, match=r"挂账一次最长6个月，此次最迟到.*05-16.*请改短"):
        ask(sqlite_store, limit_text="7mo")


def test_an_account_is_renewed_once_and_never_had_again(store: Store, clock: Clock) -> None:
    on_account(store, clock)
    clock.travel_to("2027-01-05 10:00")
    with pytest.raises(Refused, match="最长6个月"):
        casework.take(
            store, "renew_account", [1], leader="李副市长", limit_text="200d", reason="未到"
        )
    STEPS["renew_account"](store)
    assert one(store, OWN)[1:3] == (wuhan("2027-02-20 00:00"), wuhan("2027-01-20 00:00"))
    with pytest.raises(Refused, match="已展期一次"):
        STEPS["renew_account"](store)
    assert casework.end_pauses_up(store) == casework.Ended()
    STEPS["end_account"](store)
    with pytest.raises(Refused, match="已挂过账"):
        ask(store)


def test_the_handling_runs_again_when_the_term_is_up_however_late_the_sweep(
    store: Store, clock: Clock
) -> None:
    on_account(store, clock)
    clock.travel_to("2027-01-25 10:00")
    assert casework.end_pauses_up(store) == casework.Ended(resumed=1)
    assert one(store, "SELECT ended_at, end_words FROM suspended_account") == (
        wuhan("2027-01-20 00:00"),
        "挂账期满",
    )
    assert one(store, "SELECT due_at FROM deadline WHERE step = 'close'") == (
        wuhan("2027-01-22 17:30"),
    )
    sweep(store)
    assert column(store, "SELECT stopped_at FROM deadline WHERE subject_kind = 'account'") == [
        wuhan("2027-01-20 00:00")
    ]
    assert verify_store(store).ok


def test_meanwhile_nothing_is_done_on_it_but_the_citizen_rates(store: Store, clock: Clock) -> None:
    on_account(store, clock)
    assert {"rate", "end_account", "renew_account", "note"} <= offered(store, 1)
    for verb in ("reply", "close", "ask_pause", "resume", "join"):
        with pytest.raises(Refused, match=r"先销账|没有挂起"):
            STEPS[verb](store)
    casework.take(store, "rate", [1], result="基本满意", work_rating="满意")
    assert one(store, "SELECT result_rating FROM round") == ("基本满意",)
    STEPS["end_account"](store)
    with pytest.raises(Refused, match="不能评价"):
        STEPS["rate"](store)


def test_the_queue_shows_the_account_with_its_own_clock_and_a_chip_on_the_appeal(
    sqlite_store: Store, clock: Clock
) -> None:
    on_account(sqlite_store, clock)
    ids = column(sqlite_store, "SELECT id FROM deadline WHERE leads ORDER BY subject_kind")
    with sqlite_store.reading() as reader:
        account, ticket = queue_window(reader, [int(id) for id in ids])
    assert (account.kind, account.step, account.paused_at) == ("account", "account", None)
    assert account.number == ticket.number
    assert ticket.on_account and ticket.paused_at is not None


def test_beginning_and_ending_are_taken_back_whole(sqlite_store: Store, clock: Clock) -> None:
    on_account(sqlite_store, clock)
    begun = picture(sqlite_store)
    undo(sqlite_store)
    assert one(sqlite_store, "SELECT count(*) FROM pause") == (0,)
    assert rows(sqlite_store, "untold")
    redo(sqlite_store)
    assert picture(sqlite_store) == begun
    clock.travel_to("2026-12-01 10:00")
    STEPS["end_account"](sqlite_store)
    undo(sqlite_store)
    assert picture(sqlite_store) == begun
    assert verify_store(sqlite_store).ok


def test_a_file_that_tells_of_the_end_ends_the_account_too(
    sqlite_store: Store, clock: Clock
) -> None:
    in_hand(sqlite_store, clock)
    ask(sqlite_store)
    casework.take(sqlite_store, "grant_account", [1], leader="李副市长")
    STEPS["begin_account"](sqlite_store)
    clock.travel_to("2026-11-20 10:00")
    told: dict[str, Any] = {
        "closed_at": clock.now,
        "outcome": "已解决",
        "acknowledged_at": wuhan("2026-11-16 11:00"),
    }
    taken(sqlite_store, appeal(received_at=wuhan("2026-11-16 09:00"), **told))
    assert one(sqlite_store, "SELECT end_words FROM suspended_account") == ("已办结",)
    assert column(sqlite_store, "SELECT count(*) FROM deadline WHERE leads") == [0]
