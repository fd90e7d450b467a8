"""Sections of the policy file, frozen and typed, and those that govern time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from rules.clocks.calendar import (
    CalendarDay,
    CalendarDays,
    Notice,
    OfficeDays,
    OfficeHours,
    Season,
    Span,
    Week,
    clock_seconds,
    read_spans,
    read_week,
)
from rules.clocks.limits import STEP_NAMES, Limit
from rules.clocks.starts import ACTS, AGAIN, STARTS, STOPS
from rules.clocks.worktime import WorkCalendar


class Section(BaseModel):
    """Base of every section; an unknown key is an error that names the nearest one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _clock(text: str) -> str:
    clock_seconds(text)
    return text


def _limit(text: str) -> str:
    return str(Limit.read(text))


def _limit_or_none(text: str) -> str:
    return text if text == "none" else _limit(text)


def _extension(text: str) -> str:
    if text != "none" and Limit.read(text).same_day:
        raise ValueError("延期不能是当日，请写成 1wd、24h、5d 这样的长度")
    return _limit_or_none(text)


def _length(text: str) -> str:
    limit = Limit.read(text)
    if limit.same_day or limit.unit in ("half", "mo"):
        raise ValueError(f"“{text}”不能用在这里，请写成 3wd、4wh、24h、15m 或 10d")
    return str(limit)


def _due_time(text: str) -> str:
    if text not in DUE_TIMES:
        try:
            clock_seconds(text)
        except ValueError:
            raise ValueError(
                f"“{text}”不是到期钟点，请写 {'、'.join(DUE_TIMES)} 或 16:00 这样的时:分"
            ) from None
    return text


def _lead(value: Any) -> Any:
    if not isinstance(value, dict):
        return _length(str(value))
    for step in value:
        if step not in STEP_NAMES:
            raise ValueError(f"没有“{step}”这个环节，请用 {'、'.join(STEP_NAMES)}")
    return {step: _length(str(text)) for step, text in value.items()}


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"没有“{name}”这个时区，请写 Asia/Shanghai 这样的 IANA 名") from None
    return name


ZoneName = Annotated[str, AfterValidator(_zone)]
"""An IANA zone such as ``Asia/Shanghai``."""

ClockTime = Annotated[str, AfterValidator(_clock)]
"""``HH:MM``, 00:00 to 24:00."""

LimitText = Annotated[str, AfterValidator(_limit)]
"""``5wd 0wd 0.5wd 4wh 24h 15m 60d 2mo``, or in words; kept in the short form."""

LengthText = Annotated[str, AfterValidator(_length)]
"""A limit that serves as a length of time: neither 0wd nor 0.5wd nor months."""

ExtensionOrNone = Annotated[str, AfterValidator(_extension)]
"""What an extension is to be, or ``none``: there is none."""

LimitOrNone = Annotated[str, AfterValidator(_limit_or_none)]
"""A limit, or ``none``: there is no such clock."""

DUE_TIMES = ("close", "open", "same-time", "midnight")

DueTime = Annotated[str, AfterValidator(_due_time)]
"""A word for when of its last day a limit in working days ends, or ``HH:MM``."""

DaysDueTime = Literal["midnight", "same-time"]
"""When of its last day a limit in natural days or months ends: at 24:00, or at its own clock."""

