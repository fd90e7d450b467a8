"""What others answer comes in for insight alone: no clocks, no steps, no counts, counted once."""

from __future__ import annotations

from typing import Any

import pytest

from models.clocks import load_policy, sweep
from models.intake import Wanted, named_units, outgoing_tickets
from models.privacy import due_now
from models.store import Store, verify_store
from models.store.counts import miscounted
from models.views import (
    QueueCounts,
    desk_queues,
    queue_counts,
    queue_snapshot,
    queue_states,
    queue_total,
    queue_window,
    ticket_view,
)
from models.views.narrowing import queue_narrowed
from models.views.queue import queue_moment
from rules.casework import HalfRow, QueueFilter
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import appeal, column, one, taken, wuhan
from tests.models.casework.walking import STEPS
from tests.models.clocks.test_policies import text_of

OURS = QueueFilter()

ASIDE = QueueFilter(state="analysis")


def consumer(external_id: str | None = "XB20261119001", **changes: Any) -> Any:
    """Return a complaint that the consumers' line has taken, and answered."""
    told: dict[str, Any] = {
        "channel": "12315",
        "title": "超市拒不退款",
        "content": "在超市买到过期食品，店家拒不退款，请督促处理",
        "unit": "武昌区市场监管局",
        "reporter": "李女士",
        "phone": "13900001111",
        "reply": "已责令退款",
        "outcome": "已解决",
        "replied_at": wuhan("2026-11-19 15:00"),
        "closed_at": wuhan("2026-11-19 16:00"),
        "result_rating": "不满意",
        "rated_at": wuhan("2026-11-19 17:00"),
        "due_at": wuhan("2026-11-19 12:00"),
        **changes,
    }
    return appeal(external_id, **told)


def counted(store: Store, wanted: QueueFilter = OURS) -> QueueCounts:
    """Return the counters of a filter, and see that what is kept of them is right."""
    with store.reading() as reader:
        assert miscounted(reader) == 0
        return queue_counts(reader, wanted, queue_moment(store.timekeeper(), store.now()))


def test_a_channel_of_the_policy_comes_in_without_clock_unit_rating_or_review(
    store: Store,
) -> None:
    result = taken(store, consumer(), appeal())
    assert (result.new, result.analysis) == (2, 1)
    assert one(store, "SELECT state, unit_text, parent_id FROM ticket WHERE channel = '12315'") == (
        "analysis",
        "武昌区市场监管局",
        None,
    )
    kept = "state, lead_unit_id, dispatched_at, replied_at, closed_at, rated_at, reply"
    assert one(
        store,
        f"SELECT {kept} FROM round WHERE ticket_id = "
        "(SELECT id FROM ticket WHERE channel = '12315')",
    ) == ("analysis", None, None, None, None, None, "已责令退款")
    ours = column(store, "SELECT t.channel FROM deadline d JOIN ticket t ON t.id = d.ticket_id")
    assert ours == ["城市留言板"]
    for table in ("rating", "review"):
        assert one(store, f"SELECT count(*) FROM {table}") == (0,)
    told = column(store, "SELECT payload FROM event WHERE verb = 'ticket.intake' ORDER BY seq")
    assert ['"analysis":true' in each for each in told] == [False, True]
    assert "2026-11-19T08:00:00Z" in told[1]
    assert verify_store(store).ok


def test_it_stands_in_no_count_no_pile_and_no_rank_unless_asked_for(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal())
    before = counted(store), counted(store, QueueFilter(state="all"))
    with store.reading() as reader:
        piles = desk_queues(reader)
    taken(store, consumer(), consumer("XB20261119002", content="买到的酒是假的，要求三倍赔偿"))
    assert (counted(store), counted(store, QueueFilter(state="all"))) == before
    clock.travel(days=30)
    sweep(store)
    moment = queue_moment(store.timekeeper(), store.now())
    with store.reading() as reader:
        assert desk_queues(reader) == piles
        assert named_units(reader, store.now().date()) == []
        states = queue_states(reader, QueueFilter(), moment)
        assert (states.open, states.closed, states.unsatisfied, states.all) == (1, 0, 0, 1)
        for wanted in (ASIDE, QueueFilter(state="analysis", channel="12315")):
            ids = queue_snapshot(reader, wanted, moment)
            assert queue_total(reader, wanted, moment) == len(ids) == 2
            assert list(queue_narrowed(reader, ids, wanted, moment)) == list(ids)
        assert {row.for_analysis for row in queue_window(reader, ids)} == {True}
        assert queue_total(reader, QueueFilter(state="analysis", channel="微信"), moment) == 0
        went_out = [each.channel for each in outgoing_tickets(reader, Wanted())]
        assert went_out == ["城市留言板"]
        aside = outgoing_tickets(reader, Wanted(state="analysis"))
        assert {each.channel for each in aside} == {"12315"}
    assert one(
        store,
        "SELECT count(*) FROM crossing c JOIN deadline d ON d.id = c.deadline_id "
        "JOIN ticket t ON t.id = d.ticket_id WHERE t.channel = '12315'",
    ) == (0,)


def test_steps_on_it_are_refused_in_one_clear_line(store: Store) -> None:
    taken(store, consumer())
    for verb in ("dispatch", "reply", "close", "rate", "rework", "instruct", "urge"):
        with pytest.raises(Refused, match="此件仅供分析，由来源方办理，不能"):
            STEPS[verb](store)
    assert one(store, "SELECT state FROM round") == ("analysis",)


