"""When appeals come: the year, the week, the day, and the weather of the demo city."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp2
from random import Random

from seed.demo.chance import Weighted, split
from seed.demo.topics import Topic

YEAR: dict[str, tuple[float, ...]] = {  # January to December
    "even": (1.0,) * 12,
    "summer": (0.5, 0.5, 0.7, 0.9, 1.2, 1.5, 1.8, 1.8, 1.4, 1.0, 0.7, 0.5),
    "heat": (0.8, 0.6, 0.5, 0.5, 0.8, 1.4, 2.4, 2.4, 1.2, 0.6, 0.5, 0.8),
    "winter": (1.7, 1.5, 1.1, 0.8, 0.7, 0.6, 0.6, 0.6, 0.7, 0.9, 1.2, 1.6),
    "cold": (3.2, 2.4, 1.0, 0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.4, 1.8, 3.0),
    "school": (0.5, 0.6, 0.8, 1.0, 1.4, 2.0, 2.4, 2.2, 1.0, 0.5, 0.4, 0.4),
    "term": (0.8, 0.8, 1.3, 1.2, 1.1, 1.0, 0.3, 0.4, 1.7, 1.3, 1.2, 1.0),
    "rain": (0.6, 0.7, 0.9, 1.1, 1.3, 2.0, 1.9, 1.1, 0.9, 0.7, 0.6, 0.5),
    "storm": (0.1, 0.1, 0.3, 0.6, 0.9, 3.4, 3.2, 1.2, 0.5, 0.3, 0.2, 0.1),
    "spring": (0.6, 0.8, 1.6, 2.0, 1.6, 1.1, 0.8, 0.7, 0.7, 0.8, 0.7, 0.6),
    "autumn": (0.8, 0.7, 1.0, 1.0, 1.0, 0.9, 0.7, 0.8, 1.2, 1.5, 1.5, 1.1),
    "yearend": (2.6, 1.2, 0.7, 0.7, 0.7, 0.8, 0.8, 0.8, 0.8, 0.9, 1.2, 2.0),
}

WEATHER: dict[str, dict[str, float]] = {  # what a day's weather does to a season's topics
    "storm": {"storm": 6.0, "rain": 2.2},
    "heat": {"heat": 2.5, "summer": 1.2},
    "cold": {"cold": 2.2, "winter": 1.4},
    "fair": {},
}

CHANCE_OF: dict[int, tuple[str, float]] = {  # by month
    1: ("cold", 0.4),
    2: ("cold", 0.3),
    6: ("storm", 0.25),
    7: ("storm", 0.25),
    8: ("heat", 0.5),
    11: ("cold", 0.15),
    12: ("cold", 0.35),
}

HOURS: dict[str, tuple[float, ...]] = {  # which topics an hour brings: by day, evening, night
    "any": (1.0, 1.0, 1.0),
    "evening": (0.7, 2.2, 1.6),
    "night": (0.6, 1.6, 5.0),
}

DAY = (  # the share of each hour, six on a line
    *(1.2, 0.7, 0.4, 0.3, 0.3, 0.6),
    *(1.6, 3.4, 7.0, 9.6, 9.2, 7.2),
    *(4.6, 4.8, 7.2, 8.2, 7.6, 6.0),
    *(4.0, 4.2, 4.6, 4.2, 3.0, 2.0),
)

SURGE = (5.0, 4.4, 3.2, 2.0, 1.4)  # a rising matter, by months before now

WEEKDAY, SATURDAY_LIKE, HOLIDAY = 1.0, 0.62, 0.5

LARGE = 50_000  # tickets: a city that grows as cities do


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One local date: how many appeals, under what weather, and its part of the present."""

    day: date
    count: int
    weather: str


def plan(
    dice: Random,
    size: int,
    first: date,
    last: date,
    part_of_last: float,
    worked: Callable[[date], bool],
) -> list[DayPlan]:
    """Share ``size`` appeals over the days ``first`` to ``last``, whose rest is not yet lived.

    ``worked`` says whether the office works on a date.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weathers = [_weather(dice, day) for day in days]
    weights = [
        _weight(dice, day, weather, worked(day)) * _growth(size, (last - day).days)
        for day, weather in zip(days, weathers, strict=True)
    ]
    weights[-1] *= part_of_last
    counts = split(size, weights)
    return [DayPlan(*each) for each in zip(days, counts, weathers, strict=True)]


def _growth(size: int, age: int) -> float:
    """Return what a day so many days ago had of the present volume.

    A large city grows slowly. A small one is the same for three months, so that these hold
    enough ratings to be ranked, and thin before.
    """
    if size >= LARGE:
        return exp2(-age / 300)
    return max(0.06, exp2(-max(0, age - 95) / 30))


def _weather(dice: Random, day: date) -> str:
    name, chance = CHANCE_OF.get(day.month, ("fair", 0.0))
    return name if dice.random() < chance else "fair"


def _weight(dice: Random, day: date, weather: str, worked: bool) -> float:
    weekend = day.weekday() >= 5
    base = WEEKDAY if worked else SATURDAY_LIKE if weekend else HOLIDAY
    season = 1.12 if day.month in (6, 7, 8, 12, 1) else 1.0
    event = {"storm": 1.5, "heat": 1.15, "cold": 1.15, "fair": 1.0}[weather]
    return base * season * event * dice.uniform(0.88, 1.12)


@cache
def hours_until(hour: int) -> Weighted[int]:
    """Hours of the day before ``hour`` (24: the whole day) with their weights."""
    return Weighted((h, DAY[h]) for h in range(hour))


def part_lived(seconds: int) -> float:
    """Return how much of a day's appeals have come by so many seconds after midnight."""
    hour, rest = divmod(seconds, 3600)
    return (sum(DAY[:hour]) + DAY[min(hour, 23)] * rest / 3600) / sum(DAY)


def part_of_day(hour: int) -> int:
    """0 by day, 1 in the evening, 2 at night."""
    return 0 if 7 <= hour < 18 else 1 if 18 <= hour < 22 else 2


class Almanac:
    """Which topic an hour of a day brings."""

    def __init__(self, topics: Sequence[Topic], now: date) -> None:
        """Take the topics, and the date from which rising matters are counted back."""
        self._topics = topics
        self._now = now
        self._made: dict[tuple[int, int, int, str], Weighted[Topic]] = {}

    def topics(self, day: date, hour: int, weather: str) -> Weighted[Topic]:
        """Return the topics to draw from at an hour of a date under its weather."""
        key = (day.year, day.month, part_of_day(hour), weather)
        if key not in self._made:
            self._made[key] = self._weighted(day, key[2], weather)
        return self._made[key]

    def _weighted(self, day: date, part: int, weather: str) -> Weighted[Topic]:
        ago = (self._now.year - day.year) * 12 + self._now.month - day.month
        surge = SURGE[ago] if ago < len(SURGE) else 1.0
        return Weighted(
            (
                topic,
                topic.weight
                * YEAR[topic.season][day.month - 1]
                * WEATHER[weather].get(topic.season, 1.0)
                * HOURS[topic.hours][part]
                * (surge if topic.trend == "surge" else 1.0),
            )
            for topic in self._topics
        )
