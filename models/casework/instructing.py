"""批示: a leader's written word on an appeal, a matter of its own with its own limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from models.casework.doing import tell
from models.clocks import Clocks, Subject, clocks_of_subjects, settle
from models.matter import Matter
from models.store import Query, Work
from models.tables import Instruction
from rules.errors import Refused


def instruct(
    work: Work, matter: Matter, *, leader: str, text: str, limit_text: str | None = None
) -> Matter:
    """登记批示: the appeal goes before others until it is done.

    Without ``limit_text`` the policy's limit for 批示 holds; it must set one then.
    """
    keeper = work.timekeeper()
    limit = limit_text or keeper.limit_text("instruction", matter.tags)
    if limit is None:
        raise Refused("规则没有为批示设时限：请写明时限，如 3wd")
    id = work.insert(
        Instruction,
        ticket_id=matter.ticket_id,
        leader=leader,
        content=text,
        given_at=work.at,
        limit_text=limit,
    )
    clocks = Clocks(work, Subject("instruction", id, matter.ticket_id, None, *matter.filed), ())
    clock = keeper.timed("instruction", limit, work.at, matter.tags)
    clocks.put(clock, matter.unit_id, pressing=True)
    clocks.lead()
    clocks.write()
    payload = {"instruction": id, "leader": leader, "limit": limit}
    tell(work, matter, "instruct", payload=payload)
    work.made.append(id)
    first = matter.instructed_at or work.at
    return settle(work, replace(matter, instructed=True, instructed_at=first))


def fulfil(work: Work, matter: Matter, *, reason: str) -> Matter:
    """批示办结: what leaders asked for on it is done; their clocks stop."""
    found = work.read(_OPEN, ticket=matter.ticket_id)
    if any(work.at < one.given_at for one in found):
        raise Refused("办结时间早于批示时间：请核对时间")
    subjects = [Subject("instruction", one.id, matter.ticket_id) for one in found]
    for one, clocks in zip(found, clocks_of_subjects(work, subjects), strict=True):
        work.update(Instruction, one.id, one.version, {"done_at": None}, done_at=work.at)
        for running in clocks.running():
            clocks.stop(running, work.at)
        clocks.write()
        tell(work, matter, "fulfil", reason=reason, payload={"instruction": one.id})
    return settle(work, replace(matter, instructed=False))


@dataclass(frozen=True, slots=True)
class _Given:
    """An instruction that is not done."""

    id: int
    version: int
    given_at: datetime


_OPEN = Query(
    _Given,
    "SELECT id, version, given_at FROM instruction "
    "WHERE ticket_id = :ticket AND done_at IS NULL ORDER BY id",
)
