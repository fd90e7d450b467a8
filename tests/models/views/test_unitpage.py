"""A unit's page: its facts recomputed from what the rows say, on both engines."""

from __future__ import annotations

import random
from datetime import timedelta
from statistics import median

import pytest

from models.casework.undoing import undo
from models.casework.verbs import take
from models.merging import merge
from models.review.verdicts import judge
from models.store.store import Store
from models.tables.rounds import Round
from models.tables.tickets import Ticket
from models.views.queue import queue_moment
from models.views.unitpage import (
    LISTED,
    RECENT,
    answered_ids,
    reminded_ids,
    unit_contacts,
    unit_done,
    unit_now,
)
from rules.casework.appeal import RATINGS
from rules.errors import DubanError
from tests.conftest import NOW, Clock
from tests.console.town import settle_town
from tests.models.appeals import column, unit_id
from tests.models.casework.walking import STATES, begin, walk
from tests.models.cells import value_of
from tests.models.rounds import put_round
from tests.models.statements import statements

UNIT = 5


def test_what_runs_stands_on_the_page_with_what_is_asked_for(store: Store) -> None:
    settle_town(store, 60)
    unit = unit_id(store, "武汉市洪山区人民政府")
    moment = queue_moment(store.timekeeper(), store.now())
    with store.reading() as reader:
        now = unit_now(reader, unit, moment)
        whole = unit_now(reader, unit, moment, None)
    assert (now.contact.short_name, now.contact.group) == ("洪山区", "中心城区")
    assert now.contact.liaison and now.contact.phone and now.contact.leader
    assert len(whole.late) == now.total("late") > 0
    assert now.late == whole.late[:LISTED]
    assert [row.due_at for row in whole.late] == sorted(row.due_at for row in whole.late)
    assert all(row.due_at < store.now() and row.unit_id == unit for row in whole.late)
    assert len(whole.next) == now.total("next")
    assert now.answered == len(
        column(
            store,
            "SELECT id FROM round WHERE lead_unit_id = :unit AND state = 'replied'",
            unit=unit,
        )
    )


def test_reminders_are_told_with_their_matters(store: Store) -> None:
    settle_town(store, 30)
    unit = unit_id(store, "武汉市洪山区人民政府")
    tickets = column(
        store,
        "SELECT r.ticket_id FROM round r WHERE r.lead_unit_id = :unit AND r.state <> 'replied' "
        "ORDER BY r.ticket_id LIMIT 3",
        unit=unit,
    )
    take(store, "urge", tickets, answered_by="王科长", promised="明天上午到场")
    moment = queue_moment(store.timekeeper(), store.now())
    with store.reading() as reader:
        (told,) = unit_now(reader, unit, moment).reminders
        ids = list(reminded_ids(reader, told.id))
        waiting = list(answered_ids(reader, unit))
    assert (told.means, told.answered_by, told.promised) == ("phone", "王科长", "明天上午到场")
    assert told.matters == len(ids) == 3
    listed = column(store, "SELECT ticket_id FROM deadline WHERE id IN (:ids)", ids=ids)
    assert sorted(listed) == tickets
    assert not set(waiting) & set(ids)


def test_what_was_closed_is_counted_by_rating_and_by_category_in_working_time(
    store: Store,
) -> None:
    chance = random.Random(3)
    keeper, worked = store.timekeeper(), dict[str, list[int]]()
    said: dict[str, list[int]] = {word: [] for word in RATINGS}
    for n in range(24):
        received = NOW - timedelta(days=chance.randint(2, 130), hours=chance.randint(0, 23))
        closed = received + timedelta(hours=chance.randint(2, 100))
        word = chance.choice((*RATINGS, None))
        ticket, round_id = put_round(
            store, f"T{n}", UNIT, received_at=received, closed_at=closed, rating=word,
            rated_at=closed + timedelta(hours=1), channel="大接访" if n % 3 else "人民网",
        )  # fmt: skip
        category = f"城市管理/{chance.choice(('市容', '环卫'))}/{n}"
        with store.writing() as work:
            work.update(Ticket, ticket, 1, category=category)
            work.update(Round, round_id, 1, work_rating=word)
        if closed >= NOW - RECENT:
            kind = category.rpartition("/")[0]
            worked.setdefault(kind, []).append(keeper.calendar.between(received, closed))
            if word:
                said[word].append(ticket)
    with store.reading() as reader:
        done = unit_done(reader, UNIT, keeper, store.now())
    assert len(done.closed) == sum(map(len, worked.values())) < 24
    assert {word: sorted(ids) for word, ids in done.result.items()} == said
    assert done.work == done.result
    assert list(done.channels) == ["大接访", "人民网"]
    assert sorted(sum(done.channels.values(), ())) == sorted(done.closed)
    assert {one.category: one.seconds for one in done.categories} == {
        kind: round(median(times)) for kind, times in worked.items()
    }
    assert {one.category: len(one.ticket_ids) for one in done.categories} == {
        kind: len(times) for kind, times in worked.items()
    }
    assert [row.ticket_id for row in done.unsatisfied] == list(done.result["不满意"])
    rated = [row.rated_at for row in done.unsatisfied if row.rated_at is not None]
    assert rated == sorted(rated, reverse=True) and rated


