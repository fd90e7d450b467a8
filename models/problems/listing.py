"""Problems as they are listed, and one with its appeals: reads for screens, papers and ranking.

Appeals of 举报 and 保密 are never among them, whatever they were when they were linked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.problems.keyed import LONG_AGO, OPEN_TO_ALL
from models.store import Query, Source, like
from rules.casework import status_label
from rules.text import MASKED, Masking

PROBLEM_STATES: Mapping[str, str] = {
    "likely": "待确认",
    "confirmed": "已确认",
    "closed": "已并入",
    "refused": "不是共性",
}
"""What people call the states of a problem."""

STANDING = ("likely", "confirmed")
"""States of problems that are listed unless others are asked for."""


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """Which problems are wanted; ``since``: with an appeal received then or later.

    ``category`` is a path or the beginning of one, ``area`` and ``text`` are parts of a place and
    of a name, ``reporters`` how many different citizens there are at least.
    """

    states: tuple[str, ...] = STANDING
    since: datetime | None = None
    category: str | None = None
    area: str | None = None
    text: str | None = None
    reporters: int = 0


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem as it is listed; ``known_at`` is the alarm, ``named``: a person gave the name.

    ``reporters`` are different citizens, the unknown not counted.
    """

    id: int
    version: int
    name: str
    state: str
    category: str | None
    area: str | None
    first_at: datetime
    last_at: datetime
    known_at: datetime | None
    appeals: int
    reporters: int
    named: bool
    joined_id: int | None

    @property
    def state_name(self) -> str:
        """What people call its state."""
        return PROBLEM_STATES[self.state]


_SELECT = """
SELECT p.id, p.version, p.name, p.state, p.category, p.area, p.first_at, p.last_at, p.known_at,
       p.appeals, p.reporters, p.named_by IS NOT NULL AS named, p.joined_id
FROM problem p
"""
_ASKED = """
WHERE p.state IN (:states) AND p.last_at >= :since AND p.reporters >= :reporters
  AND (coalesce(p.category, '') = :category OR coalesce(p.category, '') LIKE :below)
  AND coalesce(p.area, '') LIKE :area AND p.name LIKE :text
"""
_PROBLEMS = Query(
    ProblemLine,
    f"""
{_SELECT} {_ASKED}
ORDER BY p.reporters DESC, p.appeals DESC, p.id LIMIT :most OFFSET :skipped
""",
)
_PROBLEM = Query(ProblemLine, f"{_SELECT} WHERE p.id = :id")
_COUNT = f"SELECT count(*) FROM problem p {_ASKED}"


def problems(
    source: Source, wanted: ProblemFilter = ProblemFilter(), *, limit: int = 200, offset: int = 0
) -> list[ProblemLine]:
    """Return problems, those with most different citizens first."""
    return source.read(_PROBLEMS, **_asked(wanted), most=limit, skipped=offset)


def problem_count(source: Source, wanted: ProblemFilter = ProblemFilter()) -> int:
    """Return how many problems there are."""
    return int(source.value(_COUNT, **_asked(wanted)))


def problem_of(source: Source, id: int) -> ProblemLine | None:
    """Return one problem, also one that went into another."""
    return source.first(_PROBLEM, id=id)


def _asked(wanted: ProblemFilter) -> dict[str, object]:
    return {
        "states": list(wanted.states),
        "since": wanted.since or LONG_AGO,
        "category": wanted.category or "",
        "below": f"{like(wanted.category)[1:-1]}/%" if wanted.category else "%",
        "area": like(wanted.area or ""),
        "text": like(wanted.text or ""),
        "reporters": wanted.reporters,
    }


@dataclass(frozen=True, slots=True)
class Reason:
    """A key that ties an appeal to its problem; ``weight`` in thousandths."""

    kind: str
    text: str
    weight: int

    @property
    def kind_name(self) -> str:
        """What people call the kind."""
        return KIND_NAMES[self.kind]


KIND_NAMES: Mapping[str, str] = {
    "place": "地点",
    "estate": "小区",
    "street": "道路",
    "firm": "企业",
    "phone": "电话",
    "address": "地址",
    "category": "类别",
    "word": "词",
}
"""What people call the kinds of keys."""


@dataclass(frozen=True, slots=True)
class ProblemAppeal:
    """An appeal of a problem, its title masked; ``by_hand``: a person linked it.

    ``why`` are the keys that tie it, the weightiest first, ``weight`` all told in thousandths.
    """

    ticket_id: int
    number: str
    title: str
    unit: str
    status: str
    channel: str
    area: str
    received_at: datetime
    weight: int
    by_hand: bool
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Appeal:
    """An appeal of a problem as the store holds it, and whose it is."""

    ticket_id: int
    number: str
    title: str
    unit: str
    state: str
    n: int
    channel: str
    area: str
    received_at: datetime
    weight: int
    why: str
    by_hand: bool
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_APPEALS = Query(
    _Appeal,
    f"""
SELECT t.id AS ticket_id, t.number, t.title, coalesce(u.short_name, t.unit_text, '') AS unit,
       CASE WHEN t.state = 'analysis' THEN t.state ELSE r.state END AS state, r.n, t.channel,
       coalesce(t.area, t.grid, '') AS area, t.received_at, l.weight, l.why,
       l.operator_id IS NOT NULL AS by_hand, c.reporter, c.phone, c.address, t.confidential
FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen c ON c.ticket_id = t.id
WHERE l.problem_id = :id AND l.state = 'linked' AND {OPEN_TO_ALL}
ORDER BY t.received_at DESC, t.id DESC LIMIT :most OFFSET :skipped
""",
)


def problem_appeals(
    source: Source, id: int, *, masking: Masking = MASKED, limit: int = 200, offset: int = 0
) -> list[ProblemAppeal]:
    """Return the appeals of a problem, the newest first."""
    return [
        ProblemAppeal(
            one.ticket_id,
            one.number,
            masking.about(one).text(one.title),
            one.unit,
            status_label("ticket", one.state, round=one.n),
            one.channel,
            one.area,
            one.received_at,
            one.weight,
            one.by_hand,
            tuple(Reason(*told) for told in json.loads(one.why)),
        )
        for one in source.read(_APPEALS, id=id, most=limit, skipped=offset)
    ]


@dataclass(frozen=True, slots=True)
class TicketProblem:
    """The problem that a ticket belongs to."""

    ticket_id: int
    problem_id: int
    name: str
    state: str
    appeals: int
    reporters: int


_OF_TICKETS = Query(
    TicketProblem,
    f"""
SELECT l.ticket_id, p.id AS problem_id, p.name, p.state, p.appeals, p.reporters
FROM problem_ticket l JOIN problem p ON p.id = l.problem_id JOIN ticket t ON t.id = l.ticket_id
WHERE l.state = 'linked' AND p.state IN ('likely', 'confirmed') AND {OPEN_TO_ALL}
  AND l.ticket_id IN (:tickets)
""",
)


def problems_of_tickets(source: Source, ticket_ids: Iterable[int]) -> dict[int, TicketProblem]:
    """Return the standing problems that some tickets belong to, by ticket."""
    wanted = list(ticket_ids)
    found = source.read(_OF_TICKETS, tickets=wanted) if wanted else []
    return {one.ticket_id: one for one in found}
