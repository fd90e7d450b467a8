"""What is counted of a unit in a period, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.ranking.tallies import entries, tallies_of
from models.store.store import Store
from models.tables.deadlines import Deadline, Extension, Pause, ReturnRequest
from models.tables.reviews import Review
from models.tables.rounds import Rating, Round
from rules.ranking.periods import Period, parse_period
from rules.ranking.tally import Tally
from tests.models.rounds import put_round

UNIT = 5


def at(day: int, hour: int = 4, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def october(store: Store) -> Period:
    return parse_period("2026-10", store.timekeeper().zone)


def _tally(store: Store, period: Period, unrated: str = "exclude") -> Tally:
    with store.reading() as reader:
        return tallies_of(reader, period, unrated).get(UNIT, Tally())


def test_a_unit_without_anything_has_no_counts(store: Store, october: Period) -> None:
    assert _tally(store, october) == Tally()


def test_due_is_what_falls_due_in_the_period_whenever_it_came(
    store: Store, october: Period
) -> None:
    for n, due in enumerate((at(30, month=9), at(1), at(31), at(1, month=11))):
        put_round(
            store,
            f"T{n}",
            UNIT,
            received_at=at(20, month=9),
            due_at=due,
            closed_at=at(21, month=9),
            outcome="已解决",
        )
    assert _tally(store, october).due == 2


def test_the_period_ends_at_midnight_in_the_bureaus_zone(store: Store, october: Period) -> None:
    end = datetime(2026, 10, 31, 16, tzinfo=UTC)
    put_round(store, "T1", UNIT, received_at=at(1), due_at=end - timedelta(seconds=1))
    put_round(store, "T2", UNIT, received_at=at(1), due_at=end)
    assert _tally(store, october).due == 1


def test_due_is_on_time_after_extension_late_or_open(store: Store, october: Period) -> None:
    put_round(store, "T1", UNIT, received_at=at(1), due_at=at(10), closed_at=at(10))
    put_round(
        store,
        "T2",
        UNIT,
        received_at=at(1),
        due_at=at(15),
        original_due_at=at(10),
        closed_at=at(12),
    )
    put_round(store, "T3", UNIT, received_at=at(1), due_at=at(10), closed_at=at(11))
    put_round(store, "T4", UNIT, received_at=at(1), due_at=at(10))
    put_round(store, "T5", UNIT, received_at=at(1), due_at=at(10), closed_at=at(5, month=11))
    tally = _tally(store, october)
    assert (tally.due, tally.on_time, tally.after_extension, tally.late, tally.open) == (
        5,
        1,
        1,
        1,
        2,
    )
    assert tally.closed == 3


def test_carried_over_is_due_before_and_still_open_at_the_end(
    store: Store, october: Period
) -> None:
    put_round(store, "T1", UNIT, received_at=at(1, month=9), due_at=at(9, month=9))
    put_round(
        store,
        "T2",
        UNIT,
        received_at=at(1, month=9),
        due_at=at(9, month=9),
        closed_at=at(3, month=11),
    )
    put_round(
        store, "T3", UNIT, received_at=at(1, month=9), due_at=at(9, month=9), closed_at=at(20)
    )
    tally = _tally(store, october)
    assert (tally.due, tally.carried) == (0, 2)


def test_what_is_paused_at_the_end_is_neither_due_nor_carried(
    store: Store, october: Period
) -> None:
    for n, due in enumerate((at(10), at(9, month=9), at(12))):
        put_round(store, f"T{n}", UNIT, received_at=at(1, month=9), due_at=due)
    with store.writing() as work:
        for deadline, to_at in ((1, None), (2, at(2, month=11)), (3, at(20))):
            work.insert(
                Pause,
                deadline_id=deadline,
                from_at=at(8),
                to_at=to_at,
                reason="鉴定",
                requested_at=at(8),
                decided_at=at(8),
                granted=True,
            )
    tally = _tally(store, october)
    assert (tally.due, tally.carried) == (1, 0)


def test_an_extension_granted_afterwards_does_not_rewrite_the_period(
    store: Store, october: Period
) -> None:
    put_round(store, "T1", UNIT, received_at=at(20), due_at=at(5, month=11), original_due_at=at(30))
    with store.writing() as work:
        work.insert(
            Extension,
            deadline_id=1,
            asked_at=at(29),
            limit_text="5wd",
            reason="复杂",
            decided_at=at(2, month=11),
            granted=True,
            due_before=at(30),
            due_after=at(5, month=11),
        )
    assert _tally(store, october).open == 1
    november = parse_period("2026-11", store.timekeeper().zone)
    assert _tally(store, november).due == 1


def test_the_last_rating_of_each_round_in_the_period_counts(store: Store, october: Period) -> None:
    _, round_id = put_round(
        store, "T1", UNIT, received_at=at(1), closed_at=at(5), rating="不满意", rated_at=at(6)
    )
    put_round(
        store, "T2", UNIT, received_at=at(1), closed_at=at(5), rating="基本满意", rated_at=at(7)
    )
    put_round(
        store,
        "T3",
        UNIT,
        received_at=at(1),
        closed_at=at(5),
        rating="满意",
        rated_at=at(3, month=11),
    )
    with store.writing() as work:
        work.insert(
            Rating,
            round_id=round_id,
            at=at(9),
            recorded_at=at(9),
            result_rating="满意",
            means="callback",
        )
        work.insert(
            Rating,
            round_id=round_id,
            at=at(2, month=11),
            recorded_at=at(2, month=11),
            result_rating="不满意",
            means="callback",
        )
    tally = _tally(store, october)
    assert (tally.result_satisfied, tally.result_basic, tally.result_unsatisfied) == (1, 1, 0)
    assert (tally.work_satisfied, tally.work_basic, tally.work_unsatisfied) == (0, 1, 1)


def test_silence_counts_as_satisfied_only_where_the_policy_says_after_how_long(
    store: Store, october: Period
) -> None:
    put_round(store, "T1", UNIT, received_at=at(1), closed_at=at(5))
    put_round(store, "T2", UNIT, received_at=at(1), closed_at=at(25))
    put_round(
        store, "T3", UNIT, received_at=at(1), closed_at=at(5), rating="不满意", rated_at=at(8)
    )
    assert _tally(store, october).result_satisfied == 0
    silent = _tally(store, october, "10d")
    assert (silent.result_satisfied, silent.result_unsatisfied) == (1, 1)


def test_an_unsatisfied_round_is_reviewed_once_decided_in_time(
    store: Store, october: Period
) -> None:
    for n, decided in enumerate((at(20), at(2, month=11), None)):
        ticket, round_id = put_round(
            store,
            f"T{n}",
            UNIT,
            received_at=at(1),
            closed_at=at(5),
            rating="不满意",
            rated_at=at(6),
        )
        with store.writing() as work:
            work.insert(
                Review, ticket_id=ticket, round_id=round_id, opened_at=at(6), decided_at=decided
            )
    tally = _tally(store, october)
    assert (tally.unsatisfied, tally.reviewed) == (3, 1)


def test_outcomes_returns_reworks_and_receipts_are_counted(store: Store, october: Period) -> None:
    for n, outcome in enumerate(("已解决", "部分解决", "未解决", "解释说明")):
        put_round(store, f"T{n}", UNIT, received_at=at(2), closed_at=at(5), outcome=outcome)
    with store.writing() as work:
        work.insert(
            Round, ticket_id=1, n=2, lead_unit_id=UNIT, opened_at=at(9), dispatched_at=at(9)
        )
        work.insert(ReturnRequest, round_id=1, unit_id=UNIT, asked_at=at(3), reason_code="职责")
        for stopped in (at(3), at(4, 5), None):
            work.insert(
                Deadline,
                subject_kind="ticket",
                subject_id=1,
                step="acknowledge",
                unit_id=UNIT,
                limit_text="1wd",
                started_at=at(2),
                blue_at=at(2),
                yellow_at=at(3),
                red_at=at(4),
                due_at=at(4),
                original_due_at=at(4),
                stopped_at=stopped,
                policy=1,
                calendar=1,
            )
    tally = _tally(store, october)
    assert (tally.resolved, tally.partly, tally.unresolved, tally.explained) == (1, 1, 1, 1)
    assert (tally.dispatched, tally.reworked, tally.returned) == (5, 1, 1)
    assert (tally.acknowledge_due, tally.acknowledged_on_time) == (3, 1)


def test_every_responsible_unit_has_an_entry_and_the_centre_has_none(
    store: Store, october: Period
) -> None:
    with store.reading() as reader:
        found = entries(reader, october)
        units = reader.value("SELECT count(*) FROM unit WHERE NOT is_centre")
    assert len(found) == units == 117
    groups = list(dict.fromkeys(e.group for e in found))
    assert groups == ["中心城区", "新城区", "功能区", "市直部门", "公共企业"]


def test_a_unit_that_ended_before_the_period_has_no_entry(store: Store, october: Period) -> None:
    with store.writing() as work:
        from models.tables.register import Unit

        work.update(Unit, UNIT, 1, valid_to=datetime(2026, 9, 30).date())
    with store.reading() as reader:
        assert UNIT not in {e.unit_id for e in entries(reader, october)}
