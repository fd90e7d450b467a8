"""The bulletin of a random small city: every figure beside a slow recount of the rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.ranking.editions import EditionView, compute_edition, period_of
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition, whole_edition
from models.ranking.remarks import remark_now, write_remark
from models.store.store import Store
from models.store.work import Work
from models.tables.deadlines import Deadline, Extension, Pause
from models.tables.reviews import Accused, Review
from models.tables.rounds import Rating, Round
from models.tables.supervision import SupervisionOrder
from models.tables.tickets import Person, Ticket
from rules.errors import Refused
from rules.ranking.bulletin import Bulletin, InHand
from rules.ranking.periods import Period, period_after
from tests.models.cells import rows_of

OCTOBER = "2026-10"

BEGAN = datetime(2026, 8, 20, tzinfo=UTC)

UNITS = (5, 6, 7)

HOURS = timedelta(hours=1)


def _settle(store: Store, rounds: int = 90) -> None:
    """Put in rounds in every relation to two months: moved, paused, answered, kept back."""
    dice = random.Random(12)
    with store.writing() as work:
        for n in range(rounds):
            _appeal(work, dice, n)
        _orders(work)


def _appeal(work: Work, dice: random.Random, n: int) -> None:
    received = BEGAN + timedelta(hours=dice.randint(0, 85 * 24))
    analysis = dice.random() < 0.08
    waiting = not analysis and dice.random() < 0.1
    closed = received + timedelta(days=dice.randint(2, 40))
    closed_at = closed if not (analysis or waiting) and dice.random() < 0.7 else None
    ticket_id = work.insert(
        Ticket,
        number=f"T{n:03}",
        source="test",
        channel=dice.choice(("12345电话", "微信", "人民网")),
        nature=dice.choice(("投诉", "投诉", "求助", "举报")),
        category=dice.choice(("公用事业/供水/停水", "公用事业/供水/水质", "其他", None)),
        urgency="一般",
        title=f"第{n}件",
        content=f"第{n}件，请来电13871234567",
        object=dice.choice(("恒润热力公司", "恒润热力公司", "王师傅", None)),
        confidential=dice.random() < 0.1,
        received_at=received,
        recorded_at=received,
        state="analysis" if analysis else "closed" if closed_at else "open",
    )
    if n % 6 == 0:
        confirmed = (None, True, False)[n // 6 % 3]
        work.insert(Accused, ticket_id=ticket_id, unit_id=9, found_at=received, confirmed=confirmed)
    key = dice.choice(("a", "b", "c", "d", None))
    work.insert(Person, ticket_id=ticket_id, reporter=f"李某{n}", reporter_key=key)
    unit = None if analysis or waiting else dice.choice(UNITS)
    replied = None if closed_at is None else closed_at - timedelta(days=dice.choice((0, 1, 9)))
    replied = replied if replied is not None and replied > received else closed_at
    answered = replied or (received + timedelta(days=4) if unit and dice.random() < 0.4 else None)
    round_id = work.insert(
        Round,
        ticket_id=ticket_id,
        n=1,
        state="analysis" if analysis else "waiting" if waiting else "dispatched",
        lead_unit_id=unit,
        opened_at=received,
        dispatched_at=None if unit is None else received + dice.choice((0, 2, 60)) * HOURS,
        replied_at=answered,
        first_replied_at=answered,
        closed_at=closed_at,
    )
    if unit is not None:
        _clocks(work, dice, ticket_id, round_id, unit, received, answered, closed_at)
    if closed_at is not None:
        _judged_by_citizen(work, dice, ticket_id, round_id, closed_at)


def _clocks(
    work: Work,
    dice: random.Random,
    ticket_id: int,
    round_id: int,
    unit: int,
    received: datetime,
    answered: datetime | None,
    closed_at: datetime | None,
) -> None:
    due = received + timedelta(days=dice.choice((2, 7, 40)))
    id = _clock(work, ticket_id, round_id, "close", unit, received, due, closed_at and answered)
    if answered is not None:
        _clock(work, ticket_id, round_id, "judge", unit, answered, answered + HOURS, closed_at)
    if dice.random() < 0.25:
        work.insert(
            Pause,
            deadline_id=id,
            from_at=due - timedelta(days=1),
            to_at=dice.choice((None, due + timedelta(days=5))),
            reason="检测",
            requested_at=received,
            granted=True,
        )
    elif dice.random() < 0.25:
        before = due - timedelta(days=dice.choice((1, 20)))
        decided = before - timedelta(hours=dice.choice((1, 30)))
        work.insert(
            Extension,
            deadline_id=id,
            asked_at=decided,
            limit_text="3d",
            reason="鉴定",
            decided_at=decided,
            granted=True,
            due_before=before,
            due_after=due,
        )


def _clock(
    work: Work,
    ticket_id: int,
    round_id: int,
    step: str,
    unit: int,
    started: datetime,
    due: datetime,
    stopped_at: datetime | None,
) -> int:
    return work.insert(
        Deadline,
        subject_kind="ticket",
        subject_id=ticket_id,
        ticket_id=ticket_id,
        round_id=round_id,
        step=step,
        unit_id=unit,
        limit_text="2d",
        started_at=started,
        blue_at=started + HOURS,
        yellow_at=due - timedelta(days=1),
        red_at=due + timedelta(seconds=1),
        due_at=due,
        original_due_at=due,
        stopped_at=stopped_at,
        policy=1,
        calendar=1,
    )


def _judged_by_citizen(
    work: Work, dice: random.Random, ticket_id: int, round_id: int, closed_at: datetime
) -> None:
    said = dice.choice(("满意", "不满意", "不满意"))
    at = closed_at + timedelta(days=dice.randint(0, 5))
    for means, word in (("import", said), ("rerating", "满意")):
        if means == "import" or dice.random() < 0.2:
            work.insert(
                Rating,
                round_id=round_id,
                at=at,
                recorded_at=at,
                result_rating=word,
                work_rating=word,
                means=means,
            )
    if said == "不满意":
        decided = dice.choice((None, at + timedelta(days=2), at + timedelta(days=30)))
        work.insert(
            Review,
            ticket_id=ticket_id,
            round_id=round_id,
            opened_at=at,
            decided_at=decided,
            verdict=decided and "unit",
            cause=decided and dice.choice(("slow", "silent")),
        )


PAPERS = (
    ("order", None),
    ("order", False),
    ("notice", None),
    ("order", True),
    ("referral_crime", None),
)
"""The kind of a paper, and whether it is confidential."""


def _orders(work: Work) -> None:
    """Sign papers in September and October; referrals and a confidential one among them."""
    for n, (kind, secret) in enumerate(
        (
            ("order", None),
            ("order", False),
            ("notice", None),
            ("order", True),
            ("referral_crime", None),
        )
    ):
        for month in (9, 10):
            signed = datetime(2026, month, 10 + n, tzinfo=UTC)
            work.insert(
                SupervisionOrder,
                kind=kind,
                level=1,
                status="delivered",
                number=f"{kind}{n}{month}",
                unit_id=5,
                title="密",
                cause="逾期",
                demands="办",
                limit_text="3wd",
                drafted_at=signed,
                drafted_by=1,
                signed_at=signed,
                due_at=signed + timedelta(days=3),
                closed_at=datetime(2026, 10, 25, tzinfo=UTC) if n == 1 else None,
                confidential=secret,
            )


@pytest.fixture
def city(store: Store) -> Store:
    _settle(store)
    return store


@pytest.fixture
def october(city: Store) -> Period:
    return period_of(city, OCTOBER)


def _told(view: EditionView) -> Bulletin:
    assert view.bulletin is not None
    return view.bulletin


_ACCUSED = "SELECT ticket_id, confirmed FROM accused"


class _Rows:
    """Every row of some tables, read whole, and asked in Python."""

    def __init__(self, store: Store, period: Period) -> None:
        self.period = period
        with store.reading() as reader:

            def table(name: str, told: str) -> list[dict[str, Any]]:
                columns = told.split()
                found = rows_of(reader, f"SELECT {', '.join(columns)} FROM {name}")
                return [dict(zip(columns, row, strict=True)) for row in found]

            self.tickets = table(
                "ticket",
                "id number channel nature category object confidential received_at state",
            )
            self.accused = {
                ticket for ticket, said in rows_of(reader, _ACCUSED) if said in (None, 1)
            }
            self.people = dict(rows_of(reader, "SELECT ticket_id, reporter_key FROM citizen"))
            self.rounds = table(
                "round", "id ticket_id lead_unit_id opened_at dispatched_at closed_at state"
            )
            self.clocks = table(
                "deadline",
                "id round_id step started_at blue_at yellow_at red_at due_at stopped_at",
            )
            self.pauses = table("pause", "deadline_id from_at to_at")
            self.moves = table("extension", "deadline_id decided_at due_before")

    def received(self) -> list[dict[str, Any]]:
        return [
            one
            for one in self.tickets
            if one["received_at"] in self.period and one["state"] != "analysis"
        ]

    def named(self, one: dict[str, Any]) -> bool:
        """Whether an appeal may be named to every unit."""
        against = one["id"] in self.accused
        return not (one["confidential"] or one["nature"] == "举报" or against)

    def hand(self, one: dict[str, Any], until: datetime) -> tuple[int | None, InHand]:
        """Return who has a round in hand at the period's end, and its state."""
        at = self.period.to_at
        if one["dispatched_at"] is None or one["dispatched_at"] >= at:
            return None, InHand(waiting=1)
        clocks = [c for c in self.clocks if c["round_id"] == one["id"]]
        close = next(c for c in clocks if c["step"] == "close")
        judging = [
            c["started_at"]
            for c in clocks
            if c["step"] == "judge" and c["started_at"] < at <= (c["stopped_at"] or at)
        ]
        paused = any(
            p["from_at"] < at <= (p["to_at"] or at)
            for p in self.pauses
            if p["deadline_id"] == close["id"]
        )
        moved = [
            m["due_before"]
            for m in self.moves
            if m["deadline_id"] == close["id"] and m["decided_at"] >= at
        ]
        due = min(moved) if moved else close["due_at"]
        overdue = not paused and due < at and not (judging and judging[0] <= due)
        soon = not paused and not judging and at <= due < until
        if judging:
            state = "held"
        elif paused:
            state = "paused"
        elif moved:
            state = "red" if due < at else "blue"
        else:
            reached = [c for c in ("red", "yellow", "blue") if close[f"{c}_at"] <= at]
            state = reached[0] if reached else "plain"
        counted: dict[str, int] = {state: 1}
        return one["lead_unit_id"], InHand(**counted, overdue=int(overdue), soon=int(soon))

    def hands(self, until: datetime) -> dict[int | None, InHand]:
        found: dict[int | None, InHand] = defaultdict(InHand)
        for one in self.rounds:
            end = one["closed_at"]
            open_then = end is None or end >= self.period.to_at
            if one["opened_at"] < self.period.to_at and open_then and one["state"] != "analysis":
                unit, hand = self.hand(one, until)
                found[unit] += hand
        return found


