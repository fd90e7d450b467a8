"""时限变更: a tag was changed after dispatch, and somebody decides what becomes of the limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.casework.doing import tell
from models.casework.handing import only_told
from models.casework.leading import settle_lead
from models.clocks import (
    StoredClock,
    begin_unlimited,
    clocks_of_matter,
    follow,
    otherwise,
    remember,
    settle,
)
from models.matter import Matter
from models.store import Query, Work
from models.tables import LimitChange
from rules.casework import UNIT_STEPS
from rules.clocks import KEY_NAMES
from rules.errors import Refused

Told = dict[str, Any]
"""What an event says of a change: old and new values, the answer, the clocks it moved."""


@dataclass(frozen=True, slots=True)
class Relimited:
    """What was decided on the limits of a matter, and its clocks as the event tells them."""

    number: str
    limits: str
    clocks: tuple[Told, ...]


def require_answerable(work: Work, matter: Matter, limits: str, reason: str | None) -> None:
    """Refuse an answer that a matter, with the tags it is to have, cannot have."""
    if limits == "dispatch" and not reason:
        raise Refused("从交办起算会撤销已有的预警：请写明原登记错在哪里")
    if limits != "keep" and only_told(work.timekeeper(), matter.tags):
        raise Refused("改后只需转知，不设办结时限：请保留现时限，转知后办结")
    if limits != "change":
        return
    if matter.replied_at is not None:
        raise Refused("单位已答复，新时限无从起算：请保留现时限，或先退回答复")
    if matter.carries or matter.merged_into is not None:
        raise Refused("此件在并单中，按最早到期的一件办：请保留现时限，或先拆分")
    if ("requests", matter.round_id) in work.kept:
        raise Refused("有待批的延期或挂起申请：请先批，再改时限")
    if any(one.paused_at is not None for one in clocks_of_matter(work, matter).running()):
        raise Refused("时限已停走：请先恢复，或保留现时限")


def relimit(work: Work, matter: Matter, *, limits: str, reason: str | None = None) -> Matter:
    """时限变更: decide on the limits of what a file changed; a new one counts from the decision."""
    require_answerable(work, matter, limits, reason)
    asked = work.read(_ASKED, round=matter.round_id)[0]
    changed, moved = answered(work, matter, limits)
    _decide(work, asked, limits, moved)
    told = {"was": json.loads(asked.was), "now": json.loads(asked.now), "limits": limits}
    clocks = moved.told(work)
    tell(work, matter, "relimit", reason=reason, payload={**told, "clocks": clocks})
    work.made.append(Relimited(matter.number, limits, tuple(clocks)))
    return changed


def retagged(work: Work, before: Matter, after: Matter, limits: str | None) -> tuple[Matter, Told]:
    """Let the clocks of a matter answer to a change of its tags; None: the question waits."""
    names = [key for key in KEY_NAMES if getattr(before.tags, key) != getattr(after.tags, key)]
    was = {name: getattr(before.tags, name) for name in names}
    now = {name: getattr(after.tags, name) for name in names}
    told: Told = {"was": was, "now": now}
    if after.for_analysis or after.closed_at is not None:
        remember(work, after, before.tags)
        return settle(work, after), told
    if before.dispatched_at is None:
        follow(work, after)
        settled = settle(work, after, restart=("dispatch", *UNIT_STEPS))
        return settled, told
    remember(work, after, before.tags)
    asked = work.first(_ASKED, round=after.round_id)
    matters = otherwise(work, work.timekeeper(), after, before.tags, work.at)
    chosen = limits if limits is not None and (matters or asked is not None) else "keep"
    settled, moved = answered(work, after, chosen)
    if asked is not None:
        was, now = {**was, **json.loads(asked.was)}, {**json.loads(asked.now), **now}
    if asked is not None and (limits or not matters):
        _decide(work, asked, limits or "keep", moved)
    elif asked is not None:
        work.update(LimitChange, asked.id, asked.version, was=_json(was), now=_json(now))
    elif matters:
        _put(work, after, was, now, limits, moved)
    if matters and limits is not None:
        clocks = moved.told(work)
        told |= {"limits": limits, "clocks": clocks}
        work.made.append(Relimited(after.number, limits, tuple(clocks)))
    elif matters:
        told["limits"] = "wait"
    return settled, told


def answered(work: Work, matter: Matter, limits: str) -> tuple[Matter, Moved]:
    """Let the limits of a matter become what was decided; say how its clocks moved by it."""
    clocks = clocks_of_matter(work, matter)
    before = {one.id: one for one in clocks.running(*UNIT_STEPS)}
    restart: tuple[str, ...] = ()
    if limits != "keep":
        restart = follow(work, matter, work.at if limits == "change" else None)
    if limits != "dispatch":
        begin_unlimited(work, matter, work.at)
    settled = settle(work, matter, restart=restart)
    settle_lead(work, settled)
    return settled, Moved(before, {one.id: one for one in clocks if one.step in UNIT_STEPS})


@dataclass(frozen=True, slots=True)
class Moved:
    """The running clocks of a unit before a decision, and all of its steps after it, by id."""

    before: Mapping[int, StoredClock]
    after: Mapping[int, StoredClock]

    @property
    def due_before(self) -> datetime | None:
        """When the handling was due, where that has moved."""
        for id, one in self.before.items():
            if one.step == "close" and self.after[id] != one:
                return one.due_at
        return None

    def told(self, work: Work) -> list[Told]:
        """Return each clock with its due instants in the bureau's zone, as events tell it."""
        local = work.timekeeper().local
        told: list[Told] = []
        for id, now in self.after.items():
            was = self.before.get(id)
            if was is None and not now.running:
                continue
            one: Told = {"step": now.step, "due": local(now.due_at).isoformat()}
            if not now.running:
                one["ended"] = True
            if was is not None and was.due_at != now.due_at:
                one["before"] = local(was.due_at).isoformat()
            if was is not None and was.limit_text != now.limit_text:
                one["limit"] = [was.limit_text, now.limit_text]
            told.append(one)
        return told


@dataclass(frozen=True, slots=True)
class _Asked:
    """A change of limits that waits for a decision."""

    id: int
    version: int
    was: str
    now: str


_ASKED = Query(
    _Asked,
    """
SELECT id, version, was, now FROM limit_change WHERE round_id = :round AND decided_at IS NULL
""",
)


def _decide(work: Work, asked: _Asked, limits: str, moved: Moved) -> None:
    work.update(
        LimitChange,
        asked.id,
        asked.version,
        decided_at=work.at,
        decided_by=work.operator.id,
        limits=limits,
        due_before=moved.due_before,
    )


def _put(
    work: Work, matter: Matter, was: Told, now: Told, limits: str | None, moved: Moved
) -> None:
    """Keep a change of tags under which limits would be others; undecided where none was said."""
    decided: Told = {}
    if limits is not None:
        decided = {
            "decided_at": work.at,
            "decided_by": work.operator.id,
            "limits": limits,
            "due_before": moved.due_before,
        }
    found = {"was": _json(was), "now": _json(now), "found_at": work.at}
    work.insert(LimitChange, round_id=matter.round_id, **found, **decided)


def lapse_change(work: Work, matter: Matter) -> None:
    """Let a question of limits fall away with the round's clocks: what runs is kept."""
    for asked in work.read(_ASKED, round=matter.round_id):
        _decide(work, asked, "keep", Moved({}, {}))


def _json(values: Told) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
