"""By which doors came what a unit closed of late, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.bureau.gathering import of_tickets
from console.bureau.unitpage import Line, UnitPage
from console.widgets import Figure, FigureSheet

if TYPE_CHECKING:
    from models.views import UnitDone


def write_doors(page: UnitPage, done: UnitDone) -> None:
    """Write how many appeals came by each door, as many on a line as there is room for."""
    page.sheet.heading("近90天办结的来源渠道")
    if not done.channels:
        page.sheet.line(("近90天没有办结", FigureSheet.DIM))
    line: Line = []
    used = 0
    for channel, ids in done.channels.items():
        room = cell_len(f"{channel} {len(ids):,}  ")
        if line and used + room > page.sheet.width:
            page.sheet.line(*line)
            line, used = [], 0
        opens = f"近90天办结 {channel}"
        page.behind[opens] = of_tickets(ids)
        line += [(f"{channel} ", FigureSheet.DIM), Figure(f"{len(ids):,}", opens, "bold"), "  "]
        used += room
    if line:
        page.sheet.line(*line)
