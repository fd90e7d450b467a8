"""Steps that have a clock, a limit such as ``5wd``, and the terms by which it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast
from unicodedata import normalize

from rules.clocks.chinese_numbers import WRITTEN, number
from rules.errors import LimitError

STEP_NAMES = {
    "dispatch": "派单",
    "accept": "受理决定",
    "acknowledge": "签收",
    "contact": "首次联系",
    "progress": "进度反馈",
    "close": "办结",
    "judge": "审核",
    "assist": "协办",
    "receipt": "督办单签收",
    "feedback": "督办单反馈",
    "review": "核查",
    "instruction": "批示办理",
    "pledge": "承诺兑现",
    "campaign": "专题结项",
    "task": "专题任务",
    "account": "挂账",
    "cell": "网格自办",
    "respond": "群内应答",
    "arrive": "到场",
    "inform": "群内反馈",
    "visit_task": "走访任务",
}

START_NAMES = {
    "dispatch": "受理",
    "judge": "答复",
    "receipt": "送达",
    "feedback": "签发",
    "review": "评价",
    "instruction": "批示",
    "pledge": "承诺",
    "campaign": "设立专题",
    "task": "下达任务",
    "account": "挂账",
    "cell": "发现",
    "respond": "群内发言",
    "arrive": "群内发言",
    "inform": "群内发言",
    "visit_task": "走访",
}
"""What starts a step's clock, where it is not the dispatch (交办)."""


def start_name(step: str) -> str:
    """What happens when the clock of a step starts."""
    return START_NAMES.get(step, "交办")


Unit = Literal["wd", "half", "wh", "h", "m", "d", "mo", "fixed"]

UNITS: dict[str, str] = {
    "wd": "个工作日",
    "wh": "个工作小时",
    "h": "小时",
    "m": "分钟",
    "d": "日",
    "mo": "个月",
}

FIXED_TEXT = "fixed"

HALF_DAY = "0.5wd"

_LABELS = {"0wd": "当日", HALF_DAY: "半个工作日", FIXED_TEXT: "来源定时"}

_SECONDS = {"wh": 3600, "h": 3600, "m": 60, "d": 86_400}

_TEXT = re.compile(r"(\d{1,5})(wd|wh|mo|h|m|d)")

_WORDS = {
    **dict.fromkeys(("当日", "当天", "当日办结"), "0wd"),
    **dict.fromkeys(("半个工作日", "半工作日", "半天", "半日", "0.5个工作日"), HALF_DAY),
    **dict.fromkeys(("半个小时", "半小时"), "30m"),
}

