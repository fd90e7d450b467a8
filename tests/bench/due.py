"""``duban due --batch`` of 10,000 rows without a store, by the bare reckoning of the same rows.

Run: ``.venv/bin/python -m tests.bench.due [ROWS]``. The yardstick is a new interpreter that reads
the shipped rules, then gives every row its clock and prints its due instant: no words, no receipt.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

ROUNDS = 5

LIMITS = ("5wd", "3wd", "2wd", "10wd", "4wh", "24h", "30m", "15d")

BARE = """
import csv, sys
from datetime import datetime
from rules.bureau import read_policy
from rules.clocks import Timekeeper
from seed.reference import builtin_calendar, shipped_policy
keeper = Timekeeper(read_policy(shipped_policy()), builtin_calendar())
with open(sys.argv[1]) as file:
    for row in csv.DictReader(file):
        start = datetime.fromisoformat(row["start"]).replace(tzinfo=keeper.zone)
        print(keeper.timed("close", row["limit"], start).due_at)
"""


def starts(path: Path, rows: int) -> Path:
    """Write a batch of starts in the years 2026 and 2027, the same at every run."""
    chance = random.Random(11)
    first = datetime(2026, 1, 1)
    with path.open("w") as file:
        file.write("start,limit\n")
        for _ in range(rows):
            start = first + timedelta(minutes=chance.randrange(600 * 1440))
            file.write(f"{start:%Y-%m-%dT%H:%M},{chance.choice(LIMITS)}\n")
    return path


def taken(argv: list[str], home: Path) -> float:
    """Return the seconds one run takes, in a home where there is no store."""
    began = time.perf_counter()
    told = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}
    subprocess.run([sys.executable, *argv], check=True, env=told, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print medians and ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    home = Path(tempfile.mkdtemp())
    batch = str(starts(home / "batch.csv", rows))
    runs = {
        "bare reckoning": ["-c", BARE, batch],
        "due --batch": ["-m", "console", "due", "--batch", batch],
        "due --batch --json": ["-m", "console", "due", "--batch", batch, "--json"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, argv in runs.items():
            seconds[name].append(taken(argv, home))
    unit = statistics.median(seconds["bare reckoning"])
    for name, each in seconds.items():
        median = statistics.median(each)
        print(f"{name:20}{median:6.2f} s   {median / unit:4.2f} x")


if __name__ == "__main__":
    main()
