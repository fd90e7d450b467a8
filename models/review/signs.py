"""Signs beside the reviewer's eye: read of the rounds closed in a period, of all units or of one.

Every reading is a range of the index of closed rounds; copies are found among the replies of the
rounds themselves, so that those a file brought, which have no row of their own, count too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from models.store import Query, Source
from rules.clocks import Timekeeper
from rules.ranking import Period
from rules.review import (
    AGAIN,
    Answer,
    Closing,
    Halt,
    Sign,
    Told,
    came_again,
    copied,
    paused_late,
    rushed,
    signs_among,
)
from rules.text import plain_words

BACK = timedelta(days=15)
"""How far around its closing the signs of one matter are looked for: a month in all."""

EVERY_UNIT = 0


@dataclass(frozen=True, slots=True)
class _Closed:
    """A round closed in a period, its limit and what was answered."""

    unit_id: int
    ticket_id: int
    closed_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    outcome: str | None
    reply: str | None


_CLOSED_IN = """
FROM unit u CROSS JOIN round r
WHERE r.lead_unit_id = u.id AND r.closed_at >= :from_at AND r.closed_at < :to_at
  AND (:unit = 0 OR u.id = :unit)
"""

_CLOSED = Query(
    _Closed,
    f"""
WITH done AS (SELECT u.id AS unit_id, r.id, r.ticket_id, r.closed_at, r.outcome, r.reply
              {_CLOSED_IN})
SELECT c.unit_id, c.ticket_id, c.closed_at, d.stopped_at, d.due_at, c.outcome, c.reply
FROM done c LEFT JOIN deadline d ON d.round_id = c.id AND d.step = 'close'
    AND d.subject_kind = 'ticket'
ORDER BY c.ticket_id, c.id
""",
)


@dataclass(frozen=True, slots=True)
class _Paused:
    """A pause of a round closed in a period, and the limit it stopped."""

    unit_id: int
    ticket_id: int
    from_at: datetime
    started_at: datetime
    limit_text: str
    due_at: datetime
    source_fixed: bool


_PAUSED = Query(
    _Paused,
    f"""
WITH done AS (SELECT u.id AS unit_id, r.id, r.ticket_id {_CLOSED_IN})
SELECT c.unit_id, c.ticket_id, p.from_at, d.started_at, d.limit_text, d.due_at, d.source_fixed
FROM done c JOIN deadline d ON d.round_id = c.id AND d.step = 'close'
JOIN pause p ON p.deadline_id = d.id AND p.granted
""",
)


@dataclass(frozen=True, slots=True)
class _Again:
    """The same person on the same thing, after a matter was closed as 已解决."""

    ticket_id: int
    closed_at: datetime
    again_at: datetime


_AGAIN = Query(
    _Again,
    f"""
WITH done AS (SELECT u.id AS unit_id, r.id, r.ticket_id, r.closed_at
              {_CLOSED_IN} AND r.outcome = '已解决')
SELECT c.ticket_id, c.closed_at, t.received_at AS again_at
FROM done c JOIN ticket o ON o.id = c.ticket_id JOIN citizen p ON p.ticket_id = o.id
JOIN citizen q ON q.reporter_key = p.reporter_key AND q.ticket_id <> p.ticket_id
JOIN ticket t ON t.id = q.ticket_id
WHERE t.received_at > c.closed_at AND t.state <> 'analysis'
  AND (t.object = o.object OR t.category = o.category)
""",
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A verdict of a period: of which unit's matter, by whom, whether it frees the unit."""

    unit_id: int
    ticket_id: int
    reviewer: str
    freed: bool


_VERDICTS = Query(
    _Verdict,
    """
SELECT r.lead_unit_id AS unit_id, v.ticket_id, o.name AS reviewer, v.verdict = 'other' AS freed
FROM review v JOIN round r ON r.id = v.round_id JOIN operator o ON o.id = v.decided_by
WHERE v.decided_at >= :from_at AND v.decided_at < :to_at AND r.lead_unit_id IS NOT NULL
ORDER BY o.name, v.ticket_id
""",
)


