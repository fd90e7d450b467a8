"""挂起: a unit's clock stands still for an approved reason (鉴定 检测 听证 诉讼 …).

What stands still is the handling itself: the close clock, the reports, and with the close clock
those of co-units. To sign and to speak with the citizen stay due. Pauses may overlap and may begin
earlier than their approval: when the clock runs again, all of them are counted at once. A pause
begins while the close clock is not yet due: what is late stays late. A report that was late by
then stands still with the rest, and gains nothing by it.
"""

from __future__ import annotations

from datetime import datetime

from models.casework.doing import tell
from models.clocks import (
    RESUMED,
    Clocks,
    PauseRow,
    StoredClock,
    begin_pause,
    clocks_of_matter,
    end_pauses,
    refuse_pause_row,
    relieved,
    request_pause,
    requested_pause,
    settle,
)
from models.matter import Matter
from models.store import Work
from rules.errors import Refused

HALTED = ("close", "progress")
"""The clocks that a pause stops by itself; co-units' stand still with the close clock."""


def ask_pause(work: Work, matter: Matter, *, reason: str) -> Matter:
    """申请挂起: the unit asks that the clock stop; it runs on until the centre agrees."""
    close = clocks_of_matter(work, matter).one("close")
    if close is None:
        raise Refused("没有办结时限可挂起：请核对规则")
    request_pause(work, close, reason)
    tell(work, matter, "ask_pause", reason=reason)
    return matter


def grant_pause(
    work: Work, matter: Matter, *, approval: str, since: datetime | None = None
) -> Matter:
    """同意挂起, by the paper named in ``approval``, from now or from an earlier ``since``."""
    asked = _asked(work, matter)
    start = _start(work, matter, since)
    clocks = clocks_of_matter(work, matter)
    close = clocks.one("close")
    if close is None:
        raise Refused("没有办结时限可挂起：请核对规则")
    _refuse_late(work, close, start)
    for one in clocks.running(*HALTED):
        begin = start if start > one.due_at else max(start, one.started_at)
        if start <= one.due_at:
            begin_pause(work, asked, one, begin, approval)
        clocks.halt(one, begin)
    tell(work, matter, "grant_pause", reason=approval)
    return settle(work, matter)


def refuse_pause(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意挂起: the clock runs on."""
    refuse_pause_row(work, _asked(work, matter))
    tell(work, matter, "refuse_pause", reason=reason)
    return matter


def resume(work: Work, matter: Matter, *, reason: str | None = None) -> Matter:
    """恢复: the clocks run again, due later by the time they stood still."""
    clocks = clocks_of_matter(work, matter)
    halted = [one for one in clocks.running(*HALTED) if one.paused_at is not None]
    if any(one.paused_at is not None and work.at < one.paused_at for one in halted):
        raise Refused("恢复时间早于挂起时间：请核对时间")
    for one in halted:
        _go_on(clocks, matter, one)
    tell(work, matter, "resume", reason=reason)
    return settle(work, matter)


def _go_on(clocks: Clocks, matter: Matter, one: StoredClock) -> None:
    """Let one clock run again, from what it was at first and all it was granted."""
    work, keeper = clocks.work, clocks.keeper_of(one)
    end_pauses(work, one, work.at)
    if one.source_fixed:
        due = matter.due_fixed_at if one.step == "close" else None
        made = keeper.fixed(one.step, one.started_at, due or one.original_due_at)
    else:
        made = keeper.timed(one.step, one.limit_text, one.started_at, matter.tags)
    assert one.paused_at is not None
    relief = relieved(work, keeper, one.id, made, matter.tags)
    clocks.remake(one, relief, one.paused_at, RESUMED, paused_at=None)


def _refuse_late(work: Work, close: StoredClock, start: datetime) -> None:
    if start > close.due_at:
        due = work.timekeeper().local(close.due_at)
        raise Refused(
            f"挂起起始时间晚于办结时限（{due:%Y-%m-%d %H:%M}），已超期的不能挂起："
            "请将起始时间改到到期之前，或不同意挂起、按超期催办"
        )


def _start(work: Work, matter: Matter, since: datetime | None) -> datetime:
    """Return from when a pause counts: never ahead, never before the unit had the matter."""
    start = work.at if since is None else since
    if start > work.at:
        raise Refused("挂起起始时间晚于批准时间：请改为批准时间或更早")
    given = matter.handed_at or matter.dispatched_at
    if given is not None and start < given:
        raise Refused("挂起起始时间早于交办时间：请核对时间")
    return start


def _asked(work: Work, matter: Matter) -> PauseRow:
    """Return the undecided request; a decision never comes before it."""
    asked = requested_pause(work, matter.round_id)
    if work.at < asked.requested_at:
        raise Refused("批复时间早于申请时间：请核对时间")
    return asked
