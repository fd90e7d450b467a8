"""What becomes of a promise: its date moved by whoever gave it, kept, not kept, given up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.clocks import EXTENDED, Clocks, Subject, clocks_of
from models.receptions.pledge import PledgeView, pledge_of
from models.receptions.pledge_making import name_of, seen
from models.store import Journal, Work, retried
from models.tables import Pledge, PledgeExtension
from rules.clocks import Remade
from rules.errors import Refused
from rules.receptions import require_extension
from rules.text import harmless, harmless_line

if TYPE_CHECKING:
    from models.store import Store


@retried
def extend_pledge(
    store: Store, view: PledgeView, due_at: datetime, *, leader: str, reason: str
) -> PledgeView:
    """承诺延期: only the leader who pledged gives it, before the date has passed."""
    with store.writing(journal=Journal("pledge.extend")) as work:
        work.require(verb="pledge.extend")
        now = seen(work, view)
        _require_open(now)
        leader, reason = harmless_line(leader), harmless_line(reason)
        require_extension(now.leader, leader, now.due_at, due_at, work.at)
        if not reason:
            raise Refused("请写明延期的理由：为什么不能按期兑现")
        clocks = _clocks(work, now)
        for one in clocks.running():
            made = clocks.keeper_of(one).fixed(one.step, one.started_at, due_at)
            clocks.remake(one, Remade(made, one.original_due_at), work.at, EXTENDED, noted=True)
        clocks.lead()
        clocks.write()
        work.update(Pledge, now.id, now.version, {"due_at": now.due_at}, due_at=due_at)
        work.insert(
            PledgeExtension,
            pledge_id=now.id,
            due_before=now.due_at,
            due_after=due_at,
            leader=leader,
            reason=reason,
            at=work.at,
            operator_id=work.operator.id,
        )
        told = {"leader": leader, "due": work.timekeeper().local(due_at).isoformat()}
        _tell(work, "pledge.extend", now, reason=reason, payload=told)
        return pledge_of(work, now.id)


@retried
def keep_pledge(
    store: Store, view: PledgeView, *, words: str, evidence: str, at: datetime | None = None
) -> PledgeView:
    """登记兑现: what was promised is done, with what proves it; one not kept in time may follow."""
    with store.writing(at=at, journal=Journal("pledge.keep")) as work:
        work.require(verb="pledge.keep")
        now = seen(work, view)
        words, evidence = harmless(words), harmless_line(evidence)
        if now.kept_at is not None:
            raise Refused(f"{name_of(now)}已登记兑现")
        if now.signed_at is None:
            raise Refused(f"{name_of(now)}还没有签字：请先登记签字")
        if not words:
            raise Refused("请写明怎样兑现的")
        if not evidence:
            raise Refused("请写明凭据：验收单、照片、群众签收等的名称或编号")
        if work.at < now.made_at:
            raise Refused("兑现时间早于作出承诺的时间：请核对时间")
        before = {
            "kept_at": None,
            "verdict_words": now.verdict_words,
            "evidence": now.evidence,
        }
        changes = {"kept_at": work.at, "verdict_words": words, "evidence": evidence}
        work.update(Pledge, now.id, now.version, before, **changes)
        _stop(work, now)
        late = work.at > now.due_at
        _tell(work, "pledge.keep", now, reason=words, payload={"evidence": evidence, "late": late})
        return pledge_of(work, now.id)


@retried
def break_pledge(store: Store, view: PledgeView, *, reason: str, evidence: str = "") -> PledgeView:
    """登记未兑现: what was promised is not done, and why; its clock stops."""
    with store.writing(journal=Journal("pledge.break")) as work:
        work.require(verb="pledge.break")
        now = seen(work, view)
        _require_open(now)
        reason, evidence = harmless(reason), harmless_line(evidence)
        if not reason:
            raise Refused("请写明没有兑现的原因")
        before = {"broken_at": None, "verdict_words": None, "evidence": None}
        changes = {"broken_at": work.at, "verdict_words": reason, "evidence": evidence or None}
        work.update(Pledge, now.id, now.version, before, **changes)
        _stop(work, now)
        _tell(work, "pledge.break", now, reason=reason, payload={"evidence": evidence or None})
        return pledge_of(work, now.id)


@retried
def void_pledge(store: Store, view: PledgeView, *, reason: str) -> PledgeView:
    """作废: written down by mistake; what is signed stays, whatever becomes of it."""
    with store.writing(journal=Journal("pledge.void")) as work:
        work.require(verb="pledge.void")
        now = seen(work, view)
        _require_open(now)
        reason = harmless_line(reason)
        if now.signed_at is not None:
            raise Refused(f"{name_of(now)}已签字，不能作废：办不到的请登记未兑现")
        if not reason:
            raise Refused("请写明作废的理由")
        before = {"void_at": None, "void_reason": None}
        work.update(Pledge, now.id, now.version, before, void_at=work.at, void_reason=reason)
        _stop(work, now, over=True)
        _tell(work, "pledge.void", now, reason=reason)
        return pledge_of(work, now.id)


def _require_open(now: PledgeView) -> None:
    if now.kept_at is not None or now.broken_at is not None:
        raise Refused(f"{name_of(now)}已登记{'兑现' if now.kept_at else '未兑现'}")


def _clocks(work: Work, now: PledgeView) -> Clocks:
    return clocks_of(work, Subject("pledge", now.id, now.ticket_id))


def _stop(work: Work, now: PledgeView, *, over: bool = False) -> None:
    """Stop the clock of a promise; what a sweep recorded after is annulled."""
    clocks = _clocks(work, now)
    for one in clocks.running():
        clocks.stop(one, work.at, over=over)
    clocks.lead()
    clocks.write()


def _tell(
    work: Work,
    verb: str,
    now: PledgeView,
    *,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
) -> None:
    work.event(verb, "pledge", now.id, unit_id=now.unit_id, reason=reason, payload=payload)
