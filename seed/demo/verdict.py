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
    "市直部门": ("市市场监管局", "市人社局", "市教育局", "市交管局", "市公安局", "市住更局",
             "市公积金中心", "市医保局", "市城管执法委"),
    "公共企业": ("武汉移动", "武汉电信", "市水务集团", "国网武汉供电", "武汉能源集团",
             "市公交集团"),
    "功能区": ("东湖高新区", "武汉经开区", "东湖风景区"),
}  # fmt: skip
RUNS = (CENTRAL, "市直部门")
"""The groups in which one unit is last in both of the last two whole months."""
WORST = 0.56  # the chance that a citizen is satisfied with the last of a month

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
        self, dice: Random, groups: Mapping[str, Sequence[Answerer]], months: Sequence[Month]
    ) -> None:
        """Choose one for each group and month; the last of ``months`` is the one still running.

        No unit is chosen twice running, but one in each of :data:`RUNS` for the last two whole
        months.
        """
        self._worst: set[tuple[Answerer, Month]] = set()
        for group in sorted(groups):
            able = self._able(group, groups[group])
            before: Answerer | None = None
            for month in months:
                same = group in RUNS and len(months) > 2 and month == months[-2]
                if not (same and before is not None):
                    before = dice.choice([each for each in able if each is not before])
                self._worst.add((before, month))

    @staticmethod
    def _able(group: str, answerers: Sequence[Answerer]) -> list[Answerer]:
        busy = BUSY.get(group)
        able = [a for a in answerers if busy is None or a.unit.short_name in busy]
        return able or list(answerers)

    def worst(self, answerer: Answerer, day: date) -> bool:
        """Return whether a unit is the worst of its group in the month of a date."""
        return (answerer, (day.year, day.month)) in self._worst


def ratings(
    answerer: Answerer, ending: str, dice: Random, *, worst: bool, late: bool, empty: bool
) -> Ratings:
    """Return a citizen's ratings of one handling."""
    chance = (WORST if worst else answerer.satisfies) * EASE[ending]
    chance *= (0.86 if late else 1.0) * (0.7 if empty else 1.0)
    roll = dice.random
    result = ("满意" if roll() < 0.8 else "基本满意") if roll() < chance else "不满意"
    if roll() < 0.1:
        return Ratings(result, None)
    kind = min(0.98, chance + 0.08) if result != "不满意" else 0.45
    work = ("满意" if roll() < 0.85 else "基本满意") if roll() < kind else "不满意"
    return Ratings(result, work)
