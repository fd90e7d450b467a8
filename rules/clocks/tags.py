"""What of an appeal decides its limits, and what people call it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

NATURES = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")

URGENCIES = ("一般", "紧急", "特急")

KEY_NAMES = {
    "urgency": "紧急程度",
    "campaign": "专题",
    "round": "第几轮",
    "category": "类别",
    "channel": "渠道",
    "nature": "性质",
    "unit": "承办单位",
    "grid": "网格",
}
"""The keys of an entry in the order of their weight, and what people call them."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What of an appeal decides its limits, one field for each of ``KEY_NAMES``.

    ``unit`` is the code of the unit that has it, ``grid`` the code of its place, ``round`` the
    number of its handling, ``campaign`` the name of the 专题 it belongs to.
    """

    nature: str = "其他"
    urgency: str = "一般"
    category: str | None = None
    channel: str = "其他"
    unit: str | None = None
    grid: str | None = None
    round: int = 1
    campaign: str | None = None

    def told(self) -> str:
        """The tags as text, as a clock keeps those it was made under."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def of(cls, told: str) -> Tags:
        """The tags of a text that :meth:`told` made."""
        return cls(**json.loads(told))
