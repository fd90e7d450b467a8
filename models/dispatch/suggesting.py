"""建议单位: who takes an appeal by a rule of today, who took its kind, place and likes before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.casework import Directory, Router, facts_of, kept_out
from models.dispatch.line_uses import standings
from models.dispatch.measures import latest_measure
from models.dispatch.remembering import LATEST, Remembered, asked_of, described_in
from models.store import Query, Reader, Source
from rules.casework import Appeal, Facts, RoutingRule
from rules.dispatch import (
    FIRST_WEIGHTS,
    KIND,
    LIKE,
    SAME,
    Asked,
    Band,
    Line,
    band_of,
    blended,
    likeliest,
    loudest,
    voices_of,
)
from rules.errors import DubanError
from rules.text import Alike, guesses, traits

CHOICES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One unit that might take a ticket; ``why`` is one Chinese phrase that says what for.

    ``share`` is the chance the voices give it together (0 to 1); a rule's suggestion has a share
    of 1. ``sure`` is what came true of guesses as likely, where that was measured. ``alike`` counts
    the similar tickets that it was given, ``number`` is the most similar one. ``dropped`` says
    what earlier dispatches would have said besides, where the directory does not let them.
    """

    unit_id: int
    unit: str
    why: str
    share: float
    alike: int = 0
    number: str | None = None
    sure: Band | None = None
    dropped: str = ""

    @property
    def words(self) -> str:
        """How sure it is, in a few signs: ``把握 87%``, or ``可能 60%`` where nobody measured."""
        if self.sure is None:
            return f"可能 {self.share:.0%}"
        return f"把握 {self.sure.sure:.0%}"

    @property
    def measured_by(self) -> str:
        """What the sureness rests on: ``近 300 件同档中对 262``; nothing where nobody measured."""
        if self.sure is None:
            return ""
        return f"近 {self.sure.asked} 件同档中对 {self.sure.right}"


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
        self._known = Remembered(reader, today, latest)
        self._directory = Directory(reader, today)
        self._router = Router(rules, self._known.units, self._directory)
        self._standings = standings(reader) if self._directory else {}
        self._today = today
        measure = latest_measure(reader)
        self._weights = measure.weights if measure is not None else FIRST_WEIGHTS
        self._bands = measure.bands if measure is not None else ()

    def __len__(self) -> int:
        """Return how many tickets are remembered."""
        return len(self._known.tickets)

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
        tickets = self._known.tickets
        own = [tickets.index(ticket_id)] if ticket_id in tickets else []
        return self._of(reader, asked.appeal, barred - {None}, own, limit)

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
        facts = facts_of(appeal)
        found = [s for s in self._ruled(facts) if s.unit_id not in barred]
        line = self._directory.line_for(facts)
        if line is not None and line.duty:
            barred = barred | self._directory.streets
        barred = barred | {s.unit_id for s in found}
        learnt = self._learnt(reader, appeal, barred, own, CHOICES)
        if not (found and line is not None and found[0].why == f"按{line.name}"):
            return (*found, *learnt[: limit - len(found)])
        beside = self._beside(line, found[0].unit_id)
        outside = [one.unit for one in learnt if one.unit_id not in beside]
        if outside:
            told = f"以往另有派{'、'.join(outside)}的，与目录不符，不作建议"
            found = [replace(found[0], dropped=told), *found[1:]]
        kept = [one for one in learnt if one.unit_id in beside]
        return (*found, *kept[: limit - len(found)])

    def _ruled(self, facts: Facts) -> Iterator[Suggestion]:
        """Give what a rule says, as it may have been loaded after the ticket came in."""
        routed = self._router.of(facts, self._today)
        if routed is not None and routed.unit_id in self._known.takers:
            unit_id, name = self._known.takers[routed.unit_id]
            used = self._standings.get(routed.line.number) if routed.line else None
            sure = used.accuracy if used is not None else None
            yield Suggestion(unit_id, name, f"按{routed.rule}", 1.0, sure=sure)

    def _beside(self, line: Line, lead: int) -> set[int]:
        """Return the units that a line lets take part."""
        helping = (self._known.units.find(word, self._today) for word in line.co_units)
        return {lead, *(id for id in helping if id is not None)}

    def _learnt(
        self,
        reader: Reader,
        appeal: Appeal,
        barred: Collection[int | None],
        own: Sequence[int],
        limit: int,
    ) -> list[Suggestion]:
        """Return what earlier dispatches say, without the units that are barred.

        How sure that is was measured where nobody is: with a unit barred nothing is claimed.
        """
        known, asked = self._known, asked_of(appeal, self._today)
        near = {g.answer: g for g in guesses(known.memory.alike(traits(described_in(appeal)), own))}
        like = {unit: guess.share for unit, guess in near.items()}
        named = known.named(f"{appeal.title}\n{appeal.content}")
        voices = voices_of(known.habits, asked, like, named)
        chances = blended(voices, self._weights)
        allowed = {unit: chance for unit, chance in chances.items() if unit not in barred}
        whole = sum(allowed.values()) or 1.0
        bands = self._bands if len(allowed) == len(chances) else ()
        numbers = _numbers(reader, [known.tickets[g.alike[0].place] for g in near.values()])
        found = []
        for unit in likeliest(allowed)[:limit]:
            alike = near[unit].alike if unit in near else ()
            number = numbers.get(known.tickets[alike[0].place]) if alike else None
            voice = loudest(voices, unit, self._weights)
            why = self._why(voice, asked, unit, alike, number)
            share = chances[unit] / whole
            sure = band_of(bands, chances[unit])
            name = known.names[unit]
            found.append(Suggestion(unit, name, why, share, len(alike), number, sure))
        return found

    def _why(
        self, voice: int, asked: Asked, unit: int, alike: Sequence[Alike], number: str | None
    ) -> str:
        """Return what speaks loudest for a unit, in words."""
        if voice == LIKE and number is not None:
            return f"与 {number} 等 {len(alike)} 件相似" if len(alike) > 1 else f"与 {number} 相似"
        if voice == KIND and (usual := self._known.habits.usual(asked, unit)) is not None:
            whom = "归属地" if usual.own else "归它"
            return f"“{usual.kind}”近期 {usual.share:.0%} {whom}"
        if voice == SAME:
            return "同一地点同一事项近日由它办"
        return "同区同类近期常由它办" if asked.grid and voice != LIKE else "诉求中点到该单位"


@dataclass(frozen=True, slots=True)
class _AskedOf:
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


_ASKED = Query(
    _AskedOf,
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
class _Numbered:
    """A ticket by its number."""

    id: int
    number: str


_NUMBERS = Query(_Numbered, "SELECT id, number FROM ticket WHERE id IN (:ids)")


def _numbers(source: Source, ticket_ids: Sequence[int]) -> Mapping[int, str]:
    found = source.read(_NUMBERS, ids=list(ticket_ids)) if ticket_ids else []
    return {one.id: one.number for one in found}
