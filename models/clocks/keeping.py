"""Writing down what a change of the rules did: clocks, crossings, worst colours and the trail."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import text

from models.clocks.recount import Change, Plan
from models.clocks.restoring import recall_worst
from models.clocks.sweeping import annul
from models.store import Work, each_of
from models.tables import Crossing, Deadline
from rules.clocks import Timekeeper

COLUMNS = (
    "limit_text",
    "blue_at",
    "yellow_at",
    "red_at",
    "due_at",
    "original_due_at",
    "next_at",
    "leads",
    "revision",
    "policy",
    "calendar",
    "provisional",
    "source_fixed",
    "worst_colour",
)


def keep_recount(work: Work, plan: Plan, reason: str, *, anew: bool, named: dict[str, Any]) -> None:
    """Write a plan whose rules are already the work's own, each matter told with the reason.

    ``anew``: every clock counted now goes by the work's policy from here on. ``named`` is what
    each event says of the rules, such as ``{"calendar": 2}``.
    """
    rows = [
        _row(work, change, anew and change.was.id not in plan.following) for change in plan.changes
    ]
    work.update_many(Deadline, COLUMNS, rows)
    _move_on(work, plan)
    if anew:
        work.change_each(Deadline, "policy = :policy", plan.recounted, policy=work.policy_version)
    _settle_crossings(work, plan, reason)
    _deepen(work, plan)
    _tell(work, plan, reason, named)


def _row(work: Work, change: Change, anew: bool) -> tuple[Any, ...]:
    was, clock = change.was, change.clock
    policy = work.policy_version if anew and change.matters else was.policy
    calendar = work.calendar_version if change.matters else was.calendar
    return (
        was.id,
        was.version,
        clock.limit_text,
        clock.blue_at,
        clock.yellow_at,
        clock.red_at,
        clock.due_at,
        change.original_due_at,
        change.next_at,
        change.leads,
        was.revision + change.revised,
        policy,
        calendar,
        clock.provisional,
        clock.source_fixed,
        change.worst_colour,
    )


def _move_on(work: Work, plan: Plan) -> None:
    """Set the next threshold of clocks that are otherwise as they were; the sweep's own book."""
    if plan.awaited:
        work.conn.execute(
            text("UPDATE deadline SET next_at = :next_at WHERE id = :id"),
            [{"id": id, "next_at": work.stored(at)} for id, at in plan.awaited],
        )


def _settle_crossings(work: Work, plan: Plan, reason: str) -> None:
    """Annul what no longer holds; what still does goes with its clock into the next revision."""
    annulled = [each.id for change in plan.changes for each in change.annulled]
    carried = [each.id for change in plan.changes for each in change.carried]
    annul(work, annulled, reason)
    work.change_each(Crossing, "revision = revision + 1", carried)


_SEEN_NO_MORE = "UPDATE ticket SET version = version + 1 WHERE id IN ({ids})"


def _deepen(work: Work, plan: Plan) -> None:
    """Let tickets remember the worst colour their clocks have really reached.

    Whoever looked at a matter before its dates moved has not seen it as it is now.
    """
    deepened = {
        change.was.subject_id
        for change in plan.changes
        if change.was.kind == "ticket" and change.worst_colour != change.was.worst_colour
    }
    told = {c.was.ticket_id for c in plan.changes if c.matters and c.was.ticket_id is not None}
    recall_worst(work, sorted(deepened), overtaken=True)
    each_of(work.conn, _SEEN_NO_MORE, sorted(told - deepened))


def _tell(work: Work, plan: Plan, reason: str, named: dict[str, Any]) -> None:
    """Record one event for each matter, with every clock of it that came out otherwise."""
    matters: dict[tuple[str, int], list[Change]] = defaultdict(list)
    for change in plan.changes:
        if change.matters:
            matters[change.was.matter].append(change)
    words = _Words(work.timekeeper())
    for (kind, id), changes in matters.items():
        unit = next((c.was.unit_id for c in changes if c.was.unit_id is not None), None)
        work.event(
            "deadline.recompute",
            kind,
            id,
            unit_id=unit,
            reason=reason,
            payload={**named, "clocks": [words.of(c) for c in changes]},
        )


class _Words:
    """What events say of clocks; instants in the bureau's zone, each written out once."""

    def __init__(self, keeper: Timekeeper) -> None:
        self._keeper = keeper
        self._local: dict[datetime, str] = {}

    def of(self, change: Change) -> dict[str, Any]:
        was, clock = change.was, change.clock
        told: dict[str, Any] = {"step": was.step, "due": self._written(clock.due_at)}
        if change.moved:
            told["before"] = self._written(was.due_at)
        if clock.limit_text != was.limit_text:
            told["limit"] = [was.limit_text, clock.limit_text]
        if clock.provisional != was.provisional:
            told["provisional"] = clock.provisional
        if change.annulled:
            told["annulled"] = [each.level for each in change.annulled]
        return told

    def _written(self, instant: datetime) -> str:
        if instant not in self._local:
            self._local[instant] = self._keeper.local(instant).isoformat()
        return self._local[instant]
