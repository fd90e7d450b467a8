"""Offices, policies and matters made by chance, and both engines asked about each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rules.bureau import read_policy
from rules.clocks import Origin, Tags, Timekeeper, anew
from tests.walk.pencil import DAY, Reckoned, Rule, Span, reckon, shown
from tests.walk.policy import ORDER, Entry, chosen, written_days, written_policy
from tests.walk.world import MINUTE, Office, OffTheMap, Spans, Week, World

WINDOWS = (
    ("Asia/Shanghai", date(2026, 8, 20)),
    ("Asia/Shanghai", date(2026, 12, 1)),
    ("Pacific/Apia", date(2011, 11, 20)),
    ("Australia/Lord_Howe", date(2026, 3, 1)),
    ("Australia/Lord_Howe", date(2026, 9, 1)),
    ("Europe/London", date(2026, 2, 20)),
    ("Europe/London", date(2026, 9, 25)),
    ("America/New_York", date(2026, 2, 10)),
    ("America/New_York", date(2026, 10, 1)),
    ("Africa/Cairo", date(2026, 4, 1)),
)
"""Zones and whence their map runs: over a clock put on or back, a date left out, a year's end."""

HOURS: tuple[Spans, ...] = (
    ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)),
    ((8 * 60 + 30, 17 * 60),),
    ((8 * 60, 11 * 60 + 45), (14 * 60 + 15, 18 * 60)),
    ((0, 24 * 60),),
    ((0, 2 * 60 + 30), (9 * 60, 17 * 60), (22 * 60, 24 * 60)),
    ((60, 3 * 60), (10 * 60, 16 * 60)),
)

LIMITS = (
    *("0wd", "0.5wd", "1wd", "2wd", "3wd", "5wd", "7wd", "10wd", "15wd", "20wd"),
    *("1wh", "2wh", "4wh", "5wh", "11wh", "20wh", "15m", "30m", "2h", "24h", "72h"),
    *("1d", "2d", "3d", "15d", "30d", "1mo", "2mo"),
)

EXTENSIONS = ("1wd", "3wd", "5wd", "10wd", "4wh", "0.5wd", "24h", "90m", "2d", "15d", "1mo")

DUE_TIMES = ("close", "open", "same-time", "midnight", "16:00", "02:15", "00:00", "24:00")

LEADS = ("1wd", "2wd", "3d", "4wh", "24h")
"""How long before due a limit may turn yellow, where a policy says so."""

VALUES: dict[str, tuple[Any, ...]] = {
    "urgency": ("一般", "特急"),
    "campaign": (None, "渣土"),
    "round": (1, 2, 3),
    "category": (None, "城建", "城建/供水", "城建/供水/停水", "城建环保"),
    "channel": ("微信", "12345电话"),
    "nature": ("投诉", "咨询"),
    "unit": (None, "A01"),
    "grid": (None, "420111", "420111003"),
}

ASKED: dict[str, tuple[Any, ...]] = {
    **{key: tuple(v for v in values if v) for key, values in VALUES.items()},
    "round": (2, 3),
    "category": ("城建", "城建/供水", "城建/供水/停水"),
    "grid": ("4201", "420111"),
}


@dataclass(frozen=True)
class Matter:
    """One matter: its tags, when its clock started, what stopped and lengthened it.

    ``changed``: its tags became others then, and somebody decided that the limit follows, from the
    change or from the start. ``looks`` is how long after its due instant it is looked at.
    """

    tags: dict[str, Any]
    start: int
    pauses: list[Span]
    extensions: list[str]
    looks: list[int]
    changed: tuple[int, dict[str, Any], str] | None = None

    @property
    def begun(self) -> int:
        """When the clock starts that goes now."""
        follows = self.changed is not None and self.changed[2] == "change"
        return self.changed[0] if self.changed is not None and follows else self.start

    @property
    def tags_in_force(self) -> dict[str, Any]:
        """The tags that give the limit."""
        return self.tags if self.changed is None else self.changed[1]


