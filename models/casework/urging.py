"""催办: one reminder to each unit for all the marks, never twice for a ticket on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.casework.doing import tell
from models.matter import Matter
from models.rota import OnDuty, on_duty
from models.store import Query, Work
from models.tables import Reminder, ReminderTicket
from rules.casework import Urged, listed_title, urge_text
from rules.clocks import STEP_NAMES, day_and_clock
from rules.errors import Refused
from rules.text import MASKED


@dataclass(frozen=True, slots=True)
class Reminded:
    """One reminder: whom to call, and the text to copy."""

    id: int
    unit_id: int
    unit: str
    liaison: str
    phone: str
    text: str
    numbers: tuple[str, ...]


def urge(
    work: Work,
    matters: Sequence[Matter],
    *,
    answered_by: str | None = None,
    promised: str | None = None,
) -> dict[Matter, str]:
    """Remind each lead unit of its tickets, by a text, or by telephone where somebody answered.

    Return the matters that were left out and why: nobody is reminded twice of one on a day.
    """
    if (answered_by is None) != (promised is None):
        raise Refused("电话催办要同时写明接听人和答应的事项：请填写后再办")
    day = work.timekeeper().local(work.at).date()
    told = _told_today(work, matters, day)
    units: dict[int, list[Matter]] = defaultdict(list)
    left_out = {}
    for matter in matters:
        assert matter.unit_id is not None  # nobody can be urged before the dispatch
        if (matter.ticket_id, matter.unit_id) in told:
            left_out[matter] = "今天已向该单位催办过此件：请明天再催，或改用督办单"
        else:
            units[matter.unit_id].append(matter)
    answering = on_duty(work, [*units], work.at)
    for unit_id, own in units.items():
        answers = answering.get(unit_id)
        work.made.append(_remind(work, unit_id, own, day, answers, answered_by, promised))
    return left_out


def _remind(
    work: Work,
    unit_id: int,
    matters: Sequence[Matter],
    day: date,
    answers: OnDuty | None,
    answered_by: str | None,
    promised: str | None,
) -> Reminded:
    unit = work.read(_UNIT, unit=unit_id)[0]
    urged = [_line(work, one) for one in work.read(_LEADING, ids=[m.ticket_id for m in matters])]
    text = urge_text(unit.name, work.policy.bureau.name, urged, f"{day.month}月{day.day}日")
    means = "text" if answered_by is None else "phone"
    id = work.insert(
        Reminder,
        unit_id=unit_id,
        at=work.at,
        recorded_at=work.now,
        means=means,
        text=text,
        operator_id=work.operator.id,
        answered_by=answered_by,
        promised=promised,
    )
    who = {"answered_by": answered_by} if answered_by else {}
    for matter in matters:
        work.insert(
            ReminderTicket, reminder_id=id, ticket_id=matter.ticket_id, unit_id=unit_id, day=day
        )
        payload = {"reminder": id, "means": means, **who}
        tell(work, matter, "urge", unit_id=unit_id, reason=promised, payload=payload)
    numbers = tuple(matter.number for matter in matters)
    whom = answers.person if answers is not None else unit.liaison or ""
    phone = (answers.phone if answers is not None else "") or unit.phone or ""
    return Reminded(id, unit_id, unit.name, whom, phone, text, numbers)


def _line(work: Work, one: _Leading) -> Urged:
    keeper = work.timekeeper()
    left = "挂起" if one.paused_at else keeper.remaining(one.limit_text, one.due_at, work.at)
    day, clock = day_and_clock(keeper.local(one.due_at), ends=True)
    words = f"{day.month}月{day.day}日{clock[:5]}"
    title = MASKED.about(one).text(listed_title(one.title, one.nature, one.confidential))
    return Urged(one.number, title, STEP_NAMES[one.step], words, left)


def _told_today(work: Work, matters: Sequence[Matter], day: date) -> set[tuple[int, int]]:
    """Return which tickets their units were reminded of on a day."""
    ids = [matter.ticket_id for matter in matters]
    found = work.read(_TODAY, ids=ids, day=day) if ids else []
    return {(one.ticket_id, one.unit_id) for one in found}


@dataclass(frozen=True, slots=True)
class _Told:
    """A ticket that a unit was reminded of."""

    ticket_id: int
    unit_id: int


_TODAY = Query(
    _Told,
    "SELECT ticket_id, unit_id FROM reminder_ticket WHERE ticket_id IN (:ids) AND day = :day",
)


@dataclass(frozen=True, slots=True)
class _UnitRow:
    """Whom to call."""

    name: str
    liaison: str | None
    phone: str | None


_UNIT = Query(_UnitRow, "SELECT name, liaison, phone FROM unit WHERE id = :unit")


@dataclass(frozen=True, slots=True)
class _Leading:
    """A ticket by the clock it is shown by."""

    number: str
    title: str
    nature: str
    step: str
    limit_text: str
    due_at: datetime
    paused_at: datetime | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_LEADING = Query(
    _Leading,
    """
SELECT t.number, t.title, t.nature, d.step, d.limit_text, d.due_at, d.paused_at,
       p.reporter, p.phone, p.address, t.confidential
FROM deadline d JOIN ticket t ON t.id = d.ticket_id
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE d.ticket_id IN (:ids) AND d.subject_kind = 'ticket' AND d.stopped_at IS NULL AND d.leads
ORDER BY t.id
""",
)
