"""A progress bar on stderr while a person watches; nothing for a script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def progress(name: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Give what moves the bar to a number of rows; ``name`` stands before it, never as markup."""
    columns = (TextColumn("{task.fields[name]}", markup=False), BarColumn(),
               MofNCompleteColumn(), TimeRemainingColumn())  # fmt: skip
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, name=name)
        yield lambda done: bar.update(task, completed=done)
