"""The demo city: a year and a half of appeals as a function of seed, size and now."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from models.bureau import Reference
from rules.casework import Appeal
from rules.clocks import Tags, Timekeeper
from seed.demo.answerers import RURAL, Answerers
from seed.demo.chance import Weighted
from seed.demo.handling import Handling
from seed.demo.people import People, Registry
from seed.demo.places import Map, Place
from seed.demo.plots import Plot, laid
from seed.demo.races import Races
from seed.demo.seasons import LARGE, Almanac, DayPlan, hours_until, part_lived, plan
from seed.demo.telling import Coming, Matter, Telling
from seed.demo.topics import CHANNELS, Doors, Topic, listed, read_text, read_topics

SIZES = {"small": 20_000, "city": 200_000}

DAYS = 548

REPEATS = 0.06  # of appeals speak of a matter somebody has just spoken of

SAME_CITIZEN = 0.35  # of those come from the same person again


def tickets_of(size: str | int) -> int:
    """Return how many tickets a size means: ``small``, ``city`` or a number."""
    return SIZES[size] if isinstance(size, str) and size in SIZES else int(size)


class City:
    """The demo city at one moment: its appeals in the order they came in, none later than that.

    ``keeper`` holds the store's rules of time, ``lists`` its units and grids.
    """

    def __init__(
        self, seed: int, size: str | int, now: datetime, keeper: Timekeeper, lists: Reference
    ) -> None:
        """Lay out places, firms, units and people; appeals are made while iterating."""
        self._seed, self._size, self._now, self._keeper = seed, tickets_of(size), now, keeper
        self._local = keeper.local(now)
        self._today = self._local.date()
        self._dice = self._random("appeals")
        self._topics = read_topics()
        self._natures = {topic: Weighted(topic.natures) for topic in self._topics}
        self._recent: deque[Matter] = deque(maxlen=80)
        self._doors = Doors(self._dice)
        self._handling = Handling(self._dice, keeper)
        self._settle(lists)

    def _settle(self, lists: Reference) -> None:
        """Invent what the city is made of, each part from dice of its own."""
        phrases = read_text("phrases")
        names, large = phrases["names"], self._size >= LARGE
        words = listed(names)
        self._map = Map(self._random("places"), lists.grids, words, crowded=not large)
        registry = Registry(self._random("firms"), words)
        self._people = People(self._random("people"), names["surnames"], names["given"])
        handlers = [self._people.name() for _ in range(3 * len(lists.units))]
        self._answerers = Answerers(self._random("units"), lists.units, handlers)
        groups, months = self._answerers.groups(), self._months()
        races = Races(self._random("races"), groups, months, large=large)
        self._telling = Telling(self._dice, self._keeper, races, registry, phrases, words)
        self._plots = laid(
            self._random("plots"), self._today, self._topics, self._map.places, self._size
        )
        self._stuck = stuck_chance(self._size)

    def __iter__(self) -> Iterator[Appeal]:
        """Give every appeal in order."""
        almanac = Almanac(self._topics, self._today)
        at = self._keeper.calendar.at
        for day in self._days():
            for n, (second, plot) in enumerate(self._moments(day), 1):
                received = at(day.day, second)
                if plot is not None:
                    matter = self._about(plot.topic, plot.place)
                    yield self._appeal(day, n, received, matter, plot.stuck, plot.channel)
                elif received <= self._now:
                    topics = almanac.topics(day.day, second // 3600, day.weather)
                    yield self._appeal(day, n, received, self._matter(topics), False)

    def _random(self, part: str) -> Random:
        return Random(f"{self._seed}/{self._size}/{part}")

    @property
    def places(self) -> list[Place]:
        """Every compound of the city."""
        return self._map.places

    # when

    def _days(self) -> list[DayPlan]:
        lived = self._local.hour * 3600 + self._local.minute * 60 + self._local.second
        first = self._today - timedelta(days=DAYS - 1)
        worked = self._keeper.calendar.is_working
        dice = self._random("days")
        return plan(dice, self._size, first, self._today, part_lived(lived), worked)

    def _months(self) -> list[tuple[int, int]]:
        """Return the months of the city as (year, month), the present one last."""
        present = self._today.year * 12 + self._today.month - 1
        return [(m // 12, m % 12 + 1) for m in range(present - 18, present + 1)]

    def _moments(self, day: DayPlan) -> list[tuple[int, Plot | None]]:
        """Return the seconds after midnight at which the appeals of a day come in."""
        dice = self._dice.random
        hours = hours_until(self._local.hour + 1 if day.day == self._today else 24)
        moments: list[tuple[int, Plot | None]] = [
            (hours.draw(dice) * 3600 + int(dice() * 3600), None) for _ in range(day.count)
        ]
        moments.extend((plot.second, plot) for plot in self._plots.get(day.day, ()))
        return sorted(moments, key=lambda moment: moment[0])

    # what about

    def _matter(self, topics: Weighted[Topic]) -> Matter:
        dice = self._dice.random
        if self._recent and dice() < REPEATS:
            again = self._recent[int(dice() * len(self._recent))]
            if dice() < SAME_CITIZEN:
                return again
            return replace(again, citizen=self._people.citizen(shy=False))
        topic = topics.draw(dice)
        matter = self._about(topic, self._place(topic))
        self._recent.append(matter)
        return matter

    def _place(self, topic: Topic) -> Place:
        rural = topic.units[0][0] == RURAL
        return (self._map.rural if rural else self._map.all).draw(self._dice.random)

    def _about(self, topic: Topic, place: Place) -> Matter:
        scene = self._telling.scene(place)
        object = scene.firm(topic.object) if topic.object else None
        answerer = self._answerers.of(topic, place, self._dice)
        citizen = self._people.citizen(shy=topic.natures[0][0] == "举报")
        return Matter(topic, place, object, answerer, citizen)

    # how it goes

    def _appeal(
        self,
        day: DayPlan,
        n: int,
        received: datetime,
        matter: Matter,
        stuck: bool,
        channel: str | None = None,
    ) -> Appeal:
        topic = matter.topic
        nature = self._natures[topic].draw(self._dice.random)
        urgency = self._urgency(topic, nature)
        channel = channel or self._doors.draw(topic.category, day.day)
        tags = Tags(nature, urgency, topic.category, channel)
        age = self._today - day.day
        drawn = self._dice.random() < self._stuck and channel != "媒体"
        if drawn and may_stick(age, topic, nature):
            stuck, matter = True, _vague(matter)
        due = None
        fixed = CHANNELS[channel].fixes
        if fixed and urgency == "一般" and not stuck:
            due = self._keeper.timed("close", fixed, received).due_at
        course = self._handling.play(tags, received, matter.answerer, due=due, stuck=stuck)
        coming = Coming(day.day, n, received, tags, due)
        return self._telling.tell(matter, coming, course.until(self._now))

    def _urgency(self, topic: Topic, nature: str) -> str:
        if nature in ("咨询", "建议", "表扬"):
            return "一般"
        chance = self._dice.random()
        if chance < topic.grave:
            return "特急"
        return "紧急" if chance < topic.grave + topic.urgent else "一般"


def _vague(matter: Matter) -> Matter:
    """Return the matter placed in its street only, so that it is nobody else's matter too."""
    return replace(matter, place=replace(matter.place, grid=matter.place.grid[:9]))


STUCK_BETWEEN = (timedelta(days=14), timedelta(days=80))


def stuck_chance(size: int) -> float:
    """Return the chance that an appeal of the last weeks is never answered."""
    return 0.0016 if size >= LARGE else 0.004


def may_stick(age: timedelta, topic: Topic, nature: str) -> bool:
    """Return whether an appeal may stick: an older complaint about no firm others name too."""
    complains = nature in ("投诉", "求助", "举报")
    return complains and topic.object is None and STUCK_BETWEEN[0] <= age <= STUCK_BETWEEN[1]
