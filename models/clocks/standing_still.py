"""特殊时期 in the store: clocks stand still while an event lasts, and follow what becomes of it.

What an event does to a clock is worked out from the events and the clock alone, and compared with
the pauses on record: whether the event has just begun or ended, its end was corrected, an appeal
came in, was amended or closed, the same function brings the clock into line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.clocks.granted import at_first, origin_of, reckoned
from models.clocks.stored import Clocks, StoredClock, cells, columns, first_threshold
from models.matter import Matter, grid_code
from models.store import Query, Source, Work
from models.tables import EmergencyTicket, Pause
from rules.clocks import Clock, Emergency, Origin, Standstill, Tags, followed, in_time, standstills

RELIEVED = "特殊时期不计时"


@dataclass(frozen=True, slots=True)
class _Row:
    """An event as its row holds it."""

    id: int
    kind: str
    areas: str
    steps: str
    spared: str
    kept: str
    from_at: datetime
    to_at: datetime | None
    document: str


_ROWS = Query(
    _Row,
    """
SELECT id, kind, areas, steps, spared, kept, from_at, to_at, begin_number AS document
FROM emergency ORDER BY from_at, id
""",
)


def emergencies(source: Source) -> tuple[Emergency, ...]:
    """Return every event there has been, the earliest first."""
    return tuple(map(_event, source.read(_ROWS)))


def _event(row: _Row) -> Emergency:
    areas, steps, spared, kept = (
        tuple(json.loads(text)) for text in (row.areas, row.steps, row.spared, row.kept)
    )
    return Emergency(row.id, row.kind, areas, steps, spared, kept, row.from_at, row.to_at)


@dataclass(frozen=True, slots=True)
class Known:
    """The events as a transaction knows them, by id; ``documents`` are what began them."""

    events: Mapping[int, Emergency]
    documents: Mapping[int, str]

    def held(
        self, clock: Clock, tags: Tags, grid: str | None, stopped_at: datetime | None
    ) -> list[Standstill]:
        """Return how long events hold a clock, by what they are and when it ran."""
        every = self.events.values()
        return standstills(every, clock.step, tags, grid, clock.started_at, stopped_at)

    def pause(self, work: Work, deadline_id: int, span: Standstill) -> dict[str, Any]:
        """Return the pause that an event is to a clock, as the columns of its row."""
        return {
            "deadline_id": deadline_id,
            "from_at": span.from_at,
            "to_at": span.to_at,
            "reason": f"特殊时期（{self.events[span.emergency_id].kind}）",
            "approval": self.documents[span.emergency_id],
            "requested_at": span.from_at,
            "decided_at": work.at,
            "granted": True,
            "decided_by": work.operator.id,
            "emergency_id": span.emergency_id,
        }

    def tell(self, work: Work, verb: str, ticket_id: int, id: int) -> None:
        """Tell on a ticket that an event holds its limits, or holds them no more."""
        payload = {"emergency": id, "kind": self.events[id].kind, "document": self.documents[id]}
        work.event(verb, "ticket", ticket_id, payload=payload)


_NONE = Known({}, {})


def known_emergencies(work: Work) -> Known:
    """Return the events, read once in a transaction, and not at all where there are none."""
    if not work.emergencies:
        return _NONE
    if "emergencies" not in work.kept:
        rows = work.read(_ROWS)
        events = {row.id: _event(row) for row in rows}
        work.kept["emergencies"] = Known(events, {row.id: row.document for row in rows})
    found: Known = work.kept["emergencies"]
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """A pause of a clock: of an event, or a granted one that has not ended."""

    id: int
    version: int
    round_id: int
    deadline_id: int
    emergency_id: int | None
    from_at: datetime
    to_at: datetime | None


_HELD = Query(
    _Held,
    """
SELECT p.id, p.version, d.round_id, p.deadline_id, p.emergency_id, p.from_at, p.to_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE d.round_id IN (:rounds) AND p.granted
  AND (p.emergency_id IS NOT NULL OR p.to_at IS NULL)
