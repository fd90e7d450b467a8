"""The columns of a rehearsal, and a clock that would change as the cells of its row."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from console.cells import tail
from console.screens.queue.columns import COLOUR_NAMES, SHORT_STEPS
from console.theme import Symbols
from console.widgets.columns import Cell, Column
from rules.clocks import STEP_NAMES, Limit

if TYPE_CHECKING:
    from models.clocks import SampleRow


NUMBER = 13


COLUMNS = (
    Column("颜色", 13, frozen=True),
    Column("编号", NUMBER),
    Column("原到期", 13),
    Column("新到期", 13),
    Column("单位", 10, most=14),
    Column("步骤", 4),
    Column("时限", 10),
    Column("事项", 16, most=60, later=True),
)


def cells(row: SampleRow, zone: tzinfo, symbols: Symbols) -> list[Cell]:
    """Return the cells of a row, one for each of ``COLUMNS``."""
    before, after = (colour_word(c, symbols) for c in (row.colour_before, row.colour_after))
    return [
        (after if before == after else f"{before} → {after}", row.colour_after or "dim"),
        (tail(row.number, NUMBER, symbols.ellipsis), "dim"),
        (_due(row.due_before, row.provisional_before, zone), "dim"),
        (_due(row.due_after, row.provisional_after, zone), ""),
        (row.unit, ""),
        (SHORT_STEPS.get(row.step, STEP_NAMES.get(row.step, row.step)), "dim"),
        (Limit.parse(row.limit_text).label, "dim"),
        (row.title, "dim"),
    ]


def colour_word(colour: str | None, symbols: Symbols) -> str:
    """Return a colour as sign and word: ``▲ 红``; a paused clock has none."""
    return f"{symbols.of(colour)} {COLOUR_NAMES[colour]}" if colour else "无色"


def _due(instant: datetime, provisional: bool, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%m-%d %H:%M}" + ("暂" if provisional else "")
