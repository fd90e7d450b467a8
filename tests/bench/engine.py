"""The deadline engine beside numpy.busday_offset and pandas CustomBusinessHour, in one run.

Same starts, limits and holidays; no worked rest days, which the two others do not know. Every
answer is compared before anything is timed. pandas moves a result that falls on closing time to the
next opening, which is one instant of the office under two names.

Run: ``pip install -e .[bench]``, then ``python -m tests.bench.engine``
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from rules.bureau.policy import read_policy
from rules.clocks.calendar import CalendarDay, CalendarDays
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper

ZONE = ZoneInfo("Asia/Shanghai")

STARTS, FEW = 10_000, 2_000

ROUNDS = 9

DAYS, HOURS = (1, 5, 15), (2, 4, 10, 20, 35, 40)

HOLIDAYS = [
    date(2026, month, day)
    for month, first, last in (
        (1, 1, 3),
        (2, 15, 23),
        (4, 4, 6),
        (5, 1, 5),
        (6, 19, 21),
        (9, 25, 27),
        (10, 1, 7),
    )
    for day in range(first, last + 1)
]

POLICY = "[[limits]]\nclose = '4wh'\n"


@dataclass(frozen=True, slots=True)
class Course:
    """One measured way to reckon: what it is called, one deadline, how many in a round."""

    name: str
    run: Callable[[], Any]
    count: int


def keeper() -> Timekeeper:
    """The rules of time on a calendar that all three can express."""
    days = {day: CalendarDay("", True) for day in HOLIDAYS}
    year = CalendarDays(days, date(2026, 1, 1), date(2026, 12, 31), "")
    return Timekeeper(read_policy(POLICY), year)


def starts() -> list[datetime]:
    """Instants all over the year (aware UTC), most of them in the office, some at night."""
    dice = random.Random(3)
    first = datetime(2026, 1, 5, tzinfo=ZONE)
    seconds = (dice.randrange(300 * 86_400) for _ in range(STARTS))
    return [(first + timedelta(seconds=each)).astimezone(UTC) for each in seconds]


def seconds_each(course: Course) -> float:
    """Seconds of the processor a deadline, the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        course.run()
        best = min(best, time.process_time() - begun)
    return best / course.count


def compare(keep: Timekeeper, instants: Sequence[datetime]) -> None:
    """See that all three give the same answers; AssertionError names the first that differs."""
    dates = np.array([keep.local(each).date() for each in instants], dtype="datetime64[D]")
    for days in DAYS:
        theirs = np.busday_offset(dates, days, roll="backward", holidays=HOLIDAYS)
        for start, day in zip(instants, theirs.tolist(), strict=True):
            ours = keep.local(keep.timed("close", f"{days}wd", start).due_at)
            assert ours.date() == day, (start, days, ours, day)
    for hours in HOURS:
        offset = pandas_hours(hours)
        for start in instants[:FEW]:
            ours = keep.timed("close", f"{hours}wh", start).due_at
            stamp = (pd.Timestamp(keep.local(start).replace(tzinfo=None)) + offset).to_pydatetime()
            theirs_at = stamp.replace(tzinfo=ZONE).astimezone(UTC)
            same = theirs_at in (ours, keep.calendar.next_opening(ours))
            assert same, (start, hours, ours, theirs_at)


def pandas_hours(hours: int) -> Any:
    """So many office hours, as pandas counts them."""
    return hours * pd.offsets.CustomBusinessHour(
        start=["09:00", "13:30"], end=["12:00", "17:30"], holidays=HOLIDAYS
    )


def main() -> None:
    """Compare, measure, print."""
    keep, instants = keeper(), starts()
    compare(keep, instants)
    stamps = [pd.Timestamp(keep.local(each).replace(tzinfo=None)) for each in instants[:FEW]]
    dates = np.array([keep.local(each).date() for each in instants], dtype="datetime64[D]")
    calendar = np.busdaycalendar(holidays=HOLIDAYS)
    print(f"numpy {np.__version__} · pandas {pd.__version__} · {STARTS} starts, same answers")
    for days in DAYS:
        ours = seconds_each(_clocks(keep, f"{days}wd", instants))
        one = seconds_each(_numpy_singly(days, dates, calendar))
        whole = seconds_each(_numpy_at_once(days, dates, calendar))
        theirs = (("numpy, one by one", one), ("numpy, all at once", whole))
        _say(f"{days}wd, with its colours", ours, theirs)
    due, pandas_due = 0.0, 0.0
    for hours in HOURS:
        bare = seconds_each(_bare(keep, hours, instants))
        ours = seconds_each(_clocks(keep, f"{hours}wh", instants))
        singly = seconds_each(_pandas(hours, stamps))
        _say(f"{hours}wh, due instant", bare, (("pandas", singly),))
        _say(f"{hours}wh, with its colours", ours, (("pandas", singly),))
        due, pandas_due = due + bare / len(HOURS), pandas_due + singly / len(HOURS)
    _say("due instant, mean", due, (("pandas", pandas_due),))
    _say("4wh, by policy and tags", seconds_each(_looked_up(keep, instants)), ())


def _clocks(keep: Timekeeper, limit: str, instants: Sequence[datetime]) -> Course:
    timed = keep.timed

    def run() -> None:
        for start in instants:
            timed("close", limit, start)

    return Course(f"duban {limit}", run, len(instants))


def _bare(keep: Timekeeper, hours: int, instants: Sequence[datetime]) -> Course:
    add, seconds = keep.calendar.add, hours * 3600

    def run() -> None:
        for start in instants:
            add(start, seconds)

    return Course("duban add", run, len(instants))


def _looked_up(keep: Timekeeper, instants: Sequence[datetime]) -> Course:
    tags = Tags()

    def run() -> None:
        for start in instants:
            keep.clock("close", tags, start)

    return Course("duban clock", run, len(instants))


def _numpy_singly(days: int, dates: Any, calendar: Any) -> Course:
    few = dates[:FEW]

    def run() -> None:
        for each in few:
            np.busday_offset(each, days, roll="backward", busdaycal=calendar)

    return Course("numpy", run, len(few))


def _numpy_at_once(days: int, dates: Any, calendar: Any) -> Course:
    def run() -> None:
        np.busday_offset(dates, days, roll="backward", busdaycal=calendar)

    return Course("numpy", run, len(dates))


def _pandas(hours: int, stamps: Sequence[Any]) -> Course:
    offset = pandas_hours(hours)
    few = stamps[: FEW // 2]

    def run() -> None:
        for stamp in few:
            stamp + offset

    return Course("pandas", run, len(few))


def _say(what: str, ours: float, others: Sequence[tuple[str, float]]) -> None:
    told = "   ".join(
        f"{name} {theirs * 1e6:.2f} µs = {theirs / ours:.1f} ×" for name, theirs in others
    )
    print(f"{what:24} {ours * 1e6:6.2f} µs   {told}".rstrip())


if __name__ == "__main__":
    main()
