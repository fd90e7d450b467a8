"""网格自办 and 自发现: what a cell settles itself, how a file tells of it, where it goes up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.errors import Refused
from rules.grid.codes import form_fault
from rules.text import half_width, harmless_line, mask_text

MATTER_KINDS = {"own": "网格自办", "found": "自发现"}
"""What residents told the officer in passing, and what the officer saw himself."""

MATTER_COLUMNS = ("编号", "网格", "种类", "事项", "情况", "发现时间", "办结时间", "结果")
"""The columns of the file in which cells report; those behind 事项 may be left out."""

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of a file: a matter as its cell tells it; instants are aware.

    ``external_id`` is its number there, empty where it has none; ``cells`` the line as it was.
    """

    line: int
    external_id: str
    code: str
    kind: str
    title: str
    content: str
    found_at: datetime
    done_at: datetime | None
    result: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Untaken:
    """A line that was not taken, as it was, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


def kind_named(typed: str) -> str:
    """Return the code of a kind by its code or its word; ``Refused`` names both."""
    word = typed.strip()
    for kind, name in MATTER_KINDS.items():
        if word in (kind, name):
            return kind
    raise Refused(f"没有“{typed}”：种类写 {' 或 '.join(MATTER_KINDS.values())}")


def code_typed(typed: str) -> str:
    """Return a code as it is kept; ``Refused`` for what cannot be one."""
    code = "".join(half_width(typed).split())
    if (why := form_fault(code)) is not None:
        raise Refused(why)
    return code


def read_matter(
    line: int, cells: Mapping[str, str], found_at: datetime | None, done_at: datetime | None
) -> Noted | Untaken | None:
    """Return what a line tells, why it cannot be taken, or None of one that is empty.

    ``cells`` are those of ``MATTER_COLUMNS``; the instants are read already, None for none.
    """
    told = {name: harmless_line(cells.get(name, "")) for name in MATTER_COLUMNS}
    if not any(told.values()):
        return None
    as_was = tuple(cells.get(name, "") for name in MATTER_COLUMNS)
    try:
        return _read(line, told, found_at, done_at, as_was)
    except Refused as refusal:
        return Untaken(line, as_was, str(refusal))


def _read(
    line: int,
    told: Mapping[str, str],
    found_at: datetime | None,
    done_at: datetime | None,
    cells: tuple[str, ...],
) -> Noted:
    if not told["网格"]:
        raise Refused("没有写网格：写15位代码")
    if not told["事项"]:
        raise Refused("没有写事项：写一句是什么事")
    if found_at is None:
        raise Refused("没有写发现时间：例如 2026-11-26 09:20")
    if told["结果"] and done_at is None:
        raise Refused("写了结果，没有写办结时间")
    return Noted(
        line,
        told["编号"],
        code_typed(told["网格"]),
        kind_named(told["种类"] or MATTER_KINDS["own"]),
        titled(told["事项"]),
        unnamed(told["情况"]),
        found_at,
        done_at,
        unnamed(told["结果"]),
        cells,
    )


def titled(text: str) -> str:
    """Return a title; ``Refused`` for none, or for one that is a whole story."""
    title = unnamed(text)
    if not title:
        raise Refused("没有写事项：写一句是什么事")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"事项超过{LONGEST_TITLE}字：事项写一句，其余写在情况里")
    return title


def unnamed(text: str) -> str:
    """Return text on one line, as it is kept: no telephone or identity number of a resident."""
    return mask_text(harmless_line(text))
