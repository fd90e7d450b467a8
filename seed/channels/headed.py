"""The table of a file that has a known heading, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rules.text import harmless_line
from seed.channels.formats import tables_of
from seed.channels.table import Cell, Doubt, ImportFileError, Record, Shown, Table, cell_text

_AHEAD = 12  # rows above the heading that a title and notes may take


def headed(
    path: Path, names: Sequence[str], needed: Sequence[str]
) -> tuple[Table, list[str], Iterator[Record]]:
    """Return the first table with a heading, its columns by name, and the rows below it.

    ``names`` are the columns that are known, ``needed`` those it must have; ``ImportFileError``
    where no table has them.
    """
    for table in tables_of(path, known={*names}):
        records = iter(table.records())
        for _, record in zip(range(_AHEAD), records, strict=False):
            head = [harmless_line(cell_text(cell)) for cell in record.cells]
            if all(name in head for name in needed):
                return table, head, records
    wanted = "、".join(names)
    raise ImportFileError(f"{path.name} 里没有表头：要有 {wanted} 这几列")


def shown_text(cell: Cell) -> str:
    """Return a cell as it is read here: a share of a whole as it counts, not as it is shown."""
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, float) and 0 < cell < 1:
        return f"{round(cell * 100)}%"
    return cell.shown if isinstance(cell, Doubt) else cell_text(cell)
