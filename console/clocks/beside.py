"""A new year's days beside the calendar in force and the law, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from console.command import Fact, say, say_table
from rules.clocks import DayBeside

if TYPE_CHECKING:
    from console.command import Call

_SAID = {"off": "放假", "worked": "上班", None: ""}

DAY: tuple[Fact[DayBeside], ...] = (
    Fact("date", value=lambda one: one.day),
    Fact("name"),
    Fact("new"),
    Fact("present"),
    Fact("statutory"),
    Fact("changed"),
)


def days_as_objects(call: Call, days: Sequence[DayBeside]) -> list[dict[str, Any]]:
    """Return the days for JSON."""
    return call.objects(DAY, days)


def show_days(days: Sequence[DayBeside]) -> None:
    """Show the days to a person, alike neighbours on one line; then what differs."""
    if not days:
        return
    say_table(("日期", "节日", "新", "现行", "法定", ""), map(_row, _stretches(days)))
    say(*differences(days))


def differences(days: Sequence[DayBeside]) -> list[str]:
    """Return what the new days change, in a line or two."""
    changed = [one for one in days if one.changed]
    more = sum(one.new == "off" or (one.present == "worked" and one.new is None) for one in changed)
    lines = [
        f"与现行日历相比：改为休息 {more} 天，改为上班 {len(changed) - more} 天"
        if changed
        else "与现行日历逐日相同"
    ]
    unlawful = [one for one in days if one.unlawful]
    if unlawful:
        told = "、".join(f"{one.day}（{one.statutory}）" for one in unlawful)
        lines.append(f"注意：法定节日却不放假的有 {told}，请核对原文")
    return lines


def in_brief(days: Sequence[DayBeside]) -> list[str]:
    """Return the new days in two lines: ``放假 1.1—3 2.5—11`` and ``上班 1.31 2.20``."""
    lines = []
    for said, word in _SAID.items():
        of = [one for one in days if one.new == said]
        if word and of:
            lines.append(f"{word} {' '.join(map(_brief, _runs([one.day for one in of])))}")
    return lines


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Give the first and the last date of each run of neighbours."""
    first = last = days[0]
    for day in days[1:]:
        if day - last != timedelta(1):
            yield first, last
            first = day
        last = day
    yield first, last


def _brief(run: tuple[date, date]) -> str:
    first, last = run
    told = f"{first.month}.{first.day}"
    if first == last:
        return told
    return f"{told}—{last.day}" if last.month == first.month else f"{told}—{last.month}.{last.day}"


def _stretches(days: Sequence[DayBeside]) -> Iterator[list[DayBeside]]:
    """Give neighbours of which the same is to be said."""
    together: list[DayBeside] = []
    for one in days:
        if together and not _alike(together[-1], one):
            yield together
            together = []
        together.append(one)
    yield together


def _alike(before: DayBeside, one: DayBeside) -> bool:
    same = (before.name, before.new, before.present) == (one.name, one.new, one.present)
    return same and one.day - before.day == timedelta(1)


def _row(days: list[DayBeside]) -> tuple[str, ...]:
    first, last = days[0], days[-1]
    when = _told(first.day)
    if last is not first:
        when = f"{when}—{_told(last.day)[5:]} {len(days)}天"
    lawful = sum(one.statutory is not None for one in days)
    mark = "变" if any(one.changed for one in days) else ""
    law = f"{lawful}天" if lawful else ""
    return when, first.name, _SAID[first.new], _SAID[first.present], law, mark


def _told(day: date) -> str:
    return f"{day} 周{'一二三四五六日'[day.weekday()]}"
