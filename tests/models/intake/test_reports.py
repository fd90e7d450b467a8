"""单位自报: with evidence or soon enough a time counts; else it waits until the centre decides."""

from __future__ import annotations

from typing import Any

import pytest

from models.casework.undoing import undo
from models.casework.verbs import take
from models.clocks.sweeping import sweep
from models.intake.reports import AS_RECEIVED, CREDIT, DISCREDIT, decide_reports
from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views.desk import desk_rows, desk_total, with_reported
from models.views.phrases import event_detail
from rules.casework.halves import HalfRow
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import appeal, column, one, taken, wuhan
from tests.models.cells import rows_of

SIGNED = wuhan("2026-11-19 10:00")

LATER = 4  # days after Friday: Tuesday

REPLY: dict[str, Any] = {
    "reply": "已修好",
    "replied_at": wuhan("2026-11-19 11:00"),
    "outcome": "已解决",
    "filled_by": "小周",
    "approved_by": "王局长",
}


@pytest.fixture
def late(store: Store, clock: Clock) -> Store:
    """A matter handed to its unit on Thursday, its day to sign over: it is Tuesday, and swept."""
    taken(store, appeal(number="T0", unit="武汉市水务局"))
    clock.travel(days=LATER)
    sweep(store)
    return store


def _told(store: Store, **columns: Any) -> IntakeResult:
    row = HalfRow("其他", number="T0", reported=True, line=2, **columns)
    return take_in(
        store,
        [row],
        source="handout",
        profile="handout",
        file_name="表.xlsx",
        file_digest="d" * 64,
    )


def _crossed(store: Store) -> int:
    return int(
        one(
            store,
            "SELECT count(*) FROM crossing c JOIN deadline d ON d.id = c.deadline_id "
            "WHERE d.step = 'acknowledge' AND c.annulled_at IS NULL",
        )[0]
    )


def _waiting(store: Store) -> list[str]:
    with store.reading() as reader:
        rows = with_reported(desk_rows(reader, "report"), store.timekeeper())
        assert verify_trail(reader).ok
    return [row.said for row in rows]


def test_a_time_of_long_ago_without_evidence_waits_and_annuls_nothing(late: Store) -> None:
    before = _crossed(late)
    assert before
    result = _told(late, acknowledged_at=SIGNED)
    assert (result.conflicts, result.waiting, result.rejected) == (1, (2,), 0)
    assert one(late, "SELECT acknowledged_at FROM round") == (None,)
    assert _crossed(late) == before
    assert _waiting(late) == ["自报 11-19 10:00 签收"]
    assert _told(late, acknowledged_at=SIGNED).unchanged == 1
    with late.reading() as reader:
        assert desk_total(reader) >= 1


def test_with_evidence_it_counts_annuls_what_was_crossed_and_ends_the_waiting(
    late: Store,
) -> None:
    _told(late, acknowledged_at=SIGNED)
    assert _told(late, acknowledged_at=SIGNED, evidence="OA〔2026〕118号").updated == 1
    assert one(late, "SELECT acknowledged_at FROM round") == (SIGNED,)
    assert _crossed(late) == 0 and _waiting(late) == []
    with late.reading() as reader:
        kept = rows_of(reader, "SELECT taken, evidence FROM unit_report ORDER BY id")
    assert kept == [("replaced", None), ("reported", "OA〔2026〕118号")]


def test_within_the_span_of_the_policy_no_evidence_is_needed(store: Store, clock: Clock) -> None:
    taken(store, appeal(number="T0", unit="武汉市水务局"))
    assert _told(store, acknowledged_at=SIGNED).updated == 1  # Thursday, told on Friday 15:20
    assert column(store, "SELECT count(*) FROM unit_report") == [0]
    clock.travel(hours=3)  # after Friday's close
    contact = wuhan("2026-11-19 10:30")
    assert _told(store, contacted_at=contact).conflicts == 1


def test_the_centre_takes_it_as_reported_and_may_take_that_back(late: Store) -> None:
    before = _crossed(late)
    _told(late, acknowledged_at=SIGNED)
    assert decide_reports(late, [1], CREDIT) == 1
    assert one(late, "SELECT acknowledged_at FROM round") == (SIGNED,)
    assert _crossed(late) == 0 and _waiting(late) == []
    with pytest.raises(Refused, match="已有人核定"):
        decide_reports(late, [1], CREDIT)
    undo(late)
    assert one(late, "SELECT acknowledged_at FROM round") == (None,)
    assert _crossed(late) == before and len(_waiting(late)) == 1


def test_or_as_of_when_it_came_in(late: Store, clock: Clock) -> None:
    before, came = _crossed(late), clock.now
    _told(late, **REPLY)
    clock.travel(hours=1)
    assert decide_reports(late, [1], AS_RECEIVED) == 1
    state = one(late, "SELECT state, replied_at FROM round")
    assert state == ("replied", came)
    assert one(late, "SELECT text, filled_by, approved_by, outcome FROM reply") == (
        "已修好",
        "小周",
        "王局长",
        "已解决",
    )
    assert _crossed(late) >= before


def test_or_not_at_all_with_a_reason(late: Store) -> None:
    _told(late, **REPLY)
    with pytest.raises(Refused, match="不采信的理由"):
        decide_reports(late, [1], DISCREDIT)
    decide_reports(late, [1], DISCREDIT, reason="电话核实并未答复")
    assert one(late, "SELECT state, reply FROM round") == ("dispatched", None)
    assert one(late, "SELECT taken, decision FROM unit_report") == ("dropped", "电话核实并未答复")
    told = one(late, "SELECT reason, payload FROM event WHERE verb = 'ticket.discredit'")
    assert told == ("电话核实并未答复", '{"report":1,"verb":"reply"}')
    assert event_detail("ticket.discredit", {"verb": "reply"}, "") == "：答复"
    assert _told(late, **REPLY).unchanged == 1
    assert _waiting(late) == []


def test_what_moved_meanwhile_is_not_decided_unseen(late: Store) -> None:
    _told(late, acknowledged_at=SIGNED)
    with late.reading() as reader:
        (row,) = desk_rows(reader, "report")
    take(late, "note", [1], text="核实过")
    with pytest.raises(LostRace):
        decide_reports(late, [1], CREDIT, seen={1: row.version})
    take(late, "acknowledge", [1])
    with pytest.raises(Refused, match="T0 办理中，不能签收"):
        decide_reports(late, [1], CREDIT)
    take(late, "close", [1], outcome="已解决")
    assert _waiting(late) == []


def test_a_reply_of_a_unit_names_who_wrote_it_and_who_let_it_pass(late: Store) -> None:
    unsigned = {**REPLY, "approved_by": None, "evidence": "平台单号1"}
    (reject,) = _told(late, **unsigned).rejects
    assert reject.reason == "没有审签领导：请补上"
