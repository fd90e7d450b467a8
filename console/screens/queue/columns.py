"""The columns of the queue, and a matter as the cells of its row."""

from __future__ import annotations

from console.cells import tail
from console.desk.queue import Line
from console.theme import Symbols
from console.widgets.columns import Cell, Column

DIGITS = 10
"""Cells of a number's end that tell it from others: month, day and the five digits."""


COLUMNS = (
    Column("颜色", 6, frozen=True),
    Column("余时", 14, frozen=True),
    Column("事项", 18, most=56),
    Column("单位", 10, most=10),
    Column("步骤", 4),
    Column("编号", DIGITS + 2),
    Column("状态", 8, later=True),
    Column("到期", 11, later=True),
    Column("属地", 18, later=True),
    Column("渠道", 10, later=True),
    Column("性质", 4, later=True),
)


ORDERS = {
    "banded": "轻重缓急",
    "due": "到期先后",
    "received": "受理先后",
    "number": "编号",
    "unit": "单位",
    "step": "步骤",
}
"""The orders of the list by the word of ``models.queues``, in the order of ``[`` and ``]``."""


COLOUR_NAMES = {"red": "红", "yellow": "黄", "blue": "蓝"}


CHIPS = {
    **COLOUR_NAMES,
    "paused": "挂起",
    "next": "下一工作日转红",
    "today": "今日新红",
    "pressing": "特急或批示",
}


SHORT_STEPS = {
    "contact": "联系",
    "progress": "进度",
    "receipt": "签收",
    "feedback": "反馈",
    "instruction": "批示",
    "pledge": "承诺",
}


def cells(line: Line, symbols: Symbols) -> list[Cell]:
    """Return the cells of a matter, one for each of ``COLUMNS``."""
    shade = line.colour or "dim"
    urgent = f"[{line.urgency}]" if line.urgency in ("特急", "紧急") else ""
    kind = "[督办单]" if line.kind == "order" else ""
    return [
        (colour_text(line.colour, line.level, symbols), shade),
        (line.remaining + ("暂" if line.provisional else ""), shade),
        (f"{kind}{urgent}{line.title}", ""),
        _holder(line),
        (SHORT_STEPS.get(line.step, line.step_name), "dim"),
        (tail(line.number, DIGITS + len(symbols.ellipsis), symbols.ellipsis), "dim"),
        (line.status, "dim"),
        (line.due, "dim"),
        (line.area, "dim"),
        (line.channel, "dim"),
        (line.nature, "dim"),
    ]


def _holder(line: Line) -> Cell:
    """Return who holds the matter: its unit, nobody yet, or the centre, which judges replies."""
    if line.unit:
        return line.unit, ""
    return ("待派", "yellow") if line.step == "dispatch" else ("本中心", "dim")


def colour_text(colour: str | None, level: int, symbols: Symbols) -> str:
    """Return a colour as sign and word with its level: ``▲ 红Ⅱ``."""
    if colour is None:
        return "‖ 挂起" if symbols.red == "▲" else "= 挂起"
    return f"{symbols.of(colour)} {COLOUR_NAMES[colour]}{symbols.levels[level]}"


def plain(line: Line, symbols: Symbols) -> str:
    """Return a matter in one line of text, for the clipboard; everything in it is masked."""
    colour = colour_text(line.colour, line.level, symbols)
    parts = (line.number, colour, line.remaining, line.title, line.unit, line.step_name,
             f"到期{line.due}")  # fmt: skip
    return "  ".join(part for part in parts if part)
