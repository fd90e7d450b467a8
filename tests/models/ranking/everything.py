"""Everything that counts in a period, told row by row from the plain tables: slowly, and simply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.store.store import Store
from rules.ranking.periods import Period
from tests.models.cells import rows_of

OUTCOMES = {
    "已解决": "resolved",
    "部分解决": "partly",
    "未解决": "unresolved",
    "解释说明": "explained",
}

WORDS = {"满意": "satisfied", "基本满意": "basic", "不满意": "unsatisfied"}


Merge = tuple[int, int, datetime, datetime | None, int, int, datetime | None, datetime | None]
"""Ticket, lead, from when until when, first and last round, due of the lead before both."""

MERGES = """SELECT ticket_id, lead_id, joined_at, left_at, first_round, last_round, lead_due_at,
left_due_at FROM merged"""

LEAD_CLOCKS = """SELECT r.ticket_id, r.opened_at, d.id FROM deadline d
JOIN round r ON r.id = d.round_id WHERE d.step = 'close' AND d.subject_kind = 'ticket'
ORDER BY r.n"""


def moved_by_merging(
    merges: list[Merge], clocks: list[tuple[int, datetime, int]]
) -> Iterator[tuple[int, datetime, datetime | None]]:
    """Yield each clock of a lead that a merge or a split moved: when, and its due before."""
    for _, lead, joined_at, left_at, _, _, before, until in merges:
        for at, due in ((joined_at, before), (left_at, until)):
            own = [id for ticket, opened, id in clocks if ticket == lead and at and opened <= at]
            if own and at is not None:
                yield own[-1], at, due


@dataclass
class Everything:
    """All there is, read plainly; what is counted of it is told row by row, one at a time."""

    rounds: list[tuple[int, int, int, int, datetime, datetime | None, str | None]]
    clocks: list[tuple[int, int, int, str, int, datetime, datetime, datetime | None]]
    moved: list[tuple[int, datetime, datetime | None]]
    paused: list[tuple[int, datetime, datetime | None]]
    ratings: list[tuple[int, datetime, str | None, str | None, str]]
    excluded: list[tuple[int, datetime]]
    reviewed: dict[int, datetime | None]
    returned: list[tuple[int, int, datetime]]
    merged: list[Merge]

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
                [
                    *rows_of(
                        reader,
                        "SELECT deadline_id, decided_at, due_before FROM extension WHERE granted",
                    ),
                    *moved_by_merging(rows_of(reader, MERGES), rows_of(reader, LEAD_CLOCKS)),
                ],
                rows_of(reader, "SELECT deadline_id, from_at, to_at FROM pause WHERE granted"),
                rows_of(
                    reader,
                    "SELECT round_id, at, result_rating, work_rating, means FROM rating "
                    "ORDER BY at, id",
                ),
                rows_of(reader, "SELECT round_id, decided_at FROM exclusion WHERE approved"),
                dict(rows_of(reader, "SELECT round_id, decided_at FROM review")),
                rows_of(reader, "SELECT round_id, unit_id, asked_at FROM return_request"),
                rows_of(reader, MERGES),
            )

    def joined(self, ticket: int, n: int, period: Period) -> datetime | None:
        """Return since when a round goes with a lead at the end of a period, if it does."""
        for one, _, joined_at, left_at, first, last, _, _ in self.merged:
            there = left_at is None or left_at >= period.to_at or n <= last
            if one == ticket and n >= first and joined_at < period.to_at and there:
                return joined_at
        return None

    def counted(
        self, period: Period, silence: int | None, known_at: datetime
    ) -> Iterator[tuple[int, str, int]]:
        """Yield (unit, count, ticket) of everything that counts in a period."""
        for id, ticket, unit, n, dispatched_at, closed_at, outcome in self.rounds:
            joined_at = self.joined(ticket, n, period)
            by_itself = joined_at is None or (dispatched_at and dispatched_at < joined_at)
            if dispatched_at is not None and dispatched_at in period and by_itself:
                yield unit, "dispatched", ticket
                if n > 1:
                    yield unit, "reworked", ticket
            if closed_at is not None and closed_at in period:
                yield unit, "closed" if joined_at is None else "merged", ticket
                if outcome is not None and joined_at is None:
                    yield unit, OUTCOMES[outcome], ticket
            for name in (
                *(self._due(id, closed_at, period) if joined_at is None else ()),
                *self._said(id, closed_at, period, silence, known_at),
            ):
                yield unit, name, ticket
        ns = {id: n for id, _, _, n, *_ in self.rounds}
        for _, ticket, of, step, unit, due_at, _, stopped_at in self.clocks:
            joined_at = self.joined(ticket, ns[of], period) if of in ns else None
            if joined_at is not None and due_at >= joined_at <= (stopped_at or due_at):
                continue
            if step == "acknowledge" and unit is not None and due_at in period:
                yield unit, "acknowledge_due", ticket
                if stopped_at is not None and stopped_at <= due_at and stopped_at < period.to_at:
                    yield unit, "acknowledged_on_time", ticket
        tickets = {id: ticket for id, ticket, *_ in self.rounds}
        for round_id, unit, asked_at in self.returned:
            joined_at = self.joined(tickets[round_id], ns[round_id], period)
            if asked_at in period and (joined_at is None or asked_at < joined_at):
                yield unit, "returned", tickets[round_id]

    def _due(self, round_id: int, closed_at: datetime | None, period: Period) -> Iterator[str]:
        for id, _, of, step, _, due_at, original, stopped_at in self.clocks:
            if of != round_id or step != "close":
                continue
            later = [
                (at, due)
                for one, at, due in self.moved
                if one == id and at >= period.to_at and due is not None
            ]
            due = min(later, default=(due_at, due_at))[1]
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
