"""挂起: a unit's clock stands still for an approved reason (鉴定 检测 听证 诉讼 …).

What stands still is the handling itself: the close clock, the reports, the co-units. To sign and
to speak with the citizen stay due. Pauses may overlap and may begin earlier than their approval:
when the clock runs again, all of them are counted at once. A pause begins while the close clock is
not yet due: what is late stays late. A report or a co-unit that was late by then stands still with
the rest, and gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework.doing import Done, Seen, each
from models.casework.wording import written
from models.clocks import (
    HALTED,
    annul,
    keeper_of,
    note_crossings,
    reached,
    relieved,
    resume_clock,
    running_of,
    settle,
)
from models.tables import Deadline, Pause
from rules.errors import Refused

if TYPE_CHECKING:
    from models.clocks import StoredClock
    from models.matter import Matter
    from models.store import Store, Work


def ask_pause(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """申请挂起: the unit asks that the clock stop; it runs on until the centre agrees."""
    why = written(reason, "挂起理由")

    def ask(work: Work, matter: Matter) -> None:

        close = next(iter(running_of(work, matter, ("close",))), None)
        if close is None:
            raise Refused("没有办结时限可挂起：请核对规则")
        work.insert(Pause, deadline_id=close.id, from_at=work.at, requested_at=work.at, reason=why)
        _tell(work, matter, "ask_pause", why)

    return each(store, ticket_ids, "ask_pause", ask, at=at, seen=seen)


def grant_pause(
    store: Store,
    ticket_ids: Sequence[int],
    approval: str,
    *,
    since: datetime | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """同意挂起, by the paper named in ``approval``, from now or from an earlier ``since``."""
    paper = written(approval, "批准依据")

    def grant(work: Work, matter: Matter) -> None:

        asked = _asked(work, matter)
        start = _start(work, matter, since)
        for clock in running_of(work, matter, HALTED):
            if start > clock.clock.due_at:
                _late(work, clock, start)
                continue
            values = {"from_at": max(start, clock.clock.started_at), "approval": paper,
                      "decided_at": work.at, "granted": True,
                      "decided_by": work.operator.id}  # fmt: skip
            if clock.clock.step == "close":
                work.update(Pause, asked[0], asked[1], **values)
            else:
                work.insert(Pause, deadline_id=clock.id, requested_at=asked[2],
                            reason="随办结时限挂起", **values)  # fmt: skip
            _halt(work, clock, max(start, clock.clock.started_at))
        _tell(work, matter, "grant_pause", paper)
        settle(work, matter.ticket_id)

    return each(store, ticket_ids, "grant_pause", grant, at=at, seen=seen)


def refuse_pause(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """不同意挂起: the clock runs on."""
    why = written(reason, "不同意的理由")

    def refuse(work: Work, matter: Matter) -> None:
        id, version, _ = _asked(work, matter)
        work.update(Pause, id, version, decided_at=work.at, granted=False,
                    decided_by=work.operator.id)  # fmt: skip
        _tell(work, matter, "refuse_pause", why)

    return each(store, ticket_ids, "refuse_pause", refuse, at=at, seen=seen)


def resume(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    at: datetime | None = None,
    reason: str | None = None,
    seen: Seen | None = None,
) -> Done:
    """恢复: the clocks run again, due later by the time they stood still."""

    def go_on(work: Work, matter: Matter) -> None:

        for clock in running_of(work, matter, HALTED):
            if clock.paused_at is not None:
                _go_on(work, matter, clock)
        _tell(work, matter, "resume", reason)
        settle(work, matter.ticket_id)

    return each(store, ticket_ids, "resume", go_on, at=at, seen=seen)


def _go_on(work: Work, matter: Matter, clock: StoredClock) -> None:

    for id, version, since in work.rows(_OPEN, d=clock.id):
        if work.at < since:
            raise Refused("恢复时间早于挂起时间：请核对时间")
        work.update(Pause, id, version, to_at=work.at)
    keeper, own = keeper_of(work, clock), clock.clock
    if own.source_fixed:
        due = matter.due_fixed_at if own.step == "close" else None
        made = keeper.fixed(own.step, own.started_at, due or clock.original_due_at)
    else:
        made = keeper.timed(own.step, own.limit_text, own.started_at, matter.tags)
    assert clock.paused_at is not None
    resume_clock(work, clock, relieved(work, keeper, clock.id, made, matter.tags), clock.paused_at)


def _halt(work: Work, clock: StoredClock, start: datetime) -> None:
    """Let a clock stand still from ``start``; what it crossed since does not count."""
    note_crossings(work, clock, start)
    annul(work, clock.id, clock.revision, start, "挂起期间不计时")
    work.update(Deadline, clock.id, clock.version, paused_at=start, next_at=None,
                worst_colour=reached(work, clock.id))  # fmt: skip


def _late(work: Work, clock: StoredClock, start: datetime) -> None:
    """Refuse to pause a late matter; what else was late stands still without a pause to count."""
    if clock.clock.step == "close":
        due = work.timekeeper().local(clock.clock.due_at)
        raise Refused(
            f"挂起起始时间晚于办结时限（{due:%Y-%m-%d %H:%M}），已超期的不能挂起："
            "请将起始时间改到到期之前，或不同意挂起、按超期催办"
        )
    _halt(work, clock, start)


def _start(work: Work, matter: Matter, since: datetime | None) -> datetime:
    """Return from when a pause counts: never ahead, never before the unit had the matter."""
    start = work.at if since is None else since
    if start > work.at:
        raise Refused("挂起起始时间晚于批准时间：请改为批准时间或更早")
    given = matter.handed_at or matter.dispatched_at
    if given is not None and start < given:
        raise Refused("挂起起始时间早于交办时间：请核对时间")
    return start


def _asked(work: Work, matter: Matter) -> tuple[int, int, datetime]:
    """Return the undecided request; a decision never comes before it."""
    id, version, asked_at = work.rows(_ASKED, r=matter.round_id)[0]
    if work.at < asked_at:
        raise Refused("批复时间早于申请时间：请核对时间")
    return id, version, asked_at


def _tell(work: Work, matter: Matter, verb: str, reason: str | None) -> None:
    work.event(f"ticket.{verb}", "ticket", matter.ticket_id, unit_id=matter.unit_id, reason=reason)


_ASKED = """
SELECT p.id, p.version, p.requested_at FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE d.round_id = :r AND p.decided_at IS NULL
"""


_OPEN = """
SELECT id, version, from_at FROM pause WHERE deadline_id = :d AND granted AND to_at IS NULL
"""
