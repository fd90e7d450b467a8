"""自动交办 and 建议单位: who takes a ticket by the rules, and who was given the likes of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from models.bureau import UnitDirectory
from models.casework.accused import kept_out
from models.store import Query, Reader, Source
from models.tables import Campaign
from rules.casework import Appeal, Decision, Facts, RoutingRule, route
from rules.errors import DubanError
from rules.text import HEAD, Alike, Described, Memory, guesses, traits

if TYPE_CHECKING:
    from models.store import Work


_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Routed:
    """What a rule decided for one appeal; ``unit_id`` is the lead unit."""

    rule: str
    unit_id: int
    co_unit_ids: tuple[int, ...] = ()
    handler: str | None = None
    campaign: str | None = None

    def payload(self) -> dict[str, Any]:
        """Return the decision as its event tells it, besides the lead unit."""
        told: dict[str, Any] = {"rule": self.rule}
        if self.co_unit_ids:
            told["co_units"] = list(self.co_unit_ids)
        if self.campaign:
            told["campaign"] = self.campaign
        return told


@dataclass(frozen=True, slots=True)
class Router:
    """The routing rules in force and the units their words mean."""

    rules: Sequence[RoutingRule]
    units: UnitDirectory

    def of(self, facts: Facts, on: date) -> Routed | None:
        """Return what is decided for an appeal on a day.

        None: no rule fits, or the one that fits names a lead unit that has left the register
        since the policy was loaded; the appeal waits for a person.
        """
        decision = route(self.rules, facts)
        return None if decision is None else self._found(decision, on)

    def of_appeal(self, appeal: Appeal, on: date) -> Routed | None:
        """Return what is decided for an appeal coming in.

        None too where its source tells of an act: somebody has it already, though we do not know
        whom, and a person must say who answers for it; and of what is never handed out by itself:
        举报 and 特急.
        """
        if appeal.nature == "举报" or appeal.urgency == "特急":
            return None
        if not self.rules or any(getattr(appeal, act) is not None for act in _ACTS):
            return None
        return self.of(_facts(appeal), on)

    def _found(self, decision: Decision, on: date) -> Routed | None:
        lead = self.units.find(decision.lead, on)
        if lead is None:
            return None
        helping = (self.units.find(word, on) for word in decision.co_units)
        co_units = dict.fromkeys(id for id in helping if id not in (None, lead))
        return Routed(
            decision.rule,
            lead,
            tuple(id for id in co_units if id is not None),
            decision.handler,
            decision.campaign,
        )


_CAMPAIGN = "SELECT id FROM campaign WHERE name = :name"


@dataclass(slots=True)
class Campaigns:
    """The campaigns (专题) that rules put appeals under, begun when first needed."""

    work: Work
    _ids: dict[str, int] = field(default_factory=dict)

    def id_of(self, name: str | None) -> int | None:
        """Return the id of a campaign, new if there is none of that name."""
        if name is None:
            return None
        if name not in self._ids:
            found = self.work.value(_CAMPAIGN, name=name)
            self._ids[name] = self._begin(name) if found is None else int(found)
        return self._ids[name]

    def _begin(self, name: str) -> int:
        id = self.work.insert(Campaign, name=name, started_at=self.work.at)
        self.work.event("campaign.start", "campaign", id, payload={"name": name})
        return id


def _facts(appeal: Appeal | _Asked) -> Facts:
    return Facts(
        channel=appeal.channel,
        nature=appeal.nature or "其他",
        urgency=appeal.urgency or "一般",
        category=appeal.category,
        grid=appeal.grid,
        object=appeal.object,
        text=f"{appeal.title}\n{appeal.content}",
    )


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
        if asked.nature == "举报":
            return ()
        barred = {asked.unit_id, *(one.unit_id for one in reader.read(_RETURNED, id=ticket_id))}
        barred |= kept_out(reader, [ticket_id]).get(ticket_id, {}).keys()
        found = [s for s in self._ruled(_facts(asked)) if s.unit_id not in barred]
        barred |= {s.unit_id for s in found}
        own = [self._tickets.index(ticket_id)] if ticket_id in self._tickets else []
        near = self._memory.alike(traits(asked.described), own)
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
    def described(self) -> Described:
        return Described(self.title, self.content, self.category, self.grid, self.object)


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