def test_every_figure_equals_a_slow_recount(city: Store, october: Period) -> None:
    view, rows = whole_edition(city, october), _Rows(city, october)
    told = _told(view)
    _same_flow(told, rows, city)
    _same_in_hand(told, rows, city)
    _same_people(told, rows)
    _same_unsatisfied(told, view, rows)
    _no_confidential_paper(told)
    assert [check.off for check in told.checks(view.total)] == [0] * 5


def _same_flow(told: Bulletin, rows: _Rows, city: Store) -> None:
    received, month = rows.received(), rows.period
    assert told.flow.received == len(received) > 10

    def within(column: str) -> int:
        return sum(one[column] in month for one in rows.rounds if one[column] is not None)

    assert told.flow.dispatched == within("dispatched_at")
    assert told.flow.closed == within("closed_at")
    for name, column in (("channels", "channel"), ("natures", "nature")):
        counted = Counter(one[column] for one in received)
        assert {a.name: a.count for a in getattr(told, name)} == counted
    kinds = Counter("/".join((one["category"] or "未分类").split("/")[:2]) for one in received)
    assert {a.name: a.count for a in told.categories} == kinds
    zone = city.timekeeper().zone
    days = Counter(one["received_at"].astimezone(zone).date() for one in received)
    assert dict(told.days) == {day: days[day] for day, _ in told.days}
    assert len(told.days) == 31


