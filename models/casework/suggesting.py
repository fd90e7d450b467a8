"""建议单位: who was given the likes of an appeal, and who has it by a rule of today."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.bureau import UnitDirectory
from models.casework.accused import kept_out
from models.casework.routing import Router, facts_of
from models.store import Query, Reader, Source
from rules.casework import Appeal, Facts, RoutingRule
from rules.errors import DubanError
from rules.text import HEAD, Alike, Described, Memory, guesses, traits

LATEST = 20_000  # tickets dispatched last that are remembered: about 40 MB of real messages

CHOICES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One unit that might take a ticket; ``why`` is one Chinese phrase that says what for.

    ``alike`` counts the similar tickets that it was given, ``number`` is the most similar one,
    ``share`` their part of all likeness found (0 to 1). A rule's suggestion has a share of 1 and
    names no ticket.
    """

    unit_id: int
    unit: str
    why: str
    share: float
    alike: int = 0
    number: str | None = None


class Suggestions:
    """What was decided for the tickets dispatched last, and the rules in force."""

    def __init__(
        self,
        reader: Reader,
        rules: Sequence[RoutingRule] = (),
        *,
        today: date,
        latest: int = LATEST,
    ) -> None:
        """Read the memory: seconds for tens of thousands of tickets, so from a worker."""
        self._takers = _takers(reader, today)
        self._router = Router(rules, UnitDirectory(reader))
        self._today = today
        self._tickets = array("q")
        self._memory = Memory(
            (unit_id, traits(described)) for unit_id, described in self._earlier(reader, latest)
        )

    def __len__(self) -> int:
        """Return how many tickets are remembered."""
        return len(self._tickets)

    def of(self, reader: Reader, ticket_id: int, limit: int = CHOICES) -> tuple[Suggestion, ...]:
        """Return the units for a ticket, the likeliest first; none where nothing is like it.

        Never the unit that has it, nor one that it is against or that has returned it, nor one
        dissolved; none at all for a report (举报), against whomever it is (DESIGN §11).
        """
        asked = reader.first(_ASKED, id=ticket_id)
        if asked is None:
            raise DubanError(f"没有内部编号为 {ticket_id} 的工单：请刷新队列后再办")
        barred = {asked.unit_id, *(one.unit_id for one in reader.read(_RETURNED, id=ticket_id))}
        barred |= kept_out(reader, [ticket_id]).get(ticket_id, {}).keys()
        own = [self._tickets.index(ticket_id)] if ticket_id in self._tickets else []
        return self._of(reader, asked.appeal, barred, own, limit)

    def of_appeal(
        self, reader: Reader, appeal: Appeal, barred: Collection[int] = (), limit: int = CHOICES
    ) -> tuple[Suggestion, ...]:
        """Return the units for an appeal that is not registered yet, none that are ``barred``."""
        return self._of(reader, appeal, {*barred}, (), limit)

    def _of(
        self,
        reader: Reader,
        appeal: Appeal,
        barred: set[int | None],
        own: Sequence[int],
        limit: int,
    ) -> tuple[Suggestion, ...]:
        if appeal.nature == "举报":
            return ()
        found = [s for s in self._ruled(facts_of(appeal)) if s.unit_id not in barred]
        barred |= {s.unit_id for s in found}
        near = self._memory.alike(traits(described_in(appeal)), own)
        likely = [(g.answer, g.share, g.alike) for g in guesses(near) if g.answer not in barred]
        likely = likely[: limit - len(found)]
        numbers = _numbers(reader, [self._tickets[a[0].place] for *_, a in likely])
        for unit_id, share, alike in likely:
            number = numbers[self._tickets[alike[0].place]]
            found.append(
                Suggestion(
                    unit_id,
                    self._takers[unit_id][1],
                    _why(number, alike),
                    share,
                    len(alike),
                    number,
                )
            )
        return tuple(found)

    def _ruled(self, facts: Facts) -> Iterator[Suggestion]:
        """Give what a rule says, as it may have been loaded after the ticket came in."""
        routed = self._router.of(facts, self._today)
        if routed is not None and routed.unit_id in self._takers:
            unit_id, name = self._takers[routed.unit_id]
            yield Suggestion(unit_id, name, f"按{routed.rule}", 1.0)

    def _earlier(self, reader: Reader, latest: int) -> Iterator[tuple[int, Described]]:
        """Give what was dispatched last as (unit that would take it today, the ticket)."""
        for chunk in reader.stream(_EARLIER, latest=latest, head=HEAD):
            for one in chunk:
                taker = self._takers.get(one.unit_id)
                if taker is not None:
                    self._tickets.append(one.ticket_id)
                    yield (
                        taker[0],
                        Described(one.title, one.content, one.category, one.grid, one.object),
                    )


