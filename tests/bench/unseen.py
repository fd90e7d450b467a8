"""Keys pressed too early and too fast on a town: how many acts came of them, how many unseen.

``python -m tests.bench.unseen [KEYS] [SEED]``; 20,000 keys take about twenty minutes. Prints a line
for each thousand keys, and every act that no painted frame named before its key.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from models.store.opening import open_store
from seed.reference.catalogue import first_content
from tests.conftest import MADE, Clock
from tests.console.town import settle_town
from tests.console.unseen.hand import Hand, Result
from tests.console.unseen.other import other_of

ROUND = 1000
"""Keys pressed on one town before a new one is made."""


def play(folder: Path, seed: int, keys: int) -> Result:
    """Press keys on a new town."""
    path = folder / f"town-{seed}.db"
    open_store(str(path), now=Clock(MADE), first=first_content, login="tester").close()
    clock = Clock()
    store = open_store(str(path), now=clock, first=first_content, login="tester")
    settle_town(store, 200)
    other = other_of(store, clock)
    try:
        return Hand(store, other, seed).play(keys)
    finally:
        other.close()
        store.close()


def main() -> int:
    """Press keys; return 1 if anything was done that nobody saw."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 20 * ROUND
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    pressed = acts = 0
    unseen: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DOCUMENTS_DIR"] = folder
        for seed in range(first, first + max(1, keys // ROUND)):
            began = time.perf_counter()
            result = play(Path(folder), seed, min(ROUND, keys))
            pressed, acts = pressed + result.keys, acts + result.acts
            unseen += result.unseen
            print(
                f"seed {seed}: {result.keys} keys, {result.acts} acts, "
                f"{len(result.unseen)} unseen, {time.perf_counter() - began:.0f} s",
                flush=True,
            )
            for one in result.unseen:
                print(one, flush=True)
    print(f"{pressed} keys, {acts} acts, {len(unseen)} unseen")
    return bool(unseen)


if __name__ == "__main__":
    sys.exit(main())
