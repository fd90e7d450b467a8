"""登记: new appeals become rows of every table they need, written by the driver's fastest way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from models.bureau import GridBook, UnitBook
from models.casework import Campaigns, Routed, Router
from models.clocks import DEPTH, started
from models.intake.numbers import ticket_numbers
from models.intake.remembered import Digester, packed, row_values
from models.store import Work, iso
from models.tables import Deadline, ImportRow, Person, Rating, Review, Round, RoundUnit, Ticket
from rules.casework import UNIT_STEPS, Acts, Appeal, Leg, legs_of, state_of
from rules.clocks import Clock, Tags, Timekeeper, assist_clock

REVIEW_WITHIN = timedelta(days=30)  # an older unsatisfied rating is history, not a task


ACT_COLUMNS = {"dispatch": "dispatched_at", "acknowledge": "acknowledged_at",
               "contact": "contacted_at", "progress": ""}  # fmt: skip


TICKET = ("id", "version", "number", "source", "external_id", "channel", "nature", "category",
          "urgency", "title", "content", "object", "grid", "area", "unit_text", "confidential",
          "received_at", "recorded_at", "updated_at", "state", "rounds", "worst_colour",
          "campaign_id", "due_fixed_at")  # fmt: skip


PERSON = ("version", "ticket_id", "reporter", "phone", "address", "reporter_key")


ROUND = ("id", "version", "ticket_id", "n", "state", "lead_unit_id", "first_handler", "opened_at",
         "dispatched_at", "dispatch_assumed", "routed_by", "acknowledged_at", "contacted_at",
         "reply", "replied_at", "closed_at", "outcome", "result_rating", "work_rating",
         "rated_at")  # fmt: skip


ROUND_UNIT = ("version", "round_id", "unit_id")


DEADLINE = ("version", "subject_kind", "subject_id", "ticket_id", "round_id", "step", "unit_id",
            "limit_text", "started_at", "blue_at", "yellow_at", "red_at", "due_at",
            "original_due_at", "stopped_at", "next_at", "leads", "pressing", "revision", "policy",
            "calendar", "provisional", "source_fixed", "worst_colour")  # fmt: skip


RATING = ("round_id", "at", "recorded_at", "result_rating", "work_rating", "means")


REVIEW = ("version", "ticket_id", "round_id", "opened_at")


IMPORT_ROW = ("version", "source", "key", "ticket_id", "digest", "values_json", "updated_at",
              "batch_id")  # fmt: skip


_Found = tuple[Leg, Clock, int | None]  # a clock of a round and the unit it holds


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One appeal that is new to the store, with its identity and the units its words mean."""

    key: str
    appeal: Appeal
    unit_id: int | None
    co_unit_ids: tuple[int, ...] = ()
    unknown: str | None = None  # the first word that means no unit we know
    routed: Routed | None = None  # by a rule of ours, where the appeal itself names no unit


@dataclass(frozen=True, slots=True)
class Books:
    """What an import looks things up in."""

    units: UnitBook
    grids: GridBook
    digester: Digester
    router: Router
    prefix: str

    @classmethod
    def read(cls, work: Work) -> Books:
        """Read the reference data as it stands in this transaction."""
        policy, units = work.policy, UnitBook(work.rows)
        router = Router(policy.routing, units)
        return cls(units, GridBook(work.rows), Digester(work.rows), router, policy.bureau.prefix)


def newcomer(books: Books, key: str, appeal: Appeal, now: datetime) -> Newcomer:
    """Return an appeal with the units its words mean on the day it was handed on.

    One that names no unit is handed on today by the routing rule that fits it, if any does.
    """
    routed = books.router.of_appeal(appeal, now.date()) if appeal.unit is None else None
    if appeal.unit is None and not appeal.co_units:
        return _newcomer(key, appeal, (), None, routed)
    on = (appeal.dispatched_at or appeal.received_at or now).date()
    words = [word for word in (appeal.unit, *appeal.co_units) if word]
    found = {word: books.units.find(word, on) for word in words}
    unknown = next((word for word in words if found[word] is None), None)
    co_units = dict.fromkeys(id for word in appeal.co_units if (id := found[word]) is not None)
    if appeal.unit is None:
        return _newcomer(key, appeal, tuple(co_units), unknown, routed)
    return Newcomer(key, appeal, found[appeal.unit], tuple(co_units), unknown)


def _newcomer(
    key: str, appeal: Appeal, co_units: tuple[int, ...], unknown: str | None, routed: Routed | None
) -> Newcomer:
    """Return an appeal that names no lead unit, with the one a rule gives it."""
    if routed is None:
        return Newcomer(key, appeal, None, co_units, unknown)
    helping = tuple(dict.fromkeys((*co_units, *routed.co_unit_ids)))
    return Newcomer(key, appeal, routed.unit_id, helping, unknown, routed)