def test_the_list_names_every_unit_in_force_with_its_telephone(sqlite_store: Store) -> None:
    with sqlite_store.reading() as reader:
        found = unit_contacts(reader)
    assert len(found) == 117
    assert all(one.phone and one.liaison for one in found)


def test_a_unit_that_is_not_there_is_refused_in_words(sqlite_store: Store) -> None:
    moment = queue_moment(sqlite_store.timekeeper(), sqlite_store.now())
    with sqlite_store.reading() as reader, pytest.raises(DubanError, match="F7"):
        unit_now(reader, 9999, moment)


def test_a_page_takes_few_reads_however_much_is_late(sqlite_store: Store) -> None:
    settle_town(sqlite_store, 60)
    unit = unit_id(sqlite_store, "武汉市洪山区人民政府")
    keeper = sqlite_store.timekeeper()
    moment = queue_moment(keeper, sqlite_store.now())
    with sqlite_store.reading() as reader:
        with statements(sqlite_store) as now:
            unit_now(reader, unit, moment)
        with statements(sqlite_store) as done:
            unit_done(reader, unit, keeper, moment.now)
    assert len(now) <= 12, now
    assert len(done) <= 2, done


def test_reviews_are_counted_by_what_they_wait_for_or_ended_with(sqlite_store: Store) -> None:
    store = sqlite_store
    begin(store)
    walk(store, STATES["closed"])
    take(store, "rate", [1], result="不满意")

    def counted() -> dict[str, tuple[int, ...]]:
        with store.reading() as reader:
            unit = int(value_of(reader, "SELECT lead_unit_id FROM round WHERE ticket_id = 1"))
            return unit_done(reader, unit, store.timekeeper(), store.now()).reviews

    assert counted() == {"待核查": (1,)}
    judge(store, "exclude", [1], code="untrue", evidence="现场照片")
    assert counted() == {"剔除待批": (1,)}
    undo(store)
    judge(store, "uphold", [1])
    assert counted() == {"维持·单位责任": (1,)}


def test_what_is_merged_counts_once_with_its_lead_and_is_told_beside(
    store: Store, clock: Clock
) -> None:
    received = NOW - timedelta(hours=2)
    for n in range(5):
        put_round(store, f"T{n}", UNIT, received_at=received)
    clock.travel(hours=1)
    merge(store, [1, 2, 3], lead_id=3)
    take(store, "reply", [3], text="已到现场处理完毕，设施恢复正常。", outcome="已解决")

    def told() -> tuple[tuple[int, ...], tuple[int, ...]]:
        with store.reading() as reader:
            moment = queue_moment(store.timekeeper(), store.now())
            now = unit_now(reader, UNIT, moment)
            done = unit_done(reader, UNIT, store.timekeeper(), store.now())
            running = sum(now.total(colour) for colour in ("red", "yellow", "blue"))
            assert len(answered_ids(reader, UNIT)) == now.answered
        [times] = done.categories or [None]
        counted = len(times.ticket_ids) if times else 0
        return (running, now.answered, now.merged), (len(done.closed), *done.merged, counted)

    assert told() == ((2, 1, 2), (0, 0))
    take(store, "close", [3], outcome="已解决")
    assert told() == ((2, 0, 0), (3, 1, 2, 1))
    take(store, "rate", [1], result="不满意")
    take(store, "rework", [1], reason="群众不满意")
    assert told() == ((3, 0, 0), (3, 1, 2, 1))
