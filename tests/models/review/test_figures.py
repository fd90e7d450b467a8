"""Figures of reviews and signs of gaming, counted by index ranges, on both engines."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.ranking.editions import period_of
from models.review.figures import review_figures, reviews_behind
from models.review.signs import sign_line, signs_of, unit_signs
from models.store.store import Store
from models.tables.bookkeeping import Operator
from models.tables.deadlines import Pause
from models.tables.reviews import Exclusion, Review
from models.tables.rounds import Round
from models.tables.tickets import Person, Ticket
from tests.models.appeals import one, wuhan
from tests.models.rounds import put_round

MONDAY = wuhan("2026-11-09 00:00")

UNIT, OTHER = 3, 4


def put_review(
    store: Store,
    number: str,
    opened_at: datetime,
    decided_at: datetime | None = None,
    verdict: str | None = None,
    unit: int = UNIT,
) -> int:
    """Put in a review of an appeal of its own; return its id."""
    ticket, round_id = put_round(
        store, number, unit, received_at=opened_at - timedelta(days=9), closed_at=opened_at
    )
    with store.writing() as work:
        return work.insert(
            Review,
            ticket_id=ticket,
            round_id=round_id,
            opened_at=opened_at,
            decided_at=decided_at,
            decided_by=1 if decided_at else None,
            verdict=verdict,
        )


def ask(store: Store, review: int, at: datetime, decided_at: datetime | None) -> None:
    """Ask for an exclusion, decided or not."""
    with store.writing() as work:
        work.insert(
            Exclusion,
            ticket_id=review,
            round_id=review,
            review_id=review,
            kind="exclude",
            code="area",
            reason="",
            evidence="函",
            asked_at=at,
            asked_by=1,
            decided_at=decided_at,
            approved=None if decided_at is None else True,
        )


def test_what_was_to_be_verified_is_what_was_and_what_waited(store: Store) -> None:
    day, before, after = (MONDAY + timedelta(days=d) for d in (1, -3, 9))
    with store.writing() as work:
        work.insert(Operator, login="r", name="核查员", active=True, created_at=MADE_AT)
    verdicts = ("unit", "other", "rerated", "rework", "order")
    for n, verdict in enumerate(verdicts):
        put_review(store, f"A{n}", before if n % 2 else day, day + timedelta(hours=n), verdict)
    approved = put_review(store, "X1", day, day, "excluded")
    held = put_review(store, "X2", day, day, "excluded")
    ask(store, approved, day, day)
    ask(store, held, day, after)
    put_review(store, "W1", before)
    put_review(store, "W2", day, after, "unit")
    put_review(store, "N1", after)
    put_review(store, "N2", before, before, "unit")
    put_review(store, "O1", day, unit=OTHER)
    week = period_of(store, "2026-W46")
    with store.reading() as reader:
        own, other = review_figures(reader, week)
        assert (other.unit_id, other.due, other.waiting) == (OTHER, 1, 1)
        counts = (own.due, own.decided, own.waiting)
        assert counts == (9, 6, 3)
        parts = (own.upheld, own.rerated, own.excluded, own.reworked, own.ordered)
        assert parts == (2, 1, 1, 1, 1) and sum(parts) == own.decided
        for name in ("due", "decided", "upheld", "excluded", "waiting"):
            assert len(reviews_behind(reader, week, name, [UNIT])) == getattr(own, name)


MADE_AT = wuhan("2026-01-05 09:00")


def closed(
    store: Store,
    number: str,
    due: datetime,
    before: timedelta,
    reply: str,
    who: str | None = None,
) -> int:
    """Put in an appeal of somebody, solved so long before its due; return its ticket."""
    ticket, round_id = put_round(
        store,
        number,
        UNIT,
        received_at=due - timedelta(days=7),
        due_at=due,
        closed_at=due - before,
        outcome="已解决",
    )
    with store.writing() as work:
        work.update(Round, round_id, 1, reply=reply)
        work.insert(Person, ticket_id=ticket, reporter_key=who or number)
        work.update(Ticket, ticket, 1, object=who and "路灯")
    return ticket


def test_signs_of_a_unit_and_of_a_ticket(store: Store) -> None:
    due = wuhan("2026-11-11 17:30")
    same = "经现场核实，已责令整改到位。"
    late = [closed(store, f"R{n}", due, timedelta(minutes=n), same) for n in range(5)]
    calm = closed(store, "C1", due, timedelta(days=2), "换了一盏灯，现在亮了。", "甲")
    next_week = due + timedelta(days=6)
    closed(store, "C2", next_week, timedelta(days=1), "重新接了线路才亮。", "甲")
    (paused,) = one(store, "SELECT id FROM deadline WHERE ticket_id = :id", id=calm)
    with store.writing() as work:
        work.insert(
            Pause,
            deadline_id=paused,
            from_at=due - timedelta(hours=2),
            reason="检测",
            requested_at=due,
            granted=True,
        )
    put_review(store, "V1", due, due, "other")
    week, keeper = period_of(store, "2026-W46"), store.timekeeper()
    (name,) = one(store, "SELECT name FROM operator WHERE id = 1")
    with store.reading() as reader:
        found = {sign.code: sign for sign in unit_signs(reader, keeper, week, UNIT)}
        assert set(found["rushed"].found) == set(late) == set(found["copied"].found)
        assert (found["again"].found, found["again"].among) == ((calm,), 6)
        assert (found["paused"].found, found["paused"].among) == ((calm,), 1)
        assert found["other"].whose == name and len(found["other"].found) == 1
        assert all(sign.city_found >= len(sign.found) for sign in found.values())
        line = sign_line(signs_of(reader, keeper, late[0]))
        assert line.startswith("留意：到期前一小时内成批办结（该单位近一月5件）；答复与别的件相同")
        assert signs_of(reader, keeper, 10_000) == [] and sign_line([]) == ""
        other = unit_signs(reader, keeper, week, OTHER)
        assert [len(sign.found) for sign in other] == [0, 0, 0, 0]
        assert other[0].city_found == 5