_TYPED = re.compile(
    rf"(?P<count>\d{{1,5}}|{WRITTEN})"
    r"(?:(?P<wd>个?工作日)|(?P<wh>个?工作小时|个?工作时|个?工时)|(?P<h>个?小时|个?钟头)"
    r"|(?P<m>分钟?)|(?P<d>个?自然日|日|天)|(?P<mo>个月))"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount and its measure.

    ``wd`` working days, none for the day of the start itself; ``half`` half of a working day's
    office hours (count 1); ``wh`` working hours; ``h`` and ``m`` round the clock; ``d`` natural
    days; ``mo`` calendar months; ``fixed`` stands for a date the source itself gave (count 0).
    """

    count: int
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Limit:
        """The limit of ``5wd`` or of ``五个工作日``; ValueError with a Chinese reason otherwise."""
        plain = "".join(normalize("NFKC", text).lower().split()).removesuffix("内")
        plain = _WORDS.get(plain, plain)
        if plain == HALF_DAY:
            return cls(1, "half")
        if match := _TEXT.fullmatch(plain):
            count, unit = int(match[1]), match[2]
        elif (match := _TYPED.fullmatch(plain)) and match["count"]:
            count, unit = number(match["count"]), str(match.lastgroup)
        else:
            count, unit = 0, ""
        if not unit or (count == 0 and unit != "wd"):
            raise ValueError(
                f"时限“{text}”无法识别，请写成 5wd（5个工作日）、0wd（当日）、0.5wd（半个工作日）、"
                "4wh（工作小时）、24h、15m、60d（自然日）或 2mo（个月）"
            )
        return cls(count, cast(Unit, unit))

    @classmethod
    def parse(cls, text: str) -> Limit:
        """``read`` for text a person typed, and ``fixed``; LimitError otherwise."""
        if text == FIXED_TEXT:
            return FIXED
        try:
            return cls.read(text)
        except ValueError as fault:
            raise LimitError(str(fault)) from None

    @property
    def by_days(self) -> bool:
        """Whether the limit ends on a date rather than after a stretch of time."""
        return self.unit in ("wd", "d", "mo", "fixed")

    @property
    def working(self) -> bool:
        """Whether the limit is measured in working time."""
        return self.unit in ("wd", "half", "wh", "fixed")

    @property
    def same_day(self) -> bool:
        """Whether the limit ends on the day of its start: 当日办结."""
        return self.unit == "wd" and self.count == 0

    @property
    def seconds(self) -> int:
        """Length of ``wh`` in working seconds, of ``h``, ``m`` and ``d`` in real ones."""
        return self.count * _SECONDS[self.unit]

    @property
    def label(self) -> str:
        """``5个工作日``, ``15分钟``, ``当日``, ``来源定时``."""
        text = str(self)
        return _LABELS[text] if text in _LABELS else f"{self.count}{UNITS[self.unit]}"

    def __str__(self) -> str:
        match self.unit:
            case "fixed":
                return FIXED_TEXT
            case "half":
                return HALF_DAY
            case unit:
                return f"{self.count}{unit}"


FIXED = Limit(0, "fixed")


def short_limit(typed: str) -> str:
    """A limit as it is stored, however it was typed: ``5wd`` for 五个工作日; LimitError."""
    return str(Limit.parse(typed))


def longer(typed: str) -> Limit:
    """By how much an extension moves a due instant; LimitError where that would be nothing."""
    limit = Limit.parse(typed)
    if limit.same_day:
        raise LimitError("延期不能是当日：请写成 1wd、24h、5d 这样的长度")
    return limit


def how_counted(limit: Limit) -> str:
    """Say in a word how the limit is counted."""
    if limit.same_day:
        return "当日结束"
    return {
        "wd": "次日起算",
        "d": "次日起算，含休息日",
        "mo": "按月，到对应日",
        "wh": "只计办公时间",
        "half": "只计办公时间",
        "fixed": "来源确定",
    }.get(limit.unit, "昼夜连续")


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How one limit is counted; compared by identity, so that answers can be kept by it.

    ``cutoff`` is in seconds after local midnight, None where a start is never moved (same-day).
    ``due_time`` is a word of the policy or ``HH:MM``. ``yellow`` is a lead that replaces the
    preset's. ``days_keep_time``: natural days and months end at the clock time they began at,
    else at 24:00.
    """

    limit: Limit
    cutoff: int | None = None
    due_time: str = "close"
    roll: bool = False
    yellow: Limit | None = None
    days_keep_time: bool = False

    @property
    def text(self) -> str:
        """The limit as it is stored: ``5wd``."""
        return str(self.limit)

    @property
    def leans(self) -> bool:
        """Whether a change of the calendar could move the due instant."""
        unit = self.limit.unit
        return unit in ("wd", "wh", "half") or (
            unit in ("d", "mo") and (self.roll or self.cutoff is not None)
        )

    @property
    def by_date(self) -> bool:
        """Whether the due instant depends on nothing but the date counted from."""
        unit = self.limit.unit
        if unit == "wd":
            return self.due_time != "same-time" and self.limit.count > 0
        return unit in ("d", "mo") and not self.days_keep_time

    @property
    def keeps_time(self) -> bool:
        """Whether the last day ends at the clock time of the start."""
        if self.limit.unit in ("d", "mo"):
            return self.days_keep_time
        return self.limit.unit == "wd" and self.due_time == "same-time" and not self.limit.same_day


FIXED_TERMS = Terms(FIXED)
