"""催办: one reminder to each unit for all the marks, never twice for a ticket on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.casework.doing import allow
from models.casework.wording import written
from models.matter import Matter, load_matter
from models.store import Journal
from models.tables import Reminder, ReminderTicket
from rules.casework import Urged, urge_text
from rules.clocks import STEP_NAMES
from rules.errors import Refused
from rules.text import mask_text

if TYPE_CHECKING:
    from models.store import Store, Work


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


@dataclass(frozen=True, slots=True)
class Urging:
    """What became of a 催办: the reminders, and tickets skipped with number and reason."""

    reminders: tuple[Reminded, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def urge(store: Store, ticket_ids: Sequence[int], *, at: datetime | None = None) -> Urging:
    """Remind each lead unit of its tickets; raises ``Refused`` when none could be."""
    return _urge(store, ticket_ids, at, "text")


def urge_by_phone(
    store: Store,
    ticket_ids: Sequence[int],
    answered_by: str,
    promised: str,
    *,
    at: datetime | None = None,
) -> Urging:
    """电话催办: record who answered and what was promised."""
    who, what = written(answered_by, "接听人"), written(promised, "答应的事项")
    return _urge(store, ticket_ids, at, "phone", who, what)


def _urge(
    store: Store,
    ticket_ids: Sequence[int],
    at: datetime | None,
    means: str,
    answered_by: str | None = None,
    promised: str | None = None,
) -> Urging:
    skipped: list[tuple[str, str]] = []
    units: dict[int, list[Matter]] = defaultdict(list)
    with store.writing(at=at, journal=Journal("urge")) as work:
        day = work.timekeeper().local(work.at).date()
        for ticket_id in sorted(set(ticket_ids)):
            matter = load_matter(work.rows, ticket_id)
            try:
                units[_unit(work, matter, day)].append(matter)
            except Refused as refusal:
                skipped.append((matter.number, str(refusal)))
        if not units:
            raise Refused("；".join(f"{number}：{why}" for number, why in skipped[:3]))
        made = tuple(
            _remind(work, unit_id, matters, day, means, answered_by, promised)
            for unit_id, matters in units.items()
        )
    return Urging(made, tuple(skipped))


def _unit(work: Work, matter: Matter, day: date) -> int:
    """Return the unit to remind of a matter, if it may be today."""
    allow(work, matter, "urge")
    assert matter.unit_id is not None  # nobody can be urged before the dispatch
    found = work.one(_TODAY, t=matter.ticket_id, u=matter.unit_id, day=day)
    if found is not None:
        raise Refused("今天已向该单位催办过此件：请明天再催，或改用督办单")
    return matter.unit_id


def _remind(
    work: Work,
    unit_id: int,
    matters: Sequence[Matter],
    day: date,
    means: str,
    answered_by: str | None,
    promised: str | None,
) -> Reminded:
    name, liaison, phone = work.rows(_UNIT, u=unit_id)[0]
    urged = [_line(work, matter) for matter in matters]
    text = urge_text(name, work.policy.bureau.name, urged, f"{day.month}月{day.day}日")
    id = work.insert(
        Reminder, unit_id=unit_id, at=work.at, recorded_at=work.now, means=means, text=text,
        operator_id=work.operator.id, answered_by=answered_by, promised=promised,
    )  # fmt: skip
    for matter in matters:
        work.insert(ReminderTicket, reminder_id=id, ticket_id=matter.ticket_id, unit_id=unit_id,
                    day=day)  # fmt: skip
        work.event("ticket.urge", "ticket", matter.ticket_id, unit_id=unit_id, reason=promised,
                   payload={"reminder": id, "means": means,
                            **({"answered_by": answered_by} if answered_by else {})})  # fmt: skip
    numbers = tuple(matter.number for matter in matters)
    return Reminded(id, unit_id, name, liaison or "", phone or "", text, numbers)


def _line(work: Work, matter: Matter) -> Urged:
    keeper = work.timekeeper()
    title, step, limit_text, due_at, paused_at = work.rows(_LEADING, t=matter.ticket_id)[0]
    left = "挂起" if paused_at else keeper.remaining(limit_text, due_at, work.at)
    due = keeper.local(due_at)
    return Urged(matter.number, mask_text(title), STEP_NAMES[step],
                 f"{due.month}月{due.day}日{due:%H:%M}", left)  # fmt: skip


_TODAY = "SELECT 1 FROM reminder_ticket WHERE ticket_id = :t AND unit_id = :u AND day = :day"


_UNIT = "SELECT name, liaison, phone FROM unit WHERE id = :u"


_LEADING = """
SELECT t.title, d.step, d.limit_text, d.due_at, d.paused_at
FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE d.ticket_id = :t AND d.subject_kind = 'ticket' AND d.stopped_at IS NULL AND d.leads
"""
