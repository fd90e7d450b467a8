"""Steps that have a clock, a limit such as ``5wd``, and the terms by which it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from rules.errors import LimitError

STEP_NAMES = {
    "dispatch": "派单",
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
}
"""What starts a step's clock, where it is not the dispatch (交办)."""


def start_name(step: str) -> str:
    """What happens when the clock of a step starts."""
    return START_NAMES.get(step, "交办")


Unit = Literal["wd", "wh", "h", "m", "d", "fixed"]

UNITS: dict[str, str] = {"wd": "个工作日", "wh": "个工作小时", "h": "小时", "m": "分钟", "d": "日"}

FIXED_TEXT = "fixed"

_SECONDS = {"wh": 3600, "h": 3600, "m": 60, "d": 86_400}

_TEXT = re.compile(r"(\d{1,5})(wd|wh|h|m|d)")


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount and its measure.

    ``wd`` working days, ``wh`` working hours, ``h`` and ``m`` round the clock, ``d`` natural
    days; ``fixed`` stands for a date the source itself gave (count 0).
    """

    count: int
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Limit:
        """The limit of ``5wd``; ValueError with a Chinese reason otherwise."""
        match = _TEXT.fullmatch(text.strip().lower())
        if match is None or int(match[1]) == 0:
            raise ValueError(
                f"时限“{text}”无法识别，请写成 5wd（工作日）、4wh（工作小时）、"
                "24h、15m 或 60d（自然日）"
            )
        return cls(int(match[1]), cast(Unit, match[2]))

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
        return self.unit in ("wd", "d", "fixed")

    @property
    def working(self) -> bool:
        """Whether the limit is measured in working time."""
        return self.unit in ("wd", "wh", "fixed")

    @property
    def seconds(self) -> int:
        """Length of ``wh`` in working seconds, of ``h``, ``m`` and ``d`` in real ones."""
        return self.count * _SECONDS[self.unit]

    @property
    def label(self) -> str:
        """``5个工作日``, ``15分钟``, ``来源定时``."""
        return "来源定时" if self.unit == "fixed" else f"{self.count}{UNITS[self.unit]}"

    def __str__(self) -> str:
        return FIXED_TEXT if self.unit == "fixed" else f"{self.count}{self.unit}"


FIXED = Limit(0, "fixed")


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How one limit is counted; compared by identity, so that answers can be kept by it.

    ``cutoff`` is in seconds after local midnight, None where a start is never moved (same-day).
    ``due_time`` is a word of the policy or ``HH:MM``. ``yellow`` is a lead that replaces the
    preset's.
    """

    limit: Limit
    cutoff: int | None = None
    due_time: str = "close"
    roll: bool = False
    yellow: Limit | None = None

    @property
    def text(self) -> str:
        """The limit as it is stored: ``5wd``."""
        return str(self.limit)

    @property
    def leans(self) -> bool:
        """Whether a change of the calendar could move the due instant."""
        unit = self.limit.unit
        return unit in ("wd", "wh") or (unit == "d" and (self.roll or self.cutoff is not None))

    @property
    def by_date(self) -> bool:
        """Whether the due instant depends on nothing but the date counted from."""
        unit = self.limit.unit
        return unit == "d" or (unit == "wd" and self.due_time != "same-time")


FIXED_TERMS = Terms(FIXED)
