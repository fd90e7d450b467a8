"""Page-down, key to paint: our queue of 1,000,000 rows beside Textual's DataTable of 3,000.

Run: ``.venv/bin/python -m tests.bench.paging [FOLDER]``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.crowd import WORDS, crowd
from tests.bench.terminal import Terminal

PAGE_DOWN = b"\x1b[6~"

PRESSES = 25

DATA_TABLE = f"""
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*["列%d" % i for i in range(10)])
        for i in range(3000):
            table.add_row("READY%d" % i, *[{WORDS!r}[(i + j) % 5] for j in range(9)])
Table().run()
"""


def paging(argv: list[str], marks: list[str]) -> tuple[list[float], float]:
    """Return the seconds of each page-down and the memory in MB, once ``marks`` are painted."""
    with Terminal(argv, {}, (160, 48)) as terminal:
        terminal.until(marks)
        terminal.settle(1.5)
        return [terminal.press(PAGE_DOWN) for _ in range(PRESSES)], terminal.memory()


def main() -> None:
    """Print medians, 95th percentiles, their ratio, and memory."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    store = crowd(folder / "open-1000000.db", 1_000_000, 1_000_000)
    theirs, their_memory = paging([sys.executable, "-c", DATA_TABLE], ["READY0"])
    ours, memory = paging(
        [sys.executable, "-m", "console", "--store", str(store)], ["小区停水", "-0"]
    )
    for name, times, mb in (
        ("DataTable, 3,000 rows", theirs, their_memory),
        ("Duban queue, 1,000,000 rows", ours, memory),
    ):
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:28} median {median * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms  {mb:6.1f} MB")
    print(f"ratio {statistics.median(ours) / statistics.median(theirs):.2f}")


if __name__ == "__main__":
    main()
