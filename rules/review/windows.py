"""Until when a unit may dispute what (异议): the draft, its data, a dispatch, a verdict.

A week of fewer working days than the policy's ``short_week`` joins the next one: its draft comes
with the next week's, and so does its window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from rules.clocks import LimitText, Section, Timekeeper, WorkCalendar, clock_seconds
from rules.ranking import Period, period_after

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MOST_JOINED = 4  # no holiday empties more weeks than that


def _weekly(text: str) -> str:
    day, _, clock = text.partition(" ")
    if day not in WEEKDAYS:
        raise ValueError(f"“{text}”不是周几几点，请写成 mon 10:00（{'、'.join(WEEKDAYS)}）")
    clock_seconds(clock)
    return text


WeekTime = Annotated[str, AfterValidator(_weekly)]
"""A weekday and a time of day: ``mon 10:00``."""


class ObjectionPolicy(Section):
    """``[objections]``: when the draft goes out, until when its data, a dispatch, a verdict.

    ``draft`` and ``data`` are of the week after the one that is ranked; the limits of a dispatch
    and of a verdict count from these.
    """

    draft: WeekTime = "mon 10:00"
    data: WeekTime = "tue 17:30"
    dispatch: LimitText = "1wd"
    rating: LimitText = "2wd"
    short_week: Annotated[int, Field(ge=0, le=5)] = 3


@dataclass(frozen=True, slots=True)
class Windows:
    """When the draft of a period goes out to its units, and until when they may dispute its data.

    ``joined`` is the period whose draft it comes with, itself where it is no short week.
    """

    draft_at: datetime
    data_until: datetime
    joined: Period


def data_windows(period: Period, calendar: WorkCalendar, policy: ObjectionPolicy) -> Windows:
    """Return the windows of a period.

    Where the day of the draft is closed it goes out on the next one worked, and units have as many
    working days for its data as in a whole week. A month's draft goes out on its first working day.
    """
    joined = period
    for _ in range(MOST_JOINED):
        if period.kind != "week" or _worked(joined, calendar) >= policy.short_week:
            break
        joined = period_after(joined, calendar.zone)
    (draft_day, draft_clock), (data_day, data_clock) = _read(policy.draft), _read(policy.data)
    first = calendar.local(joined.to_at).date()
    if period.kind == "week":
        first += timedelta(days=draft_day)
    drafted = first if calendar.is_working(first) else calendar.add_days(first, 1)
    days = max(data_day - draft_day, 0)
    until = calendar.add_days(drafted, days) if days else drafted
    return Windows(calendar.at(drafted, draft_clock), calendar.at(until, data_clock), joined)


def dispatch_until(keeper: Timekeeper, policy: ObjectionPolicy, handed_at: datetime) -> datetime:
    """Return until when a unit may dispute that it was handed a matter; its clock runs."""
    return keeper.timed("objection", policy.dispatch, handed_at).due_at


def rating_until(keeper: Timekeeper, policy: ObjectionPolicy, decided_at: datetime) -> datetime:
    """Return until when a unit may dispute a verdict."""
    return keeper.timed("objection", policy.rating, decided_at).due_at


def _read(text: str) -> tuple[int, int]:
    """Return the weekday from 0 and the seconds of its day."""
    day, _, clock = text.partition(" ")
    return WEEKDAYS.index(day), clock_seconds(clock)


def _worked(period: Period, calendar: WorkCalendar) -> int:
    """Return how many days of a week are worked."""
    first: date = calendar.local(period.from_at).date()
    return sum(calendar.is_working(first + timedelta(days=n)) for n in range(7))