def acts_of(
    appeal: Appeal, received_at: datetime, unit_id: int | None, routed_at: datetime | None = None
) -> Acts:
    """Return what an appeal tells of its first round.

    Without a known unit it waits for dispatch, unless it was answered all the same. ``routed_at``
    is when a rule of ours handed it on.
    """
    answered = appeal.replied_at is not None or appeal.closed_at is not None
    dispatched, assumed = appeal.dispatched_at, False
    if routed_at is not None:
        dispatched = routed_at
    elif unit_id is None and not answered:
        dispatched = None
    elif unit_id is not None and dispatched is None:
        dispatched, assumed = received_at, True
    return Acts(
        received_at, dispatched, appeal.acknowledged_at, appeal.contacted_at, appeal.replied_at,
        appeal.closed_at, assumed, appeal.due_at is not None,
        frozenset(s for s, column in ACT_COLUMNS.items() if column not in appeal.fields),
    )  # fmt: skip


def register(
    work: Work, newcomers: list[Newcomer], books: Books, *, source: str, batch_id: int
) -> None:
    """Write every row of new appeals, their clocks, and one event each."""
    if not newcomers:
        return
    rows = _Rows(work, books, source, batch_id)
    local = work.timekeeper().local
    days = [local(n.appeal.received_at or work.now).date() for n in newcomers]
    wanted = [(day, n.appeal.number) for day, n in zip(days, newcomers, strict=True)]
    numbers = ticket_numbers(work, wanted, books.prefix)
    tickets = work.allocate(Ticket, len(newcomers))
    rounds = work.allocate(Round, len(newcomers))
    for newcomer, number, ticket, round_ in zip(newcomers, numbers, tickets, rounds, strict=True):
        rows.add(newcomer, number, ticket, round_)
    rows.write()


