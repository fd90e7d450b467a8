"""What is new, rises, repeats or crosses: every day judged by what was known at its end.

Categories are few: the policy's numbers alone judge them. Of as many places, objects and words as a
city has some rise by mere chance: what so many would bring more often than the policy lets pass is
no finding.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rules.insight.expected import BASE, WEEK, Level, chance_of, level_on, season_of
from rules.insight.series import AT_ONE_PLACE, NUMEROUS, Horizon, Report, Series, Subject
from rules.insight.watch import InsightPolicy

Sign = Literal["new", "rises", "repeats", "crosses"]

SIGNS: dict[Sign, str] = {"new": "新", "rises": "升", "repeats": "重复", "crosses": "跨"}

MONTH = 30

REPLAYED = 28
"""Days before the period from which on findings are followed back to the day they were known."""

GAP = 7
"""Days without a sign after which it is another time that it is found."""

LEAST_PART = 2
"""Appeals that a channel or district must have, to be one of those that are crossed."""


def look_back(policy: InsightPolicy) -> int:
    """Return how many days before those asked for must be read."""
    return REPLAYED + MONTH + max(policy.horizon_days, BASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one subject; days are places in the horizon.

    ``known``: the day it could first have been known, ``day``: the one whose figures are told, and
    ``span`` how many days they are of, up to and with that day. ``channels`` and ``districts`` are
    those it crosses.
    """

    subject: Subject
    signs: tuple[Sign, ...]
    known: int
    day: int
    span: int
    level: Level
    reporters: int
    ticket_ids: tuple[int, ...]
    channels: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


def findings_of(
    every: Iterable[Series], horizon: Horizon, policy: InsightPolicy
) -> Iterator[Finding]:
    """Yield what is found in the days asked for, of each series at most one."""
    least = min(policy.least, policy.fresh, policy.week_reporters, policy.month_reporters)
    for series in every:
        recent = bisect_left(series.reports, horizon.start - MONTH, key=lambda one: one.day)
        if len(series.reports) - recent < least:
            continue
        found = _Judged(series, horizon, policy).finding()
        if found is not None:
            yield found


