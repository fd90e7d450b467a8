"""值班, 代理: who answers in a span for a unit, a leader or an operator; bad spans are refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.errors import Refused

KINDS = {"duty": "值班", "deputy": "代理"}

WHOSE = {"unit": "单位", "leader": "领导", "operator": "操作员"}

LONGEST = {"duty": timedelta(days=31), "deputy": timedelta(days=366)}
"""How long one entry may last: a month of duty, a year of standing in."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when until before when somebody answers, and how that entry is called."""

    from_at: datetime
    to_at: datetime
    name: str

    def meets(self, from_at: datetime, to_at: datetime) -> bool:
        """Return whether it has an instant in common with another."""
        return self.from_at < to_at and from_at < self.to_at


def require_span_of(kind: str, from_at: datetime, to_at: datetime, now: datetime) -> None:
    """Refuse a span that ends before it begins, is over already or too long."""
    word = KINDS[kind]
    if to_at <= from_at:
        raise Refused(f"{word}的结束要晚于开始：请核对时间")
    if to_at <= now:
        raise Refused(f"{word}的时间已过：只登记现在和以后的")
    if to_at - from_at > LONGEST[kind]:
        raise Refused(f"{word}一次最多{LONGEST[kind].days}天：请分段登记")


def require_free(kind: str, taken: Iterable[Span], from_at: datetime, to_at: datetime) -> None:
    """Refuse a span that meets another of the same: who answers must be plain at any time."""
    for one in taken:
        if one.meets(from_at, to_at):
            raise Refused(f"这段时间已有{KINDS[kind]}（{one.name}）：先提前结束那一条再登记")
