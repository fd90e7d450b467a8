"""The steps that have a clock, in the field's words."""

from __future__ import annotations

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
}

START_NAMES = {
    "dispatch": "受理",
    "judge": "答复",
    "receipt": "送达",
    "feedback": "签发",
    "review": "评价",
    "instruction": "批示",
    "pledge": "承诺",
}
"""What starts a step's clock, where it is not the dispatch (交办)."""


def start_name(step: str) -> str:
    """What happens when the clock of a step starts."""
    return START_NAMES.get(step, "交办")
