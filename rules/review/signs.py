"""Signs that may point at figures made to look well: pointed at, never judged by the machine.

Each is a share of what it is found among, beside the same share in the whole city: what is common
everywhere is no sign of one unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

SIGNS = {
    "rushed": "到期前一小时内成批办结",
    "copied": "答复与别的件相同",
    "paused": "临到期才挂起",
    "again": "办结已解决后14天内同一人再反映",
    "other": "核查认定非单位责任",
}
"""What is looked for, by its code."""

LAST = timedelta(hours=1)
"""How close before its due a closing is rushed."""

BULK = 5
"""How many rushed closings of a unit on one day are a batch."""

LATE_PAUSE = timedelta(days=1)
"""How close before its due a pause is late."""

AGAIN = timedelta(days=14)
"""How soon after 已解决 the same person on the same thing is a sign."""

LEAST = 5
"""Below so many in all a share says nothing."""

LEAST_WORDS = 8
"""A reply of fewer signs says nothing of whose it is."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one unit: ``found`` tickets of ``among``, and how many that is in the city.

    ``whose`` names a person or place that it is told of besides, such as a reviewer.
    """

    code: str
    found: tuple[int, ...]
    among: int
    city_found: int
    city_among: int
    whose: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return SIGNS[self.code] + (f"（{self.whose}）" if self.whose else "")

    @property
    def rate(self) -> Fraction | None:
        """The unit's share, None of too few."""
        return Fraction(len(self.found), self.among) if self.among >= LEAST else None

    @property
    def city_rate(self) -> Fraction | None:
        """The city's share, None of nothing."""
        return Fraction(self.city_found, self.city_among) if self.city_among else None

    @property
    def words(self) -> str:
        """The sign in one line, with its base rate: what is to be made of it is a person's work."""
        rate = "" if self.rate is None else f"，{_percent(self.rate)}"
        city = "—" if self.city_rate is None else _percent(self.city_rate)
        return f"{self.name} {len(self.found)}/{self.among}件{rate}（全市{city}）"


def _percent(rate: Fraction) -> str:
    return f"{float(rate):.1%}"


@dataclass(frozen=True, slots=True)
class Told:
    """A row that may be a sign: whose it is, of which ticket, and whether it is one."""

    unit_id: int
    ticket_id: int
    sign: bool


def signs_among(code: str, rows: Iterable[Told], unit_id: int) -> Sign:
    """Return a sign of one unit among the rows of all."""
    everywhere = list(rows)
    own = [row for row in everywhere if row.unit_id == unit_id]
    return Sign(
        code,
        tuple(dict.fromkeys(row.ticket_id for row in own if row.sign)),
        len(own),
        sum(row.sign for row in everywhere),
        len(everywhere),
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """A round as it was closed; ``day`` is the bureau's date of it."""

    unit_id: int
    ticket_id: int
    closed_at: datetime
    due_at: datetime
    day: date


def rushed(closings: Sequence[Closing]) -> list[Told]:
    """Return which closings came in the last hour before due, at least ``BULK`` a unit and day."""
    days: Mapping[tuple[int, date], list[Closing]] = defaultdict(list)
    for one in closings:
        if timedelta(0) <= one.due_at - one.closed_at <= LAST:
            days[one.unit_id, one.day].append(one)
    bulk = {one.ticket_id for day in days.values() if len(day) >= BULK for one in day}
    return [Told(one.unit_id, one.ticket_id, one.ticket_id in bulk) for one in closings]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply of a closed round, its words as a key that copies share."""

    unit_id: int
    ticket_id: int
    key: str
    signs: int


def copied(answers: Sequence[Answer]) -> list[Told]:
    """Return which replies are the same as that of another ticket."""
    tickets: Mapping[str, set[int]] = defaultdict(set)
    for one in answers:
        if one.signs >= LEAST_WORDS:
            tickets[one.key].add(one.ticket_id)
    return [Told(one.unit_id, one.ticket_id, len(tickets.get(one.key, ())) > 1) for one in answers]


@dataclass(frozen=True, slots=True)
class Halt:
    """A pause of a round's limit, and when that was due before it."""

    unit_id: int
    ticket_id: int
    from_at: datetime
    due_at: datetime


def paused_late(halts: Sequence[Halt]) -> list[Told]:
    """Return which pauses began on the last day before due."""
    return [
        Told(one.unit_id, one.ticket_id, timedelta(0) <= one.due_at - one.from_at <= LATE_PAUSE)
        for one in halts
    ]


def came_again(closed: Iterable[tuple[int, int]], again: Collection[int]) -> list[Told]:
    """Return which matters closed as 已解决, by (unit, ticket), the same person raised again."""
    return [Told(unit_id, ticket_id, ticket_id in again) for unit_id, ticket_id in closed]