class _Earlier(NamedTuple):
    """A ticket dispatched earlier and the unit it went to."""

    ticket_id: int
    unit_id: int
    title: str
    content: str
    category: str | None
    grid: str | None
    object: str | None


_EARLIER = Query(
    _Earlier,
    """
SELECT t.id AS ticket_id, r.lead_unit_id AS unit_id, t.title,
       substr(t.content, 1, :head) AS content, t.category, t.grid, t.object
FROM (SELECT ticket_id, lead_unit_id, dispatched_at, n FROM round
      WHERE dispatched_at IS NOT NULL AND lead_unit_id IS NOT NULL
      ORDER BY dispatched_at DESC LIMIT :latest) r
JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
ORDER BY r.dispatched_at DESC, t.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The ticket that needs a unit, and the unit that has it now."""

    channel: str
    nature: str
    urgency: str
    category: str | None
    grid: str | None
    object: str | None
    title: str
    content: str
    unit_id: int | None

    @property
    def appeal(self) -> Appeal:
        return Appeal(
            self.channel,
            self.title,
            self.content,
            nature=self.nature,
            category=self.category,
            urgency=self.urgency,
            object=self.object,
            grid=self.grid,
        )


def described_in(appeal: Appeal) -> Described:
    """Return what of an appeal can be like another."""
    return Described(appeal.title, appeal.content, appeal.category, appeal.grid, appeal.object)


_ASKED = Query(
    _Asked,
    """
SELECT t.channel, t.nature, t.urgency, t.category, t.grid, t.object, t.title, t.content,
       r.lead_unit_id AS unit_id
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds WHERE t.id = :id
""",
)


@dataclass(frozen=True, slots=True)
class _Returned:
    """A unit that has said of a ticket that it is not its own."""

    unit_id: int | None


_RETURNED = Query(
    _Returned,
    """
SELECT DISTINCT q.unit_id FROM return_request q JOIN round r ON r.id = q.round_id
WHERE r.ticket_id = :id
""",
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit, until when it is in force and who follows it."""

    id: int
    name: str
    valid_to: date | None
    successor_id: int | None


_UNITS = Query(
    _Unit,
    "SELECT id, short_name AS name, valid_to, successor_id FROM unit WHERE NOT is_centre",
)


def _takers(source: Source, today: date) -> dict[int, tuple[int, str]]:
    """Return for each unit the one that takes its work today, itself or its successor."""
    names: dict[int, str] = {}
    followed: dict[int, int | None] = {}
    for unit in source.read(_UNITS):
        names[unit.id] = unit.name
        if unit.valid_to is not None and unit.valid_to < today:
            followed[unit.id] = unit.successor_id
    found = {}
    for id in names:
        taker: int | None = id
        for _ in followed:
            taker = followed.get(taker, taker) if taker is not None else None
        if taker in names and taker not in followed:
            found[id] = (taker, names[taker])
    return found


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A ticket by its number."""

    id: int
    number: str


_NUMBERS = Query(_Numbered, "SELECT id, number FROM ticket WHERE id IN (:ids)")


def _numbers(source: Source, ticket_ids: list[int]) -> dict[int, str]:
    found = source.read(_NUMBERS, ids=ticket_ids) if ticket_ids else []
    return {one.id: one.number for one in found}


def _why(number: str, alike: Sequence[Alike]) -> str:
    """``与 WH20261119-00012 等 12 件相似``."""
    return f"与 {number} 等 {len(alike)} 件相似" if len(alike) > 1 else f"与 {number} 相似"
