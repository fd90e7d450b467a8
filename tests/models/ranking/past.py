"""A past made by chance: rounds in every relation to the weeks and months they touch."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from models.store.store import Store
from models.store.work import Work
from models.tables.deadlines import Deadline, Extension, Pause, ReturnRequest
from models.tables.merging import Merged
from models.tables.reviews import Exclusion, Review
from models.tables.rounds import Rating, Round
from tests.conftest import NOW
from tests.models.appeals import one
from tests.models.cells import rows_of
from tests.models.rounds import put_round

UNIT, OTHER = 5, 6

WORDS = ("满意", "基本满意", "不满意", None)


def settle(store: Store, rounds: int = 70) -> None:
    """Put in rounds of two units in every relation to the weeks: late, early, moved, paused."""
    chance = random.Random(9)
    for n in range(rounds):
        received = NOW - timedelta(days=chance.randint(3, 90), minutes=n)
        due = received + timedelta(days=chance.choice((2, 7, 40)))
        closed = received + timedelta(days=chance.choice((1, 6, 9, 45)))
        closed_at = closed if closed < NOW else None
        word = chance.choice(WORDS) if closed_at else None
        rated_at = None if closed_at is None else closed_at + timedelta(days=chance.randint(0, 9))
        original = due - timedelta(days=chance.choice((0, 0, 3)))
        _, round_id = put_round(
            store,
            f"T{n}",
            chance.choice((UNIT, UNIT, OTHER)),
            received_at=received,
            due_at=due,
            original_due_at=original,
            closed_at=closed_at,
            rating=word,
            rated_at=rated_at,
        )
        _disturb(store, round_id, chance, original, due, rated_at if word else None)


def _disturb(
    store: Store,
    round_id: int,
    chance: random.Random,
    original: datetime,
    due: datetime,
    rated_at: datetime | None,
) -> None:
    """Move, pause or rate again some of the rounds."""
    deadline = one(store, "SELECT id FROM deadline WHERE round_id = :id", id=round_id)[0]
    with store.writing() as work:
        if original != due:
            work.insert(
                Extension,
                deadline_id=deadline,
                asked_at=original - timedelta(days=1),
                limit_text="3d",
                reason="需鉴定",
                decided_at=original + timedelta(days=chance.choice((-1, 8))),
                granted=True,
                due_before=original,
                due_after=due,
            )
        if chance.random() < 0.2:
            work.insert(
                Pause,
                deadline_id=deadline,
                from_at=due - timedelta(days=1),
                to_at=chance.choice((None, due + timedelta(days=5))),
                reason="检测",
                requested_at=due - timedelta(days=2),
                granted=True,
            )
        if rated_at is not None and chance.random() < 0.4:
            work.insert(
                Rating,
                round_id=round_id,
                at=rated_at + timedelta(days=chance.choice((0, 1, 8))),
                recorded_at=rated_at,
                result_rating=chance.choice(WORDS),
                work_rating=chance.choice(WORDS),
                means=("import", "callback", "operator")[round_id % 3],
            )


def verify(store: Store) -> None:
    """Rate again and exclude some rounds: in their week or later, approved, refused, undecided."""
    chance = random.Random(13)
    with store.reading() as reader:
        given = rows_of(
            reader,
            "SELECT g.round_id, r.ticket_id, g.at FROM rating g "
            "JOIN round r ON r.id = g.round_id ORDER BY g.id",
        )
    with store.writing() as work:
        for round_id, ticket_id, at in given:
            if chance.random() < 0.4:
                later = at + timedelta(hours=chance.choice((1, 30, 190)))
                work.insert(
                    Rating,
                    round_id=round_id,
                    at=later,
                    recorded_at=later,
                    result_rating=chance.choice(WORDS),
                    work_rating=chance.choice(WORDS),
                    means="rerating",
                )
            if chance.random() < 0.3:
                asked = at + timedelta(hours=chance.choice((2, 40, 200)))
                approved = chance.choice((True, True, False, None))
                work.insert(
                    Exclusion,
                    ticket_id=ticket_id,
                    round_id=round_id,
                    kind=chance.choice(("exclude", "excuse")),
                    reason="不可抗力",
                    evidence="水文公告",
                    asked_at=asked,
                    asked_by=1,
                    decided_at=None if approved is None else asked + timedelta(hours=1),
                    approved=approved,
                )


def complicate(store: Store) -> None:
    """Close with outcomes, do again, review, return and acknowledge some of what is there."""
    chance = random.Random(11)
    with store.reading() as reader:
        rounds = rows_of(reader, "SELECT id, ticket_id, lead_unit_id, closed_at FROM round")
    outcomes = ("已解决", "部分解决", "未解决", "解释说明")
    with store.writing() as work:
        for id, ticket_id, unit_id, closed_at in sorted(rounds):
            at = NOW - timedelta(days=chance.randint(1, 60))
            if closed_at is not None:
                work.update(Round, id, 1, outcome=chance.choice(outcomes))
                if chance.random() < 0.4:
                    _do_again(work, ticket_id, unit_id, closed_at, chance)
            if chance.random() < 0.5:
                decided = chance.choice((at, None))
                work.insert(
                    Review, ticket_id=ticket_id, round_id=id, opened_at=at, decided_at=decided
                )
            if chance.random() < 0.3:
                work.insert(
                    ReturnRequest, round_id=id, unit_id=OTHER, asked_at=at, reason_code="其他"
                )
            if chance.random() < 0.6:
                stopped = chance.choice((None, at, at + timedelta(days=3)))
                _clock(work, ticket_id, id, "acknowledge", unit_id, at, stopped)


def _do_again(
    work: Work, ticket_id: int, unit_id: int, closed_at: datetime, chance: random.Random
) -> None:
    """Open a second round, so soon that both may be counted in one period."""
    opened = closed_at + timedelta(hours=chance.choice((2, 60)))
    due = opened + timedelta(days=2)
    closed = chance.choice((opened + timedelta(days=1), None))
    id = work.insert(
        Round,
        ticket_id=ticket_id,
        n=2,
        state="closed" if closed else "dispatched",
        lead_unit_id=unit_id,
        opened_at=opened,
        dispatched_at=opened,
        closed_at=closed,
        outcome="未解决" if closed else None,
    )
    _clock(work, ticket_id, id, "close", unit_id, due, closed)
    if closed is not None:
        rated_at = closed + timedelta(hours=5)
        work.insert(
            Rating,
            round_id=id,
            at=rated_at,
            recorded_at=rated_at,
            result_rating="不满意",
            work_rating=chance.choice(WORDS),
            means="callback",
        )


def _clock(
    work: Work,
    ticket_id: int,
    round_id: int,
    step: str,
    unit_id: int,
    due: datetime,
    stopped_at: datetime | None,
) -> None:
    work.insert(
        Deadline,
        subject_kind="ticket",
        subject_id=ticket_id,
        ticket_id=ticket_id,
        round_id=round_id,
        step=step,
        unit_id=unit_id,
        limit_text="2d",
        started_at=due - timedelta(days=2),
        blue_at=due - timedelta(days=2),
        yellow_at=due - timedelta(days=1),
        red_at=due,
        due_at=due,
        original_due_at=due,
        stopped_at=stopped_at,
        policy=1,
        calendar=1,
    )


def merge(store: Store) -> None:
    """Put some tickets under another, before, within or after the weeks; some leave again."""
    chance = random.Random(17)
    with store.reading() as reader:
        tickets = rows_of(
            reader,
            """SELECT t.id, t.received_at, max(d.due_at) FROM ticket t
            JOIN deadline d ON d.ticket_id = t.id AND d.step = 'close'
            GROUP BY t.id, t.received_at ORDER BY t.id""",
        )
    with store.writing() as work:
        for ticket_id, received_at, _ in tickets[:40]:
            joined = received_at + timedelta(days=chance.choice((0, 3, 8, 30)))
            left = chance.choice((None, joined + timedelta(days=chance.choice((1, 9, 40)))))
            lead_id, _, due = chance.choice(tickets[40:])
            before = due + timedelta(days=chance.choice((0, 3, 20)))  # a merge moves none later
            work.insert(
                Merged,
                ticket_id=ticket_id,
                lead_id=lead_id,
                kind="common",
                joined_at=joined,
                joined_by=1,
                first_round=chance.choice((1, 1, 2)),
                last_round=None if left is None else chance.choice((0, 1, 2)),
                lead_due_at=chance.choice((None, before)),
                left_at=left,
                left_due_at=chance.choice((None, before)) if left else None,
            )