Lead = Annotated[str | dict[str, str], BeforeValidator(_lead)]
"""How long before due the end is near: a limit, or a table of step = limit."""

Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""One value or a list of them."""


def _named(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError('请写成 { close = "accepted" } 这样的表：环节 = 起算的事项')
    return {step: (acts,) if isinstance(acts, str) else tuple(acts) for step, acts in value.items()}


def _known_starts(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for step, acts in value.items():
        if "acknowledged" in acts:
            raise ValueError("时限不能从签收起算：不签收就不起算，请写 dispatched（交办）")
        _known(step, acts, STARTS, "起算")
        if not acts or len(acts) - len(set(AGAIN).intersection(acts)) > 1:
            raise ValueError(
                f"“{step}”的起算请写一个事项，另可加 supplemented（收到补正）、instructed（批示）"
            )
    return value


def _known_stops(value: dict[str, str]) -> dict[str, str]:
    for step, act in value.items():
        _known(step, (act,), STOPS, "止算")
    return value


def _known(step: str, acts: tuple[str, ...], table: Mapping[str, tuple[str, ...]], of: str) -> None:
    if step not in table:
        known = "、".join(f"{one}（{STEP_NAMES[one]}）" for one in table)
        raise ValueError(f"“{step}”的{of}不能另定，可以另定的是 {known}")
    for act in acts:
        if act not in table[step]:
            may = "、".join(f"{one}（{ACTS[one]}）" for one in table[step])
            raise ValueError(f"“{step}”不能以“{act}”{of}，请用 {may}")


Starts = Annotated[
    dict[str, tuple[str, ...]], BeforeValidator(_named), AfterValidator(_known_starts)
]
"""A table of step = the act, or the acts, that start its clock."""

Stops = Annotated[dict[str, str], AfterValidator(_known_stops)]
"""A table of step = the act that stops its clock."""


def _named_days(value: Any) -> Any:
    return dict.fromkeys(value, "") if isinstance(value, list | tuple) else value


NamedDays = Annotated[dict[date, str], BeforeValidator(_named_days)]
"""Dates as a list, or as a table of date = name."""

Hours = Annotated[Week, BeforeValidator(read_week)]

DayHours = Annotated[tuple[Span, ...], BeforeValidator(read_spans)]

USUAL_WEEK = read_week(("09:00-12:00", "13:30-17:30"))


class SeasonPolicy(Section):
    """One of ``office.seasons``: ``from`` and ``to`` as MM-DD, both included."""

    first: Annotated[str, Field(alias="from")]
    last: Annotated[str, Field(alias="to")]
    hours: Hours

    def season(self) -> Season:
        """The season as a rule of the calendar."""
        return Season(_month_day(self.first), _month_day(self.last), self.hours)

    @field_validator("first", "last")
    @classmethod
    def _real_date(cls, text: str) -> str:
        try:
            date(2024, *_month_day(text))
        except ValueError:
            raise ValueError(f"“{text}”不是日期，请写成 05-01 这样的月-日") from None
        return text


class OfficePolicy(Section):
    """``[office]``: office hours, the calendar, and how days are counted."""

    hours: Hours = USUAL_WEEK
    calendar: str = "cn"
    after_hours: Literal["same-day", "next-workday"] = "same-day"
    cutoff: ClockTime = "17:30"
    cutoff_included: bool = True
    due_time: DueTime = "close"
    days_due_time: DaysDueTime = "midnight"
    pause_rounding: Literal["day", "exact"] = "day"
    holidays: NamedDays = Field(default_factory=dict)
    workdays: NamedDays = Field(default_factory=dict)
    special_hours: dict[date, DayHours] = Field(default_factory=dict)
    seasons: tuple[SeasonPolicy, ...] = ()

    @field_validator("calendar")
    @classmethod
    def _known_calendar(cls, name: str) -> str:
        if name not in ("cn", "none"):
            raise ValueError(
                f"“{name}”不是日历，请写 cn 或 none；其他年份的日历用 duban calendar load 装入"
            )
        return name

    @field_validator("hours")
    @classmethod
    def _open_at_all(cls, hours: Week) -> Week:
        if not any(hours):
            raise ValueError("一周中至少要有一段办公时间")
        return hours

    @model_validator(mode="after")
    def _no_day_twice(self) -> OfficePolicy:
        for day in self.holidays.keys() & self.workdays.keys():
            raise ValueError(f"{day.isoformat()} 既写在 holidays 又写在 workdays，请只留一处")
        return self

    def office_hours(self) -> OfficeHours:
        """The hours as a rule of the calendar."""
        return OfficeHours(
            self.hours,
            tuple(season.season() for season in self.seasons),
            self.special_hours,
        )


def work_calendar(office: OfficePolicy, days: CalendarDays, zone: ZoneInfo) -> WorkCalendar:
    """The office's working time: its hours and own days over the published calendar."""
    own = {
        day: CalendarDay(name or usual, off, Notice(day.year, "本单位规则"))
        for usual, off, named in (
            ("本单位放假", True, office.holidays),
            ("本单位上班", False, office.workdays),
        )
        for day, name in named.items()
    }
    published = None if office.calendar == "none" else days
    return WorkCalendar(OfficeDays(office.office_hours(), published, own), zone)


class ColourPolicy(Section):
    """``[colours]``."""

    preset: Literal["remaining", "near-due", "overdue-bands"] = "remaining"


def _month_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)