def _same_in_hand(told: Bulletin, rows: _Rows, city: Store) -> None:
    until = period_after(rows.period, city.timekeeper().zone).to_at
    hands = rows.hands(until)
    assert dict(told.hands) == {unit: hand for unit, hand in hands.items() if unit is not None}
    every = told.in_hand
    assert every == sum(hands.values(), InHand())
    assert min(every.waiting, every.held, every.paused, every.red, every.blue, every.overdue) > 0


def _same_people(told: Bulletin, rows: _Rows) -> None:
    again = Counter(
        (rows.people[one["id"]], one["category"])
        for one in rows.received()
        if rows.people[one["id"]] and one["category"]
    )
    more = [count for count in again.values() if count > 1]
    assert told.repeats == (len(more), sum(more)) and more
    named = [one for one in rows.received() if rows.named(one)]
    open_words = [one for one in named if one["object"] == "恒润热力公司"]
    people = {rows.people[one["id"]] for one in open_words} - {None}
    assert [(s.name, s.reporters, s.tickets) for s in told.hot_spots] == [
        ("恒润热力公司", len(people), len(open_words))
    ]


def _same_unsatisfied(told: Bulletin, view: EditionView, rows: _Rows) -> None:
    verified, named = view.total.verified, {one["number"]: rows.named(one) for one in rows.tickets}
    assert verified is not None and 0 < len(told.matters) < verified.unsatisfied
    assert all(named[matter.number] for matter in told.matters)
    assert told.cases and all(named[case.number] for case in told.cases)
    decided = sum(n for _, n in told.verdicts)
    assert decided == sum(n for _, n in told.causes) == view.total.reviewed > 0
    cases = " ".join(case.text for case in told.cases)
    assert "138****4567" in cases and "13871234567" not in cases


