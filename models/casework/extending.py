"""延期 and 挂起: more time for a unit, asked for before expiry, decided by the centre afterwards.

The clock runs on while a request is undecided. An extension counts from the due instant and annuls
what was crossed since the request; a refusal does neither.

A pause is for an approved reason (鉴定 检测 听证 诉讼 …). What stands still is the handling itself:
the close clock, the reports, and with the close clock those of co-units. To sign and to speak with
the citizen stay due. Pauses may overlap and may begin earlier than their approval: when the clock
runs again, all of them are counted at once. A pause begins while the close clock is not yet due:
what is late stays late. A report that was late by then stands still with the rest, and gains
nothing by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.casework.doing import tell
from models.casework.leading import followed
from models.clocks import (
    EXTENDED,
    Clocks,
    PauseEnd,
    PauseRow,
    StoredClock,
    begin_pause,
    clocks_of_matter,
    go_on,
    pauses_end,
    refuse_pause_row,
    request_pause,
    requested_pause,
    settle,
)
from models.matter import Matter
from models.store import Query, Work
from models.tables import Extension
from rules.clocks import Remade, beyond_extension, long_instant, pause_until, plain_due
from rules.errors import Refused
from rules.paper import RANK_NAMES


@followed
def ask_extension(
    work: Work, matter: Matter, *, limit_text: str, reason: str, at: datetime | None = None
) -> Matter:
    """申请延期: the unit asks for more time, at the latest when the clock is due."""
    when = at or work.at
    clocks = clocks_of_matter(work, matter)
    close = close_clock(clocks, "延")
    refuse_beyond(clocks, matter, close, limit_text)
    work.insert(
        Extension,
        deadline_id=close.id,
        asked_at=when,
        limit_text=limit_text,
        reason=reason,
        due_before=close.due_at,
    )
    payload = {"limit": limit_text}
    tell(work, matter, "ask_extension", at=when, reason=reason, payload=payload)
    return matter


def refuse_beyond(clocks: Clocks, matter: Matter, close: StoredClock, limit_text: str) -> None:
    """Refuse more time than the policy allows; what is merged has what its lead may have."""
    if matter.merged_into is None:
        keeper = clocks.keeper_of(close)
        caps, original = clocks.work.timekeeper().caps(matter.tags), close.original_due_at
        why = beyond_extension(keeper, caps, close, original, limit_text, matter.tags)
        if why is not None:
            raise Refused(why)


@followed
def grant_extension(work: Work, matter: Matter, *, leader: str | None = None) -> Matter:
    """同意延期: the due instant moves, of co-units too; the original stays on record.

    ``leader`` is who let it, where the policy wants a leader of some rank to.
    """
    asked = _extension_asked(work, matter)
    clocks = clocks_of_matter(work, matter)
    close = close_clock(clocks, "延")
    _refuse_ungranted(work, matter, leader)
    refuse_beyond(clocks, matter, close, asked.limit_text)
    keeper = clocks.keeper_of(close)
    longer = keeper.extended(close, asked.limit_text, close.tags_or(matter.tags))
    named = {"leader": leader} if leader else {}
    moves = {"due_before": close.due_at, "due_after": longer.due_at}
    _decide(work, asked, granted=True, **moves, **named)
    moved = Remade(longer, close.original_due_at)
    clocks.remake(close, moved, asked.asked_at, EXTENDED, noted=True)
    tell(work, matter, "grant_extension", payload={"limit": asked.limit_text, **named})
    return settle(work, matter, since=asked.asked_at)


def _refuse_ungranted(work: Work, matter: Matter, leader: str | None) -> None:
    """Refuse an extension that no leader of the rank the policy names has let."""
    ranks = work.timekeeper().caps(matter.tags).extension_by
    if matter.merged_into is not None or not ranks or work.policy.rank_of(leader or "") in ranks:
        return
    may = "、".join(one.name for one in work.policy.leaders_of(*ranks))
    raise Refused(
        f"规则规定延期须由{'或'.join(RANK_NAMES[rank] for rank in ranks)}批准："
        f"请写明批准领导（{may}）"
    )


@followed
def refuse_extension(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意延期: the clock stays as it is, with all it crossed."""
    _decide(work, _extension_asked(work, matter), granted=False)
    tell(work, matter, "refuse_extension", reason=reason)
    return matter


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that nobody has decided."""

    id: int
    version: int
    asked_at: datetime
    limit_text: str


_ASKED = Query(
    _Asked,
    """
