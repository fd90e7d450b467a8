"""What an act may not come before: the order in which the acts of a round happened."""

from __future__ import annotations

from datetime import datetime

from rules.course import Acts

NAMES = {
    "received_at": "受理",
    "dispatched_at": "交办",
    "returned_at": "退单",
    "handed_at": "转派",
    "acknowledged_at": "签收",
    "contacted_at": "首次联系",
    "progressed_at": "上次进度反馈",
    "replied_at": "答复",
    "closed_at": "办结",
}
_GIVEN = ("received_at", "dispatched_at", "handed_at")
_DONE = (*_GIVEN, "acknowledged_at", "contacted_at", "progressed_at")

FOLLOWS: dict[str, tuple[str, ...]] = {
    "dispatch": ("received_at", "returned_at"),
    "transfer": _DONE,
    "acknowledge": _GIVEN,
    "contact": _GIVEN,
    "progress": (*_GIVEN, "progressed_at"),
    "reply": (*_GIVEN, "acknowledged_at", "progressed_at"),
    "send_back": ("replied_at",),
    "close": (*_GIVEN, "acknowledged_at", "replied_at"),
    "rate": ("closed_at",),
    "rework": ("closed_at",),
    "reopen": ("closed_at",),
    "instruct": ("received_at",),
    "fulfil": ("received_at",),
    "note": ("received_at",),
}
"""The acts each verb follows, by their instants; a verb not named follows the hand-over."""


def too_early(verb: str, name: str, when: datetime, acts: Acts) -> str | None:
    """Return why an act cannot have happened at ``when``; None if it can.

    ``name`` is the verb's Chinese word. An assumed dispatch (交办时间缺) holds nobody to its time.
    """
    for instant in FOLLOWS.get(verb, _GIVEN):
        before: datetime | None = getattr(acts, instant)
        if acts.assumed and instant == "dispatched_at":
            continue
        if before is not None and when < before:
            return f"{name}时间早于{NAMES[instant]}时间：请核对时间"
    return None