def _no_confidential_paper(told: Bulletin) -> None:
    papers = told.supervision
    assert papers.issued == (("notice", 1, 1), ("order", 1, 2))
    assert (papers.carried, papers.carried_closed, papers.closed) == (3, 1, 2)
    assert papers.this_year == 4
    assert {one.number for one in papers.open} == {"order09", "order010", "notice29", "notice210"}


def test_the_period_before_is_told_as_published_else_as_computed(
    city: Store, october: Period
) -> None:
    before = _told(whole_edition(city, october)).before
    september = period_of(city, "2026-09")
    rows = _Rows(city, september)
    assert before is not None and (before.period, before.issue) == ("2026-09", None)
    assert before.flow.received == len(rows.received())
    assert before.total == compute_edition(city, september).total
    first = _told(publish_edition(city, september))
    assert first.before is None and first.year_ago is None  # the store begins in August
    assert [key for key, *_ in first.trend] == ["2026-09"]
    after = _told(whole_edition(city, october)).before
    assert after is not None and after.issue == 1
    assert replace(after, issue=None, in_hand=None) == before
    assert after.in_hand == first.in_hand


def test_a_published_bulletin_is_read_back_and_never_reckoned_again(
    city: Store, october: Period
) -> None:
    write_remark(city, october, "comment", "要抓紧")
    done = publish_edition(city, october)
    with city.writing() as work:
        for n in range(9):
            _appeal(work, random.Random(n), 500 + n)
    write_remark(city, october, "comment", "以后的话")
    kept = whole_edition(city, october)
    assert kept.bulletin == done.bulletin == edition_of(city, october).bulletin
    assert [remark.text for _, remark in _told(kept).remarks] == ["要抓紧"]
    revised = publish_edition(city, october, reason="补录")
    assert _told(revised).remarks[0][1].text == "以后的话"
    assert revised.bulletin != done.bulletin
    assert whole_edition(city, october, revision=1).bulletin == done.bulletin


def test_a_remark_is_kept_version_by_version(store: Store) -> None:
    period = period_of(store, OCTOBER)
    assert [write_remark(store, period, "next", text) for text in ("一", "一", "二")] == [1, 1, 2]
    assert remark_now(store, period, "next") == "二"
    assert write_remark(store, period, "next", " ") == 3
    assert remark_now(store, period, "next") == ""
    assert write_remark(store, period, "comment", "") == 0
    with pytest.raises(Refused, match="点评2001字，太长"):
        write_remark(store, period, "comment", "字" * 2001)
    with store.reading() as reader:
        texts = rows_of(reader, "SELECT text FROM bulletin_remark ORDER BY n")
    assert texts == [("一",), ("二",), ("",)]
