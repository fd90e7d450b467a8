"""The columns of the ranking and a unit as the cells of its row."""

from __future__ import annotations

from console.desk.ranking import Row
from console.widgets.columns import Cell, Column

COLUMNS = (
    Column("位次", 4, frozen=True, align="right"),
    Column("升降", 4, frozen=True),
    Column("单位", 14, most=24, frozen=True),
    Column("群众满意率", 10, align="right"),
    Column("满意/评价", 9, align="right"),
    Column("工作满意率", 10, align="right"),
    Column("不满意件", 8, align="right"),
    Column("按时办结率", 10, align="right"),
    Column("其中延期", 8, align="right"),
    Column("结转逾期", 8, align="right"),
    Column("连末", 6, align="right"),
)


def cells(row: Row) -> list[Cell]:
    """Return the cells of a line, one for each of ``COLUMNS``."""
    if row.heading:
        blank = [("", "")] * (len(COLUMNS) - 4)
        return [("", ""), ("", ""), (row.unit, "head"), (row.rate, "dim"), *blank]
    late = "red" if row.run else ""
    return [
        (row.place, row.tone),
        (row.movement, "dim"),
        (row.unit, row.tone),
        (row.rate, row.tone),
        (row.counts, "dim"),
        (row.work, row.tone if row.tone == "dim" else ""),
        (row.unsatisfied, "" if row.unsatisfied != "0" else "dim"),
        (row.on_time, row.tone if row.tone == "dim" else ""),
        (row.extended, "dim"),
        (row.carried, "yellow" if row.carried != "0" else "dim"),
        (row.run, late),
    ]
