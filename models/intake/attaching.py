"""认领: tickets whose source named a unit that was not known then go to it, once it is.

A ticket so attached is as if its unit had been known when it came in: dispatched when its source
says, its clocks run from then or are judged by how they ended, and what is against the unit itself
is held back from it (举报避让).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from models.bureau import UnitDirectory
from models.casework import kept_out, suspect
from models.clocks import NewClocks, forget_clocks
from models.intake.newcomers import pointed_in
from models.intake.remembered import WHOLE_DAY, RowValues
from models.matter import Matter, co_units_of, load_matters
from models.store import Query, Source, retried
from models.tables import Round, RoundUnit, Ticket
from rules.casework import Acts, state_of
from rules.text import Pointed, UnitWords

if TYPE_CHECKING:
    from models.store import Store, Work


BATCH = 500


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A name that waiting tickets bring, and how many of them are ``open`` and ``closed``.

    ``unit`` is whom it means by now; where that is nobody, ``near`` are the units nearest to it.
    """

    name: str
    unit: str | None
    open: int
    closed: int
    near: tuple[str, ...] = ()

    @property
    def tickets(self) -> int:
        """How many tickets bring it."""
        return self.open + self.closed


@dataclass(frozen=True, slots=True)
class Attached:
    """How many tickets got their unit; ``withheld`` did not, they are against it."""

    open: int = 0
    closed: int = 0
    withheld: int = 0

    def __add__(self, other: Attached) -> Attached:
        """Return both together."""
        return Attached(
            self.open + other.open, self.closed + other.closed, self.withheld + other.withheld
        )


class _Named(NamedTuple):
    """A ticket that waits for the unit its source named."""

    ticket_id: int
    name: str
    closed: bool


_NAMED = Query(
    _Named,
    """
SELECT t.id AS ticket_id, t.unit_text AS name, r.closed_at IS NOT NULL AS closed
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.unit_text IS NOT NULL AND r.lead_unit_id IS NULL AND t.state <> 'analysis' ORDER BY t.id
""",
)


def named_units(source: Source, today: date) -> list[NamedUnit]:
    """Return the names that tickets wait for, those that mean a unit by now first, most first."""
    units, found = UnitDirectory(source), Counter[tuple[str, bool]]()
    for one in source.read(_NAMED):
        found[one.name, bool(one.closed)] += 1
    names = [
        _told(name, units, today, found[name, False], found[name, True])
        for name in dict.fromkeys(name for name, _ in found)
    ]
    return sorted(names, key=lambda one: (one.unit is None, -one.tickets, one.name))


def _told(name: str, units: UnitDirectory, today: date, open: int, closed: int) -> NamedUnit:
    id = units.find(name, today)
    if id is None:
        return NamedUnit(name, None, open, closed, units.near(name))
    return NamedUnit(name, units.names[id], open, closed)


def attach_units(store: Store, progress: Callable[[int], None] | None = None) -> Attached:
    """Give every ticket whose source named a unit we know by now that unit, one event each.

    In batches, each one transaction; what was done stays, and doing it again does nothing.
    ``progress`` is told how many are done. Raises ``NotAllowed``.
    """
    with store.reading() as reader:
        units, today = UnitDirectory(reader), store.now().date()
        ids = [one.ticket_id for one in reader.read(_NAMED) if units.find(one.name, today)]
    done = Attached()
    for start in range(0, len(ids), BATCH):
        done += _attach(store, ids[start : start + BATCH])
        if progress is not None:
            progress(min(start + BATCH, len(ids)))
    return done


@retried
def _attach(store: Store, ticket_ids: Sequence[int]) -> Attached:
    with store.writing() as work:
        work.require(verb="ticket.dispatch")
        return _Batch(work, ticket_ids).attach()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a ticket says, and what its source said of it beside."""

    ticket_id: int
    title: str
    content: str
    told: str | None
    silent: str | None


_SAID = Query(
    _Said,
    """
SELECT t.id AS ticket_id, t.title, t.content, i.values_json AS told, b.silent
FROM ticket t LEFT JOIN import_row i ON i.id = (
    SELECT max(x.id) FROM import_row x WHERE x.ticket_id = t.id AND x.source = t.source)
