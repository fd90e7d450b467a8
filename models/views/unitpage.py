"""What a leader on the telephone asks of one unit: whom to call, what is late, what came of it.

What runs now is read from the index of running clocks; what was done, from the rounds the unit has
closed in the last ``RECENT`` days, so that no history makes it slower. No ORM is imported.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from models.orders import OrderView, listing
from models.rota import on_duty
from models.store import Query, Reader
from models.views.queue import QueueMoment, QueueRow, queue_window
from models.views.record import OfPerson
from models.views.unit_reviews import unit_reviews
from models.views.workload import CHUNK, StepLoad, load_ids, matter_ids, step_loads
from rules.casework import RATINGS
from rules.clocks import Timekeeper
from rules.errors import DubanError

RECENT = timedelta(days=90)
"""How far back ratings and working times are counted."""

LISTED = 12
"""Matters of a list that stand on the page itself; the whole list is one key away."""

OPEN_ORDERS = ("draft", "signed", "delivered", "received", "replied")


@dataclass(frozen=True, slots=True)
class UnitContact:
    """Who answers for a unit at its office: liaison, telephone, leader in charge.

    ``on_duty`` is who is on duty or stands in at the moment, with ``phone``, where somebody is.
    """

    id: int
    code: str
    name: str
    short_name: str
    group: str
    liaison: str
    phone: str
    leader: str
    on_duty: str = ""

    @property
    def answers(self) -> str:
        """Return who answers now: whoever is on duty or stands in, else the liaison."""
        return f"{self.on_duty}（值班）" if self.on_duty else self.liaison


_CONTACTS = """
SELECT u.id, u.code, u.name, u.short_name, coalesce(g.name, '') AS "group",
       coalesce(u.liaison, '') AS liaison, coalesce(u.phone, '') AS phone,
       coalesce(u.leader, '') AS leader
FROM unit u LEFT JOIN unit_group g ON g.id = u.group_id
"""
_CONTACT = Query(UnitContact, f"{_CONTACTS} WHERE u.id = :unit_id")
_IN_FORCE = Query(
    UnitContact,
    f"{_CONTACTS} WHERE NOT u.is_centre AND u.valid_to IS NULL ORDER BY g.position, u.code",
)


def unit_contacts(reader: Reader) -> list[UnitContact]:
    """Return the units in force by group and code, the centre left out."""
    return reader.read(_IN_FORCE)


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One reminder to a unit: the means, who answered and promised what, of how many matters."""

    id: int
    at: datetime
    means: str
    answered_by: str
    promised: str
    matters: int


_REMINDERS = Query(
    ReminderView,
    """
SELECT m.id, m.at, m.means, coalesce(m.answered_by, '') AS answered_by,
       coalesce(m.promised, '') AS promised,
       (SELECT count(*) FROM reminder_ticket l WHERE l.reminder_id = m.id) AS matters
FROM reminder m WHERE m.unit_id = :unit_id ORDER BY m.at DESC, m.id DESC LIMIT 8
""",
)
_REMINDED = "SELECT ticket_id FROM reminder_ticket WHERE reminder_id = :id ORDER BY id"

_ANSWERED = """
SELECT r.ticket_id FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.lead_unit_id = :unit_id AND r.closed_at IS NULL AND r.state = 'replied'
  AND t.merged_into IS NULL
ORDER BY r.replied_at
"""
_MERGED = """
SELECT count(*) FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.lead_unit_id = :unit_id AND r.closed_at IS NULL AND t.merged_into IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit as it stands now.

    ``answered``: its replies that wait for the centre's judgement. ``merged``: its open appeals
    under a lead (并单), with which they are counted. ``late`` and ``next`` hold what
    was asked for of their lists, the most pressing first; the counts are in ``steps``.
    """

    contact: UnitContact
    steps: tuple[StepLoad, ...]
    paused: int
    answered: int
    merged: int
    late: tuple[QueueRow, ...]
    next: tuple[QueueRow, ...]
    orders: tuple[OrderView, ...]
    reminders: tuple[ReminderView, ...]

    def total(self, kind: str) -> int:
        """Return how many matters of a kind there are at all steps together."""
        return sum(getattr(step, kind) for step in self.steps)


