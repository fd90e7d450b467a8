"""The bureau's policy: everything that differs between cities, typed and checked (DESIGN §7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from rules.errors import PolicyError
from rules.officehours import OfficeHours, Season, Span, Week, read_spans, read_week
from rules.policyfaults import read_toml, refusal
from rules.precedence import LimitEntry, clash
from rules.routing import RoutingRule, forestalled, rule_name
from rules.section import ClockTime, DueTime, LimitText, Section

__all__ = [
    "BureauPolicy", "ColourPolicy", "FlagPolicy", "LeaderPolicy", "LimitEntry", "OfficePolicy",
    "OrderCodes", "OrderPolicy", "Policy", "PrivacyPolicy", "RankingPolicy", "RoutingRule",
    "SeasonPolicy", "read_policy",
]  # fmt: skip

Share = Annotated[Decimal, Field(ge=0, le=1)]


def _named_days(value: Any) -> Any:
    return dict.fromkeys(value, "") if isinstance(value, list | tuple) else value


NamedDays = Annotated[dict[date, str], BeforeValidator(_named_days)]
"""Dates as a list, or as a table of date = name."""

Hours = Annotated[Week, BeforeValidator(read_week)]
DayHours = Annotated[tuple[Span, ...], BeforeValidator(read_spans)]

USUAL_WEEK = read_week(("09:00-12:00", "13:30-17:30"))


USUAL_LIMITS = (
    LimitEntry(
        dispatch="4wh", acknowledge="1wd", contact="1wd", close="5wd", judge="1wd",
        extension="5wd", review="3wd",
    ),
    LimitEntry(nature=("咨询",), close="2wd", extension="2wd"),
    LimitEntry(
        urgency=("特急",), dispatch="15m", acknowledge="15m", contact="30m", close="24h",
        extension="none",
    ),
)  # fmt: skip
"""What holds where a policy names no limits: without them no appeal would ever be late."""


class BureauPolicy(Section):
    """``[bureau]``: who keeps this store."""

    name: str = "网上群众工作部"
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")] = "WH"
    timezone: str = "Asia/Shanghai"

    @field_validator("name")
    @classmethod
    def _one_printable_line(cls, name: str) -> str:
        if not name.isprintable() or not name.strip():
            raise ValueError("单位名称要写成一行文字，其中不能有控制字符")
        return name

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"没有“{name}”这个时区，请写 Asia/Shanghai 这样的 IANA 名") from None
        return name


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
    due_time: DueTime = "close"
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


class ColourPolicy(Section):
    """``[colours]``."""

    preset: Literal["remaining", "near-due", "overdue-bands"] = "remaining"


class RankingPolicy(Section):
    """``[ranking]``; ``unrated`` is ``exclude``, or ``10d``: satisfied after that many days."""

    groups: bool = True
    min_rated_month: Annotated[int, Field(ge=0)] = 10
    min_rated_week: Annotated[int, Field(ge=0)] = 5
    basic_weight: Share = Decimal(1)
    unrated: Annotated[str, Field(pattern=r"^(exclude|\d{1,3}d)$")] = "exclude"
    weights: dict[Literal["result", "work", "on_time"], Annotated[Decimal, Field(ge=0)]] = Field(
        default_factory=dict
    )
    excellent: Share = Decimal("0.85")
    qualified: Share = Decimal("0.75")


class FlagPolicy(Section):
    """``[flags]``: who must be supervised; a last place at ``exempt_above`` or better is spared."""

    last_k: Annotated[int, Field(ge=1)] = 1
    months: Annotated[int, Field(ge=1)] = 2
    long_red: LimitText = "10wd"
    long_open: LimitText = "30d"
    reporters: Annotated[int, Field(ge=1)] = 3
    reporters_within: LimitText = "30d"
    unsatisfied: Annotated[int, Field(ge=1)] = 2
    exempt_above: Share | None = None


class OrderCodes(Section):
    """``[orders.codes]``: 发文代字 by kind of paper."""

    order: str = "武网督"
    notice: str = "武网督提"
    reminder: str = "武网督催"
    talk: str = "武网督约"
    referral: str = "武网移"


class OrderPolicy(Section):
    """``[orders]``: the ladder's clocks; ``feedback`` by level 1 to 3."""

    receipt: LimitText = "1wd"
    undelivered: LimitText = "4wh"
    feedback: tuple[LimitText, LimitText, LimitText] = ("3wd", "2wd", "1wd")
    drafter_may_sign: Literal["if-alone", "always", "never"] = "if-alone"
    draft_at: Literal["none", "red1", "red2", "red3"] = "red3"
    draft_cap: Annotated[int, Field(ge=0)] = 20
    paper_cap: Annotated[int, Field(ge=1)] = 200
    codes: OrderCodes = OrderCodes()


class LeaderPolicy(Section):
    """One of ``[[leaders]]``: who may sign (签发人)."""

    name: Annotated[str, Field(min_length=1)]
    post: str = ""


class PrivacyPolicy(Section):
    """``[privacy]``; ``keep_personal`` is a number of years such as ``3y``."""

    mask: bool = True
    keep_personal: Annotated[str, Field(pattern=r"^\d{1,2}y$")] = "3y"


class Policy(Section):
    """One version of the policy, whole."""

    bureau: BureauPolicy = BureauPolicy()
    office: OfficePolicy = OfficePolicy()
    limits: tuple[LimitEntry, ...] = USUAL_LIMITS
    colours: ColourPolicy = ColourPolicy()
    ranking: RankingPolicy = RankingPolicy()
    flags: FlagPolicy = FlagPolicy()
    orders: OrderPolicy = OrderPolicy()
    leaders: tuple[LeaderPolicy, ...] = ()
    privacy: PrivacyPolicy = PrivacyPolicy()
    routing: tuple[RoutingRule, ...] = ()

    @field_validator("limits")
    @classmethod
    def _no_clash(cls, limits: tuple[LimitEntry, ...]) -> tuple[LimitEntry, ...]:
        places = clash(limits)
        if places is not None:
            one, other = places
            raise ValueError(
                f"第{one + 1}条与第{other + 1}条时限的条件相同（{limits[one].title()}），"
                "请合并或改其一"
            )
        return limits

    @field_validator("routing")
    @classmethod
    def _none_idle(cls, rules: tuple[RoutingRule, ...]) -> tuple[RoutingRule, ...]:
        places = forestalled(rules)
        if places is not None:
            first, idle = (rule_name(place + 1, rules[place]) for place in places)
            raise ValueError(
                f"{idle}永远轮不到：{first}（{rules[places[0]].title()}）排在前面且已包括它，"
                "请把较窄的一条移到前面或删去"
            )
        return rules


def read_policy(text: str) -> Policy:
    """The policy written in TOML; PolicyError naming line, section and nearest key otherwise."""
    data = read_toml(text)
    try:
        return Policy.model_validate(data)
    except ValueError as fault:
        raise PolicyError(refusal(fault, Policy)) from None


def _month_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)