LEFT JOIN import_batch b ON b.id = i.batch_id WHERE t.id IN (:ids)
""",
)


class _Batch:
    """Tickets that get their units in one transaction."""

    def __init__(self, work: Work, ticket_ids: Sequence[int]) -> None:
        self.work = work
        self.units = UnitDirectory(work)
        self.spoken = UnitWords(self.units.spoken)
        self.matters = [m for m in load_matters(work, ticket_ids) if _waits(m)]
        self.said = {one.ticket_id: one for one in work.read(_SAID, ids=list(ticket_ids))}
        self.rounds: list[tuple[object, ...]] = []
        self.tickets: list[tuple[object, ...]] = []
        self.clocks = NewClocks(work)

    def attach(self) -> Attached:
        """Attach what still waits, and say how many."""
        for matter in self.matters:
            if pointed := self._pointed(matter):
                suspect(self.work, matter, pointed)
        barred = kept_out(self.work, [matter.ticket_id for matter in self.matters])
        parts = [self._one(m, barred.get(m.ticket_id, {})) for m in self.matters]
        forget_clocks(self.work, [int(str(row[0])) for row in self.rounds])
        columns = ("lead_unit_id", "dispatched_at", "dispatch_assumed", "state")
        self.work.update_many(Round, columns, self.rounds)
        self.work.update_many(Ticket, ("unit_text", "worst_colour"), self.tickets)
        self.clocks.write()
        return sum(parts, Attached())

    def _pointed(self, matter: Matter) -> tuple[Pointed, ...]:
        said = self.said[matter.ticket_id]
        return pointed_in(
            matter.nature, said.title, said.content, self.spoken, self.units, self.work.now
        )

    def _one(self, matter: Matter, barred: Mapping[int, str]) -> Attached:
        """Attach one ticket, or hold it back from the unit that it is against."""
        said = self.said[matter.ticket_id]
        told: RowValues = json.loads(said.told or "{}")
        acts = _acts(matter, told, said.silent)
        day = (matter.dispatched_at or _instant(told) or matter.received_at).date()
        unit_id = self.units.find(matter.unit_text or "", day)
        if unit_id is None:
            return Attached()
        answered = matter.replied_at is not None or matter.closed_at is not None
        kept = {} if answered else barred
        helping = self._help(matter, told, day, {unit_id, *kept})
        if unit_id in kept:
            self.tickets.append((matter.ticket_id, matter.version, None, matter.worst_colour))
            return Attached(withheld=1)
        self._hand_on(matter, acts, unit_id, helping)
        closed = matter.closed_at is not None
        return Attached(open=not closed, closed=closed)

    def _help(self, matter: Matter, told: RowValues, day: date, without: set[int]) -> list[int]:
        """Let the co-units help that the source named, but for some; return all that do."""
        words = told.get("co_units", "").split(";")
        named = [id for word in words if word and (id := self.units.find(word, day)) is not None]
        helping = co_units_of(self.work, matter) if named else {}
        for id in helping.keys() & without:
            self.work.delete_where(RoundUnit, "id = :id", id=helping[id].id)
        wanted = [id for id in dict.fromkeys((*helping, *named)) if id not in without]
        for id in wanted:
            if id not in helping:
                self.work.insert(RoundUnit, round_id=matter.round_id, unit_id=id)
        return wanted

    def _hand_on(self, matter: Matter, acts: Acts, unit_id: int, helping: list[int]) -> None:
        worst = self.clocks.add(
            acts,
            matter.tags,
            matter.due_fixed_at,
            matter.ticket_id,
            matter.round_id,
            unit_id,
            helping,
            matter.grid,
            pressing=matter.instructed,
        )
        handed = (unit_id, acts.dispatched_at, acts.assumed, state_of(acts))
        self.rounds.append((matter.round_id, matter.round_version, *handed))
        self.tickets.append((matter.ticket_id, matter.version, None, worst))
        self.work.event(
            "ticket.dispatch",
            "ticket",
            matter.ticket_id,
            unit_id=unit_id,
            at=acts.dispatched_at,
            reason=f"名录里已有来源所写的“{matter.unit_text}”",
        )


def _waits(matter: Matter) -> bool:
    """Whether nobody has handed it on meanwhile."""
    return matter.unit_text is not None and matter.unit_id is None


def _acts(matter: Matter, told: RowValues, silent: str | None) -> Acts:
    """Return what its source told of a round, now that its unit is known.

    Of a file that nobody remembers the columns of, a step without a time counts as not told.
    """
    dispatched = matter.dispatched_at or _instant(told)
    untold = json.loads(silent) if silent is not None else ("acknowledge", "contact", "progress")
    return replace(
        matter.acts,
        dispatched_at=dispatched or matter.opened_at,
        assumed=dispatched is None,
        untold=frozenset(untold),
    )


def _instant(told: RowValues) -> datetime | None:
    """Return when its source says that it was handed on."""
    text = told.get("dispatched_at")
    return None if text is None else datetime.fromisoformat(text.removesuffix(WHOLE_DAY))
