"""Appeals laid at days of the demo city's last weeks: matters of several citizens, each its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from seed.demo.places import Place
from seed.demo.seasons import LARGE
from seed.demo.topics import Topic

PLOTTED = (
    "农业农村/土地与征收/征收补偿",
    "城市管理/环卫保洁/垃圾清运",
    "住房与物业/老旧小区/加装电梯",
    "生态环境/水体/河湖污染",
    "城市管理/市政设施/路面坑洼",
)


@dataclass(frozen=True, slots=True)
class Plot:
    """One appeal laid at a second of a day; ``stuck``: it is never answered.

    ``channel``: by which it comes, None for any.
    """

    second: int
    topic: Topic
    place: Place
    stuck: bool = False
    channel: str | None = None


def laid(
    dice: Random, today: date, topics: Sequence[Topic], places: Sequence[Place], size: int
) -> dict[date, list[Plot]]:
    """Return a few clusters of appeals about one place each, of which the first got stuck.

    In the last days, besides, one estate's water comes up by four channels, and disputes with
    letting agents rise in two districts.
    """
    by_category = {topic.category: topic for topic in topics}
    plots: dict[date, list[Plot]] = {}
    for category in PLOTTED[: 3 if size >= LARGE else 2]:
        topic, place = by_category[category], dice.choice(places)
        start = today - timedelta(days=dice.randint(34, 46))
        for n in range(dice.randint(4, 5)):
            day = start + timedelta(days=2 * n)
            second = dice.randint(9 * 3600, 17 * 3600)
            plots.setdefault(day, []).append(Plot(second, topic, place, n == 0))
    for day, plot in (
        *_at_one_estate(dice, today, by_category[TAINTED], places),
        *_in_two_districts(dice, today, by_category[RENTED], places, size),
    ):
        plots.setdefault(day, []).append(plot)
    return plots


TAINTED = "公用事业/供水/水压不足"

RENTED = "住房与物业/房屋租赁/押金不退"

DOORS = ("12345电话", "微信", "城市留言板", "移动客户端")

HOUSEHOLDS = 12
"""Appeals about one estate's water."""

TENANTS = 24
"""Appeals of a small city about letting agents; of a large one five times as many."""


def _at_one_estate(
    dice: Random, today: date, topic: Topic, places: Sequence[Place]
) -> Iterator[tuple[date, Plot]]:
    """Yield appeals about one estate, two a day of the last week, by four channels in turn."""
    place = dice.choice(places)
    for n in range(HOUSEHOLDS):
        second = dice.randint(8 * 3600, 20 * 3600)
        plot = Plot(second, topic, place, channel=DOORS[n % len(DOORS)])
        yield today - timedelta(days=7 - n // 2), plot


def _in_two_districts(
    dice: Random, today: date, topic: Topic, places: Sequence[Place], size: int
) -> Iterator[tuple[date, Plot]]:
    """Yield appeals from anywhere in two districts, more of them day by day."""
    here = dice.sample(sorted({place.district for place in places}), 2)
    near = [place for place in places if place.district in here]
    tenants = TENANTS * (5 if size >= LARGE else 1)
    for n in range(tenants):
        ago = 1 + int(8 * (n / tenants) ** 2)
        second = dice.randint(8 * 3600, 20 * 3600)
        yield today - timedelta(days=ago), Plot(second, topic, dice.choice(near))
