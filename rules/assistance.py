"""协办: how long a co-unit has, one working day less than the lead unit (DESIGN §1, 主办/协办)."""

from __future__ import annotations

from datetime import datetime

from rules.limits import Limit
from rules.timekeeper import Clock, Tags, Timekeeper


def shorter(limit_text: str) -> str:
    """Return a limit in days less one day, never under one; hours and minutes stay as they are."""
    limit = Limit.parse(limit_text)
    if not limit.by_days or limit.count < 2:
        return limit_text
    return f"{limit.count - 1}{limit.unit}"


def assist_clock(keeper: Timekeeper, lead: Clock, tags: Tags, start: datetime) -> Clock:
    """Return the clock of a co-unit that joined at ``start``; it never ends after the lead's."""
    if lead.source_fixed:
        day = keeper.calendar.add_days(keeper.local(lead.due_at).date(), -1)
        due = keeper.calendar.closing(day)
        return keeper.fixed("assist", start, due if due > start else lead.due_at)
    clock = keeper.timed("assist", shorter(lead.limit_text), start, tags)
    if clock.due_at <= lead.due_at or lead.due_at <= start:
        return clock
    return keeper.fixed("assist", start, lead.due_at)
