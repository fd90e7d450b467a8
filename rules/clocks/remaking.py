"""What a clock becomes when the rules or its lead change under it (DESIGN §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rules.clocks.deadlines import Clock
from rules.clocks.limits import Limit
from rules.clocks.precedence import Tags
from rules.clocks.timekeeper import Timekeeper
from rules.clocks.timeline import Pauses


@dataclass(frozen=True, slots=True)
class Origin:
    """What a clock was made from: its limit and start, and what has moved it since.

    ``tags`` is None for a matter that is no appeal. ``pauses`` are the ended ones, ``extensions``
    the granted limits in the order of their grant, ``granted_at`` when.
    """

    step: str
    limit_text: str
    started_at: datetime
    tags: Tags | None = None
    pauses: Pauses = ()
    extensions: tuple[str, ...] = ()
    granted_at: tuple[datetime, ...] = ()


class Remade(NamedTuple):
    """A clock made again, and the due instant it would have without extensions."""

    clock: Clock
    original_due_at: datetime


def as_made(keeper: Timekeeper, course: Origin) -> Remade:
    """The clock under the limit it was given, counted by the keeper's calendar."""
    clock = keeper.timed(course.step, course.limit_text, course.started_at, course.tags)
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def anew(keeper: Timekeeper, course: Origin) -> Remade | None:
    """The clock as the keeper's policy would start it; None where it sets no such clock.

    A limit given in so many words keeps its words and follows the policy's office hours.
    """
    if course.tags is None:
        return as_made(keeper, course)
    clock = keeper.clock(course.step, course.tags, course.started_at)
    if clock is None:
        return None
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def followed(
    keeper: Timekeeper,
    clock: Clock,
    tags: Tags | None,
    pauses: Pauses = (),
    extensions: tuple[str, ...] = (),
) -> Remade:
    """A clock as it ran at first, after its pauses and then its extensions."""
    if pauses:
        clock = keeper.resumed(clock, pauses, tags)
    original = clock.due_at
    for extension in extensions:
        clock = keeper.extended(clock, extension, tags)
    return Remade(clock, original)


def shorter(limit_text: str) -> str:
    """Return a limit in days less one day, never under one; hours and minutes stay as they are."""
    limit = Limit.parse(limit_text)
    if not limit.by_days or limit.count < 2:
        return limit_text
    return f"{limit.count - 1}{limit.unit}"


def assist_clock(keeper: Timekeeper, lead: Clock, origin: Origin, start: datetime) -> Remade:
    """Derive the clock of a co-unit that joined at ``start`` from its lead's.

    ``lead`` is the lead's clock as it stands, ``origin`` what it was made from: what stopped or
    lengthened it since the co-unit joined does the same to the co-unit's. It has a working day less
    and never ends after the lead's, unless it began after that was due.
    """
    if lead.source_fixed:
        day = keeper.calendar.add_days(keeper.local(lead.due_at).date(), -1)
        due = keeper.calendar.closing(day)
        fixed = keeper.fixed("assist", start, due if due > start else lead.due_at)
        return Remade(fixed, fixed.due_at)
    clock = keeper.timed("assist", shorter(origin.limit_text), start, origin.tags)
    granted = [
        (limit, at)
        for limit, at in zip(origin.extensions, origin.granted_at, strict=False)
        if at >= start
    ]
    pauses: Pauses = ()
    for since, until in origin.pauses:
        before = tuple(limit for limit, at in granted if at <= since)
        due = followed(keeper, clock, origin.tags, pauses, before).clock.due_at
        if until > start and since <= due:  # what was late by then gains nothing
            pauses = (*pauses, (max(since, start), until))
    extensions = tuple(limit for limit, _ in granted)
    made = followed(keeper, clock, origin.tags, pauses, extensions)
    if made.clock.due_at <= lead.due_at or lead.due_at <= start:
        return made
    capped = keeper.capped(made.clock, lead, origin.tags)
    return Remade(capped, min(made.original_due_at, capped.due_at))
