"""How satisfied the citizens of each unit are: close races in every group, month after month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from seed.demo.answerers import Answerer
from seed.demo.topics import listed

CENTRAL = "中心城区"

BUSY = listed(
    {  # units with enough ratings to be ranked in any month
        "市直部门": (
            "市市场监管局 市人社局 市教育局 市交管局 市公安局"
            " 市住更局 市公积金中心 市医保局 市城管执法委"
        ),
        "公共企业": "武汉移动 武汉电信 市水务集团 国网武汉供电 武汉能源集团 市公交集团",
        "功能区": "东湖高新区 武汉经开区 东湖风景区",
    }
)

BUSIEST = listed(
    {  # the same in a small city
        CENTRAL: "武昌区 江岸区 汉阳区",
        "新城区": "东西湖区 江夏区",
        "功能区": "东湖高新区 武汉经开区",
        "市直部门": "市市场监管局 市交管局",
        "公共企业": "市水务集团 国网武汉供电",
    }
)

RUNS = (CENTRAL, "市直部门")
"""The groups in which one unit is last in both of the last two whole months."""

WOBBLE = 0.012  # how far a month of a unit strays from its usual share of the satisfied

BEHIND = {True: 0.008, False: 0.02}
"""How far the last of a month is behind the worst of the others: in a large city, in a small one,
where one ticket weighs more."""

STRICT_MEANS = 0.4  # the chance that a citizen with no reason for it is the one still owed

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a citizen gives: with the result, with the work; the second may be missing."""

    result: str
    work: str | None


class Races:
    """How each unit of a group does in a month: close to its neighbours, one of them last.

    The share of the unsatisfied is kept to from ticket to ticket, not drawn anew for each, so that
    chance moves a unit by a ticket or two and no further.
    """

    def __init__(
        self,
        dice: Random,
        groups: Mapping[str, Sequence[Answerer]],
        months: Sequence[Month],
        *,
        large: bool = True,
    ) -> None:
        """Choose a last one for each group and month; the last of ``months`` is still running.

        In a small city only the units that have enough ratings there are chosen. No unit is
        chosen twice running, but one in each of :data:`RUNS` for the last two whole months.
        """
        self._dice = dice
        self._shares: dict[tuple[Answerer, Month], float] = {}
        self._owed: dict[tuple[Answerer, Month], float] = {}
        busy = BUSY if large else BUSIEST
        self._last: set[tuple[Answerer, Month]] = set()
        for group in sorted(groups):
            ranked = busy.get(group)
            able = [a for a in groups[group] if ranked is None or a.unit.short_name in ranked]
            before: Answerer | None = None
            for month in months:
                same = group in RUNS and len(months) > 2 and month == months[-2]
                if not (same and before is not None):
                    before = dice.choice([each for each in able if each is not before])
                self._run(groups[group], before, month, BEHIND[large])

    def _run(self, group: Sequence[Answerer], last: Answerer, month: Month, behind: float) -> None:
        """Set how the units of a group do in a month."""
        shares = {a: a.satisfies + self._dice.uniform(-WOBBLE, WOBBLE) for a in group}
        shares[last] = min(shares.values()) - behind
        for answerer, share in shares.items():
            self._shares[answerer, month] = share
            self._owed[answerer, month] = 1.5 if answerer is last else self._dice.random()
        self._last.add((last, month))

    def last(self, answerer: Answerer, day: date) -> bool:
        """Return whether a unit is meant to be the last of its group in the month of a date."""
        return (answerer, (day.year, day.month)) in self._last

    def rate(self, answerer: Answerer, day: date, *, trouble: bool) -> Ratings:
        """Return what the next citizen of a unit gives on a date.

        ``trouble``: the matter was late, is unresolved, or its reply said nothing.
        """
        key, roll = (answerer, (day.year, day.month)), self._dice.random
        owed = self._owed[key] + 1 - self._shares[key]
        unhappy = owed >= 1 and (trouble or roll() < STRICT_MEANS)
        self._owed[key] = owed - unhappy
        glad = "满意" if roll() < 0.8 else "基本满意"
        result = "不满意" if unhappy else glad
        if roll() < 0.1:
            return Ratings(result, None)
        kind = 0.45 if unhappy else 0.93 if trouble else 0.98
        work = ("满意" if roll() < 0.85 else "基本满意") if roll() < kind else "不满意"
        return Ratings(result, work)
