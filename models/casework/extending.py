"""延期: asked for before expiry, decided by the centre in an act of its own.

The clock runs on while a request is undecided. A grant counts from the due instant and annuls what
was crossed since the request; a refusal does neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework.doing import Done, Seen, each
from models.casework.wording import written
from models.clocks import MOVED, keeper_of, move_clock, running_of, settle
from models.tables import Extension
from rules.clocks import Limit
from rules.errors import Refused

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def ask_extension(
    store: Store,
    ticket_ids: Sequence[int],
    limit_text: str,
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """申请延期: the unit asks for more time, at the latest when the clock is due."""
    Limit.parse(limit_text)
    why = written(reason, "延期理由")

    def ask(work: Work, matter: Matter) -> None:

        close = next(iter(running_of(work, matter, ("close",))), None)
        if close is None:
            raise Refused("没有办结时限可延：请核对规则")
        work.insert(Extension, deadline_id=close.id, asked_at=work.at, limit_text=limit_text,
                    reason=why, due_before=close.clock.due_at)  # fmt: skip
        _tell(work, matter, "ask_extension", why, {"limit": limit_text})

    return each(store, ticket_ids, "ask_extension", ask, at=at, seen=seen)


def grant_extension(
    store: Store, ticket_ids: Sequence[int], *, at: datetime | None = None, seen: Seen | None = None
) -> Done:
    """同意延期: the due instant moves, of co-units too; the original stays on record."""

    def grant(work: Work, matter: Matter) -> None:

        id, version, asked_at, limit_text = _asked(work, matter)
        for clock in running_of(work, matter, MOVED):
            longer = keeper_of(work, clock).extended(clock.clock, limit_text, matter.tags)
            due = {"due_before": clock.clock.due_at, "due_after": longer.due_at}
            decided = {"decided_at": work.at, "granted": True, "decided_by": work.operator.id}
            move_clock(work, clock, longer, asked_at, "延期获准")
            if clock.clock.step == "close":
                work.update(Extension, id, version, **due, **decided)
            else:
                work.insert(Extension, deadline_id=clock.id, asked_at=asked_at, reason="随主办延期",
                            limit_text=limit_text, **due, **decided)  # fmt: skip
        _tell(work, matter, "grant_extension", None, {"limit": limit_text})
        settle(work, matter.ticket_id)

    return each(store, ticket_ids, "grant_extension", grant, at=at, seen=seen)


def refuse_extension(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """不同意延期: the clock stays as it is, with all it crossed."""
    why = written(reason, "不同意的理由")

    def refuse(work: Work, matter: Matter) -> None:
        id, version, *_ = _asked(work, matter)
        work.update(Extension, id, version, decided_at=work.at, granted=False,
                    decided_by=work.operator.id)  # fmt: skip
        _tell(work, matter, "refuse_extension", why, {})

    return each(store, ticket_ids, "refuse_extension", refuse, at=at, seen=seen)


def _asked(work: Work, matter: Matter) -> tuple[int, int, datetime, str]:
    """Return the undecided request; a decision never comes before it."""
    id, version, asked_at, limit_text = work.rows(_ASKED, r=matter.round_id)[0]
    if work.at < asked_at:
        raise Refused("批复时间早于申请时间：请核对时间")
    return id, version, asked_at, limit_text


def _tell(
    work: Work, matter: Matter, verb: str, reason: str | None, payload: dict[str, object]
) -> None:
    work.event(f"ticket.{verb}", "ticket", matter.ticket_id, unit_id=matter.unit_id,
               reason=reason, payload=payload)  # fmt: skip


_ASKED = """
SELECT e.id, e.version, e.asked_at, e.limit_text
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE d.round_id = :r AND e.decided_at IS NULL
"""
