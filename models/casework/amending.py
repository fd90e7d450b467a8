"""更正 and 修改登记: what was recorded wrongly is put right, and the clocks follow."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.casework.doing import change, finish, tell
from models.casework.leading import led_by, part, settle_lead
from models.casework.relimiting import require_answerable, retagged
from models.clocks import refile, settle
from models.matter import Matter
from models.store import Query, Work, iso
from models.tables import Person
from rules.casework import COLUMN_NAMES, UNIT_STEPS
from rules.errors import Refused
from rules.merging import barred

COUNTED_FROM = {"due_fixed_at", "received_at"}

FILED = {"grid", "channel", "urgency"}


def correct(work: Work, matter: Matter, **instants: datetime | None) -> Matter:
    """更正: set the times of acts already recorded; the clocks follow them.

    What is merged into a lead has the times that were the lead's, too.
    """
    told = {"dispatch_assumed": False} if "dispatched_at" in instants else {}
    changed = change(work, matter, **instants, **told)
    anew = UNIT_STEPS if "dispatched_at" in instants else ()
    payload = {
        name: [_written(getattr(matter, name)), _written(new)] for name, new in instants.items()
    }
    tell(work, changed, "correct", payload=payload)
    settled = settle(work, changed, restart=anew)
    if not matter.carries:
        return settled
    for one in led_by(work, matter):
        same = {n: at for n, at in instants.items() if getattr(one, n) == getattr(matter, n)}
        if same:
            finish(work, one, correct(work, one, **same))
    return settle(work, settled)


def amend(
    work: Work,
    matter: Matter,
    *,
    ticket: dict[str, Any] | None = None,
    round_: dict[str, Any] | None = None,
    person: dict[str, Any] | None = None,
    limits: str | None = None,
    reason: str | None = None,
) -> Matter:
    """修改登记: what is known of the appeal; ``limits`` says what becomes of those that run.

    The event names the columns, of tags with old and new value, and what became of the limits.
    Without ``limits`` they stay, and where others would follow that waits for a decision. A date
    that its source corrects is no such question: limits counted from it follow.
    """
    ticket, round_, person = ticket or {}, round_ or {}, person or {}
    columns, before = sorted({*ticket, *round_, *person}), matter
    if ticket:
        matter = matter.owing(**ticket)
    if FILED & set(ticket):
        matter = refile(work, matter)
    if round_:
        matter = change(work, matter, **round_)
    if person:
        _amend_person(work, matter.ticket_id, person)
    told: dict[str, Any] = {}
    if matter.tags != before.tags:
        matter, told = retagged(work, before, matter, limits)
    tell(work, matter, "amend", reason=reason, payload={"columns": columns, **told})
    if COUNTED_FROM & set(ticket) and matter.closed_at is None and not matter.for_analysis:
        matter = settle(work, matter, restart=("dispatch", *UNIT_STEPS, "judge"))
        settle_lead(work, matter)
    if (matter.carries or matter.merged_into is not None) and (why := barred(matter)):
        return part(work, matter, why)
    return matter


def retag(
    work: Work,
    matter: Matter,
    *,
    nature: str | None = None,
    urgency: str | None = None,
    category: str | None = None,
    channel: str | None = None,
    limits: str = "keep",
    reason: str | None = None,
) -> Matter:
    """修改登记 by a person, who says what becomes of the limits: else they stay."""
    said = {"nature": nature, "urgency": urgency, "category": category, "channel": channel}
    ticket = {name: new for name, new in said.items() if new not in (None, getattr(matter, name))}
    if not ticket:
        raise Refused("没有写明改什么：请写与现在不同的性质、紧急程度、类别或渠道")
    for name, query in _LISTED.items():
        if name in ticket and work.value(query, word=ticket[name]) is None:
            raise Refused(f"名录中没有{COLUMN_NAMES[name]}“{ticket[name]}”：请写名录中的全称")
    require_answerable(work, matter.owing(**ticket), limits, reason)
    return amend(work, matter, ticket=ticket, limits=limits, reason=reason)


_LISTED = {
    "category": "SELECT path FROM category WHERE path = :word",
    "channel": "SELECT name FROM channel WHERE name = :word",
}


@dataclass(frozen=True, slots=True)
class _PersonRow:
    """The row of a ticket's citizen."""

    id: int
    version: int


_PERSON = Query(_PersonRow, "SELECT id, version FROM person WHERE ticket_id = :ticket")


def _amend_person(work: Work, ticket_id: int, person: dict[str, Any]) -> None:
    found = work.first(_PERSON, ticket=ticket_id)
    salted = {**person, "salt": secrets.token_hex(8)}
    if found is not None:
        work.update(Person, found.id, found.version, **salted)
    else:
        work.insert(Person, ticket_id=ticket_id, **salted)


def _written(instant: datetime | None) -> str | None:
    return iso(instant) if instant is not None else None
