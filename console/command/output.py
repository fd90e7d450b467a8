"""How a command answers: one JSON text for scripts, a table for people, a bar while it works."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from console.frame import cut
from rules.text import harmless_line, printable

NARROWEST = 20  # cells that a column keeps while others are left out; a ticket's number fits

GAP = 3  # cells between columns

COLOUR_STYLES = {"red": "bold red", "yellow": "yellow", "blue": "blue"}


T = TypeVar("T")


Says = Callable[[datetime | None], str | None]
"""Says an instant in words."""


_ENDS = re.compile("due|window")  # what a fact is called that tells when something ends


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One thing that is told of a row: to a program by ``name``, to a person under ``heading``.

    It is the row's attribute of that name, unless ``value`` gives it. People read ``shown``, where
    that says it in other words, and ``after`` behind it. Without a name programs are not told,
    without a heading people are not.
    """

    name: str
    heading: str = ""
    value: Callable[[T], Any] | None = None
    shown: Callable[[T], Any] | None = None
    after: Callable[[T], str] | None = None
    number: bool = False

    def of(self, row: T) -> Any:
        """Return it as it is."""
        return getattr(row, self.name) if self.value is None else self.value(row)

    def read(self, row: T, clock: Says, due: Says) -> str:
        """Return it as people read it; ``clock`` says an instant, ``due`` one that ends a limit."""
        value = self.of(row) if self.shown is None else self.shown(row)
        if isinstance(value, datetime):
            value = (due if _ENDS.search(self.name) else clock)(value)
        words = cell(value)
        return words + self.after(row) if self.after is not None else words


def say_json(value: Any) -> None:
    """Print a value as one line of JSON, characters as they are.

    What could steer a terminal is written as JSON writes such signs: nothing of it is lost.
    """
    told = json.dumps(value, ensure_ascii=False)
    print(told if printable(told) is told else json.dumps(value))


def say(*lines: str) -> None:
    """Print lines of plain text; nothing in them is read as markup, or steers the terminal."""
    for line in lines:
        print(printable(line))


def warn(line: str) -> None:
    """Say something beside the answer, on one line of stderr."""
    print(harmless_line(line), file=sys.stderr)


def say_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Iterable[str] = (),
    styles: Iterable[str | None] = (),
) -> None:
    """Print a table; ``numbers`` names right-aligned columns, ``styles`` gives one per row."""
    right = set(numbers)
    texts = [[cell(value) for value in row] for row in rows]
    console = _console()
    room = console.width if console.is_terminal else None
    widths = _widths(headers, texts, room)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header, width in zip(headers, widths, strict=False):
        justify: JustifyMethod = "right" if header in right else "left"
        table.add_column(Text(printable(header)), justify=justify, width=width, no_wrap=True)
    row_styles = iter(styles)
    for row in texts:
        cells = zip(row, widths, strict=False)
        table.add_row(*(Text(cut(t, w)) for t, w in cells), style=next(row_styles, None))
    console.width = max(console.width, sum(widths) + GAP * len(widths))
    console.print(table)
    if left_out := headers[len(widths) :]:
        say(f"终端只有{room}列宽，没有列出：{'、'.join(left_out)}")


def _widths(headers: Sequence[str], texts: Sequence[Sequence[str]], room: int | None) -> list[int]:
    """Return the widths of the columns that ``room`` takes; ``None`` takes all, uncut.

    The widest give way first, down to ``NARROWEST``; then the last columns are left out whole,
    so that what is shown can be read.
    """
    lines = [list(headers), *texts]
    full = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    if room is None:
        return full
    shown = full[:1]
    for width in full[1:]:
        tried = [*shown, width]
        if sum(min(w, NARROWEST) + GAP for w in tried) - GAP > room:
            break
        shown = tried
    while sum(shown) + GAP * (len(shown) - 1) > room and max(shown) > 1:
        shown[shown.index(max(shown))] -= 1
    return shown


def cell(value: object) -> str:
    """Return a value as people read it in a table: a dash where there is none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    return " ".join(printable(str(value)).split())


def _console() -> Console:
    """Return a console on stdout that reads nothing as markup."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


@contextmanager
def progress(name: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Give what moves the bar to a number of rows; ``name`` stands before it, never as markup."""
    columns = (
        TextColumn("{task.fields[name]}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, name=name)
        yield lambda done: bar.update(task, completed=done)
