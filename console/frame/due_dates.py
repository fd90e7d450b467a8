"""When something is to be done by, as a person types it: a day, an instant, or a limit."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from console.frame.settings import typed_instant
from rules.clocks import Limit, Timekeeper
from rules.errors import Refused


def typed_due(typed: str, now: datetime, keeper: Timekeeper) -> datetime:
    """Return the instant of ``2026-12-31``, ``2026-12-31 12:00`` or ``10wd``.

    A day alone is meant to the end of its office hours, a limit counts from ``now``.
    """
    word = typed.strip()
    with suppress(ValueError):
        return keeper.timed("pledge", str(Limit.read(word)), now).due_at
    found = typed_instant(word, now, keeper.zone)
    local = keeper.local(found)
    if local.date() < keeper.local(now).date():
        raise Refused(f"{typed} 已过：期限要在今天或以后，写全年月日")
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return found
    if not keeper.calendar.is_working(local.date()):
        raise Refused(f"{typed} 不上班：请写工作日，或写明钟点")
    return keeper.calendar.closing(local.date())
