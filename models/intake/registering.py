"""The rows of new appeals, gathered and written together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.casework import Campaigns
from models.clocks import NewClocks
from models.intake.newcomers import Lookups, Newcomer, acts_of
from models.intake.numbers import ticket_numbers
from models.intake.remembered import packed, row_values
from models.store import Work, iso
from models.tables import ImportRow, Person, Rating, Review, Round, RoundUnit, Ticket
from rules.casework import Acts, Appeal, needs_review, state_of
from rules.clocks import Tags

TICKET = (
    "id",
    "version",
    "number",
    "source",
    "external_id",
    "channel",
    "nature",
    "category",
    "urgency",
    "title",
    "content",
    "object",
    "grid",
    "area",
    "unit_text",
    "confidential",
    "received_at",
    "recorded_at",
    "updated_at",
    "state",
    "rounds",
    "worst_colour",
    "campaign_id",
    "due_fixed_at",
)

PERSON = ("version", "ticket_id", "reporter", "phone", "address", "reporter_key")

ROUND = (
    "id",
    "version",
    "ticket_id",
    "n",
    "state",
    "lead_unit_id",
    "first_handler",
    "opened_at",
    "dispatched_at",
    "dispatch_assumed",
    "routed_by",
    "acknowledged_at",
    "contacted_at",
    "reply",
    "replied_at",
    "closed_at",
    "outcome",
    "result_rating",
    "work_rating",
    "rated_at",
)

ROUND_UNIT = ("version", "round_id", "unit_id")

RATING = ("round_id", "at", "recorded_at", "result_rating", "work_rating", "means")

REVIEW = ("version", "ticket_id", "round_id", "opened_at")

IMPORT_ROW = (
    "version",
    "source",
    "key",
    "ticket_id",
    "digest",
    "values_json",
    "updated_at",
    "batch_id",
)


def register(
    work: Work, newcomers: list[Newcomer], lookups: Lookups, *, source: str, batch_id: int
) -> None:
    """Write every row of new appeals, their clocks, and one event each."""
    if not newcomers:
        return
    rows = _Rows(work, lookups, source, batch_id)
    local = work.timekeeper().local
    days = [local(n.appeal.received_at or work.now).date() for n in newcomers]
    wanted = [(day, n.appeal.number) for day, n in zip(days, newcomers, strict=True)]
    numbers = ticket_numbers(work, wanted, lookups.prefix)
    tickets = work.allocate(Ticket, len(newcomers))
    rounds = work.allocate(Round, len(newcomers))
    for newcomer, number, ticket, round_ in zip(newcomers, numbers, tickets, rounds, strict=True):
        rows.add(newcomer, number, ticket, round_)
    rows.write()


@dataclass
class _Rows:
    """The rows of one batch, gathered table by table."""

    work: Work
    lookups: Lookups
    source: str
    batch_id: int
    clocks: NewClocks = field(init=False)
    campaigns: Campaigns = field(init=False)
    tickets: list[tuple[Any, ...]] = field(default_factory=list)
    persons: list[tuple[Any, ...]] = field(default_factory=list)
    rounds: list[tuple[Any, ...]] = field(default_factory=list)
    co_units: list[tuple[Any, ...]] = field(default_factory=list)
    ratings: list[tuple[Any, ...]] = field(default_factory=list)
    reviews: list[tuple[Any, ...]] = field(default_factory=list)
    import_rows: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clocks = NewClocks(self.work)
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
        worst = self.clocks.add(acts, tags, appeal.due_at, ticket_id, round_id, unit_id, helping)
        confidential = appeal.confidential
        self.tickets.append(
            (
                ticket_id,
                1,
                number,
                self.source,
                appeal.external_id,
                appeal.channel,
                nature,
                appeal.category,
                urgency,
                appeal.title,
                appeal.content,
                appeal.object,
                appeal.grid,
                self.lookups.grids.area(appeal.grid),
                appeal.unit if unit_id is None else None,
                nature == "举报" if confidential is None else confidential,
                received,
                self.work.now,
                appeal.updated_at,
                "open" if acts.closed_at is None else "closed",
                1,
                worst,
                self.campaigns.id_of(routed.campaign) if routed else None,
                appeal.due_at,
            )
        )
        self._round(newcomer, ticket_id, round_id, acts)
        self.co_units.extend((1, round_id, id) for id in helping)
        self._person(appeal, ticket_id)
        self._remember(newcomer, number, ticket_id, acts)
        self._rating(newcomer, ticket_id, round_id)

    def write(self) -> None:
        """Write everything gathered, each table at once."""
        for model, columns, rows in (
            (Ticket, TICKET, self.tickets),
            (Person, PERSON, self.persons),
            (Round, ROUND, self.rounds),
            (RoundUnit, ROUND_UNIT, self.co_units),
            (Rating, RATING, self.ratings),
            (Review, REVIEW, self.reviews),
            (ImportRow, IMPORT_ROW, self.import_rows),
        ):
            if rows:
                self.work.bulk(model, columns, rows)
        self.clocks.write()

    def _round(self, newcomer: Newcomer, ticket_id: int, round_id: int, acts: Acts) -> None:
        appeal, routed = newcomer.appeal, newcomer.routed
        self.rounds.append(
            (
                round_id,
                1,
                ticket_id,
                1,
                state_of(acts),
                newcomer.unit_id,
                appeal.handler or (routed.handler if routed else None),
                acts.received_at,
                acts.dispatched_at,
                acts.assumed,
                routed.rule if routed else None,
                acts.acknowledged_at,
                acts.contacted_at,
                appeal.reply,
                acts.replied_at,
                acts.closed_at,
                appeal.outcome,
                appeal.result_rating,
                appeal.work_rating,
                self._rated_at(appeal),
            )
        )

    def _person(self, appeal: Appeal, ticket_id: int) -> None:
        if appeal.reporter or appeal.phone or appeal.address:
            self.persons.append(
                (
                    1,
                    ticket_id,
                    appeal.reporter,
                    appeal.phone,
                    appeal.address,
                    self.lookups.digester.person(appeal.reporter, appeal.phone),
                )
            )

    def _rating(self, newcomer: Newcomer, ticket_id: int, round_id: int) -> None:
        """Keep a rating; an unsatisfied one opens a review, as the verb does."""
        appeal = newcomer.appeal
        rated_at = self._rated_at(appeal)
        if rated_at is None:
            return
        self.ratings.append(
            (
                round_id,
                rated_at,
                self.work.now,
                appeal.result_rating,
                appeal.work_rating,
                "import",
            )
        )
        if needs_review(appeal.result_rating, rated_at, self.work.at):
            self.reviews.append((1, ticket_id, round_id, rated_at))
            unit_id = newcomer.unit_id
            self.work.event("review.open", "ticket", ticket_id, unit_id=unit_id, at=rated_at)

    def _rated_at(self, appeal: Appeal) -> datetime | None:
        """Return when a rating was given: as told, else with the end of the matter, else now."""
        if not (appeal.result_rating or appeal.work_rating):
            return None
        return appeal.rated_at or appeal.closed_at or appeal.replied_at or self.work.at

    def _remember(self, newcomer: Newcomer, number: str, ticket_id: int, acts: Acts) -> None:
        """Keep what the row said, and record the intake with the acts it told of."""
        appeal = newcomer.appeal
        digest, text = packed(row_values(appeal, self.lookups.digester))
        self.import_rows.append(
            (
                1,
                self.source,
                newcomer.key,
                ticket_id,
                digest,
                text,
                appeal.updated_at,
                self.batch_id,
            )
        )
        routed = newcomer.routed
        told = _acts_payload(replace(acts, dispatched_at=None) if routed else acts)
        self.work.event(
            "ticket.intake",
            "ticket",
            ticket_id,
            unit_id=None if routed else newcomer.unit_id,
            at=acts.received_at,
            payload={"number": number, "channel": appeal.channel, **told},
        )
        if routed is not None:
            self.work.event(
                "ticket.dispatch",
                "ticket",
                ticket_id,
                unit_id=routed.unit_id,
                at=acts.dispatched_at,
                reason=f"按{routed.rule}",
                payload=routed.payload(),
            )


_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at")


def _acts_payload(acts: Acts) -> dict[str, Any]:
    """Return the acts of a round as an event tells them."""
    told: dict[str, Any] = {}
    for name in _ACTS:
        instant = getattr(acts, name)
        if instant is not None:
            told[name] = iso(instant)
    if acts.assumed:
        told["dispatch_assumed"] = True
    return told
