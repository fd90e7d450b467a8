"""Whose personal data has been kept long enough, and which appeals must be kept whole all the same.

An appeal is due when its last round was closed before the instant of the policy's
``keep_personal`` and nobody has erased it since. 保留令 (DESIGN §11) keeps what is on a paper, a
petition, in court, held by name, or not finished yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.matter import ticket_id_of
from models.store import Query, Source, retried
from models.tables import RetentionHold
from rules.casework import PAPER_NAMES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store


PETITION = "阳光信访"
"""The channel of petitions (信访), which have an archive and terms of their own."""

COURT = "%诉讼%"


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed appeal whose time is over, with everything that may keep it."""

    id: int
    version: int
    number: str
    closed_at: datetime
    channel: str
    paper: str | None
    paper_number: str | None
    held: str | None
    litigated: bool
    in_review: bool
    instructed: bool
    disputed: bool

    @property
    def exempt(self) -> str | None:
        """Why the appeal is kept whole; None where nothing keeps it."""
        if self.held is not None:
            return f"保留令：{self.held}"
        if self.paper is not None:
            name = PAPER_NAMES.get(self.paper, self.paper)
            return f"列入{name}{self.paper_number or '（未签发）'}"
        if self.channel == PETITION:
            return "信访件"
        reasons = (
            (self.litigated, "进入诉讼等法定程序"),
            (self.in_review, "核查未结"),
            (self.instructed, "批示未落实"),
            (self.disputed, "异议未裁"),
        )
        return next((why for holds, why in reasons if holds), None)


@dataclass(frozen=True, slots=True)
class Due:
    """What may be erased, and what is kept whole, both the longest closed first."""

    before_at: datetime
    erasable: tuple[Closed, ...]
    exempt: tuple[Closed, ...]


_PAPER = """
FROM order_ticket l JOIN supervision_order o ON o.id = l.order_id
WHERE l.ticket_id = t.id AND (o.status <> 'void' OR o.number IS NOT NULL) ORDER BY o.id LIMIT 1
"""

_KEPT = Query(
    Closed,
    f"""
SELECT t.id, t.version, t.number, coalesce(r.closed_at, t.received_at) AS closed_at, t.channel,
    (SELECT o.kind {_PAPER}) AS paper, (SELECT o.number {_PAPER}) AS paper_number,
    (SELECT h.reason FROM retention_hold h
     WHERE h.ticket_id = t.id AND h.lifted_at IS NULL) AS held,
    EXISTS (SELECT 1 FROM pause q JOIN deadline d ON d.id = q.deadline_id
            WHERE d.ticket_id = t.id AND q.reason LIKE :court)
    OR EXISTS (SELECT 1 FROM return_request q JOIN round x ON x.id = q.round_id
               WHERE x.ticket_id = t.id AND q.reason_code = 'legal') AS litigated,
    EXISTS (SELECT 1 FROM review v
            WHERE v.ticket_id = t.id AND v.decided_at IS NULL) AS in_review,
    EXISTS (SELECT 1 FROM instruction i
            WHERE i.ticket_id = t.id AND i.done_at IS NULL) AS instructed,
    EXISTS (SELECT 1 FROM objection b
            WHERE b.ticket_id = t.id AND b.decided_at IS NULL) AS disputed
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
""",
)

_CLOSED = _KEPT.also("""
WHERE t.state = 'closed' AND r.closed_at < :before
    AND (t.erased_at IS NULL OR t.erased_at < r.closed_at)
ORDER BY r.closed_at, t.id
""")

_ASIDE = _KEPT.also("""
WHERE t.state = 'analysis' AND t.received_at < :before AND t.erased_at IS NULL
ORDER BY t.received_at, t.id
""")
"""What others answer is closed nowhere: it is kept from its receipt."""


def due_before(source: Source, before: datetime) -> Due:
    """Return the appeals closed before an instant, those that are kept whole apart."""
    asked = {"before": before, "court": COURT}
    found = [*source.read(_CLOSED, **asked), *source.read(_ASIDE, **asked)]
    return Due(before, _those(found, exempt=False), _those(found, exempt=True))


def _those(found: Sequence[Closed], *, exempt: bool) -> tuple[Closed, ...]:
    return tuple(one for one in found if (one.exempt is not None) == exempt)


@dataclass(frozen=True, slots=True)
class _Hold:
    """A hold that nobody has lifted."""

    id: int
    version: int


_HOLD = Query(
    _Hold,
    "SELECT id, version FROM retention_hold WHERE ticket_id = :ticket AND lifted_at IS NULL",
)


@retried
def hold(store: Store, number: str, reason: str) -> None:
    """保留: keep an appeal whole, whatever its age; the trail says who ordered it and why."""
    with store.writing() as work:
        work.require(verb="ticket.hold")
        ticket = ticket_id_of(work, number)
        if not reason.strip():
            raise Refused("保留要写明依据：例如卷宗号、法院来函文号")
        if work.first(_HOLD, ticket=ticket) is not None:
            raise Refused(f"{number} 已有保留令：不必重复")
        work.insert(
            RetentionHold,
            ticket_id=ticket,
            reason=reason,
            placed_at=work.now,
            placed_by=work.operator.id,
        )
        work.event("ticket.hold", "ticket", ticket, reason=reason)


@retried
def lift(store: Store, number: str, reason: str) -> None:
    """解除保留: the appeal is kept as long as any other."""
    with store.writing() as work:
        work.require(verb="ticket.hold")
        ticket = ticket_id_of(work, number)
        found = work.first(_HOLD, ticket=ticket)
        if found is None:
            raise Refused(f"{number} 没有保留令")
        work.update(
            RetentionHold,
            found.id,
            found.version,
            lifted_at=work.now,
            lifted_by=work.operator.id,
        )
        work.event("ticket.lift", "ticket", ticket, reason=reason)