SELECT e.id, e.version, e.asked_at, e.limit_text
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE d.round_id = :round AND e.decided_at IS NULL
""",
)


def _extension_asked(work: Work, matter: Matter) -> _Asked:
    """Return the undecided request."""
    asked = work.read(_ASKED, round=matter.round_id)[0]
    _require_after(work, asked.asked_at)
    return asked


def _decide(work: Work, asked: _Asked, **columns: Any) -> None:
    work.update(
        Extension,
        asked.id,
        asked.version,
        decided_at=work.at,
        decided_by=work.operator.id,
        **columns,
    )


HALTED = ("close", "progress")
"""The clocks that a pause stops by itself; co-units' stand still with the close clock."""


@followed
def ask_pause(work: Work, matter: Matter, *, reason: str) -> Matter:
    """申请挂起: the unit asks that the clock stop; it runs on until the centre agrees."""
    request_pause(work, close_clock(clocks_of_matter(work, matter), "挂起"), reason)
    tell(work, matter, "ask_pause", reason=reason)
    return matter


@followed
def grant_pause(
    work: Work,
    matter: Matter,
    *,
    approval: str,
    since: datetime | None = None,
    limit_text: str | None = None,
) -> Matter:
    """同意挂起, by the paper named in ``approval``, from now or from an earlier ``since``.

    ``limit_text`` is for how long, else as long as the policy allows.
    """
    asked = _pause_asked(work, matter)
    start = _start(work, matter, since)
    clocks = clocks_of_matter(work, matter)
    _refuse_late(work, close_clock(clocks, "挂起"), start)
    end = _pause_end(work, matter, start, limit_text)
    for one in clocks.running(*HALTED):
        begin = start if start > one.due_at else max(start, one.started_at)
        if start <= one.due_at:
            begin_pause(work, asked, one, begin, approval, end)
        clocks.halt(one, min(begin, one.paused_at or begin))
    told = None if end.until_at is None else {"until": _written(work, end.until_at)}
    tell(work, matter, "grant_pause", reason=approval, payload=told)
    return settle(work, matter)


def _pause_end(work: Work, matter: Matter, start: datetime, limit_text: str | None) -> PauseEnd:
    """Return when a pause ends and what then; what is merged may pause as its lead does."""
    keeper, tags = work.timekeeper(), matter.tags
    caps = keeper.caps(tags)
    if matter.merged_into is not None and limit_text is not None:
        return PauseEnd(keeper.timed("pause", limit_text, start, tags).due_at, caps.resumes)
    until = pause_until(keeper, caps, start, tags, limit_text)
    if until is not None and until <= work.at:
        raise Refused(
            f"挂起到{_written(work, until)}为止，已经过去：请把起始时间改晚，或不同意挂起"
        )
    return PauseEnd(until, caps.resumes)


def _written(work: Work, instant: datetime) -> str:
    return long_instant(work.timekeeper().local(instant), ends=True)


@followed
def refuse_pause(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意挂起: the clock runs on."""
    refuse_pause_row(work, _pause_asked(work, matter))
    tell(work, matter, "refuse_pause", reason=reason)
    return matter


@followed
def resume(
    work: Work, matter: Matter, *, reason: str | None = None, at: datetime | None = None
) -> Matter:
    """恢复: the clocks run again, due later by the time they stood still."""
    clocks, when = clocks_of_matter(work, matter), at or work.at
    close = clocks.one("close")
    if close is not None:
        when = pauses_end(work, close, when)
    halted = [one for one in clocks.running(*HALTED) if one.paused_at is not None]
    if any(one.paused_at is not None and when < one.paused_at for one in halted):
        raise Refused("恢复时间早于挂起时间：请核对时间")
    for one in halted:
        go_on(clocks, matter, one, when)
    tell(work, matter, "resume", at=when, reason=reason)
    return settle(work, matter)


def _refuse_late(work: Work, close: StoredClock, start: datetime) -> None:
    if start > close.due_at:
        due = plain_due(work.timekeeper().local(close.due_at))
        raise Refused(
            f"挂起起始时间晚于办结时限（{due}），已超期的不能挂起："
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


def _pause_asked(work: Work, matter: Matter) -> PauseRow:
    """Return the undecided request."""
    asked = requested_pause(work, matter.round_id)
    _require_after(work, asked.requested_at)
    return asked


def _require_after(work: Work, asked_at: datetime) -> None:
    """Refuse a decision that would come before its request."""
    if work.at < asked_at:
        raise Refused("批复时间早于申请时间：请核对时间")


def close_clock(clocks: Clocks, verb: str) -> StoredClock:
    """Return the clock that a request is about."""
    close = clocks.one("close")
    if close is None:
        raise Refused(f"没有办结时限可{verb}：请核对规则")
    return close
