"""A policy: which of its entries a matter goes by, and how a bureau would write it down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.clocks import CalendarDay, CalendarDays
from tests.walk.pencil import Rule
from tests.walk.world import Office, Spans, Week

ORDER = ("urgency", "campaign", "round", "category", "channel", "nature", "unit", "grid")
"""The keys of an entry, the weightiest first."""


@dataclass(frozen=True)
class Entry:
    """One entry of a policy: the keys it asks for, and its rule."""

    keys: dict[str, Any]
    rule: Rule


def chosen(entries: list[Entry], tags: dict[str, Any]) -> Rule:
    """Return the rule of the entry that fits most narrowly, key by key."""
    fitting = [entry for entry in entries if all(_fits(k, v, tags) for k, v in entry.keys.items())]
    for key in ORDER:
        narrowest = max(_narrow(key, entry) for entry in fitting)
        fitting = [entry for entry in fitting if _narrow(key, entry) == narrowest]
    return fitting[0].rule


def _fits(key: str, asked: Any, tags: dict[str, Any]) -> bool:
    value = tags[key]
    match key:
        case "category":
            return value is not None and (value == asked or value.startswith(asked + "/"))
        case "grid":
            return value is not None and value.startswith(asked)
        case "round":
            return bool(value >= asked)
        case _:
            return bool(value == asked)


def _narrow(key: str, entry: Entry) -> int:
    if key not in entry.keys:
        return 0
    asked = entry.keys[key]
    match key:
        case "category":
            return len(asked.split("/"))
        case "grid":
            return len(asked)
        case "round":
            return int(asked)
        case _:
            return 1


def written_days(office: Office) -> CalendarDays:
    if office.published is None:
        return CalendarDays({}, None, None, "无")
    days = {day: CalendarDay("试", off) for day, off in office.published.items()}
    return CalendarDays(
        days, office.official_from, min(office.official_through, date(2199, 12, 31)), "试"
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _spans(spans: Spans) -> str:
    return json.dumps([f"{_clock(begin)}-{_clock(end)}" for begin, end in spans])


def _hours(week: Week) -> str:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    days = (f"{name} = {_spans(spans)}" for name, spans in zip(names, week, strict=True))
    return "{ " + ", ".join(days) + " }"


def written_policy(office: Office, entries: list[Entry], rounding: str) -> str:
    """Return the policy as a bureau would write it."""
    lines = [
        "[bureau]",
        f'timezone = "{office.zone}"',
        "[office]",
        f"hours = {_hours(office.week)}",
        f'calendar = "{"none" if office.published is None else "cn"}"',
        f'pause_rounding = "{rounding}"',
        f"holidays = [{', '.join(map(str, sorted(office.holidays)))}]",
        f"workdays = [{', '.join(map(str, sorted(office.workdays)))}]",
        "special_hours = { "
        + ", ".join(f"{day} = {_spans(spans)}" for day, spans in office.special.items())
        + " }",
    ]
    for (month, day), (last_month, last_day), week in office.seasons:
        lines += [
            "[[office.seasons]]",
            f'from = "{month:02}-{day:02}"',
            f'to = "{last_month:02}-{last_day:02}"',
            f"hours = {_hours(week)}",
        ]
    for entry in entries:
        rule = entry.rule
        lines.append("[[limits]]")
        lines += [f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in entry.keys.items()]
        lines += [
            f'close = "{rule.limit}"',
            f'after_hours = "{rule.after_hours}"',
            f'cutoff = "{_clock(rule.cutoff)}"',
            f"cutoff_included = {str(rule.cutoff_included).lower()}",
            f'due_time = "{rule.due_time}"',
            f"roll = {str(rule.roll).lower()}",
            f'days_due_time = "{rule.days_due_time}"',
        ]
        lines += [f'yellow = "{rule.yellow}"'] if rule.yellow else []
    return "\n".join(lines)
