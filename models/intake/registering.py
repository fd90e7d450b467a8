"""The rows of new appeals, gathered and written together."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.campaigns import Campaigns
from models.casework import Routed, only_told
from models.clocks import NewClocks
from models.intake.newcomers import Lookups, Newcomer, acts_of, ticket_numbers
from models.intake.remembered import packed, row_values
from models.intake.twins import tell_same
from models.matter import grid_code, unit_code
from models.store import Model, Work, iso
from models.tables import (
    Accused,
    ImportRow,
    LineUse,
    Person,
    Rating,
    Review,
    Round,
    RoundUnit,
    Ticket,
)
from rules.casework import ANALYSIS, Acts, Appeal, needs_review, state_of
from rules.clocks import Tags


def register(
    work: Work, newcomers: list[Newcomer], lookups: Lookups, *, source: str, batch_id: int | None
) -> Sequence[int]:
    """Write every row of new appeals, their clocks, and one event each; return their ids.

    Without a ``batch_id`` no file told of them, and nothing is remembered of one.
    """
    if not newcomers:
        return ()
    rows = _Rows(work, lookups, source, batch_id)
    local = work.timekeeper().local
    days = [local(n.appeal.received_at or work.now).date() for n in newcomers]
    wanted = [
        (day, None if n.renumbered else n.appeal.number)
        for day, n in zip(days, newcomers, strict=True)
    ]
    numbers = ticket_numbers(work, wanted, lookups.prefix)
    tickets = work.allocate(Ticket, len(newcomers))
    rounds = work.allocate(Round, len(newcomers))
    for newcomer, number, ticket, round_ in zip(newcomers, numbers, tickets, rounds, strict=True):
        rows.add(newcomer, number, ticket, round_)
    rows.write()
    return tickets


_TABLES: tuple[Model, ...] = (
    Ticket,
    Person,
    Round,
    RoundUnit,
    Rating,
    Review,
    Accused,
    LineUse,
    ImportRow,
)
"""What is written of a batch, in the order of what points to what."""


class _Rows:
    """The rows of one batch, gathered table by table."""

    def __init__(self, work: Work, lookups: Lookups, source: str, batch_id: int | None) -> None:
        self.work = work
        self.lookups = lookups
        self.source = source
        self.batch_id = batch_id
        self.keeper = work.timekeeper()
        self.clocks = NewClocks(work)
        self.campaigns = Campaigns(work)
        self.unsatisfied: list[tuple[int, int, int | None, Tags, str | None, datetime]] = []
        self.columns: dict[Model, tuple[str, ...]] = {}
        self.rows: dict[Model, list[tuple[Any, ...]]] = {model: [] for model in _TABLES}

    def add(self, newcomer: Newcomer, number: str, ticket_id: int, round_id: int) -> None:
        """Add the rows of one appeal."""
        appeal, unit_id, routed = newcomer.appeal, newcomer.unit_id, newcomer.routed
        received = appeal.received_at or self.work.now
        routed_at = max(received, self.work.at) if routed else None
        tags = self._tags(newcomer)
        told = self._acts(acts_of(appeal, received, unit_id, routed_at), tags)
        acts = Acts(received, analysis=True) if newcomer.analysis else told
        helping = [id for id in newcomer.co_unit_ids if id != unit_id]
        worst = self.clocks.add(
            acts, tags, appeal.due_at, ticket_id, round_id, unit_id, helping, appeal.grid
        )
        confidential = appeal.confidential
        self._add(
            Ticket,
            id=ticket_id,
            version=1,
            number=number,
            source=self.source,
            external_id=appeal.external_id or (appeal.number if newcomer.renumbered else None),
            channel=appeal.channel,
            nature=tags.nature,
            category=appeal.category,
            urgency=tags.urgency,
            title=appeal.title,
            content=appeal.content,
            object=appeal.object,
            grid=appeal.grid,
            area=self.lookups.grids.area(appeal.grid),
            unit_text=appeal.unit if newcomer.unknown == appeal.unit else None,
            confidential=tags.nature == "举报" if confidential is None else confidential,
            received_at=received,
            recorded_at=self.work.now,
            updated_at=appeal.updated_at,
            state=_ticket_state(acts),
            rounds=1,
            worst_colour=worst,
            campaign_id=self.campaigns.id_of(routed.campaign) if routed else None,
            parent_id=newcomer.twin.counted if newcomer.twin else None,
            reception_id=newcomer.reception_id,
            due_fixed_at=appeal.due_at,
        )
        self._round(newcomer, ticket_id, round_id, acts)
        for id in helping:
            self._add(RoundUnit, version=1, round_id=round_id, unit_id=id)
        self._person(appeal, ticket_id)
        self._remember(newcomer, ticket_id)
        self._told(newcomer, number, ticket_id, told)
        self._rating(newcomer, ticket_id, round_id, tags)
        self._accused(newcomer, ticket_id)

    def _tags(self, newcomer: Newcomer) -> Tags:
        """Return what of a row decides its limits."""
        appeal, routed = newcomer.appeal, newcomer.routed
        return Tags(
            appeal.nature or "其他",
            appeal.urgency or "一般",
            appeal.category,
            appeal.channel,
            unit_code(self.work, newcomer.unit_id),
            grid_code(appeal.grid),
            campaign=routed.campaign if routed else None,
        )

    def _acts(self, acts: Acts, tags: Tags) -> Acts:
        """Return the acts of a row; what only had to be handed on is done by that."""
        acts = replace(acts, course=self.keeper.course(tags))
        handed = acts.dispatched_at
        if handed is None or acts.fixed or acts.replied_at or acts.closed_at:
            return acts
        return replace(acts, closed_at=handed) if only_told(self.keeper, tags) else acts

    def write(self) -> None:
        """Write everything gathered, each table at once."""
        self._reviews()
        for model, rows in self.rows.items():
            if rows:
                self.work.bulk(model, self.columns[model], rows)
        self.clocks.write()

    def _add(self, model: Model, **row: Any) -> None:
        """Add a row of a table; every row of it names the same columns in the same order."""
        rows = self.rows[model]
        if not rows:
            self.columns[model] = tuple(row)
        rows.append(tuple(row.values()))

    def _round(self, newcomer: Newcomer, ticket_id: int, round_id: int, acts: Acts) -> None:
        appeal, routed = newcomer.appeal, newcomer.routed
        self._add(
            Round,
            id=round_id,
            version=1,
            ticket_id=ticket_id,
            n=1,
            state=state_of(acts),
            lead_unit_id=newcomer.unit_id,
            first_handler=appeal.handler or (routed.handler if routed else None),
            opened_at=acts.received_at,
            dispatched_at=acts.dispatched_at,
            dispatch_assumed=acts.assumed,
            routed_by=routed.rule if routed else None,
            acknowledged_at=acts.acknowledged_at,
            contacted_at=acts.contacted_at,
            reply=appeal.reply,
            replied_at=acts.replied_at,
            closed_at=acts.closed_at,
            outcome=appeal.outcome,
            result_rating=appeal.result_rating,
            work_rating=appeal.work_rating,
            rated_at=self._rated_at(appeal),
            course=acts.course.text,
            grid=grid_code(appeal.grid),
        )
        self._used(routed, ticket_id, round_id, acts)

    def _used(self, routed: Routed | None, ticket_id: int, round_id: int, acts: Acts) -> None:
        """Keep by which line of the directory an appeal was handed on."""
        if routed is not None and routed.line is not None and acts.dispatched_at is not None:
            self._add(
                LineUse,
                number=routed.line.number,
                ticket_id=ticket_id,
                round_id=round_id,
                unit_id=routed.unit_id,
                at=acts.dispatched_at,
                followed=True,
            )

    def _person(self, appeal: Appeal, ticket_id: int) -> None:
        if appeal.reporter or appeal.phone or appeal.address:
            self._add(
                Person,
                version=1,
                ticket_id=ticket_id,
                reporter=appeal.reporter,
                phone=appeal.phone,
                address=appeal.address,
                reporter_key=self.lookups.digester.person(appeal.reporter, appeal.phone),
                salt=secrets.token_hex(8),
            )

    def _rating(self, newcomer: Newcomer, ticket_id: int, round_id: int, tags: Tags) -> None:
        """Keep a rating; an unsatisfied one will open a review, as the verb does."""
        appeal = newcomer.appeal
        rated_at = self._rated_at(appeal)
        if rated_at is None:
            return
        self._add(
            Rating,
            round_id=round_id,
            at=rated_at,
            recorded_at=self.work.now,
            result_rating=appeal.result_rating,
            work_rating=appeal.work_rating,
            means="import",
        )
        days = self.work.policy.review.within_days
        if needs_review(appeal.result_rating, rated_at, self.work.at, days):
            self.unsatisfied.append(
                (ticket_id, round_id, newcomer.unit_id, tags, appeal.grid, rated_at)
            )

    def _reviews(self) -> None:
        """Open the reviews; their clocks run from now, when the centre has learnt of them."""
        if not self.unsatisfied:
            return
        ids = self.work.allocate(Review, len(self.unsatisfied))
        for id, (ticket, round_, unit, tags, grid, at) in zip(ids, self.unsatisfied, strict=True):
            self._add(Review, id=id, version=1, ticket_id=ticket, round_id=round_, opened_at=at)
            self.clocks.add_review(id, tags, ticket, grid)
            self.work.event("review.open", "ticket", ticket, unit_id=unit, at=at)

    def _accused(self, newcomer: Newcomer, ticket_id: int) -> None:
        """Keep whom the text is against until a person says otherwise; the event names the unit."""
        for one in newcomer.accused:
            self._add(
                Accused,
                version=1,
                ticket_id=ticket_id,
                unit_id=one.unit_id,
                words=one.words,
                found_at=self.work.now,
            )
            self.work.event("ticket.suspect", "ticket", ticket_id, unit_id=one.unit_id)

    def _rated_at(self, appeal: Appeal) -> datetime | None:
        """Return when a rating was given: as told, else with the end of the matter, else now."""
        if not (appeal.result_rating or appeal.work_rating):
            return None
        return appeal.rated_at or appeal.closed_at or appeal.replied_at or self.work.at

    def _remember(self, newcomer: Newcomer, ticket_id: int) -> None:
        """Keep what the row of a file said."""
        if self.batch_id is None:
            return
        appeal = newcomer.said or newcomer.appeal
        digest, text = packed(row_values(appeal, self.lookups.digester))
        self._add(
            ImportRow,
            version=1,
            source=self.source,
            key=newcomer.key,
            ticket_id=ticket_id,
            digest=digest,
            values_json=text,
            updated_at=appeal.updated_at,
            batch_id=self.batch_id,
        )

    def _told(self, newcomer: Newcomer, number: str, ticket_id: int, acts: Acts) -> None:
        """Record the intake with the acts it told of."""
        appeal, routed = newcomer.appeal, newcomer.routed
        told = _acts_payload(replace(acts, dispatched_at=None) if routed else acts)
        self.work.event(
            "ticket.intake",
            "ticket",
            ticket_id,
            unit_id=None if routed else newcomer.unit_id,
            at=acts.received_at,
            payload={
                "number": number,
                "channel": appeal.channel,
                **({"analysis": True} if newcomer.analysis else {}),
                **told,
            },
        )
        if newcomer.twin is not None:
            tell_same(self.work, ticket_id, newcomer.twin.number, newcomer.twin.by)
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


def _ticket_state(acts: Acts) -> str:
    """Return the state of a ticket whose first round has these acts."""
    if acts.analysis:
        return ANALYSIS
    return "open" if acts.closed_at is None else "closed"


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
