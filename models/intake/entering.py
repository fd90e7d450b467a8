"""登记: one appeal that a person types in, registered as a row of a file would be.

What is said of it at once follows in the same transaction, each by its own verb: whom it is
against, a leader's instruction, where it was printed, and to whom it is handed. It cannot be taken
back: its number is given.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import accused_units, finish, take_within
from models.intake.newcomers import Lookups, Newcomer
from models.intake.registering import register
from models.matter import Matter, load_matter
from models.store import Query, Work, retried
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store
    from rules.casework import Appeal
    from rules.intake import Entry

HAND = "hand"
"""The source of what was registered by hand."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An appeal as it was registered.

    ``unit`` has it, empty while it waits for dispatch; ``due_at`` is when its ``step``, close or
    dispatch, falls due, None where the policy sets no limit for that.
    """

    ticket_id: int
    number: str
    unit: str
    step: str
    due_at: datetime | None
    provisional: bool


@retried
def enter(store: Store, entry: Entry) -> Entered:
    """Register an appeal, whole or not at all.

    ``Refused`` where it is registered already or must not go to the unit that was chosen,
    ``NotAllowed`` where the operator may not register or hand on.
    """
    with store.writing(batch=f"act:{secrets.token_hex(6)}") as work:
        return enter_within(work, entry)


def enter_within(work: Work, entry: Entry) -> Entered:
    """Register an appeal within another act, such as what is told on a visit."""
    work.require(verb="ticket.intake")
    work.next_number("import")  # nobody else gives numbers to new appeals meanwhile
    _refuse_again(work, entry.appeal)
    if "lookups" not in work.kept:
        work.kept["lookups"] = Lookups.read(work)
    lookups: Lookups = work.kept["lookups"]
    pointed = lookups.pointed(entry.appeal, work.now)
    newcomer = Newcomer("", entry.appeal, None, accused=pointed)
    (ticket_id,) = register(work, [newcomer], lookups, source=HAND, batch_id=None)
    matter = _besides(work, ticket_id, entry)
    unit = "" if matter.unit_id is None else lookups.units.names[matter.unit_id]
    due = work.first(_DUE, id=ticket_id, step="close" if unit else "dispatch")
    return Entered(
        ticket_id,
        matter.number,
        unit,
        "close" if unit else "dispatch",
        None if due is None else due.due_at,
        due is not None and due.provisional,
    )


def _besides(work: Work, ticket_id: int, entry: Entry) -> Matter:
    """Do what is said of a new appeal besides, in the order of its verbs."""
    begun = _accuse(work, load_matter(work, ticket_id), entry)
    matter = begun
    if entry.instruction:
        matter = take_within(
            work,
            matter,
            "instruct",
            leader=entry.leader,
            text=entry.instruction,
            limit_text=entry.limit or None,
        )
    if entry.remark:
        matter = take_within(work, matter, "note", text=entry.remark)
    if entry.unit_id is not None:
        matter = take_within(work, matter, "dispatch", unit_id=entry.unit_id)
    return matter if matter is begun else finish(work, begun, matter)


def _accuse(work: Work, matter: Matter, entry: Entry) -> Matter:
    """Keep what is said of whom it is against, and read it anew: it bars units from it."""
    if entry.accused_id is not None:
        take_within(work, matter, "accuse", unit_id=entry.accused_id)
    elif entry.cleared:
        for one in accused_units(work, [matter.ticket_id]):
            take_within(work, matter, "absolve", unit_id=one.unit_id)
    else:
        return matter
    return load_matter(work, matter.ticket_id)


def _refuse_again(work: Work, appeal: Appeal) -> None:
    """Refuse an appeal of which every word is registered already: a form kept is sent again."""
    found = work.first(
        _AGAIN,
        source=HAND,
        received=appeal.received_at,
        channel=appeal.channel,
        title=appeal.title,
        content=appeal.content,
    )
    if found is not None:
        raise Refused(f"这件已登记为 {found.number}：请打开那一件办理，不用再登记")


@dataclass(frozen=True, slots=True)
class _Registered:
    """An appeal that is registered."""

    number: str


_AGAIN = Query(
    _Registered,
    """
SELECT number FROM ticket WHERE received_at = :received AND source = :source
  AND channel = :channel AND title = :title AND content = :content
""",
)


@dataclass(frozen=True, slots=True)
class _Due:
    """When a step falls due."""

    due_at: datetime
    provisional: bool


_DUE = Query(
    _Due,
    """
SELECT due_at, provisional FROM deadline
WHERE subject_kind = 'ticket' AND subject_id = :id AND step = :step AND stopped_at IS NULL
""",
)
