"""One citizen's appeal as it comes in (DESIGN §6), and which appeals of the queue are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

OUTCOMES = ("已解决", "部分解决", "未解决", "解释说明")
"""办理结果: what came of a matter (DESIGN §1)."""

RATINGS = ("满意", "基本满意", "不满意")
"""What a citizen may say of the outcome, and of how the unit worked."""

RATING_CODES = {"satisfied": "满意", "basic": "基本满意", "unsatisfied": "不满意"}
"""Codes by which another system may write a rating."""

DOORS = {
    "neighbour": "微邻里",
    "police": "社区警务群",
    "reception": "大接访",
    "visit": "政法干部进社区",
}
"""The channels of the city's own doors, beside its lines and boards, by their codes."""

CALLBACKS = ("接通", "未接通", "拒访")
"""What may come of the centre's call to the citizen."""

VERIFIED = {
    "callback": "回访诉求人",
    "visit": "现场核查",
    "document": "查阅第三方材料",
    "figures": "核对本部数据",
}
"""How it is verified that an order's matter is done; the unit's own word is none of them."""

RETURN_CODES = {
    "duty": "非本单位职责",
    "area": "不在本单位管辖范围",
    "repeat": "重复诉求",
    "unclear": "诉求信息不清，无法办理",
    "handled": "已有其他单位在办",
    "legal": "已进入诉讼、信访等法定程序",
    "other": "其他",
}
"""退单理由: what a unit may say when it gives an appeal back (DOMAIN §2.3)."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """One row of the exchange file, cleaned and typed, whatever its source.

    Instants are aware UTC, whole seconds. ``None`` means the source does not say. ``line`` is the
    1-based line (text files) or row (workbooks) the appeal came from, 0 when it came from none.
    ``fields`` names the exchange columns that the file carries at all: a column it lacks is
    never taken for an empty value. ``date_only`` names instants whose source gave a date without
    a time of day. ``attachments`` are paths or addresses of what belongs to it. ``lead`` is the
    number of what it is merged into (并单), with the kind and since when.
    """

    channel: str
    title: str = ""
    content: str = ""
    number: str | None = None
    external_id: str | None = None
    nature: str | None = None
    category: str | None = None
    urgency: str | None = None
    object: str | None = None
    reporter: str | None = None
    phone: str | None = None
    confidential: bool | None = None
    grid: str | None = None
    address: str | None = None
    unit: str | None = None
    co_units: tuple[str, ...] = ()
    handler: str | None = None
    received_at: datetime | None = None
    dispatched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    contacted_at: datetime | None = None
    reply: str | None = None
    replied_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    result_rating: str | None = None
    work_rating: str | None = None
    rated_at: datetime | None = None
    updated_at: datetime | None = None
    attachments: tuple[str, ...] = ()
    lead: str | None = None
    merge_kind: str | None = None
    merged_at: datetime | None = None
    line: int = 0
    fields: frozenset[str] = frozenset()
    date_only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that could not be taken: where it stood, why in one Chinese line, what it held.

    ``raw`` maps the file's own column names to the cells as text, in the file's order; it is
    empty where only the line is known.
    """

    line: int
    reason: str
    raw: Mapping[str, str] = field(default_factory=dict)


def needs_review(result: str | None, rated_at: datetime, now: datetime, days: int) -> bool:
    """Return whether a rating of the outcome opens a review (核查).

    One older than ``days`` is history, not a task: ``duban review open`` may still open it.
    """
    return result == "不满意" and now - rated_at <= timedelta(days=days)


LIMITS_AFTER = {
    "keep": "保留现时限",
    "change": "新时限从变更起算",
    "dispatch": "新时限从交办起算",
}
"""What may become of the limits that run when a tag is changed; only the last annuls crossings."""

QUEUE_STATES = {
    "open": "在办",
    "review": "待核",
    "unsatisfied": "不满意",
    "closed": "已办结",
    "all": "全部",
    "analysis": "仅供分析",
}
"""What the queue can list: what runs, an undecided review, a closed round the citizen was
unsatisfied with, what is closed, everything of ours; and what others answer, counted once."""

COUNTED_STATES = tuple(state for state in QUEUE_STATES if state != "analysis")
"""The states whose numbers stand beside the queue: what others answer is in none of them."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Every condition is optional; all that are given must hold.

    ``colour`` is red, yellow, blue, paused, next (turns red by the end of the next working day),
    today (turned red today), pressing (特急 or under an instruction) or provisional (due in a year
    without an official calendar). ``text`` looks in title, number and object. ``unit`` is a code,
    or part of a name, short name, alias or the beginning of pinyin initials. ``area`` is where the
    matter lies; ``place`` where it lies *or* is handled. ``units`` are ids of units, one of which
    must have the matter.

    ``state`` is one of ``QUEUE_STATES``; ``days`` how far back closed matters are listed, by when
    they were closed, unsatisfied ones by when they were rated. Only what a clock runs for has a
    colour and a step.
    """

    colour: str | None = None
    text: str = ""
    unit: str | None = None
    area: str | None = None
    place: str | None = None
    step: str | None = None
    channel: str | None = None
    urgency: str | None = None
    kind: str | None = None
    number: str | None = None
    state: str = "open"
    days: int = 30
    units: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether everything is wanted."""
        return self == QueueFilter()