def unit_now(
    reader: Reader, unit_id: int, moment: QueueMoment, listed: int | None = LISTED
) -> UnitNow:
    """Return a unit as at a moment, of its lists the first ``listed`` matters, None for all.

    Raises ``DubanError`` if there is no such unit.
    """
    contact = reader.first(_CONTACT, unit_id=unit_id)
    if contact is None:
        raise DubanError("没有这个单位：请按 F7 从单位列表里选")
    if (duty := on_duty(reader, [unit_id], moment.now).get(unit_id)) is not None:
        phone = duty.phone or contact.phone
        contact = replace(contact, on_duty=duty.person, phone=phone)

    def first_of(kind: str) -> tuple[QueueRow, ...]:
        ids = load_ids(reader, unit_id, moment, kind)[:listed]
        parts = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
        return tuple(row for part in parts for row in queue_window(reader, part))

    return UnitNow(
        contact=contact,
        steps=tuple(step_loads(reader, unit_id, moment)),
        paused=len(load_ids(reader, unit_id, moment, "paused")),
        answered=len(reader.rows(_ANSWERED, unit_id=unit_id)),
        merged=int(reader.value(_MERGED, unit_id=unit_id)),
        late=first_of("late"),
        next=first_of("next"),
        orders=tuple(listing(reader, statuses=OPEN_ORDERS, unit_id=unit_id)),
        reminders=tuple(reader.read(_REMINDERS, unit_id=unit_id)),
    )


def answered_ids(reader: Reader, unit_id: int) -> array[int]:
    """Return the matters whose reply waits for the centre's judgement, as a list names them."""
    return matter_ids(reader, [id for (id,) in reader.rows(_ANSWERED, unit_id=unit_id)])


def reminded_ids(reader: Reader, reminder_id: int) -> array[int]:
    """Return the matters of one reminder, as a list names them."""
    return matter_ids(reader, [id for (id,) in reader.rows(_REMINDED, id=reminder_id)])


@dataclass(frozen=True, slots=True)
class _Done:
    """A round the unit has closed; ``led``: with the lead it was merged into (并单)."""

    ticket_id: int
    channel: str
    category: str
    began_at: datetime | None
    closed_at: datetime
    outcome: str
    result: str
    work: str
    rated_at: datetime | None
    led: bool


