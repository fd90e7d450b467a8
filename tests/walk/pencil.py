"""When a matter is due, by the words of DESIGN §5 and a walk over the map of time."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tests.walk.world import MINUTE, OffTheMap, World

DAY = 24 * 60 * MINUTE

Span = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """A limit with how it is counted, as a policy says it; ``cutoff`` in minutes."""

    limit: str
    after_hours: str = "same-day"
    cutoff: int = 0
    cutoff_included: bool = True
    due_time: str = "close"
    roll: bool = False
    days_due_time: str = "midnight"
    yellow: str | None = None


@dataclass(frozen=True)
class Reckoned:
    """When it is due, when it would be without extensions, and when its end is near."""

    due: int
    original: int
    yellow: int


def reckon(
    world: World, rule: Rule, start: int, pauses: list[Span], extensions: list[str], rounding: str
) -> Reckoned:
    """Reckon a matter: the limit from its start, then its pauses, then its extensions."""
    original = paused(world, rule, start, due(world, rule, start), pauses, rounding)
    end = original
    for extension in extensions:
        end = extended(world, rule, end, extension)
    return Reckoned(end, original, max(start, min(near(world, rule, start, end), end)))


def amount(limit: str) -> tuple[int, str]:
    """Return ``5wd`` as 5 and ``wd``; half a day is 0 of ``half``."""
    if limit == "0.5wd":
        return 0, "half"
    found = re.fullmatch(r"(\d+)(\w+)", limit)
    assert found is not None
    return int(found[1]), found[2]


def due(world: World, rule: Rule, start: int) -> int:
    """Return when a limit runs out that starts at an instant."""
    count, unit = amount(rule.limit)
    if unit in ("h", "m", "wh", "half"):
        return stretch(world, count, unit, start)
    day = counted_from(world, rule, start)
    if unit == "wd" and count == 0:
        return same_day(world, rule, day, start)
    moved, kept = day != world.place(start), rule.due_time if unit == "wd" else rule.days_due_time
    shown = world.opens(day) if moved and kept == "same-time" else start
    if unit == "wd":
        return at_due_time(world, rule.due_time, world.working_place(day, count), shown)
    return last_of_days(world, rule, day, amount(rule.limit), shown)


def stretch(world: World, count: int, unit: str, start: int) -> int:
    """Return the instant some hours, office hours or half an office day after another."""
    if unit == "h":
        return start + count * 3600
    if unit == "m":
        return start + count * 60
    if unit == "wh":
        return world.later(start, count * 3600)
    return world.later(start, half(world, start))


def half(world: World, start: int) -> int:
    """Return half the office seconds of the date on which the office is open or opens next."""
    place = world.place(start)
    while not world.worked[place] or world.closes(place) <= start:
        place = world.working_place(place, 1)
    return world.seconds_of(place) // 2


def counted_from(world: World, rule: Rule, start: int) -> int:
    """Return the date after which days are counted: the start's own or the next working one."""
    place = world.place(start)
    if rule.after_hours == "same-day":
        return place
    shown, cutoff = world.clock_shows(start), rule.cutoff * MINUTE
    late = shown > cutoff if rule.cutoff_included else shown >= cutoff
    return world.working_place(place, 1) if late or not world.worked[place] else place


def at_due_time(world: World, due_time: str, place: int, shown: int) -> int:
    """Return when a limit in working days ends on its last date."""
    if due_time == "close":
        return world.closes(place)
    if due_time == "open":
        return world.opens(place)
    if due_time == "midnight":
        return world.ends(place)
    if due_time == "same-time":
        return nearest(world, place, world.clock_shows(shown))
    hour, minute = map(int, due_time.split(":"))
    if hour == 24:
        return world.ends(place)
    return world.when_clock_shows(place, (hour * 60 + minute) * MINUTE)


def nearest(world: World, place: int, shown: int) -> int:
    """Return the office instant of a date nearest to a clock time, of two the later."""
    wanted = world.when_clock_shows(place, shown)
    edges = []
    for begin, end in world.stretches(place):
        if begin <= wanted <= end:
            return wanted
        edges += [begin, end]
    closest = min(abs(edge - wanted) for edge in edges)
    return max(edge for edge in edges if abs(edge - wanted) == closest)


def same_day(world: World, rule: Rule, place: int, start: int) -> int:
    """当日办结: the end of the day of the start, of the next working one where that is over."""
    due_time = "close" if rule.due_time in ("open", "same-time") else rule.due_time
    if world.worked[place] and start < world.closes(place):
        found = at_due_time(world, due_time, place, start)
        if start < found:
            return found
    return at_due_time(world, due_time, world.working_place(place, 1), start)


def last_of_days(world: World, rule: Rule, place: int, given: tuple[int, str], shown: int) -> int:
    """Return when the last of some natural days or months after a date ends."""
    count, unit = given
    if unit == "d":
        last = place + count
        if last >= len(world.dates):
            raise OffTheMap
    else:
        last = world.place_of(months_later(world.dates[place], count))
    if rule.roll and not world.worked[last]:
        last = world.working_place(last, 1)
    if rule.days_due_time == "same-time":
        return world.when_clock_shows(last, world.clock_shows(shown))
    return world.ends(last)