@dataclass(frozen=True)
class Setting:
    """An office with its policy, as the walk knows it and as the engine does."""

    office: Office
    entries: list[Entry]
    rounding: str
    world: World
    keeper: Timekeeper


# both engines


@dataclass(frozen=True)
class Found:
    """What an engine says of a matter: its instants, and the colours at some times to look."""

    at: Reckoned
    colours: tuple[str | None, ...]


def walked(setting: Setting, matter: Matter) -> tuple[Found, list[int]]:
    """Return what the walk says of a matter, and the times it looked at it."""
    world, start = setting.world, matter.begun
    rule = chosen(setting.entries, matter.tags_in_force)
    at = reckon(world, rule, start, matter.pauses, matter.extensions, setting.rounding)
    looks = [at.due - 1, at.due, at.due + 1, *(at.due + later for later in matter.looks)]
    return Found(at, tuple(shown(world, rule, start, at, now) for now in looks)), looks


def reckoned(setting: Setting, matter: Matter, looks: list[int]) -> Found:
    """Return what the engine says of it, looked at the same times."""
    keeper = setting.keeper
    pauses = [(instant(begin), instant(until)) for begin, until in matter.pauses]
    start, tags = instant(matter.begun), Tags(**matter.tags_in_force)
    made = anew(keeper, Origin("close", "", start, tags, pauses, tuple(matter.extensions)))
    assert made is not None
    clock = made.clock
    colours: list[str | None] = []
    for now in map(instant, looks):
        colour = keeper.colour(clock.blue_at, clock.yellow_at, clock.red_at, now)
        if colour == "red":
            level = keeper.level(clock.limit_text, clock.started_at, clock.due_at, now)
            colour = f"red{level}"
        colours.append(colour)
    instants = (clock.due_at, made.original_due_at, clock.yellow_at)
    return Found(Reckoned(*(int(each.timestamp()) for each in instants)), tuple(colours))


def instant(seconds: int) -> datetime:
    """Return seconds since 1970 as an instant."""
    return datetime.fromtimestamp(seconds, UTC)


def differing(
    seed: int, windows: Iterable[tuple[str, date]], matters: int, days: int
) -> Iterator[tuple[str, bool]]:
    """Give for each matter what the engines say otherwise, empty if nothing, and if it was walked.

    Each window is an office with a map of ``days``; a matter that leads off it is not walked.
    """
    chance = random.Random(seed)
    for zone, first in windows:
        setting = some_setting(chance, zone, first, days)
        for _ in range(matters):
            matter = some_matter(chance, setting, days)
            try:
                slow, looks = walked(setting, matter)
            except OffTheMap:
                yield "", False
                continue
            fast = reckoned(setting, matter, looks)
            yield "" if slow == fast else told(setting, matter, slow, fast), True


def told(setting: Setting, matter: Matter, slow: Found, fast: Found) -> str:
    """Return a disagreement in words, with all that is needed to see it again."""
    zone = setting.keeper.zone
    lines = [
        f"{name}: walk {instant(one).astimezone(zone)} engine {instant(other).astimezone(zone)}"
        for name, one, other in zip(
            asdict(slow.at), asdict(slow.at).values(), asdict(fast.at).values(), strict=True
        )
        if one != other
    ]
    pauses = [[str(instant(each).astimezone(zone)) for each in span] for span in matter.pauses]
    return "\n".join(
        (
            *lines,
            f"{zone} start {instant(matter.start).astimezone(zone)}",
            f"{chosen(setting.entries, matter.tags_in_force)}",
            f"colours {slow.colours} {fast.colours} looks {matter.looks}",
            f"pauses {pauses} extensions {matter.extensions} {setting.rounding}"
            f" changed {matter.changed}",
            f"{setting.office}",
        )
    )


# chance


def some_setting(chance: random.Random, zone: str, first: date, days: int) -> Setting:
    """Return an office with a policy."""
    office = _office(chance, zone, first, days)
    usual = _rule(chance)
    entries = [Entry({}, usual)]
    for _ in range(chance.randint(2, 7)):
        keys = {
            key: chance.choice(ASKED[key]) for key in chance.sample(ORDER, chance.randint(1, 3))
        }
        if all(keys.keys() != entry.keys.keys() for entry in entries):
            entries.append(Entry(keys, _rule(chance)))
    rounding = chance.choice(("day", "day", "exact"))
    keeper = Timekeeper(
        read_policy(written_policy(office, entries, rounding)), written_days(office)
    )
    return Setting(office, entries, rounding, World(office, first, days), keeper)