_DONE = Query(
    _Done,
    """
SELECT r.ticket_id, t.channel, coalesce(t.category, '') AS category,
       coalesce(r.handed_at, r.dispatched_at) AS began_at, r.closed_at,
       coalesce(r.outcome, '') AS outcome, coalesce(r.result_rating, '') AS result,
       coalesce(r.work_rating, '') AS work, r.rated_at,
       EXISTS (SELECT 1 FROM merged m WHERE m.ticket_id = r.ticket_id AND r.n >= m.first_round
               AND (m.left_at IS NULL OR r.n <= m.last_round)) AS led
FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.lead_unit_id = :unit_id AND r.closed_at >= :since ORDER BY r.closed_at DESC, r.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class CategoryTime:
    """How long a unit takes for one category: the median in working seconds, and of how many."""

    category: str
    seconds: int
    ticket_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnsatisfiedRow(OfPerson):
    """A matter whose citizen is not satisfied with what came of it."""

    ticket_id: int
    number: str
    title: str
    nature: str
    outcome: str = ""
    rated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitDone:
    """What a unit closed in the last ``RECENT`` days: tickets by rating, working time by category.

    ``closed`` are the tickets, the last one first; ``merged`` those of them under a lead, whose
    time is its lead's and is counted there; ``result`` and ``work`` those by each of
    ``RATINGS``, the last rated first; ``unsatisfied`` the first of those with 不满意, as many as
    were asked for; ``reviews`` those that were to be verified, by verdict or what they wait for;
    ``channels`` by the door they came in by, the commonest first.
    """

    closed: tuple[int, ...]
    result: dict[str, tuple[int, ...]]
    work: dict[str, tuple[int, ...]]
    unsatisfied: tuple[UnsatisfiedRow, ...]
    categories: tuple[CategoryTime, ...]
    reviews: dict[str, tuple[int, ...]]
    merged: tuple[int, ...]
    channels: dict[str, tuple[int, ...]]


_UNSATISFIED = Query(
    UnsatisfiedRow,
    """
SELECT t.id AS ticket_id, t.number, t.title, t.nature,
       p.reporter, p.phone, p.address, t.confidential
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN (:ids)
""",
)


def unit_done(
    reader: Reader,
    unit_id: int,
    keeper: Timekeeper,
    now: datetime,
    listed: int | None = LISTED,
) -> UnitDone:
    """Return what a unit closed of late, and how its citizens rated that; ``listed`` as above."""
    done = reader.read(_DONE, unit_id=unit_id, since=now - RECENT)
    result = {word: _rated([one for one in done if one.result == word]) for word in RATINGS}
    return UnitDone(
        closed=tuple(dict.fromkeys(one.ticket_id for one in done)),
        result=result,
        work={word: _rated([one for one in done if one.work == word]) for word in RATINGS},
        unsatisfied=_rows_of(reader, result["不满意"][:listed], done),
        categories=_times([one for one in done if not one.led], keeper),
        reviews=unit_reviews(reader, unit_id, now - RECENT),
        merged=tuple(sorted(_closed(done, led=True) - _closed(done, led=False))),
        channels=_channels(done),
    )


def _channels(done: Sequence[_Done]) -> dict[str, tuple[int, ...]]:
    """Return the tickets of rounds by the door they came in by."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for one in done:
        found[one.channel][one.ticket_id] = None
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {channel: tuple(ids) for channel, ids in ordered}


def _closed(done: Sequence[_Done], *, led: bool) -> set[int]:
    """Return the tickets of rounds that were closed with a lead, or by themselves."""
    return {one.ticket_id for one in done if one.led == led}


def _rated(done: Sequence[_Done]) -> tuple[int, ...]:
    """Return the tickets of rounds, the last rated first."""
    newest = sorted(done, key=lambda one: one.rated_at or one.closed_at, reverse=True)
    return tuple(dict.fromkeys(one.ticket_id for one in newest))


def _rows_of(
    reader: Reader, ticket_ids: Sequence[int], done: Sequence[_Done]
) -> tuple[UnsatisfiedRow, ...]:
    """Return unsatisfied tickets in their order, with what their round was closed with."""
    rounds = {one.ticket_id: one for one in reversed(done) if one.result == "不满意"}
    found: dict[int, UnsatisfiedRow] = {}
    for start in range(0, len(ticket_ids), CHUNK):
        for row in reader.read(_UNSATISFIED, ids=list(ticket_ids[start : start + CHUNK])):
            one = rounds[row.ticket_id]
            found[row.ticket_id] = replace(row, outcome=one.outcome, rated_at=one.rated_at)
    return tuple(found[id] for id in ticket_ids if id in found)


def _times(done: Sequence[_Done], keeper: Timekeeper) -> tuple[CategoryTime, ...]:
    """Return the working times by category, its first two levels, the commonest first."""
    times: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in done:
        if one.began_at is not None:
            worked = keeper.calendar.between(one.began_at, one.closed_at)
            times["/".join(one.category.split("/")[:2])].append((worked, one.ticket_id))
    found = [
        CategoryTime(
            category,
            round(median(worked for worked, _ in each)),
            tuple(dict.fromkeys(id for _, id in sorted(each, reverse=True))),
        )
        for category, each in times.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.ticket_ids), one.category)))
