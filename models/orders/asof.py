"""What held of appeals at an instant, read from their trail and rows for a paper to a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from models.clocks import KeeperOf
from models.orders.known import Known, Moved, Rating, Ticket, UnitClock
from models.store import Source, Work
from rules.casework import kept_back, paper_title
from rules.clocks import Clock, Tags, Timekeeper, followed
from rules.orders import Act, Facts, Given, Handling, Joined, Told, joined_by, replay
from rules.text import MASKED

SUMMARY = 200  # characters of an appeal that a paper quotes at most

A = TypeVar("A", bound=Act)


def facts_of(
    source: Source,
    keeper: Timekeeper,
    keeper_of: KeeperOf,
    ticket_ids: Sequence[int],
    unit_id: int,
    at: datetime,
    recorded: int | None = None,
) -> tuple[Facts, ...]:
    """Return what held of appeals ``at`` an instant, for a paper to a unit, in their order.

    What happened by then is known, whenever it was recorded; nothing that happened later. With
    ``recorded`` only what had been recorded by that event is. An appeal that had not come in by
    then has no facts. A constant number of statements.
    """
    ids = list(dict.fromkeys(ticket_ids))
    if not ids:
        return ()
    known = Known.read(source, ids)
    read = _Reading(keeper, keeper_of, known, unit_id, at, recorded)
    found = {one.ticket_id: facts for one in known.tickets if (facts := read.facts(one))}
    return tuple(found[id] for id in ids if id in found)


def facts_within(
    work: Work, ticket_ids: Sequence[int], unit_id: int, at: datetime | None = None
) -> tuple[Facts, ...]:
    """Return what held of appeals when an act is done, or ``at`` another instant, within it."""
    keeper = work.timekeeper()
    keeper_of = work.keeper_of or (lambda policy, calendar: keeper)
    return facts_of(work, keeper, keeper_of, ticket_ids, unit_id, at or work.at)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads what held at an instant off what is known."""

    keeper: Timekeeper
    keeper_of: KeeperOf
    known: Known
    unit_id: int
    at: datetime
    recorded: int | None = None

    def facts(self, ticket: Ticket) -> Facts | None:
        """Return what held of an appeal, None before it came in."""
        id = ticket.ticket_id
        told = [one.told for one in self.known.events[id] if self._recorded(one.seq)]
        rounds = replay(told, self.at)
        if not rounds:
            return None
        now, lead = rounds[-1], rounds[-1].lead
        close, sign = self._clock(id, now, "close"), self._clock(id, now, "acknowledge")
        due = self._due(ticket, close) if close else None
        masking, kept = MASKED.about(ticket), kept_back(ticket.nature, ticket.confidential)
        facts = Facts(
            ticket_id=id,
            number=ticket.number,
            title=paper_title(masking.text(ticket.title), ticket.nature, ticket.confidential),
            told=not kept,
            summary="" if kept else _short(masking.text(ticket.content)),
            channel=ticket.channel,
            urgency=ticket.urgency,
            at=self.keeper.local(self.at),
            received=self._local(Act(ticket.received_at, rounds[0].opened.events)),
            round=now.n,
            lead=self.known.units.get(lead, "") if lead is not None else "",
            ours=lead == self.unit_id,
            helps=self._helps(id, now),
            dispatched=self._here(now.dispatched),
            assumed=close is not None and close.assumed,
            handed=self._here(now.handed),
            acknowledged=self._here(now.acknowledged),
            acknowledge_due=self.keeper.local(sign.due_at) if sign else None,
            answered=self._here(now.answered),
            sent_back=self._all(now.sent_back),
            replies=self._all(act for one in rounds for act in one.replies),
            paused=self._paused(close, now),
            closed=self._here(now.closed),
            result=self._rated(id, now, told, lambda one: one.result_rating),
            work=self._rated(id, now, told, lambda one: one.work_rating),
            due_at=self.keeper.local(due) if due else None,
            due_events=tuple(seq for act in now.relieved for seq in act.events),
            merged=tuple(self._merged(ticket.number, told)),
            person=ticket.person,
        )
        return facts if close is None else self._with_remaining(facts, close)

    def _merged(self, lead: str, told: Sequence[Told]) -> Iterator[Joined]:
        """Give what was under a lead, by what its own events and those of each one tell."""
        merges = [one for one in told if one.verb == "merge"]
        numbers = dict.fromkeys(n for one in merges for n in one.payload.get("numbers", ()))
        for one in (self.known.joined[n] for n in numbers if n in self.known.joined):
            events = self.known.events[one.ticket_id]
            own = [each.told for each in events if self._recorded(each.seq)]
            act = joined_by(own, lead, self.at)
            if act is not None:
                title = MASKED.about(one).text(one.title)
                yield Joined(
                    number=one.number,
                    title=paper_title(title, one.nature, one.confidential),
                    channel=one.channel,
                    received_at=self.keeper.local(one.received_at),
                    joined=self._local(act),
                    person=one.person,
                )

    def _with_remaining(self, facts: Facts, close: UnitClock) -> Facts:
        """Say how far off the due date is, counted to what stopped the clock."""
        if facts.due_at is None:
            return facts
        paused = facts.paused.at if facts.paused is not None else None
        counted = facts.stopped_at or paused or self.at
        told = self.keeper.remaining(close.limit_text, facts.due_at, counted)
        return replace(facts, remaining=told)

    def _clock(self, id: int, now: Handling, step: str) -> UnitClock | None:
        """Return the last clock of a step that had started, of the unit's present turn."""
        found = [
            one
            for one in self.known.clocks[id]
            if one.n == now.n and one.step == step and self._had_begun(one, now)
        ]
        return found[-1] if found else None

    def _had_begun(self, clock: UnitClock, now: Handling) -> bool:
        """Return whether a clock had started; what counts anew since a change ran from dispatch."""
        changed = clock.changed_at is not None and now.dispatched is not None
        return changed or clock.started_at <= self.at

    def _due(self, ticket: Ticket, close: UnitClock) -> datetime:
        """Return when a clock was due as it stood then: what was granted later is taken off."""
        grants = [
            one
            for one in self.known.grants[ticket.ticket_id]
            if one.deadline_id == close.id
            and (one.to_at is None or one.to_at > close.started_at)
            and (not one.limit_text or one.decided_at >= close.started_at)
        ]
        moved = [one.decided_at if one.limit_text else one.to_at for one in grants]
        later = [at for at in moved if at is not None and at > self.at]
        shared = self._shared(close)
        if shared is not None and not any(at < shared.at for at in later):
            return shared.due_at
        if not later:
            return close.due_at
        keeper = self.keeper_of(close.policy, close.calendar)
        tags = close.tags(ticket)
        pauses = [
            (one.from_at, one.to_at)
            for one in grants
            if not one.limit_text and one.to_at is not None and one.to_at <= self.at
        ]
        longer = [o.limit_text for o in grants if o.limit_text and o.decided_at <= self.at]
        made = self._made(keeper, ticket, close, tags)
        return followed(keeper, made, tags, tuple(pauses), tuple(longer)).clock.due_at

    def _shared(self, close: UnitClock) -> Moved | None:
        """Return what first moved the clock of a lead after the instant, while it was its clock."""
        clocks = self.known.clocks[close.ticket_id]
        begun = [one.started_at for one in clocks if one.step == "close"]
        ended = min((at for at in begun if at > close.started_at), default=None)
        for one in self.known.moved[close.ticket_id]:
            if one.at > self.at and (ended is None or one.at < ended):
                return one
        return None

    def _made(self, keeper: Timekeeper, ticket: Ticket, close: UnitClock, tags: Tags) -> Clock:
        """Return a clock as it ran at first."""
        if close.source_fixed:
            due = ticket.due_fixed_at or close.original_due_at
            return keeper.fixed(close.step, close.started_at, due)
        return keeper.timed(close.step, close.limit_text, close.started_at, tags)

    def _paused(self, close: UnitClock | None, now: Handling) -> Given | None:
        """Return since when a close clock stood still, by a pause that was granted by then."""
        if now.paused is None or close is None:
            return None
        since = [
            one.from_at
            for one in self.known.grants[close.ticket_id]
            if one.deadline_id == close.id
            and not one.limit_text
            and one.decided_at <= self.at
            and (one.to_at is None or one.to_at > self.at)
        ]
        return self._local(replace(now.paused, at=min(since, default=now.paused.at)))

    def _rated(
        self,
        id: int,
        now: Handling,
        told: Sequence[Told],
        word: Callable[[Rating], str | None],
    ) -> Given | None:
        """Return the last rating of the present round, with the event that told it."""
        given = [
            one
            for one in self.known.ratings[id]
            if one.n == now.n and one.at <= self.at and word(one)
        ]
        if not given:
            return None
        last = given[-1]
        events = [one.seq for one in told if one.verb == "rate" and one.at == last.at]
        told_by = tuple(events[-1:]) or now.opened.events
        return self._local(Given(last.at, told_by, word(last) or ""))

    def _recorded(self, seq: int) -> bool:
        return self.recorded is None or seq <= self.recorded

    def _helps(self, id: int, now: Handling) -> bool:
        return any(
            one.n == now.n
            and one.unit_id == self.unit_id
            and (one.joined_at is None or one.joined_at <= self.at)
            for one in self.known.co_units[id]
        )

    def _here(self, act: A | None) -> A | None:
        return None if act is None else self._local(act)

    def _all(self, acts: Iterable[A]) -> tuple[A, ...]:
        return tuple(self._local(act) for act in acts)

    def _local(self, act: A) -> A:
        return replace(act, at=self.keeper.local(act.at))


def _short(content: str) -> str:
    told = " ".join(content.split())
    return told if len(told) <= SUMMARY else told[: SUMMARY - 2] + ".."
