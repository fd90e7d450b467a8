"""How matters end and what citizens think of it; who is last in which month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from seed.demo.answerers import Answerer
from seed.demo.chance import Weighted
from seed.demo.topics import Topic

CENTRAL = "中心城区"

BUSY: dict[str, tuple[str, ...]] = {  # units with enough ratings to be ranked in any month
    "市直部门": (
        "市市场监管局",
        "市人社局",
        "市教育局",
        "市交管局",
        "市公安局",
        "市住更局",
        "市公积金中心",
        "市医保局",
        "市城管执法委",
    ),
    "公共企业": (
        "武汉移动",
        "武汉电信",
        "市水务集团",
        "国网武汉供电",
        "武汉能源集团",
        "市公交集团",
    ),
    "功能区": ("东湖高新区", "武汉经开区", "东湖风景区"),
}

BUSIEST: dict[str, tuple[str, ...]] = {  # the same in a small city
    CENTRAL: ("武昌区", "江岸区", "汉阳区"),
    "新城区": ("东西湖区", "江夏区"),
    "功能区": ("东湖高新区", "武汉经开区"),
    "市直部门": ("市市场监管局", "市交管局"),
    "公共企业": ("市水务集团", "国网武汉供电"),
}

RUNS = (CENTRAL, "市直部门")
"""The groups in which one unit is last in both of the last two whole months."""

WORST = {CENTRAL: 0.72, "新城区": 0.72, "功能区": 0.66}
"""The chance that a citizen is satisfied with the last of a month, by group."""

WORST_ELSEWHERE = 0.5  # where small units stand beside large ones

WORST_OF_FEW = 0.36  # in a small city, where chance weighs more

ENDINGS = Weighted([("已解决", 62), ("部分解决", 15), ("解释说明", 16), ("未解决", 7)])

ANSWERS = Weighted([("解释说明", 82), ("已解决", 16), ("部分解决", 2)])

EASE = {"已解决": 1.05, "部分解决": 0.94, "解释说明": 0.97, "未解决": 0.72}

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a citizen gives: with the result, with the work; the second may be missing."""

    result: str
    work: str | None


def outcome(topic: Topic, nature: str, dice: Random) -> str:
    """Return how a matter ends."""
    asks = topic.consults or nature in ("咨询", "建议")
    return (ANSWERS if asks else ENDINGS).draw(dice.random)


class LastPlaces:
    """Which unit is the worst of its group in a month."""

    def __init__(
        self,
        dice: Random,
        groups: Mapping[str, Sequence[Answerer]],
        months: Sequence[Month],
        *,
        large: bool = True,
    ) -> None:
        """Choose one for each group and month; the last of ``months`` is the one still running.

        In a small city only the units that have enough ratings there are chosen.

        No unit is chosen twice running, but one in each of :data:`RUNS` for the last two whole
        months.
        """
        self._large = large
        busy = BUSY if large else BUSIEST
        self._worst: set[tuple[Answerer, Month]] = set()
        for group in sorted(groups):
            able = self._able(groups[group], busy.get(group))
            before: Answerer | None = None
            for month in months:
                same = group in RUNS and len(months) > 2 and month == months[-2]
                if not (same and before is not None):
                    before = dice.choice([each for each in able if each is not before])
                self._worst.add((before, month))

    @staticmethod
    def _able(answerers: Sequence[Answerer], busy: Sequence[str] | None) -> list[Answerer]:
        return [a for a in answerers if busy is None or a.unit.short_name in busy]

    def worst(self, answerer: Answerer, day: date) -> bool:
        """Return whether a unit is the worst of its group in the month of a date."""
        return (answerer, (day.year, day.month)) in self._worst

    def satisfies(self, answerer: Answerer, day: date) -> float:
        """Return the chance that a unit's work satisfies on a date."""
        if not self.worst(answerer, day):
            return answerer.satisfies
        if not self._large:
            return WORST_OF_FEW
        return WORST.get(answerer.unit.group or "", WORST_ELSEWHERE)


def ratings(satisfies: float, ending: str, dice: Random, *, late: bool, empty: bool) -> Ratings:
    """Return a citizen's ratings of one handling; ``satisfies`` is the unit's chance."""
    chance = satisfies * EASE[ending]
    chance *= (0.86 if late else 1.0) * (0.7 if empty else 1.0)
    roll = dice.random
    result = ("满意" if roll() < 0.8 else "基本满意") if roll() < chance else "不满意"
    if roll() < 0.1:
        return Ratings(result, None)
    kind = min(0.98, chance + 0.08) if result != "不满意" else 0.45
    work = ("满意" if roll() < 0.85 else "基本满意") if roll() < kind else "不满意"
    return Ratings(result, work)
