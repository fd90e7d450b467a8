"""How one appeal is handled and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from rules.clocks import Tags, Timekeeper
from seed.demo.answerers import Answerer
from seed.demo.chance import Weighted
from seed.demo.topics import Topic

RATED = 0.66

LAST_DAY = 0.25  # of answers given in time are given at the last moment

UNLIMITED = 5 * 7 * 3600  # working seconds, for an answer that nothing limits

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
        return self._add(start, UNLIMITED) if clock is None else clock.due_at

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


ENDINGS = Weighted([("已解决", 62), ("部分解决", 15), ("解释说明", 16), ("未解决", 7)])

ANSWERS = Weighted([("解释说明", 82), ("已解决", 16), ("部分解决", 2)])


def outcome(topic: Topic, nature: str, dice: Random) -> str:
    """Return how a matter ends."""
    asks = topic.consults or nature in ("咨询", "建议")
    return (ANSWERS if asks else ENDINGS).draw(dice.random)
