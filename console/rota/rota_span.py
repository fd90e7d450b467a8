"""For whom and for how long somebody is on duty or stands in, as it is typed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.frame import Session, coming_instant
from models import bureau
from rules.clocks import day_start
from rules.errors import Refused

_CLOCK = re.compile(r"\d{1,2}[:：时点]\d{0,2}分?")

EXAMPLE = "写两个时间：从 到，例如 11-21 11-23，或 11-21 8:00 11-22 8:00"


def span_typed(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return from when until before when; a last day without a time of day is meant to its end."""
    words: list[str] = []
    for word in text.replace("至", " ").split():
        if words and _CLOCK.fullmatch(word):
            words[-1] += f" {word}"
        else:
            words.append(word)
    if len(words) != 2:
        raise Refused(EXAMPLE)
    return coming_instant(words[0], now, zone), end_typed(words[1], now, zone)


def end_typed(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return until before when; a day without a time of day is meant to its end."""
    found = coming_instant(text, now, zone)
    day = found.astimezone(zone).date()
    if found == day_start(day, zone) and not re.search(r"[:：时点]", text):
        return day_start(day + timedelta(days=1), zone)
    return found


def whose_typed(session: Session, of: str, word: str) -> dict[str, Any]:
    """Return for whom an entry is, as the store is asked."""
    if of != "unit":
        return {"leader": word} if of == "leader" else {"login": word}
    today = session.store.timekeeper().local(session.now()).date()
    with session.reading("act") as reader:
        found = bureau.UnitDirectory(reader).find(word, today)
    if found is None:
        raise Refused(f"没有单位“{word}”：请用名录里的名称、简称或代码")
    return {"unit_id": found}
