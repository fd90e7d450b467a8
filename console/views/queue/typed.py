"""A filter as it is typed: what its words mean, and what of them nobody understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rules.casework import QueueFilter
from rules.clocks import STEP_NAMES
from rules.text import half_width

NONE_OF_MINE = "没有给您指定联系单位：请管理员用 duban operator units 指定"

HINT = "文字 · @地方 · u:单位 · c:颜色 · s:步骤 · q:渠道"
"""What may be typed, as the empty filter says it."""

FIELDS = {
    "unit": ("u", "单位", "dw"),
    "area": ("g", "网格", "wg", "属地", "sd"),
    "colour": ("c", "颜色", "ys"),
    "step": ("s", "步骤", "bz"),
    "channel": ("q", "渠道", "qd"),
    "urgency": ("j", "紧急", "jj"),
    "number": ("n", "编号", "bh"),
    "state": ("z", "状态", "zt"),
}

TYPED_COLOURS = {
    "red": ("红", "h", "r", "hong"),
    "yellow": ("黄", "y", "huang"),
    "blue": ("蓝", "b", "l", "lan"),
    "paused": ("挂起", "gq"),
    "next": ("将红", "jh", "转红"),
    "today": ("今红", "xh", "新红"),
    "pressing": ("特急", "tj"),
    "provisional": ("暂定", "zd"),
}

TYPED_STEPS = {
    "dispatch": ("派单", "待派", "交办", "pd"),
    "acknowledge": ("签收", "qs"),
    "contact": ("联系", "首次联系", "lx"),
    "progress": ("进度", "进度反馈", "jd"),
    "close": ("办结", "bj"),
    "judge": ("审核", "待审", "sh"),
    "receipt": ("督办单签收", "dqs"),
    "feedback": ("反馈", "督办单反馈", "fk"),
    "review": ("核查", "hc"),
}

TYPED_STATES = {
    "open": ("在办", "zb"),
    "review": ("待核", "待核查", "dh"),
    "unsatisfied": ("不满意", "bmy"),
    "closed": ("已办结", "办结", "ybj", "bj"),
    "all": ("全部", "qb"),
    "analysis": ("仅供分析", "分析", "jgfx", "fx"),
}

TYPED_URGENCIES = {"一般": ("yb",), "紧急": ("jj",), "特急": ("tj",)}


EVERYTHING = QueueFilter()
"""What holds where nothing is typed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: a filter, and what of it could not be understood."""

    filter: QueueFilter
    fault: str = ""


MINE = ("我的", "m:", "wd:", "我的:")
"""What is typed for the units a person looks after."""


def read_filter(
    text: str,
    channels: Sequence[str] = (),
    mine: tuple[int, ...] = (),
    start: QueueFilter = EVERYTHING,
) -> Typed:
    """Read a typed filter; words without a field name are looked for together as one text.

    ``channels`` are the names a part of which ``q:`` may give, ``mine`` the units of whoever
    types; ``start`` is what else holds.
    """
    found, words, fault = dict[str, Any](), list[str](), ""
    readers = _readers(channels)
    for word in half_width(text).split():
        if word.lower() in MINE:
            found["units"] = mine
            fault = fault if mine else NONE_OF_MINE
            continue
        name, value = _field(word)
        if name is None:
            words.append(word)
        elif value:
            meant = readers[name](value)
            if meant is None:
                fault = f"没有{FIELDS[name][1]}“{value}”"
            else:
                found[name] = meant
    return Typed(replace(start, **found, text=" ".join(words)), fault)


def _field(word: str) -> tuple[str | None, str]:
    if word.startswith("@"):
        return "place", word[1:]
    name, colon, value = word.partition(":")
    for field, names in FIELDS.items():
        if colon and name.lower() in names:
            return field, value
    return None, word


def _readers(channels: Sequence[str]) -> dict[str, Callable[[str], str | None]]:
    return {
        "place": str,
        "unit": str,
        "area": str,
        "number": str.upper,
        "colour": lambda value: _code(value, TYPED_COLOURS),
        "step": lambda value: _code(value, TYPED_STEPS) or _code(value, _STEP_NAMES),
        "state": lambda value: _code(value, TYPED_STATES),
        "urgency": lambda value: _code(value, TYPED_URGENCIES),
        "channel": lambda value: next((name for name in channels if value in name), None),
    }


def _code(value: str, words: Mapping[str, Sequence[str]]) -> str | None:
    value = value.lower()
    return next((code for code, names in words.items() if value == code or value in names), None)


_STEP_NAMES = {code: (name,) for code, name in STEP_NAMES.items()}
