"""批示: a leader's written word on an appeal, a matter of its own with its own limit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.casework.doing import allow
from models.casework.wording import written
from models.clocks import (
    LEVEL_COLOURS,
    annul,
    columns,
    first_threshold,
    record,
    settle,
    until,
    worst,
)
from models.matter import load_matter
from models.store import Journal
from models.tables import Deadline, Instruction
from rules.clocks import Clock, Limit
from rules.errors import Refused

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def instruct(
    store: Store,
    ticket_id: int,
    leader: str,
    content: str,
    limit_text: str | None = None,
    *,
    at: datetime | None = None,
) -> int:
    """登记批示: the appeal goes before others until it is done; return the instruction's id.

    Without ``limit_text`` the policy's limit for 批示 holds; it must set one then.
    """
    who, said = written(leader, "批示人"), written(content, "批示内容")
    if limit_text is not None:
        Limit.parse(limit_text)
    with store.writing(at=at, journal=Journal("instruct")) as work:
        matter = load_matter(work.rows, ticket_id)
        allow(work, matter, "instruct")
        limit = limit_text or work.timekeeper().limit_text("instruction", matter.tags)
        if limit is None:
            raise Refused("规则没有为批示设时限：请写明时限，如 3wd")
        id = work.insert(Instruction, ticket_id=ticket_id, leader=who, content=said,
                         given_at=work.at, limit_text=limit)  # fmt: skip
        _start(work, matter, id, limit)
        work.event("ticket.instruct", "ticket", ticket_id, unit_id=matter.unit_id,
                   payload={"instruction": id, "leader": who, "limit": limit})  # fmt: skip
        _press(work, ticket_id)
    return id


def fulfil(
    store: Store, instruction_id: int, said: str, *, at: datetime | None = None
) -> None:
    """批示办结: what the leader asked for is done; its clock stops."""
    why = written(said, "落实情况")
    with store.writing(at=at, journal=Journal("fulfil")) as work:
        found = work.rows(_INSTRUCTION, id=instruction_id)
        if not found:
            raise Refused("没有这件批示：请刷新后再办")
        version, ticket_id, given_at, done_at = found[0]
        matter = load_matter(work.rows, ticket_id)
        allow(work, matter, "fulfil")
        if done_at is not None:
            raise Refused("这件批示已经办结：请刷新后再看")
        if work.at < given_at:
            raise Refused("办结时间早于批示时间：请核对时间")
        work.update(Instruction, instruction_id, version, done_at=work.at)
        _stop(work, instruction_id)
        work.event("ticket.fulfil", "ticket", ticket_id, unit_id=matter.unit_id, reason=why,
                   payload={"instruction": instruction_id})  # fmt: skip
        _press(work, ticket_id)


def _start(work: Work, matter: Matter, id: int, limit_text: str) -> None:

    clock = work.timekeeper().timed("instruction", limit_text, work.at, matter.tags)
    work.insert(
        Deadline, subject_kind="instruction", subject_id=id, ticket_id=matter.ticket_id,
        step="instruction", unit_id=matter.unit_id, original_due_at=clock.due_at, leads=True,
        pressing=True, next_at=first_threshold(work, clock), policy=work.policy_version,
        calendar=work.calendar_version, **columns(clock),
    )  # fmt: skip


def _stop(work: Work, id: int) -> None:

    for deadline_id, version, revision, *clock in work.rows(_CLOCK, id=id):
        levels = until(work.timekeeper(), Clock(*clock), work.at)
        record(work, [(deadline_id, revision, level, when) for level, when in levels])
        annul(work, deadline_id, revision, work.at, "补录的办理时间证明未到此界限")
        work.update(Deadline, deadline_id, version, stopped_at=work.at, next_at=None, leads=False,
                    worst_colour=worst(LEVEL_COLOURS[level] for level, _ in levels))  # fmt: skip


def _press(work: Work, ticket_id: int) -> None:
    """Let the appeal's own clocks go before others, or no longer."""
    settle(work, ticket_id)


_INSTRUCTION = "SELECT version, ticket_id, given_at, done_at FROM instruction WHERE id = :id"


_CLOCK = """
SELECT id, version, revision, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at
FROM deadline WHERE subject_kind = 'instruction' AND subject_id = :id AND stopped_at IS NULL
"""
