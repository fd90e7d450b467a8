"""挂账: what nobody can solve now stands still for a term, in the open and never for good.

Asked before it is due, signed by the unit's head, approved by the leader in charge; it begins when
the citizen has been told, and not before. Meanwhile the clocks of the handling stand still as in a
pause, a clock of the account's own runs, and the citizen may still rate. One renewal; when the term
is up the handling runs again by itself from that instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.casework.doing import tell
from models.casework.extending import HALTED, close_clock
from models.casework.leading import followed
from models.clocks import (
    EXTENDED,
    Clocks,
    Subject,
    clocks_of_matter,
    clocks_of_subjects,
    go_on,
    hold_for_account,
    pauses_end,
    prolong_account,
    settle,
)
from models.matter import Matter
from models.store import Query, Work
from models.tables import SuspendedAccount
from rules.clocks import Clock, Limit, Remade, long_instant
from rules.errors import Refused

STEP = "account"

TERM_UP = "挂账期满"


@followed
def ask_account(
    work: Work, matter: Matter, *, limit_text: str, reason: str, plan: str, head: str, basis: str
) -> Matter:
    """申请挂账: for how long, why, what is done meanwhile; ``head`` signed the paper ``basis``."""
    close_clock(clocks_of_matter(work, matter), "挂账")
    keeper, tags = work.timekeeper(), matter.tags
    asked = keeper.timed(STEP, limit_text, work.at, tags)
    _refuse_longer(work, matter, asked, keeper.timed(STEP, _longest(work, matter), work.at, tags))
    work.insert(
        SuspendedAccount,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        unit_id=matter.unit_id,
        reason=reason,
        plan=plan,
        head=head,
        basis=basis,
        limit_text=limit_text,
        asked_at=work.at,
        operator_id=work.operator.id,
    )
    told = {"limit": limit_text, "signed_by": head}
    tell(work, matter, "ask_account", reason=reason, payload=told)
    return matter


@followed
def grant_account(work: Work, matter: Matter, *, leader: str) -> Matter:
    """同意挂账: ``leader`` approved; nothing stands still before the citizen is told."""
    found = _open(work, matter)
    work.update(
        SuspendedAccount, found.id, found.version, decided_at=work.at, granted=True, leader=leader
    )
    tell(work, matter, "grant_account", payload={"limit": found.limit_text, "leader": leader})
    return matter


@followed
def refuse_account(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意挂账, or taken back before it began: the clocks run on as they did."""
    found = _open(work, matter)
    decided = {"decided_at": work.at, "granted": False, "ended_at": work.at, "end_words": reason}
    work.update(SuspendedAccount, found.id, found.version, **decided)
    tell(work, matter, "refuse_account", reason=reason)
    return matter


@followed
def begin_account(work: Work, matter: Matter, *, text: str) -> Matter:
    """告知并挂账: the citizen is told, the handling stands still, the account's clock starts."""
    found = _open(work, matter)
    own = work.timekeeper().timed(STEP, found.limit_text, work.at, matter.tags)
    work.update(
        SuspendedAccount,
        found.id,
        found.version,
        told_at=work.at,
        began_at=work.at,
        until_at=own.due_at,
    )
    clocks = clocks_of_matter(work, matter)
    for one in clocks.running(*HALTED):
        if work.at <= one.due_at:
            hold_for_account(work, one, found.id, own.due_at, "挂账", found.basis)
        clocks.halt(one, work.at)
    if matter.merged_into is None:
        account = Clocks(work, _subject(matter, found.id), ())
        account.put(own, matter.unit_id, pressing=matter.pressing)
        account.lead()
        account.write()
    told = {"until": _written(work, own.due_at), "limit": found.limit_text}
    tell(work, matter, "begin_account", reason=text, payload=told)
    return settle(work, matter)


