"""Set both engines beside each other on many random matters: ``python -m tests.walk 50000``."""

from __future__ import annotations

import sys
import time
from itertools import cycle

from tests.walk.chance import WINDOWS, differing

MATTERS = 500
"""How many share one office, whose map of time is dear."""


def main() -> None:
    """Say how many matters were walked, and every disagreement."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun, walked, off, wrong = time.perf_counter(), 0, 0, 0
    for fault, done in differing(seed, cycle(WINDOWS), MATTERS, 300):
        walked += done
        off += not done
        if fault:
            wrong += 1
            print(fault, end="\n\n")
        if walked >= wanted:
            break
    took = time.perf_counter() - begun
    print(f"{walked:,} walked, {off:,} off the map, {wrong:,} differ, {took:.0f} s")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
