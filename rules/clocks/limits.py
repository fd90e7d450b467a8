"""A limit such as ``5wd`` as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from rules.errors import LimitError

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