ORDER BY p.id
""",
)


@dataclass(frozen=True, slots=True)
class _Told:
    """That an event paused a ticket is on its list already."""

    emergency_id: int
    ticket_id: int


_TOLD = Query(
    _Told,
    "SELECT emergency_id, ticket_id FROM emergency_ticket WHERE ticket_id IN (:tickets)",
)


def load_standstills(work: Work, matters: Sequence[Matter]) -> None:
    """Read what holds the clocks of many matters at one go, for what follows on each."""
    if not matters or not known_emergencies(work).events:
        return
    found: dict[int, list[_Held]] = {matter.round_id: [] for matter in matters}
    for one in work.read(_HELD, rounds=list(found)):
        found[one.round_id].append(one)
    for id, held in found.items():
        work.kept["standstills", id] = held
    listed = work.kept.setdefault("emergency_tickets", set())
    for told in work.read(_TOLD, tickets=[matter.ticket_id for matter in matters]):
        listed.add((told.emergency_id, told.ticket_id))


@dataclass
class Following:
    """What is still to be written once new clocks have their ids, and what is to be told."""

    matter: Matter
    begun: list[tuple[StoredClock, Standstill]] = field(default_factory=list)
    paused: dict[int, datetime] = field(default_factory=dict)
    resumed: set[int] = field(default_factory=set)

    def write(self, clocks: Clocks) -> None:
        """Put the pauses of new clocks down, and tell on the ticket what an event did to it."""
        if not (self.begun or self.paused or self.resumed):
            return
        work, known = clocks.work, known_emergencies(clocks.work)
        newest = {one.step: one.id for one in clocks if one.step != "assist"}
        for one, span in self.begun:
            work.insert(Pause, **known.pause(work, newest[one.step], span))
        listed = work.kept["emergency_tickets"]
        for id, at in self.paused.items():
            if (id, self.matter.ticket_id) not in listed:
                listed.add((id, self.matter.ticket_id))
                own = {"ticket_id": self.matter.ticket_id, "emergency_id": id, "paused_at": at}
                work.insert(EmergencyTicket, **own)
            known.tell(work, "ticket.suspend", self.matter.ticket_id, id)
        for id in sorted(self.resumed.difference(self.paused)):
            known.tell(work, "ticket.unsuspend", self.matter.ticket_id, id)


def follow_emergencies(clocks: Clocks, matter: Matter) -> Following:
    """Bring the clocks of a round into line with the events; what comes back is to be written.

    A clock that was due before an event began gains nothing by it. What no event holds any more,
    because the appeal has become urgent or lies elsewhere, runs again from now.
    """
    found, work = Following(matter), clocks.work
    if not known_emergencies(work).events or matter.for_analysis:
        return found
    if ("standstills", matter.round_id) not in work.kept:
        load_standstills(work, [matter])
    rows = work.kept.pop(("standstills", matter.round_id))
    for one in list(clocks):
        if one.step != "assist":
            own = [row for row in rows if row.deadline_id == one.id]
            _follow(clocks, matter, one, own, found)
    return found


def _follow(
    clocks: Clocks, matter: Matter, one: StoredClock, rows: Sequence[_Held], found: Following
) -> None:
    """Bring one clock into line: pauses on record are changed, new ones put down or noted."""
    work, known, grid = clocks.work, known_emergencies(clocks.work), grid_code(matter.grid)
    standing = [row.from_at for row in rows if row.emergency_id is None]
    spans = _holding(clocks, matter, one, paused=bool(standing))
    wanted = {span.emergency_id: span for span in spans}
    changed = []
    for row in rows:
        if row.emergency_id is None:
            continue
        event = known.events[row.emergency_id]
        holds = event.pauses(one.step, matter.tags, grid)
        span = wanted.pop(event.id, None) or _cut(row, event, one, work.at, holds=holds)
        if span.to_at is None:
            standing.append(span.from_at)
        elif row.to_at is None and one.running:
            found.resumed.add(event.id)
        if (row.from_at, row.to_at) != (span.from_at, span.to_at):
            changed.append(min(row.from_at, span.from_at))
            before = {"from_at": row.from_at, "to_at": row.to_at}
            after = {"from_at": span.from_at, "to_at": span.to_at}
            work.update(Pause, row.id, row.version, before, **after)
    begun = list(wanted.values())
    for span in begun:
        if one.id:
            work.insert(Pause, **known.pause(work, one.id, span))
        else:
            found.begun.append((one, span))
        if span.to_at is None:
            standing.append(span.from_at)
            found.paused[span.emergency_id] = span.from_at
    if changed or begun:
        since = min([*changed, *(span.from_at for span in begun)])
        _reckon(clocks, matter, one, begun, since, min(standing, default=None))


def _holding(clocks: Clocks, matter: Matter, one: StoredClock, *, paused: bool) -> list[Standstill]:
    """Return how long events hold a clock that was not late when each began."""
    work = clocks.work
    grid = grid_code(matter.grid)
    spans = known_emergencies(work).held(one, matter.tags, grid, one.stopped_at)
    if not spans:
        return []
    tags = one.tags_or(matter.tags)
    origin = Origin(one.step, one.limit_text, one.started_at, tags)
    if one.id:
        origin = origin_of(work, one.id, one, tags, since=one.changed_at, own=True)
    first = at_first(clocks, matter, one) if one.id else one
    return in_time(clocks.keeper_of(one), first, origin, spans, paused=paused)


def _cut(
    row: _Held, event: Emergency, one: StoredClock, now: datetime, *, holds: bool
) -> Standstill:
    """Return how long a pause lasted whose event has no more to do with the clock.

    ``holds``: it would hold it, had it not ended, or had the clock not stopped, before the pause
    began.
    """
    if holds:
        return Standstill(event.id, row.from_at, row.from_at)
    if row.to_at is not None:
        return Standstill(event.id, row.from_at, row.to_at)
    end = min(event.to_at or now, one.stopped_at or now)
    return Standstill(event.id, row.from_at, max(row.from_at, end))


def _reckon(
    clocks: Clocks,
    matter: Matter,
    one: StoredClock,
    begun: Sequence[Standstill],
    since: datetime,
    standing: datetime | None,
) -> None:
    """Count a clock again from what it was made from; it stands still since ``standing``."""
    paused = standing if one.running else None
    if not one.id:
        ended = tuple((span.from_at, span.to_at) for span in begun if span.to_at is not None)
        made = followed(clocks.keeper_of(one), one, matter.tags, ended)
        first = None if paused else first_threshold(clocks.work, made.clock)
        due = {"original_due_at": made.original_due_at, "next_at": first, "paused_at": paused}
        clocks.change(one, **columns(made.clock), **due)
        return
    if paused is not None and one.paused_at is None:
        one = clocks.halt(one, paused)
    remade = reckoned(clocks, matter, one)
    if cells(one) != cells(remade.clock) or one.paused_at != paused:
        clocks.remake(one, remade, since, RELIEVED, noted=True, paused_at=paused)


def hold_new(
    work: Work, clock: Clock, tags: Tags, grid: str | None, stopped_at: datetime | None
) -> tuple[Clock, tuple[Standstill, ...]]:
    """Return a clock that comes in, counted with what events hold it, and those.

    One that was due before an event began gains nothing by it.
    """
    spans = known_emergencies(work).held(clock, tags, grid, stopped_at)
    if not spans:
        return clock, ()
    keeper = work.timekeeper()
    origin = Origin(clock.step, clock.limit_text, clock.started_at, tags)
    held = in_time(keeper, clock, origin, spans)
    ended = tuple((span.from_at, span.to_at) for span in held if span.to_at is not None)
    return followed(keeper, clock, tags, ended).clock, tuple(held)


def put_standstills(work: Work, held: Iterable[tuple[int, int, Standstill]]) -> None:
    """Write what holds clocks that came in, each with the ids of ticket and clock, and tell it."""
    known, paused = known_emergencies(work), dict[tuple[int, int], datetime]()
    for ticket_id, deadline_id, span in held:
        work.insert(Pause, **known.pause(work, deadline_id, span))
        if span.to_at is None:
            key = ticket_id, span.emergency_id
            paused[key] = min(span.from_at, paused.get(key, span.from_at))
    for (ticket_id, id), at in paused.items():
        work.insert(EmergencyTicket, ticket_id=ticket_id, emergency_id=id, paused_at=at)
        known.tell(work, "ticket.suspend", ticket_id, id)
