"""What of the trail is asked for, as it is typed: words, fields, days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.views import TrailFilter
from rules import clocks
from rules.casework import verbs_named
from rules.text import half_width

HINT = "文字 · u:单位 · r:经办人 · v:步骤 · n:编号 · d:日（昨天、11-20、11-01..11-20）"
"""What may be typed, as the empty filter says it."""

FIELDS = {
    "unit": ("u", "单位", "dw"),
    "operator": ("r", "经办", "经办人", "jbr", "jb"),
    "verb": ("v", "步骤", "bz"),
    "number": ("n", "编号", "bh"),
    "day": ("d", "日", "日期", "rq"),
}

_BETWEEN = ("..", "至", "~")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, read: a filter, and what of it could not be understood."""

    filter: TrailFilter
    fault: str = ""


def read_asked(text: str, now: datetime, zone: ZoneInfo) -> Asked:
    """Read a typed filter; words without a field are looked for each by itself."""
    found, words, fault = dict[str, Any](), list[str](), ""
    for word in half_width(text).split():
        name, _, value = word.partition(":")
        field = next((key for key, names in FIELDS.items() if name.lower() in names), None)
        if field is None or ":" not in word:
            words.append(word)
        elif value:
            try:
                found |= days_of(value, now, zone) if field == "day" else {field: value}
            except clocks.MomentError:
                fault = f"看不懂日期“{value}”"
    if not verbs_named(found.get("verb", "")) and "verb" in found:
        fault = f"没有步骤“{found.pop('verb')}”"
    return Asked(replace(TrailFilter(), **found, words=tuple(words)), fault)


def days_of(text: str, now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Return from when up to when a day, or a range of days, is; MomentError where none is read."""
    sign = next((sign for sign in _BETWEEN if sign in text), None)
    ends = text.split(sign, 1) if sign else (text, text)
    first, last = sorted(_day(end.strip() or "今天", now, zone) for end in ends)
    return {
        "since": clocks.day_start(first, zone),
        "until": clocks.day_start(last + timedelta(days=1), zone),
    }


def _day(text: str, now: datetime, zone: ZoneInfo) -> date:
    return clocks.typed_moment(text, now, zone).astimezone(zone).date()
