"""Every count of a tally has its rows: as many as it says, and the right ones, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

import pytest

from models.ranking.editions import compute_edition
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.ranking.tallies import tallies_of, tickets_behind
from models.store.store import Store
from rules.ranking.periods import Period, parse_period
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.models.cells import rows_of
from tests.models.ranking.past import OTHER, UNIT, complicate, settle, verify
from tests.models.rounds import put_round

COUNTS = tuple(field.name for field in fields(Tally))

OUTCOMES = {
    "已解决": "resolved",
    "部分解决": "partly",
    "未解决": "unresolved",
    "解释说明": "explained",
}

WORDS = {"满意": "satisfied", "基本满意": "basic", "不满意": "unsatisfied"}


@dataclass
class Everything:
    """All there is, read plainly; what is counted of it is told row by row, one at a time."""

    rounds: list[tuple[int, int, int, int, datetime, datetime | None, str | None]]
    clocks: list[tuple[int, int, int, str, int, datetime, datetime, datetime | None]]
    moved: list[tuple[int, datetime, datetime]]
    paused: list[tuple[int, datetime, datetime | None]]
    ratings: list[tuple[int, datetime, str | None, str | None, str]]
    excluded: list[tuple[int, datetime]]
    reviewed: dict[int, datetime | None]
    returned: list[tuple[int, int, datetime]]

    @classmethod
    def of(cls, store: Store) -> Everything:
        with store.reading() as reader:
            return cls(
                rows_of(
                    reader,
                    "SELECT id, ticket_id, lead_unit_id, n, dispatched_at, closed_at, outcome "
                    "FROM round",
                ),
                rows_of(
                    reader,
                    "SELECT id, ticket_id, round_id, step, unit_id, due_at, original_due_at, "
                    "stopped_at FROM deadline",
                ),
                rows_of(
                    reader,
                    "SELECT deadline_id, decided_at, due_before FROM extension WHERE granted",
                ),
                rows_of(reader, "SELECT deadline_id, from_at, to_at FROM pause WHERE granted"),
                rows_of(
                    reader,
                    "SELECT round_id, at, result_rating, work_rating, means FROM rating "
                    "ORDER BY at, id",
                ),
                rows_of(reader, "SELECT round_id, decided_at FROM exclusion WHERE approved"),
                dict(rows_of(reader, "SELECT round_id, decided_at FROM review")),
                rows_of(reader, "SELECT round_id, unit_id, asked_at FROM return_request"),
            )

    def counted(
        self, period: Period, silence: int | None, known_at: datetime
    ) -> Iterator[tuple[int, str, int]]:
        """Yield (unit, count, ticket) of everything that counts in a period."""
        for id, ticket, unit, n, dispatched_at, closed_at, outcome in self.rounds:
            if dispatched_at in period:
                yield unit, "dispatched", ticket
                if n > 1:
                    yield unit, "reworked", ticket
            if closed_at is not None and closed_at in period:
                yield unit, "closed", ticket
                if outcome is not None:
                    yield unit, OUTCOMES[outcome], ticket
            for name in (
                *self._due(id, closed_at, period),
                *self._said(id, closed_at, period, silence, known_at),
            ):
                yield unit, name, ticket
        for _, ticket, _, step, unit, due_at, _, stopped_at in self.clocks:
            if step == "acknowledge" and due_at in period:
                yield unit, "acknowledge_due", ticket
                if stopped_at is not None and stopped_at <= due_at and stopped_at < period.to_at:
                    yield unit, "acknowledged_on_time", ticket
        tickets = {id: ticket for id, ticket, *_ in self.rounds}
        for round_id, unit, asked_at in self.returned:
            if asked_at in period:
                yield unit, "returned", tickets[round_id]

    def _due(self, round_id: int, closed_at: datetime | None, period: Period) -> Iterator[str]:
        for id, _, of, step, _, due_at, original, stopped_at in self.clocks:
            if of != round_id or step != "close":
                continue
            later = [due for one, at, due in self.moved if one == id and at >= period.to_at]
            due = min(later, default=due_at)
            ended = closed_at is not None and closed_at < period.to_at
            if any(
                one == id and begun < period.to_at and (end is None or end >= period.to_at)
                for one, begun, end in self.paused
            ):
                continue
            if due < period.from_at and not ended:
                yield "carried"
            if due in period:
                yield "due"
                if not ended or stopped_at is None:
                    yield "open"
                elif stopped_at <= original:
                    yield "on_time"
                else:
                    yield "after_extension" if stopped_at <= due else "late"

    def _said(
        self,
        round_id: int,
        closed_at: datetime | None,
        period: Period,
        silence: int | None,
        known_at: datetime,
    ) -> Iterator[str]:
        gone = any(id == round_id and at <= known_at for id, at in self.excluded)
        for place, kind in ((2, "result"), (3, "work")):
            own = [one for one in self.ratings if one[0] == round_id and one[place] in WORDS]
            first_hand = [one for one in own if one[4] != "rerating"]
            within = [one for one in first_hand if one[1] in period]
            verified = "verified" if kind == "result" else "verified_work"
            if within:
                last = within[-1]
                word = str(last[place])
                yield f"{kind}_{WORDS[word]}"
                decided = self.reviewed.get(round_id)
                if kind == "result" and word == "不满意" and decided and decided < period.to_at:
                    yield "reviewed"
                if kind == "result":
                    yield f"by_{last[4]}"
                again = [
                    str(one[place])
                    for one in own
                    if one[4] == "rerating"
                    and last[1] <= one[1] <= known_at
                    and not any(last[1] < other[1] <= one[1] for other in first_hand)
                ]
                if not gone:
                    yield f"{verified}_{WORDS[again[-1] if again else word]}"
                if kind == "result" and (gone or again):
                    yield "excluded" if gone else "rerated"
            if silence is not None and closed_at is not None:
                told = any(one[1] < period.to_at for one in own)
                if not told and closed_at + timedelta(days=silence) in period:
                    yield f"{kind}_satisfied"
                    if not gone:
                        yield f"{verified}_satisfied"
                    if kind == "result":
                        yield "by_default"
                        if gone:
                            yield "excluded"


def test_every_count_has_as_many_rows_as_it_says_and_the_right_ones(store: Store) -> None:
    settle(store)
    complicate(store)
    verify(store)
    everything = Everything.of(store)
    zone = store.timekeeper().zone
    week, month = parse_period("2026-W46", zone), parse_period("2026-10", zone)
    met = set[str]()
    for period, unrated, known in (
        (week, "exclude", None),
        (month, "exclude", NOW),
        (month, "10d", NOW),
    ):
        silence = None if unrated == "exclude" else int(unrated[:-1])
        counted = sorted(everything.counted(period, silence, known or period.to_at))
        with store.reading() as reader:
            tallies = tallies_of(reader, period, unrated, known)
            for unit in (UNIT, OTHER):
                for name in COUNTS:
                    found = tickets_behind(reader, period, (name,), (unit,), unrated, known)
                    assert len(found) == getattr(tallies[unit], name), (period.key, name)
                    assert sorted(found) == [
                        ticket for of, count, ticket in counted if (of, count) == (unit, name)
                    ], (period.key, name)
                    met.update({name} if found else ())
            both = tickets_behind(reader, period, COUNTS, (UNIT, OTHER), unrated, known)
            assert sorted(both) == sorted(ticket for _, _, ticket in counted)
    assert met == set(COUNTS)


def test_rows_of_a_published_edition_are_those_of_its_end_by_the_policy_it_was_made_by(
    store: Store,
) -> None:
    settle(store, 30)
    complicate(store)
    week = parse_period("2026-W46", store.timekeeper().zone)
    frozen = publish_edition(store, week)
    assert frozen.unrated == compute_edition(store, week).unrated == "exclude"
    own = next(row.tally for row in frozen.rows if row.unit_id == UNIT)
    assert _unsatisfied(store, week, frozen.unrated) == own.unsatisfied
    put_round(
        store,
        "LATER",
        UNIT,
        received_at=week.from_at,
        closed_at=week.from_at,
        rating="不满意",
        rated_at=week.from_at + timedelta(hours=1),
    )
    assert _unsatisfied(store, week, frozen.unrated) == own.unsatisfied + 1
    assert edition_of(store, week).rows == frozen.rows


def _unsatisfied(store: Store, period: Period, unrated: str) -> int:
    with store.reading() as reader:
        return len(tickets_behind(reader, period, ("result_unsatisfied",), (UNIT,), unrated))


@pytest.mark.parametrize("units", [(), (99,)])
def test_of_no_unit_and_of_one_without_anything_there_are_none(
    store: Store, units: tuple[int, ...]
) -> None:
    put_round(store, "T1", UNIT, received_at=NOW - timedelta(days=20))
    month = parse_period("2026-11", store.timekeeper().zone)
    with store.reading() as reader:
        assert tickets_behind(reader, month, ("due", "open"), units) == []
        assert tickets_behind(reader, month, ("due", "open"), (UNIT,))
