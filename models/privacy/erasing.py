"""清除个人信息: one person asks, another approves, and what was listed is erased for good.

No undo brings it back, and no file: a mark on the ticket keeps both out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.privacy.forgetting import forget
from models.privacy.retention import Closed, Due, due_before
from models.store import Query, Source, iso, retried
from models.tables import Erasure, ErasureTicket
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class Request:
    """A request to erase; ``erased`` and the rest speak once somebody has decided it."""

    id: int
    version: int
    asked_at: datetime
    asked_by: int
    asker: str
    before_at: datetime
    reason: str | None
    tickets: int
    decided_at: datetime | None
    decider: str | None
    approved: bool | None
    decision: str | None
    erased: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What an approval did: what was erased, and what had become exempt since it was asked."""

    request: Request
    erased: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


_REQUESTS = """
SELECT e.id, e.version, e.asked_at, e.asked_by, a.name AS asker, e.before_at, e.reason,
    (SELECT count(*) FROM erasure_ticket l WHERE l.erasure_id = e.id) AS tickets,
    e.decided_at, d.name AS decider, e.approved, e.decision, e.erased
FROM erasure e JOIN operator a ON a.id = e.asked_by LEFT JOIN operator d ON d.id = e.decided_by
"""

_ALL = Query(Request, f"{_REQUESTS} ORDER BY e.id DESC LIMIT 20")

_ONE = Query(Request, f"{_REQUESTS} WHERE e.id = :id")

_WAITING = Query(Request, f"{_REQUESTS} WHERE e.decided_at IS NULL ORDER BY e.id")

_LISTED = "SELECT ticket_id FROM erasure_ticket WHERE erasure_id = :id"


def requests(source: Source) -> list[Request]:
    """Return the last requests, the newest first."""
    return source.read(_ALL)


def due_now(store: Store) -> Due:
    """Return what is due under the policy in force, as at the moment shown."""
    with store.reading() as reader:
        return due_before(reader, _limit(store, store.now()))


@retried
def ask_erasure(store: Store, reason: str | None = None) -> tuple[Request, Due]:
    """申请清除: list what is due now and ask somebody else to approve; nothing is erased yet."""
    before = _limit(store, min(store.now(), store.system_now()))
    with store.writing() as work:
        work.require(verb="privacy.ask")
        for waiting in work.read(_WAITING):
            raise Refused(f"清除申请{waiting.id}号还没有人批：请先由另一人批准或驳回")
        due = due_before(work, before)
        if not due.erasable:
            raise Refused("没有保存期满、可以清除的诉求：用 duban privacy list 查看")
        id = work.insert(
            Erasure,
            asked_at=work.now,
            asked_by=work.operator.id,
            before_at=before,
            reason=reason,
        )
        listed = [(id, one.id) for one in due.erasable]
        work.bulk(ErasureTicket, ("erasure_id", "ticket_id"), listed)
        told = {"before": iso(before), "tickets": len(listed), "exempt": len(due.exempt)}
        work.event("privacy.ask", "erasure", id, reason=reason, payload=told)
        return _request(work, id), due


@retried
def approve_erasure(store: Store, id: int, decision: str | None = None) -> Decided:
    """批准清除: erase what was listed and is still due, in one transaction; by another person."""
    limit = _limit(store, min(store.now(), store.system_now()))
    with store.writing(alone=True) as work:
        request = _to_decide(work, id)
        due = due_before(work, min(limit, request.before_at))
        listed = [int(row[0]) for row in work.rows(_LISTED, id=id)]
        chosen = _listed(due.erasable, listed)
        counts = forget(work, chosen)
        for one in chosen:
            work.event("ticket.erase", "ticket", one.id, payload={"erasure": id})
        _decide(work, request, decision, approved=True, erased=len(chosen))
        told = {"tickets": len(chosen), "kept": len(listed) - len(chosen), "rows": counts}
        work.event("privacy.approve", "erasure", id, reason=decision, payload=told)
        kept = tuple((one.number, one.exempt or "") for one in _listed(due.exempt, listed))
        return Decided(_request(work, id), tuple(one.number for one in chosen), kept)


@retried
def refuse_erasure(store: Store, id: int, decision: str) -> Request:
    """驳回清除: nothing is erased; by another person than asked, who says why."""
    with store.writing() as work:
        request = _to_decide(work, id)
        _decide(work, request, decision, approved=False, erased=0)
        work.event("privacy.refuse", "erasure", id, reason=decision)
        return _request(work, id)


def _limit(store: Store, now: datetime) -> datetime:
    return store.policy.privacy.kept_since(store.timekeeper().local(now))


def _listed(found: Sequence[Closed], listed: Sequence[int]) -> list[Closed]:
    wanted = set(listed)
    return [one for one in found if one.id in wanted]


def _to_decide(work: Work, id: int) -> Request:
    """Return a request that waits, for somebody who may decide it."""
    work.require(verb="privacy.approve")
    request = _request(work, id)
    if request.decided_at is not None:
        raise Refused(f"清除申请{id}号已有人办理：用 duban privacy list 查看")
    if request.asked_by == work.operator.id:
        raise Refused(f"清除申请{id}号是您自己提出的：须由另一位管理员或签发员批准或驳回")
    work.require_apart("privacy.approve", request.asked_by)
    return request


def _request(work: Work, id: int) -> Request:
    found = work.first(_ONE, id=id)
    if found is None:
        raise Refused(f"没有清除申请{id}号：用 duban privacy list 查看")
    return found


def _decide(
    work: Work, request: Request, decision: str | None, *, approved: bool, erased: int
) -> None:
    work.update(
        Erasure,
        request.id,
        request.version,
        decided_at=work.now,
        decided_by=work.operator.id,
        approved=approved,
        decision=decision,
        erased=erased,
    )
