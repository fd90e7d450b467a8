"""How a person's act falls on one appeal or many: lawful, in order, whole, and as it was seen."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.matter import Matter, load_matter, position
from models.store import Journal, LostRace, Work
from models.tables import Deadline, Extension, Pause
from models.views import VERB_NAMES
from rules.casework import check_step, too_early
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store


Seen = Mapping[int, int]
"""Ticket id to the version of its leading deadline, as the person saw them."""


Change = Callable[["Work", Matter], object]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the tickets of one act: done, and skipped each with number and reason."""

    done: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def each(
    store: Store,
    ticket_ids: Sequence[int],
    verb: str | Callable[[Matter], str],
    change: Change,
    *,
    at: datetime | None,
    seen: Seen | None = None,
) -> Done:
    """Do one act on each ticket in one transaction; a refused one is left as it was and named.

    Raises ``Refused`` when nothing could be done, ``NotAllowed`` where the operator may not,
    ``LostRace`` when somebody else was first. The whole is one act to undo.
    """
    ids = sorted(set(ticket_ids))  # in one order, so that two batches never wait for each other
    batch = f"act:{secrets.token_hex(6)}" if len(ids) > 1 else None
    journal = Journal(verb if isinstance(verb, str) else "dispatch")
    done: list[int] = []
    skipped: list[tuple[str, str]] = []
    with store.writing(at=at, batch=batch, journal=journal) as work:
        for ticket_id in ids:
            matter = load_matter(work.rows, ticket_id)
            _unmoved(work, matter, seen)
            try:
                with work.attempt():
                    allow(work, matter, verb if isinstance(verb, str) else verb(matter))
                    change(work, matter)
                    _touch(work, ticket_id)
            except Refused as refusal:
                skipped.append((matter.number, str(refusal)))
                continue
            done.append(ticket_id)
        if not done and skipped:
            raise Refused("；".join(f"{number}：{reason}" for number, reason in skipped[:3]))
    return Done(tuple(done), tuple(skipped))


def allow(work: Work, matter: Matter, verb: str) -> None:
    """Refuse a step the table of steps does not allow now, or not this operator, or out of turn."""
    step = check_step(verb, position(work.rows, matter, work.timekeeper(), work.at))
    work.require(*sorted(step.roles))
    if reason := too_early(verb, step.name, work.at, matter.acts):
        raise Refused(reason)


def _unmoved(work: Work, matter: Matter, seen: Seen | None) -> None:
    """Refuse to act on a matter that is no longer as it was seen, and say who moved it."""
    if seen is None or matter.ticket_id not in seen:
        return
    now = work.one(_LEADING, id=matter.ticket_id)
    if now is not None and now[1] == seen[matter.ticket_id]:
        return
    last = work.one(_LAST, id=matter.ticket_id)
    who = f"{last[0]}（{VERB_NAMES.get(last[1], last[1])}）" if last else "他人"
    raise LostRace(
        f"{matter.number} 刚被{who}改动：已为您重新读取，请核对后再办（您填写的内容仍在）"
    )


def _touch(work: Work, ticket_id: int) -> None:
    """Give the leading clock another version, by which whoever saw the matter before finds out."""
    leading = work.one(_LEADING, id=ticket_id)
    if leading is not None:
        work.update(Deadline, leading[0], leading[1])


_LEADING = """
SELECT id, version FROM deadline
WHERE ticket_id = :id AND subject_kind = 'ticket' AND stopped_at IS NULL AND leads
"""


_LAST = """
SELECT coalesce(o.name, e.operator), e.verb
FROM event e LEFT JOIN operator o ON o.login = e.operator
WHERE e.subject_kind = 'ticket' AND e.subject_id = :id ORDER BY e.seq DESC LIMIT 1
"""


def lapse(work: Work, matter: Matter, why: str) -> None:
    """Let requests that nobody decided fall away, because what they asked for has no object now."""
    for model, name in ((Extension, "extension"), (Pause, "pause")):
        for id, version in work.rows(_UNDECIDED.format(name), r=matter.round_id):
            work.update(model, id, version, decided_at=work.at, granted=False,
                        decided_by=work.operator.id)  # fmt: skip
            work.event(f"ticket.lapse_{name}", "ticket", matter.ticket_id,
                       unit_id=matter.unit_id, reason=why)  # fmt: skip


_UNDECIDED = """
SELECT q.id, q.version FROM {} q JOIN deadline d ON d.id = q.deadline_id
WHERE d.round_id = :r AND q.decided_at IS NULL
"""
