"""More time for a unit: 延期 and 挂起 of a ticket's close clock, asked for and granted.

An extension must be asked for before the clock is due and counts from the due instant; the clock
runs on while it is undecided. A pause stops the clock where it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.matter import Matter, facts, load
from rules.errors import Refused
from rules.lifecycle import Position, check
from rules.limits import Limit

if TYPE_CHECKING:
    from models.clocks import Running
    from models.store import Store
    from models.work import Work


def ask_extension(
    store: Store, ticket_id: int, limit_text: str, reason: str, *, at: datetime | None = None
) -> None:
    """申请延期: the unit asks for more time, at the latest when the clock is due."""
    Limit.parse(limit_text)
    with store.writing(at=at) as work:
        from models.tables import Extension

        matter, running = _opened(work, ticket_id, "ask_extension")
        if work.timekeeper().extensions_allowed(matter.tags) == 0:
            raise Refused(f"{matter.number} 按规则不能延期：请按期办理")
        work.insert(Extension, deadline_id=running.id, asked_at=work.at, limit_text=limit_text,
                    reason=_given(reason), due_before=running.clock.due_at)  # fmt: skip
        work.event("ticket.ask_extension", "ticket", ticket_id, unit_id=matter.unit_id,
                   reason=reason, payload={"limit": limit_text})  # fmt: skip


def grant_extension(store: Store, ticket_id: int, *, at: datetime | None = None) -> None:
    """同意延期: the due instant moves, and what the clock crossed since the request is annulled."""
    with store.writing(at=at) as work:
        from models.crossings import annul
        from models.tables import Deadline, Extension

        matter, running = _opened(work, ticket_id, "grant_extension")
        asked = work.rows(_EXTENSION, d=running.id)[0]
        keeper = work.timekeeper()
        clock = keeper.extended(running.clock, asked[3], matter.tags)
        _note_crossings(work, running, asked[2])
        annul(work, running.id, running.revision, asked[2], "延期获准")
        work.update(
            Deadline, running.id, running.version, due_at=clock.due_at, blue_at=clock.blue_at,
            yellow_at=clock.yellow_at, red_at=clock.red_at, provisional=clock.provisional,
            revision=running.revision + 1,
            next_at=min((when for _, when in keeper.thresholds(clock)), default=None),
        )  # fmt: skip
        work.update(Extension, asked[0], asked[1], decided_at=work.at, granted=True,
                    due_after=clock.due_at, decided_by=work.operator.id)  # fmt: skip
        work.event("ticket.grant_extension", "ticket", ticket_id, unit_id=matter.unit_id)
        _settled(work, ticket_id)


def ask_pause(
    store: Store, ticket_id: int, reason: str, *, at: datetime | None = None
) -> None:
    """申请挂起: the unit asks that the clock stop while something outside its hands is done."""
    with store.writing(at=at) as work:
        from models.tables import Pause

        matter, running = _opened(work, ticket_id, "ask_pause")
        work.insert(Pause, deadline_id=running.id, from_at=work.at, reason=_given(reason),
                    requested_at=work.at)  # fmt: skip
        work.event("ticket.ask_pause", "ticket", ticket_id, unit_id=matter.unit_id, reason=reason)


def grant_pause(
    store: Store, ticket_id: int, approval: str, *, at: datetime | None = None
) -> None:
    """同意挂起: the clock stands still from now; ``approval`` names the paper that allows it."""
    with store.writing(at=at) as work:
        from models.tables import Deadline, Pause

        matter, running = _opened(work, ticket_id, "grant_pause")
        asked = work.rows(_PAUSE, d=running.id)[0]
        _note_crossings(work, running, work.at)
        work.update(Pause, asked[0], asked[1], from_at=work.at, approval=approval,
                    decided_at=work.at, granted=True, decided_by=work.operator.id)  # fmt: skip
        work.update(Deadline, running.id, running.version, paused_at=work.at, next_at=None)
        work.event("ticket.grant_pause", "ticket", ticket_id, unit_id=matter.unit_id,
                   reason=approval)  # fmt: skip
        _settled(work, ticket_id)


_EXTENSION = """
SELECT id, version, asked_at, limit_text FROM extension
WHERE deadline_id = :d AND decided_at IS NULL
"""
_PAUSE = "SELECT id, version FROM pause WHERE deadline_id = :d AND decided_at IS NULL"


def _opened(work: Work, ticket_id: int, verb: str) -> tuple[Matter, Running]:
    """Return a ticket that ``verb`` is lawful for, with its close clock."""
    from models.clocks import clocks_of

    matter = load(work.rows, ticket_id)
    clocks = [c for c in clocks_of(work, matter.round_id) if c.clock.step == "close"]
    known = set(facts(work.rows, matter))
    if clocks and clocks[0].clock.due_at < work.at:
        known.add("overdue")
    if clocks and _granted(work, clocks[0].id) < work.timekeeper().extensions_allowed(matter.tags):
        known.discard("extended")
    step = check(verb, Position("ticket", matter.state, frozenset(known), matter.n))
    work.require(*sorted(step.roles))
    return matter, clocks[0]


def _granted(work: Work, deadline_id: int) -> int:
    sql = "SELECT count(*) FROM extension WHERE deadline_id = :d AND granted"
    return int(work.rows(sql, d=deadline_id)[0][0])


def _note_crossings(work: Work, running: Running, until_at: datetime) -> None:
    """Record what a clock crossed before it is changed, whether or not it was swept."""
    from models.crossings import record, until

    levels = until(work.timekeeper(), running.clock, until_at)
    record(work, [(running.id, running.revision, level, when) for level, when in levels])


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("须写明理由：请填写后再办")
    return reason.strip()


def _settled(work: Work, ticket_id: int) -> None:
    from models.clocks import settle

    settle(work, ticket_id)