class _Judged:
    """One series under judgement."""

    def __init__(self, series: Series, horizon: Horizon, policy: InsightPolicy) -> None:
        self._series, self._horizon, self._policy = series, horizon, policy
        self._counts = [0] * horizon.end
        for report in series.reports:
            self._counts[report.day] += 1
        self._until = [0, *accumulate(self._counts)]
        self._city = [0, *accumulate(horizon.city)]

    def finding(self) -> Finding | None:
        """Return what is found of it."""
        horizon = self._horizon
        days = range(max(horizon.known, horizon.start), horizon.end)
        signs = {day: found for day in days if (found := self._signs(day))}
        if not signs:
            return None
        return self._told(self._known(min(signs)), [*signs], set[Sign]().union(*signs.values()))

    def _known(self, known: int) -> int:
        """Return since when what has a sign on a day had one, without a stop."""
        begin = max(self._horizon.known, self._horizon.start - REPLAYED)
        day = known - 1
        while day >= max(begin, known - GAP):
            if self._signs(day):
                known = day
            day -= 1
        return known

    def _told(self, known: int, inside: Sequence[int], signs: set[Sign]) -> Finding:
        slowly = not any(self._repeats_within(day, WEEK) for day in inside)
        span = MONTH if signs == {"repeats"} and slowly else WEEK
        day = max(inside, key=lambda day: (self._count(day, span), day))
        channels = self._crossed(day, span, lambda report: report.channel)
        districts = self._crossed(day, span, lambda report: report.district)
        channels = channels if len(channels) >= self._policy.channels else ()
        districts = districts if len(districts) >= self._policy.districts else ()
        if channels or districts:
            signs = signs | {"crosses"}
        return Finding(
            self._series.subject,
            tuple(sign for sign in SIGNS if sign in signs),
            known,
            day,
            span,
            self._level(day),
            self._reporters(day, span),
            tuple(report.ticket_id for report in self._within(day, span)),
            channels,
            districts,
        )

    def _crossed(
        self, day: int, span: int, part: Callable[[Report], str | None]
    ) -> tuple[str, ...]:
        """Return the parts that each hold more of it than usual, the fullest first."""
        now = Counter(part(report) for report in self._within(day, span))
        before = Counter(part(report) for report in self._within(day - span, BASE))
        more = self._policy.times * span / BASE
        return tuple(
            name
            for name, count in now.most_common()
            if name and count >= LEAST_PART and count >= more * before[name]
        )

    # the signs of a day

    def _signs(self, day: int) -> set[Sign]:
        found: set[Sign] = set()
        if self._series.alarm is not None and day < self._series.alarm:
            return found
        if self._new(day):
            found.add("new")
        if self._rises(day):
            found.add("rises")
        if self._series.subject.kind in AT_ONE_PLACE and (
            self._repeats_within(day, WEEK) or self._repeats_within(day, MONTH)
        ):
            found.add("repeats")
        return found

    def _new(self, day: int) -> bool:
        alarm = self._series.alarm
        if alarm is not None:
            return alarm <= day < alarm + WEEK and self._formed_within_a_month(alarm)
        known = self._known_before(day, WEEK)
        if known < BASE or self._count(day, WEEK) < self._policy.fresh:
            return False
        if self._count(day - WEEK, min(known, self._policy.horizon_days)):
            return False
        reporters = self._reporters(day, WEEK)
        return reporters >= self._policy.fresh and self._unlikely(reporters, day, WEEK)

    def _formed_within_a_month(self, alarm: int) -> bool:
        """Return whether a problem came to its citizens within a month, out of nothing."""
        known = min(self._known_before(alarm, MONTH), self._policy.horizon_days)
        if alarm < MONTH or self._count(alarm - MONTH, known):
            return False
        here = self._at_one_place(alarm, MONTH) >= self._policy.fresh
        if not here and self._count(alarm, WEEK) < self._policy.least:
            return False
        return known < MONTH or self._unlikely(self._reporters(alarm, MONTH), alarm, MONTH)

    def _rises(self, day: int) -> bool:
        policy, count = self._policy, self._count(day, WEEK)
        if count < policy.least or self._known_before(day, WEEK) < BASE:
            return False
        if count < policy.times * self._count(day - WEEK, BASE) * WEEK / BASE:
            return False
        level = self._level(day)
        return level.z >= policy.deviation and self._allowed(level.chance, day)

    def _repeats_within(self, day: int, span: int) -> bool:
        least = self._policy.week_reporters if span == WEEK else self._policy.month_reporters
        if self._count(day, span) < least:
            return False
        known = self._known_before(day, span) >= span
        by_number = self._series.sure or (span == WEEK and not known)
        if not by_number and not (known and self._unlikely(self._count(day, span), day, span)):
            return False
        reporters = self._at_one_place(day, span)
        return reporters >= least and (by_number or self._unlikely(reporters, day, span))

    # what it is compared with

    def _level(self, day: int) -> Level:
        days, factor = slice(day + 1 - WEEK - BASE, day + 1), self._factor(day, WEEK, BASE)
        return level_on(self._counts[days], self._horizon.weekdays[days], factor)

    def _factor(self, day: int, span: int, before: int) -> float:
        """Return how many times what was before a span lets expect is to be expected in it.

        The same week a year ago tells its season; where all else in the city comes in more often,
        too, because a source is new or the weather bad, that is to be expected as well.
        """
        year_ago = self._series.year_ago
        season = 1.0 if year_ago is None else season_of(year_ago, day)
        last, first = day + 1, day + 1 - span
        now = self._city[last] - self._city[first] - self._count(day, span)
        past = self._city[first] - self._city[first - before] - self._count(day - span, before)
        return season * max(1.0, now * before / (past * span) if past else 1.0)

    def _count(self, day: int, span: int) -> int:
        return self._until[day + 1] - self._until[day + 1 - span]

    def _within(self, day: int, span: int) -> Sequence[Report]:
        return self._series.reports[self._until[day + 1 - span] : self._until[day + 1]]

    def _reporters(self, day: int, span: int) -> int:
        return len({report.reporter for report in self._within(day, span) if report.reporter})

    def _at_one_place(self, day: int, span: int) -> int:
        """Return how many different citizens there are, of a problem those at one place of it.

        A problem's appeals were put together because they came at once and say the same: that all
        over the city as many say it tells nothing. What a person confirmed is one thing.
        """
        if self._series.subject.kind != "problem" or self._series.sure:
            return self._reporters(day, span)
        places: dict[str | None, set[str]] = {}
        for report in self._within(day, span):
            if report.reporter:
                places.setdefault(report.place, set()).add(report.reporter)
        return max(map(len, places.values()), default=0)

    def _known_before(self, day: int, span: int) -> int:
        """Return of how many days the store tells before those of a span."""
        return max(0, day + 1 - span - self._horizon.known)

    def _unlikely(self, reporters: int, day: int, span: int) -> bool:
        """Return whether chance does not bring so many in a span, by what was there before it."""
        known = min(self._known_before(day, span), self._policy.horizon_days)
        before = self._count(day - span, known) * self._factor(day, span, known)
        return self._allowed(chance_of(reporters, before, known / span), day)

    def _allowed(self, chance: float, day: int) -> bool:
        """Return whether so many of its kind bring its share of what chance may bring, or less."""
        kind = self._series.subject.kind
        if self._series.sure or kind not in NUMEROUS:
            return True
        return chance * self._horizon.watched[kind][day] * len(NUMEROUS) <= self._policy.chance
