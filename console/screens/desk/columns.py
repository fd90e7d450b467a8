"""The columns of what waits, and a matter as the cells of its row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.cells import tail
from console.theme import Symbols
from console.widgets.columns import Cell, Column

if TYPE_CHECKING:
    from models.views import DeskRow


DIGITS = 10


OLD = timedelta(days=3)
"""What has waited longer stands out."""


COLUMNS = (
    Column("等待", 6, frozen=True),
    Column("事项", 18, most=44),
    Column("单位", 10),
    Column("提示", 8),
    Column("所请所答", 24, most=60, later=True),
    Column("编号", DIGITS + 2, later=True),
)


def cells(row: DeskRow, now: datetime, symbols: Symbols) -> list[Cell]:
    """Return the cells of a matter, one for each of ``COLUMNS``."""
    waited = now - row.since_at
    return [
        (age(waited), "yellow" if waited > OLD else ""),
        (row.title, ""),
        (row.unit or "—", ""),
        (row.mark, "yellow"),
        (" ".join(row.said.split()), "dim"),
        (tail(row.number, DIGITS + len(symbols.ellipsis), symbols.ellipsis), "dim"),
    ]


def age(waited: timedelta) -> str:
    """Return how long somebody has waited: ``3天`` ``5小时`` ``20分``."""
    if waited.days > 0:
        return f"{waited.days}天"
    hours, rest = divmod(max(0, waited.seconds), 3600)
    return f"{hours}小时" if hours else f"{rest // 60}分"
