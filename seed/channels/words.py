"""The lists of DESIGN §1, and how other people write what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rules import casework, clocks
from rules.text import harmless_line
from seed.channels.table import RowRefused

NATURES, URGENCIES = clocks.NATURES, clocks.URGENCIES

OUTCOMES, RATINGS = casework.OUTCOMES, casework.RATINGS

_NATURE_SIGNS = (
    ("举报", ("举报",)),
    ("投诉", ("投诉", "complaint", "控诉")),
    ("表扬", ("表扬", "感谢", "致谢")),
    ("建议", ("建议", "意见")),
    ("咨询", ("咨询", "请问", "询问", "information", "inquiry")),
    ("求助", ("求助", "求决", "请求", "恳请", "诉求", "request")),
)

_ANY_SIGN = re.compile("|".join(sign for _, signs in _NATURE_SIGNS for sign in signs))

_URGENCY_WORDS = {
    "普通": "一般",
    "正常": "一般",
    "平件": "一般",
    "normal": "一般",
    "standard": "一般",
    "急": "紧急",
    "急件": "紧急",
    "加急": "紧急",
    "较急": "紧急",
    "urgent": "紧急",
    "特急件": "特急",
    "特别紧急": "特急",
    "非常紧急": "特急",
    "emergency": "特急",
}

_OUTCOME_WORDS = {
    "解决": "已解决",
    "已办结": "已解决",
    "resolved": "已解决",
    "部分已解决": "部分解决",
    "partly": "部分解决",
    "partially resolved": "部分解决",
    "没有解决": "未解决",
    "unresolved": "未解决",
    "解释": "解释说明",
    "已解释": "解释说明",
    "explained": "解释说明",
}

_RATING_WORDS = {
    "非常满意": "满意",
    "很满意": "满意",
    "satisfied": "满意",
    "比较满意": "基本满意",
    "较满意": "基本满意",
    "一般": "基本满意",
    "basic": "基本满意",
    "不太满意": "不满意",
    "很不满意": "不满意",
    "非常不满意": "不满意",
    "unsatisfied": "不满意",
}

_UNRATED = frozenset(("未评价", "未评", "无", "-", "—", "/"))

_YES = frozenset(("是", "保密", "true", "1", "yes", "y", "√"))

_NO = frozenset(("否", "不保密", "公开", "false", "0", "no", "n", "×"))

_PLACE_MARKS = re.compile(r"[;；\n\r\u2028]+")

_OUTSIDE_BRACKETS = r"(?![^（(\[【]*[)）\]】])"

_UNIT_MARKS = re.compile(rf"[、,，;；\n|/／]+{_OUTSIDE_BRACKETS}")

_PARTS = {
    **dict.fromkeys(("主办", "主责", "牵头", "承办", "首办", "主"), "lead"),
    **dict.fromkeys(("协办", "配合", "协同", "协助", "会办", "参与", "协"), "helper"),
}
"""How a list of units marks who leads and who helps."""

_PART = rf"({'|'.join(_PARTS)})(?:单位|部门)?"

_PART_BEFORE = re.compile(rf"\s*[（(\[【]?{_PART}[)）\]】]?\s*[:：]\s*")

_PART_AFTER = re.compile(rf"\s*[（(\[【]\s*{_PART}\s*[)）\]】]\s*$")

_CONTINUES = re.compile(
    r".|(?:人民)?政府|(?:管理)?委员会|管委会|管理局|分局|办公室|(?:街道)?办事处|(?:有限)?(?:责任)?公司"
    r"|[支大中]队|中心|[（(].*"
)
"""What no line of a list begins with: the end of the name on the line before."""

_SEVERAL = re.compile(r"[、,，;；\n|/／:：（(\[【]")

_SLASH = re.compile(r"\s*/\s*")

_PATH_MARKS = re.compile(r"\s*[/／>＞→]+\s*")


def nature(text: str) -> str:
    """Return the nature a source states; a word outside the list is 其他."""
    return text if text in NATURES else guessed_nature(text)


def guessed_nature(title: str) -> str:
    """Return the nature that a title names in so many words, else 其他.

    Only words count, no tone: a question mark makes no 咨询, whose limit is shorter.
    """
    lowered = title.lower()
    if not _ANY_SIGN.search(lowered):
        return "其他"
    for found, signs in _NATURE_SIGNS:
        if any(sign in lowered for sign in signs):
            return found
    return "其他"


def urgency(text: str) -> str:
    """Return 一般, 紧急 or 特急; another word is refused, since clocks hang on it."""
    return _listed(text, URGENCIES, _URGENCY_WORDS, "紧急程度")


def outcome(text: str) -> str:
    """Return one of the four outcomes; another word is refused."""
    return _listed(text, OUTCOMES, _OUTCOME_WORDS, "办理结果")


def rating(text: str) -> str | None:
    """Return one of the three ratings, None for unrated; another word is refused."""
    return None if text in _UNRATED else _listed(text, RATINGS, _RATING_WORDS, "满意评价")


def confidential(text: str) -> bool:
    """Return whether a cell asks for secrecy; an unclear one is refused."""
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise RowRefused(f"保密“{text}”无法识别，请填 是 或 否")


def units(text: str) -> tuple[str, ...]:
    """Return the units a cell lists, each once, without the mark of their part."""
    return tuple(dict.fromkeys(name for name, _ in _parts_of(text)))


@lru_cache(4096)
def lead_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the lead unit and the co-units of a cell, text on one line or several.

    Who bears the mark 主办 leads, else the first without a mark. RowRefused where several bear it,
    or where all help and none leads.
    """
    if not _SEVERAL.search(text):
        return text, ()
    parts = _parts_of(text)
    leads = [name for name, part in parts if part == "lead"]
    plain = [name for name, part in parts if part == ""]
    if len(leads) > 1:
        raise RowRefused(f"承办单位“{_quoted(text)}”写了{len(leads)}个主办：请只留一个")
    if not (leads or plain):
        raise RowRefused(f"承办单位“{_quoted(text)}”没有主办单位：请写明由谁主办")
    lead = (leads or plain)[0]
    return lead, tuple(dict.fromkeys(name for name, _ in parts if name != lead))


