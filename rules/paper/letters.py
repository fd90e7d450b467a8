"""公文: the office's own papers, by kind: what each tells of, and whether it goes up.

A 批复 answers what a unit asked, a 分歧裁定书 says who handles, a 销号通知 that the matter of an
order was verified, a 核查报告 what a review found; 督查专报, 呈阅件 and 民情专报 go up to a leader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Subject = Literal[
    "extension", "pause", "return", "ruling", "order", "review", "matter", "report", "campaign"
]
"""What a letter tells of: a request that was decided, an order, a review, or any matter at all.

A 民情专报 is put together by a room of its own.
"""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind: ``upward`` papers go to a leader, bear 签发人, and their 批示 may come back."""

    kind: str
    subject: Subject
    upward: bool = False


LETTERS: Mapping[str, LetterKind] = {
    one.kind: one
    for one in (
        LetterKind("extension_reply", "extension"),
        LetterKind("pause_reply", "pause"),
        LetterKind("return_reply", "return"),
        LetterKind("ruling", "ruling"),
        LetterKind("closing_notice", "order"),
        LetterKind("review_report", "review"),
        LetterKind("brief", "matter", upward=True),
        LetterKind("submission", "matter", upward=True),
        LetterKind("report", "report", upward=True),
        LetterKind("campaign_report", "campaign", upward=True),
    )
}
"""Every kind of letter, in the order people are offered them."""

RANKS = ("city", "principal", "deputy")
"""Ranks of leaders, the highest first."""


def not_below(rank: str, other: str) -> bool:
    """Return whether a rank is not below another."""
    return RANKS.index(rank) <= RANKS.index(other)