@followed
def renew_account(
    work: Work, matter: Matter, *, leader: str, limit_text: str, reason: str
) -> Matter:
    """挂账展期: once, from when its term is up, by no more than the longest term."""
    found = _open(work, matter)
    assert found.until_at is not None
    if work.at > found.until_at:
        raise Refused("挂账期限已过，展期须在到期前：请按期满销账后继续办理")
    keeper, tags = work.timekeeper(), matter.tags
    first = keeper.timed(STEP, found.limit_text, found.asked_at, tags)
    now = keeper.fixed(STEP, first.started_at, found.until_at)
    longer = keeper.extended(now, limit_text, tags)
    _refuse_longer(work, matter, longer, keeper.extended(now, _longest(work, matter), tags))
    work.update(
        SuspendedAccount,
        found.id,
        found.version,
        until_at=longer.due_at,
        renewed_at=work.at,
        renewed_by=leader,
    )
    prolong_account(work, found.id, longer.due_at)
    clocks = _own_clocks(work, matter, found.id)
    for one in clocks.running():
        moved = Remade(keeper.extended(one, limit_text, tags), one.original_due_at)
        clocks.remake(one, moved, work.at, EXTENDED, noted=True)
    clocks.write()
    told = {"limit": limit_text, "leader": leader, "until": _written(work, longer.due_at)}
    tell(work, matter, "renew_account", reason=reason, payload=told)
    return matter


@followed
def end_account(work: Work, matter: Matter, *, reason: str, at: datetime | None = None) -> Matter:
    """销账: the handling runs again, due later by the time it stood still."""
    found, when = _open(work, matter), at or work.at
    clocks = clocks_of_matter(work, matter)
    held = [one for one in clocks.running(*HALTED) if one.paused_at is not None]
    close = next((one for one in held if one.step == "close"), None)
    if close is not None:
        when = pauses_end(work, close, when)
    for one in held:
        go_on(clocks, matter, one, when)
    work.update(SuspendedAccount, found.id, found.version, ended_at=when, end_words=reason)
    _stop(work, matter, found.id, when)
    tell(work, matter, "end_account", at=when, reason=reason)
    return settle(work, matter)


def _longest(work: Work, matter: Matter) -> str:
    """Return the longest term that the policy allows what is filed so."""
    longest = work.timekeeper().limit_text(STEP, matter.tags)
    if longest is None:
        raise Refused("规则不许此类诉求挂账：请按期办理，或申请延期")
    return longest


def _refuse_longer(work: Work, matter: Matter, asked: Clock, longest: Clock) -> None:
    if asked.due_at > longest.due_at:
        term = Limit.parse(_longest(work, matter)).label
        raise Refused(
            f"规则规定挂账一次最长{term}，此次最迟到{_written(work, longest.due_at)}：请改短"
        )


def _written(work: Work, instant: datetime) -> str:
    return long_instant(work.timekeeper().local(instant), ends=True)


def _subject(matter: Matter, id: int) -> Subject:
    return Subject("account", id, matter.ticket_id, None, *matter.filed)


def _own_clocks(work: Work, matter: Matter, id: int) -> Clocks:
    return clocks_of_subjects(work, [_subject(matter, id)])[0]


def _stop(work: Work, matter: Matter, id: int, when: datetime) -> None:
    clocks = _own_clocks(work, matter, id)
    for one in clocks.running():
        clocks.stop(one, when)
    clocks.write()


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An account asked for, waiting to begin, or running."""

    id: int
    version: int
    limit_text: str
    basis: str
    asked_at: datetime
    until_at: datetime | None


_OPEN = Query(
    OpenAccount,
    """
SELECT id, version, limit_text, basis, asked_at, until_at FROM suspended_account
WHERE ticket_id = :ticket AND ended_at IS NULL
""",
)


def _open(work: Work, matter: Matter) -> OpenAccount:
    """Return the account of an appeal that has one; nothing on it happens before it was asked."""
    [found] = work.read(_OPEN, ticket=matter.ticket_id)
    if work.at < found.asked_at:
        raise Refused("时间早于挂账申请的时间：请核对时间")
    return found


def lapse_account(work: Work, matter: Matter, why: str) -> None:
    """Let an account end with the matter that it is of: what it asked for has no object now."""
    for found in work.read(_OPEN, ticket=matter.ticket_id):
        work.update(SuspendedAccount, found.id, found.version, ended_at=work.at, end_words=why)
        _stop(work, matter, found.id, work.at)
        tell(work, matter, "lapse_account", reason=why)