def months_later(day: date, count: int) -> date:
    """Return the same day some months later, the last of a month that is too short."""
    year, month = day.year, day.month
    for _ in range(count):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def paused(
    world: World, rule: Rule, start: int, end: int, pauses: list[Span], rounding: str
) -> int:
    """Return the due instant after pauses: as much later as the clock stood still."""
    _, unit = amount(rule.limit)
    working = unit in ("wd", "wh", "half")
    held = 0
    last = start
    for begin, until in sorted(pauses):
        begin = max(begin, last)  # what another pause covers already counts once
        if begin < until:
            held += world.office_seconds(begin, until) if working else until - begin
            last = until
    if held == 0:
        return end
    moved = world.later(end, held) if working else end + held
    if unit in ("wd", "d", "mo") and rounding == "day":
        return close_at_or_after(world, moved)
    return moved


def close_at_or_after(world: World, instant: int) -> int:
    """Return an instant that ends a date as it is, else the first closing not before it."""
    place = world.place(instant)
    if world.starts(world.first_minute[place]) == instant:
        return instant
    while not world.worked[place] or world.closes(place) < instant:
        place = world.working_place(place, 1)
    return world.closes(place)


def date_of_due(world: World, rule: Rule, end: int) -> int:
    """Return the date a due instant belongs to.

    Midnight is the 24:00 of the day before, save where a limit in working days may end at 00:00.
    """
    _, unit = amount(rule.limit)
    place = world.place(end)
    if unit in ("d", "mo") and rule.days_due_time == "same-time":
        return place
    if unit != "wd" or world.starts(world.first_minute[place]) != end:
        return world.place_ending(end)
    opening = world.worked[place] and world.opens(place) == end
    early = rule.due_time == "00:00" or (rule.due_time in ("open", "same-time") and opening)
    return place if early else world.place_ending(end)


def extended(world: World, rule: Rule, end: int, extension: str) -> int:
    """Return the due instant after an extension, counted from the current one."""
    count, unit = amount(extension)
    if unit in ("h", "m", "wh", "half"):
        return stretch(world, count, unit, end)
    place = date_of_due(world, rule, end)
    if unit == "wd":
        return at_due_time(world, rule.due_time, world.working_place(place, count), end)
    return last_of_days(world, rule, place, (count, unit), end)


def near(world: World, rule: Rule, start: int, end: int) -> int:
    """Return when the end is near: yellow of the preset ``remaining``."""
    if rule.yellow is not None:
        return lead(world, rule, rule.yellow, end)
    count, unit = amount(rule.limit)
    if unit == "wh":
        return world.earlier(end, count * 3600 // 4)
    if unit == "half":
        return world.earlier(end, seconds_of_due(world, world.place_ending(end)) // 8)
    if unit in ("h", "m"):
        return end - min(count * {"h": 3600, "m": 60}[unit] // 4, DAY)
    place = date_of_due(world, rule, end)
    if unit == "mo" or count >= 3:
        return same_time_before(world, rule, end, 1)
    if unit == "d":
        return end - min(count * DAY // 4, DAY)
    return world.earlier(end, (count or 1) * seconds_of_due(world, place) // 4)


def lead(world: World, rule: Rule, before: str, end: int) -> int:
    """Return the instant so long before due as a policy asks for by ``yellow``."""
    count, unit = amount(before)
    if unit == "wd":
        return same_time_before(world, rule, end, count)
    if unit == "d":
        return world.when_clock_shows(world.place(end) - count, world.clock_shows(end))
    if unit == "wh":
        return world.earlier(end, count * 3600)
    return end - count * {"h": 3600, "m": 60}[unit]


def same_time_before(world: World, rule: Rule, end: int, count: int) -> int:
    """Return the clock time of due on the ``count``-th working date before its date."""
    place = date_of_due(world, rule, end)
    before = world.working_place(place, -count)
    if world.place(end) != place:
        return world.ends(before)
    return world.when_clock_shows(before, world.clock_shows(end))


def seconds_of_due(world: World, place: int) -> int:
    """Return the office seconds of the date of due, of the working one before where it has none."""
    if not world.worked[place]:
        place = world.working_place(place, -1)
    return world.seconds_of(place)


def shown(world: World, rule: Rule, start: int, found: Reckoned, now: int) -> str | None:
    """Return the colour a clock shows, a red one with its level; None before its start.

    At the very second it is due it is on time, and not red.
    """
    if now < start:
        return None
    if now > found.due:
        return f"red{late_level(world, rule, found.due, now)}"
    return "yellow" if now >= found.yellow else "blue"


def late_level(world: World, rule: Rule, end: int, now: int) -> int:
    """Return how deep a red is: by working dates since, or when the limit has run again.

    Like every colour it begins after an instant, though the office be closed then.
    """
    count, unit = amount(rule.limit)
    if unit in ("wd", "d", "mo"):
        since, today = world.place_ending(end), world.place(now)  # as the due date is written
        days = sum(world.worked[since + 1 : today + 1])
        return 1 if days <= 3 else 2 if days <= 5 else 3
    if unit in ("h", "m"):
        length = count * {"h": 3600, "m": 60}[unit]
        once, thrice = end + length, end + 3 * length
    else:
        length = count * 3600 if unit == "wh" else half(world, end)
        once, thrice = world.later(end, length), world.later(end, 3 * length)
    return 1 if now <= once else 2 if now <= thrice else 3