def unit_signs(source: Source, keeper: Timekeeper, period: Period, unit_id: int) -> list[Sign]:
    """Return every sign of a unit in a period, each beside the whole city's; the last by reviewer.

    It reads what all units closed in the period: a second or two for a month of a large city.
    """
    rows = _rows(source, keeper, period.from_at, period.to_at, EVERY_UNIT)
    found = [signs_among(code, told, unit_id) for code, told in rows.items()]
    asked = {"from_at": period.from_at, "to_at": period.to_at}
    return [*found, *_by_reviewer(source.read(_VERDICTS, **asked), unit_id)]


def signs_of(source: Source, keeper: Timekeeper, ticket_id: int) -> list[Sign]:
    """Return the signs that one ticket is among, as its last closed round stands; no city's share.

    Only its own unit's rounds of the month around its closing are read.
    """
    last = source.first(_LAST, ticket=ticket_id)
    if last is None:
        return []
    unit_id, at = last.unit_id, last.closed_at
    rows = _rows(source, keeper, at - BACK, at + BACK, unit_id)
    found = [signs_among(code, told, unit_id) for code, told in rows.items()]
    return [replace(one, city_among=0) for one in found if ticket_id in one.found]


def sign_line(signs: Sequence[Sign]) -> str:
    """Return the signs of one ticket as one line beside the reviewer's eye; nothing without any."""
    told = "；".join(f"{one.name}（该单位近一月{len(one.found)}件）" for one in signs)
    return f"留意：{told}" if told else ""


def _rows(
    source: Source, keeper: Timekeeper, from_at: datetime, to_at: datetime, unit_id: int
) -> dict[str, list[Told]]:
    """Return what is looked at for each sign, of the rounds closed between two instants."""
    asked = {"from_at": from_at, "to_at": to_at, "unit": unit_id}
    closed = source.read(_CLOSED, **asked)
    again = {
        one.ticket_id
        for one in source.read(_AGAIN, **asked)
        if one.again_at <= one.closed_at + AGAIN
    }
    solved = [(one.unit_id, one.ticket_id) for one in closed if one.outcome == "已解决"]
    return {
        "rushed": rushed(list(_closings(closed, keeper))),
        "copied": copied(list(_answers(closed))),
        "paused": paused_late([_halt(one, keeper) for one in source.read(_PAUSED, **asked)]),
        "again": came_again(solved, again),
    }


def _closings(closed: Sequence[_Closed], keeper: Timekeeper) -> Iterator[Closing]:
    for one in closed:
        if one.due_at is not None:
            at = one.stopped_at or one.closed_at
            day = keeper.local(at).date()
            yield Closing(one.unit_id, one.ticket_id, at, one.due_at, day)


def _answers(closed: Sequence[_Closed]) -> Iterator[Answer]:
    for one in closed:
        if one.reply:
            words = plain_words(one.reply)
            yield Answer(one.unit_id, one.ticket_id, words, len(words))


def _halt(one: _Paused, keeper: Timekeeper) -> Halt:
    """Return a pause with the due its clock had before anything moved it."""
    due = one.due_at
    if not one.source_fixed:
        due = keeper.timed("close", one.limit_text, one.started_at).due_at
    return Halt(one.unit_id, one.ticket_id, one.from_at, due)


def _by_reviewer(verdicts: Sequence[_Verdict], unit_id: int) -> Iterator[Sign]:
    everywhere = [Told(one.unit_id, one.ticket_id, one.freed) for one in verdicts]
    city = signs_among("other", everywhere, unit_id)
    own = (one for one in verdicts if one.unit_id == unit_id)
    for reviewer, rows in groupby(own, key=attrgetter("reviewer")):
        by_one = list(rows)
        freed = tuple(one.ticket_id for one in by_one if one.freed)
        yield replace(city, found=freed, among=len(by_one), whose=reviewer)


@dataclass(frozen=True, slots=True)
class _Last:
    """Who closed a ticket last, and when."""

    unit_id: int
    closed_at: datetime


_LAST = Query(
    _Last,
    """
SELECT lead_unit_id AS unit_id, closed_at FROM round
WHERE ticket_id = :ticket AND closed_at IS NOT NULL AND lead_unit_id IS NOT NULL
ORDER BY n DESC LIMIT 1
""",
)
