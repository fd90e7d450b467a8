"""协办: the clock of a co-unit, derived from its lead's whenever that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rules.clocks.deadlines import Clock
from rules.clocks.limits import Limit
from rules.clocks.shares import days_before, less_days, own_limit, shared_limit
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Origin, Remade, Timekeeper, followed
from rules.clocks.timeline import Pauses


def assist_clock(keeper: Timekeeper, lead: Clock, origin: Origin, start: datetime) -> Remade:
    """Derive the clock of a co-unit that joined at ``start`` from its lead's.

    ``lead`` is the lead's clock as it stands, ``origin`` what it was made from: what stopped or
    lengthened it since the co-unit joined does the same to the co-unit's. It has its share of the
    lead's limit and never ends after the lead's, unless it began after that was due.
    """
    share = keeper.share(origin.tags)
    if lead.source_fixed and not own_limit(share):
        day = keeper.calendar.add_days(
            keeper.calendar.date_ending(lead.due_at), -days_before(share)
        )
        due = keeper.calendar.closing(day)
        fixed = keeper.fixed("assist", start, due if due > start else lead.due_at)
        return Remade(fixed, fixed.due_at)
    limit_text = shared_limit(origin.limit_text, share)
    clock = keeper.timed("assist", limit_text, start, origin.tags)
    granted = [
        (limit, at)
        for limit, at in zip(origin.extensions, origin.granted_at, strict=False)
        if at >= start
    ]
    pauses = gaining(keeper, clock, origin.tags, origin.pauses, granted)
    extensions = tuple(limit for limit, _ in granted)
    made = followed(keeper, clock, origin.tags, pauses, extensions)
    latest = answered_by(keeper, limit_text, share, lead.due_at, start)
    if made.clock.due_at <= latest or latest <= start:
        return made
    capped = keeper.capped(made.clock, replace(lead, due_at=latest), origin.tags)
    return Remade(capped, min(made.original_due_at, capped.due_at))


def answered_by(
    keeper: Timekeeper, limit_text: str, share: str, lead_due: datetime, start: datetime
) -> datetime:
    """Return when a co-unit has answered at the latest: when its lead's clock is due.

    Of a lead's limit in months, which no text can say a day less, the days of the share come off
    the date it gives.
    """
    if not (less_days(share) and Limit.parse(limit_text).unit == "mo"):
        return lead_due
    day = keeper.calendar.add_days(keeper.calendar.date_ending(lead_due), -days_before(share))
    before = keeper.calendar.closing(day)
    return before if before > start else lead_due


def gaining(
    keeper: Timekeeper,
    clock: Clock,
    tags: Tags | None,
    pauses: Pauses,
    granted: Sequence[tuple[str, datetime]],
) -> Pauses:
    """Return what of its lead's pauses moves a co-unit's clock: none that it was late for.

    ``clock`` is the co-unit's as it began, ``granted`` the extensions since, with when.
    """
    found: Pauses = ()
    for since, until in pauses:
        before = tuple(limit for limit, at in granted if at <= since)
        due = followed(keeper, clock, tags, found, before).clock.due_at
        if until > clock.started_at and since <= due:
            found = (*found, (max(since, clock.started_at), until))
    return found