def _office(chance: random.Random, zone: str, first: date, days: int) -> Office:
    every = [first + timedelta(days=n) for n in range(days)]
    published: dict[date, bool] | None = None
    through = date.max
    if chance.random() < 0.7:
        published = {day: chance.random() < 0.6 for day in chance.sample(every, days // 15)}
        through = chance.choice((date.max, every[days // 2]))
        published = {day: off for day, off in published.items() if day <= through}
    special = {day: chance.choice(HOURS) for day in chance.sample(every, chance.choice((0, 2)))}
    own = chance.sample(every, 8)
    return Office(
        zone,
        _week(chance),
        tuple(
            (_month_day(a), _month_day(b), _week(chance))
            for a, b in [sorted(chance.sample(every, 2))] * chance.choice((0, 0, 1))
        ),
        frozenset(own[:4]),
        frozenset(own[4 : chance.choice((4, 8))]),
        special,
        published,
        date(1990, 1, 1),
        through,
    )


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day


def _week(chance: random.Random) -> Week:
    usual = chance.choice(HOURS[:3] if chance.random() < 0.7 else HOURS)
    saturday = chance.choice(((), (), ((9 * 60, 12 * 60),)))
    friday = chance.choice((usual, usual, chance.choice(HOURS)))
    return (usual, usual, usual, usual, friday, saturday, ())


def _rule(chance: random.Random) -> Rule:
    return Rule(
        chance.choice(LIMITS),
        chance.choice(("same-day", "next-workday")),
        chance.choice((12 * 60, 16 * 60, 17 * 60 + 30, 24 * 60)),
        chance.choice((True, True, False)),
        chance.choice(DUE_TIMES),
        chance.random() < 0.3,
        chance.choice(("midnight", "midnight", "same-time")),
        chance.choice((None, None, *LEADS)),
    )


def some_matter(chance: random.Random, setting: Setting, days: int) -> Matter:
    """Return a matter whose clock starts in the first half of the map."""
    world = setting.world
    start = _moment(chance, world, days // 10, days // 2)
    pauses = [_pause(chance, start) for _ in range(chance.choice((0, 0, 1, 2, 3)))]
    extensions = [chance.choice(EXTENSIONS) for _ in range(chance.choice((0, 0, 1, 2)))]
    changed = None
    if chance.random() < 0.2:
        at = start + chance.randint(1, 6 * DAY)
        changed = (at, _tags(chance), chance.choice(("change", "start")))
    looks = [chance.randint(-4 * DAY, 14 * DAY) for _ in range(2)]
    return Matter(_tags(chance), start, pauses, extensions, looks, changed)


def _moment(chance: random.Random, world: World, first: int, last: int) -> int:
    """Return an instant between two dates of the map, often one at an edge of something."""
    place = chance.randint(first, last)
    minutes = world.minutes(place)
    edges = [m for m in minutes if world.open[m] != world.open[m - 1]] + [minutes[0]]
    edges += [m for m in minutes if world.wall[m] in (12 * 60, 16 * 60, 17 * 60 + 30)]
    if chance.random() < 0.3:
        return world.starts(chance.choice(edges)) + chance.choice((-1, 0, 0, 1))
    exact = chance.choice((0, chance.randint(0, 59)))
    return world.starts(chance.choice(minutes)) + exact


def _pause(chance: random.Random, start: int) -> Span:
    begin = start + chance.randint(-DAY, 8 * DAY) // MINUTE * MINUTE
    length = chance.choice((0, chance.randint(1, 4 * 3600), chance.randint(1, 6 * DAY)))
    return begin, begin + length


def _tags(chance: random.Random) -> dict[str, Any]:
    return {key: chance.choice(VALUES[key]) for key in ORDER}
