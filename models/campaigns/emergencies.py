"""特殊时期: begun, ended and corrected by a document of the command alone.

An act on one brings the clocks of every appeal it reaches into line, in one transaction: what it
holds, what it held and what it holds no more. There is no undo but another document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.casework import finish
from models.clocks import emergencies, load_clocks, load_standstills, settle
from models.matter import load_matters
from models.store import Query, Source, Work, canonical, retried
from models.tables import EmergencyEvent
from rules.campaigns import Document, commanded
from rules.clocks import EMERGENCY_KINDS, STEP_NAMES, Emergency, within
from rules.errors import DubanError, Refused

if TYPE_CHECKING:
    from models.store import Store

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """One event; instants are aware UTC. ``areas`` and ``steps`` are JSON as they are kept.

    ``tickets`` were paused, ``untold`` of them wait to be told what became of their limit.
    ``places`` names its areas, empty for the whole city.
    """

    id: int
    version: int
    kind: str
    areas: str
    steps: str
    from_at: datetime
    to_at: datetime | None
    begin_number: str
    begin_date: date
    begin_title: str
    end_number: str | None
    end_date: date | None
    end_title: str | None
    tickets: int
    untold: int
    places: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its areas."""
        return tuple(json.loads(self.areas))

    @property
    def limits(self) -> tuple[str, ...]:
        """The steps whose limits it pauses."""
        return tuple(json.loads(self.steps))

    @property
    def begun(self) -> Document:
        """The document that began it."""
        return Document(self.begin_number, self.begin_date, self.begin_title)

    @property
    def name(self) -> str:
        """What people call it: 暴雨（武防指〔2026〕3号）."""
        return f"{self.kind}（{self.begin_number}）"


_SELECT = """
SELECT e.id, e.version, e.kind, e.areas, e.steps, e.from_at, e.to_at, e.begin_number, e.begin_date,
       e.begin_title, e.end_number, e.end_date, e.end_title,
       (SELECT count(*) FROM emergency_ticket x WHERE x.emergency_id = e.id) AS tickets,
       (SELECT count(*) FROM emergency_ticket x WHERE x.emergency_id = e.id
          AND (x.told_at IS NULL OR e.to_at IS NOT NULL AND x.told_end_at IS NULL)) AS untold,
       '' AS places
FROM emergency e
"""
_EVERY = Query(EmergencyView, f"{_SELECT} ORDER BY e.from_at DESC, e.id DESC")
_BY_ID = Query(EmergencyView, f"{_SELECT} WHERE e.id = :id")


def emergency_list(source: Source) -> list[EmergencyView]:
    """Return every event, the newest first."""
    return _placed(source, source.read(_EVERY))


