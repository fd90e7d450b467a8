"""我要说事 and 我要参与: what comes from the codes on doors, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.errors import Refused
from rules.grid.cell_matter import Untaken, unnamed
from rules.text import half_width, harmless_line, printable

OPINION_KINDS = {"vote": "投票", "proposal": "建议"}

SAYING, TAKING_PART = "我要说事", "我要参与"

CODE_COLUMNS = (
    "编号",
    "码",
    "类别",
    "时间",
    "议题",
    "选项",
    "内容",
    "参与人",
    "诉求人",
    "联系电话",
)
"""The columns of the file; 参与人 is whatever tells one participant from another there."""

MOST_CHOICES = 9

_NUMBER = re.compile(r"#?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Said:
    """我要说事: an appeal as a resident sent it; ``scanned`` is the code as it was read."""

    line: int
    cells: tuple[str, ...]
    external_id: str
    scanned: str
    content: str
    reporter: str
    phone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Voiced:
    """我要参与: a vote or a proposal; ``topic`` is its number or title."""

    line: int
    cells: tuple[str, ...]
    scanned: str
    topic: str
    choice: str
    text: str
    person: str
    at: datetime


Coming = Said | Voiced | Untaken


def read_coming(line: int, cells: Mapping[str, str], at: datetime | None) -> Coming | None:
    """Return what a line of the file tells, why it cannot be taken, or None of an empty one.

    ``cells`` are those of ``CODE_COLUMNS``; ``at`` is its time, read already.
    """
    if not any(harmless_line(cells.get(name, "")) for name in CODE_COLUMNS):
        return None
    as_was = tuple(cells.get(name, "") for name in CODE_COLUMNS)
    try:
        return _read(line, cells, at, as_was)
    except Refused as refusal:
        return Untaken(line, as_was, str(refusal))


def _read(
    line: int, cells: Mapping[str, str], at: datetime | None, as_was: tuple[str, ...]
) -> Said | Voiced:
    told = {name: harmless_line(cells.get(name, "")) for name in CODE_COLUMNS}
    if at is None:
        raise Refused("没有写时间：例如 2026-11-20 09:20")
    if told["类别"] == SAYING:
        content = printable(cells.get("内容", "")).strip()
        if not content:
            raise Refused("我要说事没有写内容")
        number, scanned = told["编号"], told["码"]
        return Said(line, as_was, number, scanned, content, told["诉求人"], told["联系电话"], at)
    if told["类别"] != TAKING_PART:
        raise Refused(f"没有类别“{told['类别']}”：写 {SAYING} 或 {TAKING_PART}")
    if not told["议题"]:
        raise Refused("没有写议题：写编号（如 #3）或议题的全称")
    if bool(told["选项"]) == bool(told["内容"]):
        raise Refused("选项和内容写一样：投票写选项，建议写内容")
    person = told["参与人"] or told["联系电话"]
    if told["选项"] and not person:
        raise Refused("投票没有写参与人：无法辨别是否投过，请补上参与人或联系电话")
    text = unnamed(told["内容"])
    return Voiced(line, as_was, told["码"], told["议题"], told["选项"], text, person, at)


def topic_number(word: str) -> int | None:
    """Return the number a topic is named by; None where it is named by its title."""
    found = _NUMBER.fullmatch(half_width(word).strip())
    return int(found[1]) if found else None


def choice_of(word: str, choices: Sequence[str]) -> str:
    """Return the choice of a vote by its words or its number; ``Refused`` names the choices."""
    if word in choices:
        return word
    number = half_width(word).strip().rstrip(".、")
    if number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1]
    raise Refused(f"没有选项“{word}”：可选 {'、'.join(choices)}")


def asked(title: str, kind: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Return the choices of a topic as they are kept; ``Refused`` where it cannot be asked."""
    if not harmless_line(title):
        raise Refused("没有写议题：写一句问居民什么")
    if kind not in OPINION_KINDS:
        raise Refused(f"没有“{kind}”：写 {' 或 '.join(OPINION_KINDS.values())}")
    found = tuple(dict.fromkeys(filter(None, map(harmless_line, choices))))
    if kind == "proposal" and found:
        raise Refused("征集建议没有选项：要投票请写 投票")
    if kind == "vote" and not 2 <= len(found) <= MOST_CHOICES:
        raise Refused(f"投票要有2到{MOST_CHOICES}个不同的选项")
    return found
