"""Matters laid into the demo city on purpose: prominent ones nobody has settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from seed.demo.places import Place
from seed.demo.seasons import LARGE
from seed.demo.topics import Topic

TOPICS = (
    "农业农村/土地与征收/征收补偿",
    "城市管理/环卫保洁/垃圾清运",
    "住房与物业/老旧小区/加装电梯",
    "生态环境/水体/河湖污染",
    "城市管理/市政设施/路面坑洼",
)

STUCK_BETWEEN = (timedelta(days=14), timedelta(days=80))


@dataclass(frozen=True, slots=True)
class Plot:
    """One appeal laid at a second of a day; ``stuck``: it is never answered."""

    second: int
    topic: Topic
    place: Place
    stuck: bool


def laid(
    dice: Random, today: date, topics: Sequence[Topic], places: Sequence[Place], size: int
) -> dict[date, list[Plot]]:
    """Return a few clusters of appeals about one place each, of which the first got stuck."""
    by_category = {topic.category: topic for topic in topics}
    plots: dict[date, list[Plot]] = {}
    for category in TOPICS[: 3 if size >= LARGE else 2]:
        topic, place = by_category[category], dice.choice(places)
        start = today - timedelta(days=dice.randint(34, 46))
        for n in range(dice.randint(4, 5)):
            day = start + timedelta(days=2 * n)
            second = dice.randint(9 * 3600, 17 * 3600)
            plots.setdefault(day, []).append(Plot(second, topic, place, n == 0))
    return plots


def stuck_chance(size: int) -> float:
    """Return the chance that an appeal of the last weeks is never answered."""
    return 0.0016 if size >= LARGE else 0.004


def may_stick(age: timedelta, topic: Topic, nature: str) -> bool:
    """Return whether an appeal may stick: an older complaint about no firm others name too."""
    complains = nature in ("投诉", "求助", "举报")
    return complains and topic.object is None and STUCK_BETWEEN[0] <= age <= STUCK_BETWEEN[1]
