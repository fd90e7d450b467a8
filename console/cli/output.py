"""How a command answers: one JSON text for scripts, or a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

COLOURS = {"red": "bold red", "yellow": "yellow", "blue": "blue"}


def say_json(value: Any) -> None:
    """Print a value as one line of JSON, characters as they are."""
    print(json.dumps(value, ensure_ascii=False))


def say(*lines: str) -> None:
    """Print lines of plain text; nothing in them is read as markup."""
    console = _console()
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def say_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[str] = (),
    styles: Iterable[str | None] = (),
) -> None:
    """Print a table; ``numbers`` names right-aligned columns, ``styles`` gives one per row."""
    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header in headers:
        table.add_column(
            Text(header),
            justify="right" if header in right else "left",
            overflow="ellipsis",
            no_wrap=True,
        )
    row_styles = iter(styles)
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row), style=next(row_styles, None))
    _console(fit=table).print(table)


def cell(value: object) -> str:
    """Return a value as people read it in a table: a dash where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    return " ".join(str(value).split())


def _console(fit: Table | None = None) -> Console:
    """Return a console on stdout; into a pipe or file, wide enough to cut no cell."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    if fit is not None and not console.is_terminal:
        console.width = max(console.width, console.measure(fit).maximum, 400)
    return console