@dataclass
class _Rows:
    """The rows of one batch, gathered table by table."""

    work: Work
    books: Books
    source: str
    batch_id: int
    keeper: Timekeeper = field(init=False)
    campaigns: Campaigns = field(init=False)
    tickets: list[tuple[Any, ...]] = field(default_factory=list)
    persons: list[tuple[Any, ...]] = field(default_factory=list)
    rounds: list[tuple[Any, ...]] = field(default_factory=list)
    co_units: list[tuple[Any, ...]] = field(default_factory=list)
    deadlines: list[tuple[Any, ...]] = field(default_factory=list)
    ratings: list[tuple[Any, ...]] = field(default_factory=list)
    reviews: list[tuple[Any, ...]] = field(default_factory=list)
    import_rows: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = self.work.timekeeper()
        self.campaigns = Campaigns(self.work)

    def add(self, newcomer: Newcomer, number: str, ticket_id: int, round_id: int) -> None:
        """Add the rows of one appeal."""
        appeal, unit_id, routed = newcomer.appeal, newcomer.unit_id, newcomer.routed
        received = appeal.received_at or self.work.now
        routed_at = max(received, self.work.at) if routed else None
        acts = acts_of(appeal, received, unit_id, routed_at)
        nature, urgency = appeal.nature or "其他", appeal.urgency or "一般"
        tags = Tags(nature, urgency, appeal.category, appeal.channel)
        helping = [id for id in newcomer.co_unit_ids if id != unit_id]
        worst = self._clocks(acts, tags, appeal.due_at, ticket_id, round_id, unit_id, helping)
        confidential = appeal.confidential
        self.tickets.append((
            ticket_id, 1, number, self.source, appeal.external_id, appeal.channel, nature,
            appeal.category, urgency, appeal.title, appeal.content, appeal.object, appeal.grid,
            self.books.grids.area(appeal.grid), appeal.unit if unit_id is None else None,
            nature == "举报" if confidential is None else confidential,
            received, self.work.now, appeal.updated_at,
            "open" if acts.closed_at is None else "closed", 1, worst,
            self.campaigns.id_of(routed.campaign) if routed else None, appeal.due_at,
        ))  # fmt: skip
        self.rounds.append((
            round_id, 1, ticket_id, 1, state_of(acts), unit_id,
            appeal.handler or (routed.handler if routed else None), received,
            acts.dispatched_at, acts.assumed, routed.rule if routed else None,
            acts.acknowledged_at, acts.contacted_at,
            appeal.reply, acts.replied_at, acts.closed_at, appeal.outcome, appeal.result_rating,
            appeal.work_rating, self._rated_at(appeal),
        ))  # fmt: skip
        self.co_units.extend((1, round_id, id) for id in helping)
        self._person(appeal, ticket_id)
        self._rating(appeal, ticket_id, round_id)
        self._remember(newcomer, number, ticket_id, acts)

    def write(self) -> None:
        """Write everything gathered, each table at once."""
        for model, columns, rows in (
            (Ticket, TICKET, self.tickets),
            (Person, PERSON, self.persons),
            (Round, ROUND, self.rounds),
            (RoundUnit, ROUND_UNIT, self.co_units),
            (Deadline, DEADLINE, self.deadlines),
            (Rating, RATING, self.ratings),
            (Review, REVIEW, self.reviews),
            (ImportRow, IMPORT_ROW, self.import_rows),
        ):
            if rows:
                self.work.bulk(model, columns, rows)

    def _clocks(
        self,
        acts: Acts,
        tags: Tags,
        due: datetime | None,
        ticket_id: int,
        round_id: int,
        unit_id: int | None,
        helping: list[int],
    ) -> str:
        """Add the clocks of a round; return the worst colour any of them has reached."""
        found = []
        for leg in legs_of(acts):
            clock = started(self.keeper, leg, tags, due)
            if clock is not None:
                found.append((leg, clock, unit_id if leg.step in UNIT_STEPS else None))
        found.extend(self._assistance(acts, tags, found, helping))
        leader = _leader(found)
        worst = "blue"
        pressing = tags.urgency == "特急"
        for leg, clock, whose in found:
            reached = self._reached(leg, clock)
            worst = max(worst, reached, key=DEPTH.__getitem__)
            self.deadlines.append((
                1, "ticket", ticket_id, ticket_id, round_id, leg.step,
                whose, clock.limit_text, clock.started_at,
                clock.blue_at, clock.yellow_at, clock.red_at, clock.due_at, clock.due_at,
                leg.stopped_at, self._next(leg, clock), clock is leader, pressing, 1,
                self.work.policy_version, self.work.calendar_version, clock.provisional,
                clock.source_fixed, reached,
            ))  # fmt: skip
        return worst

    def _assistance(
        self, acts: Acts, tags: Tags, found: list[_Found], helping: list[int]
    ) -> list[_Found]:
        """Return the clocks of co-units, which run while the lead's does (models.assistance)."""
        lead = next((clock for leg, clock, _ in found
                     if leg.step == "close" and leg.stopped_at is None), None)  # fmt: skip
        start = acts.dispatched_at
        if lead is None or start is None or not helping:
            return []
        clock = assist_clock(self.keeper, lead, tags, start)
        return [(Leg("assist", start, None), clock, id) for id in sorted(helping)]

    def _reached(self, leg: Leg, clock: Clock) -> str:
        """Return the worst colour of a clock: when it stopped, or as it stands."""
        moment = leg.stopped_at
        if moment is None:
            moment = self.work.at + timedelta(seconds=1)
        if moment > clock.red_at:
            return "red"
        return "yellow" if moment > clock.yellow_at else "blue"

    def _next(self, leg: Leg, clock: Clock) -> datetime | None:
        """Return the first threshold the sweep has to record; finished clocks have none."""
        if leg.stopped_at is not None or leg.held:
            return None
        return min((when for _, when in self.keeper.thresholds(clock)), default=None)

    def _person(self, appeal: Appeal, ticket_id: int) -> None:
        if appeal.reporter or appeal.phone or appeal.address:
            self.persons.append((
                1, ticket_id, appeal.reporter, appeal.phone, appeal.address,
                self.books.digester.person(appeal.reporter, appeal.phone),
            ))  # fmt: skip

    def _rating(self, appeal: Appeal, ticket_id: int, round_id: int) -> None:
        rated_at = self._rated_at(appeal)
        if rated_at is None:
            return
        self.ratings.append((
            round_id, rated_at, self.work.now, appeal.result_rating, appeal.work_rating, "import",
        ))  # fmt: skip
        recent = self.work.at - rated_at <= REVIEW_WITHIN
        if appeal.result_rating == "不满意" and recent:
            self.reviews.append((1, ticket_id, round_id, rated_at))

    def _rated_at(self, appeal: Appeal) -> datetime | None:
        """Return when a rating was given: as told, else with the end of the matter, else now."""
        if not (appeal.result_rating or appeal.work_rating):
            return None
        return appeal.rated_at or appeal.closed_at or appeal.replied_at or self.work.at

    def _remember(self, newcomer: Newcomer, number: str, ticket_id: int, acts: Acts) -> None:
        """Keep what the row said, and record the intake with the acts it told of."""
        appeal = newcomer.appeal
        digest, text = packed(row_values(appeal, self.books.digester))
        self.import_rows.append((
            1, self.source, newcomer.key, ticket_id, digest, text, appeal.updated_at, self.batch_id,
        ))  # fmt: skip
        routed = newcomer.routed
        told = _told(replace(acts, dispatched_at=None) if routed else acts)
        self.work.event(
            "ticket.intake", "ticket", ticket_id,
            unit_id=None if routed else newcomer.unit_id, at=acts.received_at,
            payload={"number": number, "channel": appeal.channel, **told},
        )  # fmt: skip
        if routed is not None:
            self.work.event("ticket.dispatch", "ticket", ticket_id, unit_id=routed.unit_id,
                            at=acts.dispatched_at, reason=f"按{routed.rule}",
                            payload=routed.told())  # fmt: skip


_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at")


def _leader(found: list[_Found]) -> Clock | None:
    """Return the running clock that turns red first: the matter is shown by it."""
    running = [
        (leg.held, clock.red_at, clock.due_at, place)
        for place, (leg, clock, _) in enumerate(found) if leg.stopped_at is None
    ]  # fmt: skip
    return found[min(running)[3]][1] if running else None


def _told(acts: Acts) -> dict[str, Any]:
    """Return the acts of a round as an event tells them."""
    told: dict[str, Any] = {}
    for name in _ACTS:
        instant = getattr(acts, name)
        if instant is not None:
            told[name] = iso(instant)
    if acts.assumed:
        told["dispatch_assumed"] = True
    return told
