"""First frame, first painted rows and the matter beside them, by ``import textual.app``.

Run: ``.venv/bin/python -m tests.bench.start [FOLDER]`` (the stores are kept in FOLDER).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.crowd import crowd
from tests.bench.terminal import Terminal

ROUNDS = 9


def yardstick() -> float:
    """Return the seconds that importing Textual takes in a new interpreter."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    return time.perf_counter() - began


SHOWN = {"first frame": "督办台", "first rows": "小区停水", "the matter": "-0"}
"""What is painted first of each: the title, a row of the list, the number in the pane beside it."""


def start(path: Path) -> tuple[float, ...]:
    """Return the seconds to each of what is shown."""
    argv = [sys.executable, "-m", "console", "--store", str(path)]
    with Terminal(argv, {}, (120, 40)) as terminal:
        return tuple(terminal.until([mark]) for mark in SHOWN.values())


def main() -> None:
    """Print medians and ratios for 10,000 and 1,000,000 tickets."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    stores = {n: crowd(folder / f"start-{n}.db", n, n // 20) for n in (10_000, 1_000_000)}
    stores[1_000_001] = crowd(folder / "open-1000000.db", 1_000_000, 1_000_000)
    base: list[float] = []
    taken: dict[int, list[tuple[float, ...]]] = {n: [] for n in stores}
    for _ in range(ROUNDS):
        base.append(yardstick())
        for n, path in stores.items():
            taken[n].append(start(path))
    unit = statistics.median(base)
    print(f"import textual.app            {unit:6.3f} s   1.00 x")
    for n, pairs in taken.items():
        name = "1,000,000, all open" if n == 1_000_001 else f"{n:,} tickets"
        for column, what in enumerate(SHOWN):
            seconds = statistics.median(pair[column] for pair in pairs)
            print(f"{name:20} {what:12}{seconds:6.3f} s   {seconds / unit:4.2f} x")


if __name__ == "__main__":
    main()
