"""How one appeal is handled, ends and is rated; who is last in which month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from rules.clocks import Tags, Timekeeper
from seed.demo.answerers import Answerer
from seed.demo.chance import Weighted
from seed.demo.topics import Topic, listed

RATED = 0.66

LAST_DAY = 0.25  # of answers given in time are given at the last moment

LONGEST_LATE = 6 * 7 * 3600  # working seconds

OPENS, SHUTS = 8, 21  # between these hours citizens are asked and rate


@dataclass(slots=True)
class Course:
    """The instants of one handling; what has not happened by the present is None."""

    late: bool = False
    dispatched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    contacted_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    rated_at: datetime | None = None

    def until(self, now: datetime) -> Course:
        """Return the course as it stands at ``now``."""
        done = (at if at is not None and at <= now else None for at in self._acts())
        return Course(self.late, *done)

    def latest(self, received: datetime) -> datetime:
        """Return when something was last done."""
        return max((at for at in self._acts() if at is not None), default=received)

    def _acts(self) -> tuple[datetime | None, ...]:
        return (
            self.dispatched_at,
            self.acknowledged_at,
            self.contacted_at,
            self.replied_at,
            self.closed_at,
            self.rated_at,
        )


class Handling:
    """Plays the handling of appeals under a policy and a calendar."""

    def __init__(self, dice: Random, keeper: Timekeeper) -> None:
        self._dice = dice
        self._keeper = keeper
        self._add = keeper.calendar.add
        self._between = keeper.calendar.between

    def play(
        self,
        tags: Tags,
        received: datetime,
        answerer: Answerer,
        *,
        due: datetime | None = None,
        stuck: bool = False,
    ) -> Course:
        """Return the whole course of a handling, whatever the present is.

        ``due`` is the close date a source fixed itself; a ``stuck`` matter is never answered.
        """
        urgent = tags.urgency == "特急"
        start = self._dispatch(received, urgent)
        course = Course(dispatched_at=start)
        course.acknowledged_at, course.contacted_at = self._begin(start, urgent)
        if stuck:
            return course
        due = due or self._due(tags, start)
        replied = self._reply(tags, start, course.acknowledged_at, answerer, due)
        course.late = replied > due
        course.replied_at = replied
        if course.contacted_at is not None and course.contacted_at > replied:
            course.contacted_at = None
        course.closed_at = self._judge(replied, urgent)
        if self._dice.random() < RATED:
            course.rated_at = self._rate(course.closed_at)
        return course

    def _dispatch(self, received: datetime, urgent: bool) -> datetime:
        dice = self._dice.random
        if urgent:
            return received + timedelta(seconds=60 + int(dice() * 700))
        if dice() < 0.72:  # the routing rules knew the unit
            return received + timedelta(seconds=30 + int(dice() * 900))
        hours = 0.2 + 1.1 * self._dice.expovariate(1.0)
        late = dice() < 0.015
        return self._add(received, int(3600 * (hours + 5 if late else min(hours, 3.9))))

    def _begin(self, start: datetime, urgent: bool) -> tuple[datetime, datetime | None]:
        """Return when the unit acknowledges and when it first contacts the citizen, if it does."""
        dice = self._dice.random
        if urgent:
            taken = start + timedelta(seconds=90 + int(dice() * 800))
            return taken, taken + timedelta(seconds=120 + int(dice() * 700))
        hours = 0.1 + 1.3 * self._dice.expovariate(1.0)
        hours = min(hours, 5.5 if dice() < 0.985 else 12.0)
        taken = self._add(start, int(3600 * hours))
        if dice() < 0.012:
            return taken, None
        spoken = hours + 0.2 + 2.6 * self._dice.expovariate(1.0)
        spoken = min(spoken, 6.9) if dice() < 0.985 else spoken + 9.0
        return taken, self._add(start, int(3600 * max(spoken, hours + 0.1)))

    def _due(self, tags: Tags, start: datetime) -> datetime:
        clock = self._keeper.clock("close", tags, start)
        assert clock is not None, "a policy always sets a close limit"
        return clock.due_at

    def _reply(
        self,
        tags: Tags,
        start: datetime,
        acknowledged: datetime,
        answerer: Answerer,
        due: datetime,
    ) -> datetime:
        part = self._part(answerer, may_be_late=tags.nature != "表扬")
        limit = self._between(start, due)
        if tags.urgency == "特急":
            replied = start + timedelta(seconds=int((due - start).total_seconds() * part * 0.9))
        elif part > 1:
            replied = self._add(due, 1800 + int(min(limit, LONGEST_LATE) * (part - 1)))
        else:
            replied = self._add(start, max(1800, int(limit * part)))
        return max(replied, acknowledged + timedelta(minutes=5))

    def _part(self, answerer: Answerer, *, may_be_late: bool) -> float:
        """Return the part of the limit a reply takes: over 1 when it is late."""
        dice = self._dice
        if may_be_late and dice.random() < answerer.late:
            return 1.03 + min(dice.expovariate(3.5), 1.2)
        if dice.random() < LAST_DAY:
            return dice.uniform(0.8, 0.99)
        return dice.triangular(0.28, 0.995, min(0.97, answerer.pace))

    def _judge(self, replied: datetime, urgent: bool) -> datetime:
        dice = self._dice
        if urgent:
            return replied + timedelta(seconds=300 + int(dice.random() * 5000))
        hours = 0.3 + 1.6 * dice.expovariate(1.0)
        return self._add(replied, int(3600 * min(hours, 6.7)))

    def _rate(self, closed: datetime) -> datetime:
        wait = 900 + int(86400 * self._dice.expovariate(0.7))
        rated = closed + timedelta(seconds=min(wait, 8 * 86400))
        hour = self._keeper.local(rated).hour
        if OPENS <= hour < SHUTS:
            return rated
        return rated + timedelta(hours=(OPENS - hour) % 24, seconds=int(self._dice.random() * 7200))


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

        In a small city only the units that have enough ratings there are chosen. No unit is
        chosen twice running, but one in each of :data:`RUNS` for the last two whole months.
        """
        self._large = large
        busy = BUSY if large else BUSIEST
        self._worst: set[tuple[Answerer, Month]] = set()
        for group in sorted(groups):
            ranked = busy.get(group)
            able = [a for a in groups[group] if ranked is None or a.unit.short_name in ranked]
            before: Answerer | None = None
            for month in months:
                same = group in RUNS and len(months) > 2 and month == months[-2]
                if not (same and before is not None):
                    before = dice.choice([each for each in able if each is not before])
                self._worst.add((before, month))

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
