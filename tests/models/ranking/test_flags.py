"""Flags: found by the rules, raised once each, withdrawn when they fall away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import orders
from models.ranking.editions import period_of
from models.ranking.flags import flags_of, raise_flags
from models.ranking.publishing import publish_edition
from models.store.store import Store
from models.tables.rounds import Round
from models.tables.supervision import Instruction
from models.tables.tickets import Ticket
from rules.errors import Refused
from rules.ranking.periods import Period
from tests.conftest import NOW, Clock
from tests.models.rounds import put_round

FIRST, SECOND, LAST = 3, 4, 5  # three units of one group


@pytest.fixture
def october(store: Store) -> Period:
    return period_of(store, "2026-10")


def _rate(store: Store, month: int, shares: dict[int, int]) -> None:
    day = datetime(2026, month, 12, 4, tzinfo=UTC)
    for unit, satisfied in shares.items():
        for n in range(10):
            put_round(
                store,
                f"{month}-{unit}-{n}",
                unit,
                received_at=day,
                closed_at=day,
                rating="满意" if n < satisfied else "不满意",
                rated_at=day,
            )


def _two_last_months(store: Store) -> None:
    for month in (9, 10):
        _rate(store, month, {FIRST: 10, SECOND: 9, LAST: 5})


def _withdrawn(store: Store) -> list[str]:
    with store.reading() as reader:
        rows = reader.rows("SELECT withdrawn_reason FROM flag WHERE withdrawn_at IS NOT NULL")
    return [reason for (reason,) in rows]


def test_one_last_month_raises_nothing(store: Store, october: Period) -> None:
    _rate(store, 10, {FIRST: 10, SECOND: 9, LAST: 5})
    assert flags_of(store, october) == []


def test_two_last_months_running_raise_one_flag_provisional_until_published(
    store: Store, october: Period
) -> None:
    _two_last_months(store)
    [flag] = flags_of(store, october)
    assert (flag.unit_id, flag.rule, flag.id) == (LAST, "last-running", None)
    assert flag.provisional
    assert len(flag.evidence) == 2
    for key in ("2026-09", "2026-10"):
        publish_edition(store, period_of(store, key))
    [flag] = flags_of(store, october)
    assert not flag.provisional
    assert "通报第2期" in flag.evidence[1]


def test_raising_again_keeps_the_one_flag_and_its_id(store: Store, october: Period) -> None:
    _two_last_months(store)
    [first] = raise_flags(store, october)
    [again] = raise_flags(store, october)
    assert first.id == again.id is not None
    assert [f.id for f in flags_of(store, october)] == [first.id]


def test_a_flag_becomes_a_draft_that_tells_its_evidence(store: Store, october: Period) -> None:
    _two_last_months(store)
    [flag] = raise_flags(store, october)
    assert flag.id is not None
    [order] = orders.draft_flag(store, flag.id).orders
    assert (order.unit_id, order.cause) == (LAST, "末位预警")
    assert [f.order for f in flags_of(store, october)] == [order.name]
    with pytest.raises(Refused, match="已有督办单"):
        orders.draft_flag(store, flag.id)


def test_a_revision_that_removes_a_month_withdraws_the_flag_with_the_reason(
    store: Store, october: Period
) -> None:
    _two_last_months(store)
    publish_edition(store, october)
    raise_flags(store, october)
    _rate(store, 10, {})
    day = datetime(2026, 10, 13, 4, tzinfo=UTC)
    for n in range(40):
        put_round(
            store, f"more-{n}", LAST, received_at=day, closed_at=day, rating="满意", rated_at=day
        )
    for n in range(20):
        put_round(
            store,
            f"less-{n}",
            SECOND,
            received_at=day,
            closed_at=day,
            rating="不满意",
            rated_at=day,
        )
    publish_edition(store, october, reason="补录评价")
    assert raise_flags(store, october) == []
    assert _withdrawn(store) == ["2026-10 修订后不再是末位"]


def test_an_appeal_under_instruction_and_long_open_is_flagged_with_why(
    store: Store, october: Period
) -> None:
    old = NOW - timedelta(days=40)
    ticket, _ = put_round(store, "T1", LAST, received_at=old)
    put_round(store, "T2", LAST, received_at=old)
    with store.writing() as work:
        work.insert(Instruction, ticket_id=ticket, leader="张市长", content="抓紧", given_at=old)
    [flag] = flags_of(store, october)
    assert (flag.rule, flag.unit_id, flag.ticket_ids) == ("prominent-long", LAST, (ticket,))
    assert any("领导批示件" in line for line in flag.evidence)
    assert any("首次受理至今超过30日" in line for line in flag.evidence)


def test_three_reporters_on_one_object_are_one_matter(store: Store, october: Period) -> None:
    from models.tables.tickets import Person

    old = NOW - timedelta(days=40)
    ids = [put_round(store, f"T{n}", LAST, received_at=old)[0] for n in range(3)]
    with store.writing() as work:
        for ticket in ids:
            work.update(Ticket, ticket, 1, object="某物业公司")
            work.insert(Person, ticket_id=ticket, reporter_key=f"k{ticket}")
    [flag] = raise_flags(store, october)
    assert flag.ticket_ids == tuple(ids)
    assert set(flag.rests_on) == {tuple(ids), *((id,) for id in ids)}
    assert len(flag.rests_on) == len(flag.evidence)
    assert flag.id is not None
    [order] = orders.draft_flag(store, flag.id).orders
    assert order.tickets == ("T0", "T1", "T2")


def test_a_matter_that_is_settled_withdraws_its_flag(
    store: Store, october: Period, clock: Clock
) -> None:
    ticket, round_id = put_round(store, "T1", LAST, received_at=NOW - timedelta(days=40))
    with store.writing() as work:
        work.insert(Instruction, ticket_id=ticket, leader="张市长", content="抓紧", given_at=NOW)
    assert len(raise_flags(store, october)) == 1
    clock.travel(hours=1)
    with store.writing() as work:
        work.update(Ticket, ticket, 1, state="closed")
        work.update(Round, round_id, 1, state="closed", closed_at=work.at)
    assert raise_flags(store, october) == []
    assert _withdrawn(store) == ["所列诉求已不再符合突出诉求条件"]