def emergency_of(source: Source, id: int) -> EmergencyView:
    """Return one event; ``DubanError`` for an id that is none."""
    found = _placed(source, source.read(_BY_ID, id=id))
    if not found:
        raise DubanError(f"没有编号为 {id} 的特殊时期：请用 duban emergency list 查看")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A place by its code."""

    code: str
    name: str


_CELLS = Query(_Cell, "SELECT code, name FROM grid WHERE code IN (:codes)")
_PLACE = Query(
    _Cell, "SELECT code, name FROM grid WHERE code = :word OR name = :word ORDER BY length(code)"
)


def place_of(source: Source, word: str) -> str:
    """Return the code of a place named by code or name; ``Refused`` where there is none."""
    found = source.first(_PLACE, word=word.strip())
    if found is None:
        raise Refused(f"没有叫“{word}”的地方：请写区、街道的名称或网格代码，例如 420111")
    return found.code


def _placed(source: Source, views: Sequence[EmergencyView]) -> list[EmergencyView]:
    """Return events with the names of their areas."""
    codes = sorted({code for view in views for code in view.codes})
    names = {one.code: one.name for one in source.read(_CELLS, codes=codes)} if codes else {}
    return [
        replace(view, places="、".join(names.get(code, code) for code in view.codes))
        for view in views
    ]


def running_emergencies(source: Source) -> tuple[Emergency, ...]:
    """Return the events that last."""
    return tuple(one for one in emergencies(source) if one.to_at is None)


@dataclass(frozen=True, slots=True)
class Reached:
    """What an act on an event did: the event, and how many appeals it moved in some way.

    Those are more than are paused where it is recorded late: what was closed meanwhile is counted
    with the time it stood still.
    """

    event: EmergencyView
    tickets: int


@retried
def begin_emergency(
    store: Store,
    kind: str,
    *,
    number: str,
    day: date,
    title: str,
    since: datetime,
    areas: Sequence[str] = (),
    steps: Sequence[str] = (),
) -> Reached:
    """Begin an event as of ``since`` by a document, and pause what is not urgent in its area.

    ``steps`` are those whose limits the document pauses, else the policy's. What was due before
    ``since`` stays late; an appeal that comes in while it lasts is paused from its dispatch.
    """
    with store.writing() as work:
        work.require(verb="emergency.begin")
        told = _document(work, number, day, title)
        _check(work, kind, since, areas, steps)
        terms = work.policy.emergency
        id = work.insert(
            EmergencyEvent,
            kind=kind,
            areas=canonical(sorted(set(areas))),
            steps=canonical(list(steps or terms.pauses)),
            spared=canonical(list(terms.urgency)),
            kept=canonical(list(terms.category)),
            from_at=since,
            begin_number=told.number,
            begin_date=told.day,
            begin_title=told.title,
            begun_by=work.operator.id,
            recorded_at=work.now,
        )
        work.emergencies += 1
        reached = _bring_into_line(work, id)
        event = emergency_of(work, id)
        payload = {"kind": kind, "document": told.number, "tickets": event.tickets}
        payload["areas"] = sorted(set(areas))
        work.event("emergency.begin", "emergency", id, at=since, payload=payload)
        return Reached(event, reached)


def _check(
    work: Work, kind: str, since: datetime, areas: Sequence[str], steps: Sequence[str]
) -> None:
    if kind not in EMERGENCY_KINDS:
        raise Refused(f"没有“{kind}”这种特殊时期：可写 {'、'.join(EMERGENCY_KINDS)}")
    if since > work.at:
        raise Refused("开始时间在将来：文件生效后再登记")
    for area in areas:
        place_of(work, area)
    able = ("acknowledge", "contact", "progress", "close")
    for step in steps:
        if step not in able:
            names = "、".join(STEP_NAMES[one] for one in able)
            raise Refused(f"不能暂停“{STEP_NAMES.get(step, step)}”的时限：可暂停 {names}")
    for one in running_emergencies(work):
        if one.kind == kind and one.areas == tuple(sorted(set(areas))):
            raise Refused(f"{kind}特殊时期（#{one.id}）尚未结束：请先按文件结束，或核对种类和地区")


@retried
def end_emergency(
    store: Store, id: int, *, number: str, day: date, title: str, until: datetime
) -> Reached:
    """End an event as of ``until`` by a document: what it held runs again from then."""
    with store.writing() as work:
        work.require(verb="emergency.end")
        event = emergency_of(work, id)
        if event.to_at is not None:
            raise Refused(f"{event.name} 已结束：改结束时间请用 duban emergency correct")
        return _end(work, event, _document(work, number, day, title), until, "emergency.end")


@retried
def correct_emergency(
    store: Store, id: int, *, number: str, day: date, title: str, until: datetime
) -> Reached:
    """Correct the end of an event by a document: every limit is counted again by it."""
    with store.writing() as work:
        work.require(verb="emergency.correct")
        event = emergency_of(work, id)
        if event.to_at is None:
            raise Refused(f"{event.name} 尚未结束：请用 duban emergency end")
        if until == event.to_at:
            raise Refused("结束时间没有变：请核对")
        return _end(work, event, _document(work, number, day, title), until, "emergency.correct")


def _end(work: Work, event: EmergencyView, told: Document, until: datetime, verb: str) -> Reached:
    local = work.timekeeper().local
    if until > work.at:
        raise Refused("结束时间在将来：到时间后再登记")
    if until <= event.from_at:
        raise Refused(f"结束时间不晚于开始时间（{local(event.from_at):%Y-%m-%d %H:%M}）：请核对")
    ended = {"end_number": told.number, "end_date": told.day, "end_title": told.title}
    before = {"to_at": event.to_at, "end_number": event.end_number, "end_date": event.end_date}
    before["end_title"] = event.end_title
    changes = {**ended, "to_at": until, "ended_by": work.operator.id}
    work.update(EmergencyEvent, event.id, event.version, **changes)
    work.kept.pop("emergencies", None)
    reached = _bring_into_line(work, event.id)
    payload = {"kind": event.kind, "document": told.number, "tickets": reached}
    payload["until"] = local(until).isoformat()
    if event.to_at is not None:
        payload["before"] = local(event.to_at).isoformat()
    work.event(verb, "emergency", event.id, at=until, payload=payload)
    return Reached(emergency_of(work, event.id), reached)


def _document(work: Work, number: str, day: date, title: str) -> Document:
    return commanded(number, day, title, work.timekeeper().local(work.at).date())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A ticket that an event may reach, by the place of one of its clocks."""

    ticket_id: int
    grid: str | None


_CANDIDATES = Query(
    _Candidate,
    """
SELECT DISTINCT d.ticket_id, t.grid FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE d.subject_kind = 'ticket' AND (d.stopped_at IS NULL OR d.stopped_at > :since)
UNION SELECT x.ticket_id, t.grid FROM emergency_ticket x JOIN ticket t ON t.id = x.ticket_id
WHERE x.emergency_id = :id
ORDER BY ticket_id
""",
)


def _bring_into_line(work: Work, id: int) -> int:
    """Bring every appeal that an event reaches into line; return how many were moved."""
    event = next(one for one in emergencies(work) if one.id == id)
    found = work.read(_CANDIDATES, since=event.from_at, id=id)
    ids = [one.ticket_id for one in found if within([event], one.grid)]
    moved = 0
    for at in range(0, len(ids), _CHUNK):
        matters = load_matters(work, ids[at : at + _CHUNK])
        for matter in matters:
            work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
        load_clocks(work, matters)
        load_standstills(work, matters)
        for matter in matters:
            before = work.writes
            settled = settle(work, matter)
            if work.writes != before:
                finish(work, matter, settled)
                moved += 1
            work.kept.pop(("clocks", matter.round_id), None)
    return moved