def lead_unit(values: dict[str, Any]) -> None:
    """Part the unit of a row into its lead and its co-units, beside those it has already."""
    if text := values.get("unit"):
        values["unit"], helpers = lead_of(text)
        if helpers:
            named = (*helpers, *(values.get("co_units") or ()))
            values["co_units"] = tuple(dict.fromkeys(n for n in named if n != values["unit"]))


def listed_in_lines(text: str) -> str:
    """Return units that stand one below the other on one line; a name broken in two is whole."""
    first, *lines = text.split("\n")
    for line in lines:
        first += line if _CONTINUES.fullmatch(line.strip()) else f"；{line}"
    return first


def _parts_of(text: str) -> list[tuple[str, str]]:
    """Return the units of a list, each with its part: lead, helper or none told."""
    found = []
    part = ""
    for each in _UNIT_MARKS.split(text):
        if before := _PART_BEFORE.match(each):
            part = _PARTS[before[1]]
            each = each[before.end() :]
        after = _PART_AFTER.search(each)
        name = (each[: after.start()] if after else each).strip()
        if name:
            found.append((name, _PARTS[after[1]] if after else part))
    return found


def _quoted(text: str) -> str:
    return harmless_line(text)[:40]


def places(text: str) -> tuple[str, ...]:
    """Return the files and pages a cell lists, one a line or with semicolons between them."""
    found = (place.strip() for place in _PLACE_MARKS.split(text))
    return tuple(dict.fromkeys(place for place in found if place))


def category(text: str) -> str:
    """Return a category path with plain slashes and no blanks around them."""
    return _PATH_MARKS.sub("/", text).strip("/")


def path(*levels: str) -> str:
    """Return the category path of a source whose names may hold slashes of their own."""
    return "/".join(_SLASH.sub(", ", level) for level in levels if level)


def _listed(text: str, words: tuple[str, ...], others: Mapping[str, str], what: str) -> str:
    """Return the list's own word for ``text``."""
    if text in words:
        return text
    if found := others.get(text.lower()):
        return found
    raise RowRefused(f"{what}“{text}”无法识别，请填 {'、'.join(words)}")
