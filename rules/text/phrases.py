"""套话: replies that say nothing, marked for whoever judges them."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST = 15
"""A reply of fewer characters tells a citizen nothing they can use."""

_PHRASES = (
    "已收悉",
    "收悉",
    "已阅",
    "已处理",
    "已办理",
    "已办结",
    "已转办",
    "已转相关部门",
    "感谢您的来信",
    "感谢您的关注",
    "感谢您对我们工作的支持",
    "您好",
    "正在处理",
    "我单位高度重视",
)

_DATE = re.compile(r"(\d{2,4}[年\-./])?\d{1,2}[月\-./]\d{1,2}[日号]?|\d{8}|\d{1,2}[::]\d{2}")

_PUNCTUATION = re.compile(r"[^\w]|_")


def plain_words(text: str) -> str:
    """Return a reply without spaces and punctuation, as replies are compared."""
    return _PUNCTUATION.sub("", text)


def stock_phrase(text: str, others: Iterable[str] = ()) -> str | None:
    """Return why a reply is 套话, in words for whoever judges; None if it says something.

    ``others`` are replies to other appeals of which it may be a copy.
    """
    said = plain_words(text)
    if not plain_words(_DATE.sub("", text)):
        return "只有日期" if said else "没有内容"
    rest = said
    for phrase in sorted(_PHRASES, key=len, reverse=True):
        rest = rest.replace(phrase, "")
    if not rest:
        return "只有套话"
    if len(said) < SHORTEST:
        return f"仅{len(said)}字"
    if any(said == plain_words(other) for other in others):
        return "与另一件的答复雷同"
    return None