def test_a_note_may_be_written_and_leaves_it_where_it_stands(store: Store) -> None:
    taken(store, consumer())
    STEPS["note"](store)
    STEPS["accuse"](store)
    assert one(
        store, "SELECT t.state, r.state FROM ticket t JOIN round r ON r.ticket_id = t.id"
    ) == (
        "analysis",
        "analysis",
    )
    with store.reading() as reader:
        view = ticket_view(reader, store.timekeeper(), 1, store.now())
    assert (view.status, view.for_analysis, view.deadlines) == ("仅供分析", True, ())
    assert verify_store(store).ok


def test_a_newer_row_is_learnt_without_any_step(store: Store) -> None:
    taken(store, consumer(outcome=None, closed_at=None, urgency="特急"))
    assert taken(store, consumer(outcome=None, closed_at=None, urgency="特急")).unchanged == 1
    later = consumer(reply="已退款并立案", unit="洪山区市场监管局", urgency="一般", category="消费")
    assert taken(store, later).updated == 1
    assert taken(store, later, digest="again").unchanged == 1
    assert one(
        store,
        "SELECT t.state, t.unit_text, t.urgency, r.state, r.reply, r.outcome "
        "FROM ticket t JOIN round r ON r.ticket_id = t.id",
    ) == ("analysis", "洪山区市场监管局", "一般", "analysis", "已退款并立案", "已解决")
    assert one(store, "SELECT count(*) FROM deadline") == (0,)
    assert verify_store(store).ok


def test_ratings_of_it_are_refused_by_name(store: Store) -> None:
    taken(store, consumer())
    number = column(store, "SELECT number FROM ticket")[0]
    rated = HalfRow(
        channel="其他",
        number=number,
        result_rating="满意",
        rated_at=wuhan("2026-11-20 09:00"),
        line=2,
    )
    [reject] = taken(store, rated, profile="ratings").rejects
    assert "仅供分析" in reject.reason


def test_a_source_of_the_policy_and_the_flag_of_an_import_set_aside_too(store: Store) -> None:
    text = text_of(store, ('analysis_only = ["12315"', 'analysis_only = ["police"'))
    load_policy(store, text, "试")
    assert taken(store, appeal("P1"), source="police").analysis == 1
    assert taken(store, appeal("P2"), analysis=True).analysis == 1
    assert taken(store, consumer()).analysis == 0
    assert column(store, "SELECT state FROM ticket ORDER BY id") == [
        "analysis",
        "analysis",
        "closed",
    ]


SAID = "在超市买到过期食品，店家拒不退款，请督促处理"


def _counts_once(store: Store) -> tuple[int, list[str]]:
    """Return how many count as what others answer, and what the trail says of the others."""
    moment = queue_moment(store.timekeeper(), store.now())
    with store.reading() as reader:
        found = queue_total(reader, ASIDE, moment)
    return found, column(store, "SELECT payload FROM event WHERE verb = 'ticket.same' ORDER BY seq")


def test_the_same_words_on_two_platforms_are_one_matter_counted_where_it_is_ours(
    store: Store,
) -> None:
    ours = appeal("A7", content=SAID, received_at=wuhan("2026-11-17 10:00"))
    taken(store, ours, consumer())
    assert _counts_once(store) == (0, ['{"by":"text","number":"WH20261117-00001"}'])
    assert one(store, "SELECT parent_id FROM ticket WHERE channel = '12315'") == (1,)
    with store.reading() as reader:
        own, other = (ticket_view(reader, store.timekeeper(), n, store.now()) for n in (1, 2))
    assert [(each.channel, each.counts) for each in own.same] == [("12315", False)]
    assert [(each.number, each.counts) for each in other.same] == [("WH20261117-00001", True)]
    assert "文字相同" in other.trail[-1].text
    assert verify_store(store).ok


def test_one_of_ours_that_comes_later_stands_for_what_came_before(store: Store) -> None:
    taken(store, consumer(), consumer("XB20261119003", content="另一件事情，与前面的完全无关"))
    taken(store, appeal("A7", content=SAID), digest="later")
    found, told = _counts_once(store)
    assert (found, len(told)) == (1, 1)
    assert one(store, "SELECT count(*) FROM ticket WHERE parent_id = 3") == (1,)
    assert verify_store(store).ok


def test_a_number_of_another_platform_is_known_whatever_column_holds_it(store: Store) -> None:
    taken(store, appeal("A1", number="WH20261118-00007"), appeal("XB20261119001"))
    named = consumer(None, number="WH20261118-00007", content="内容另有说法，写得完全不同")
    taken(store, named, consumer(content="内容又是一种说法，写得也不同"), source="12315平台")
    numbers = column(store, "SELECT number FROM ticket WHERE state = 'analysis' ORDER BY id")
    assert numbers == ["WH20261119-00002", "WH20261119-00003"]
    assert column(store, "SELECT parent_id FROM ticket WHERE state = 'analysis' ORDER BY id") == [
        1,
        2,
    ]
    assert taken(store, named, source="12315平台", digest="again").unchanged == 1
    assert verify_store(store).ok


def test_of_two_platforms_that_others_answer_the_first_counts(store: Store) -> None:
    taken(store, consumer())
    housing = consumer("FG2026111901", channel="房管热线", unit="房管局")
    taken(store, housing, source="housing")
    assert _counts_once(store)[0] == 1
    assert column(store, "SELECT parent_id FROM ticket ORDER BY id") == [None, 1]


def test_a_number_of_theirs_is_not_taken_for_one_of_ours(store: Store) -> None:
    taken(store, consumer(number="XB2026-0001"))
    [reject] = taken(store, appeal(None, number="XB2026-0001"), source="ledger").rejects
    assert "仅供分析" in reject.reason


def test_personal_data_of_it_is_erased_as_long_after_its_receipt(
    store: Store, clock: Clock
) -> None:
    taken(store, consumer())
    assert due_now(store).erasable == ()
    clock.travel(days=3 * 366)
    assert [each.number for each in due_now(store).erasable] == ["WH20261119-00001"]
