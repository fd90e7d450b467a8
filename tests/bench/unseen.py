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

from console.frame.gate import WRITES
from models.store.opening import open_store
from rules.casework.words import VERB_NAMES
from seed.reference.catalogue import first_content
from tests.conftest import MADE, Clock
from tests.console.unseen.hand import Hand, Result
from tests.console.unseen.intentions import OFTEN, SELDOM
from tests.console.unseen.other import other_of, settle_busy_town

ROUND = 1000
"""Keys pressed on one town before a new one is made."""

CALM = 0.75
CAREFUL = 0.6
"""How often the hand waits after each key, and makes no slip then: else long acts never end."""


def play(folder: Path, seed: int, keys: int) -> Result:
    """Press keys on a new town."""
    path = folder / f"town-{seed}.db"
    open_store(str(path), now=Clock(MADE), first=first_content, login="tester").close()
    clock = Clock()
    store = open_store(str(path), now=clock, first=first_content, login="tester")
    settle_busy_town(store)
    other = other_of(store, clock)
    try:
        return Hand(store, other, seed, intentions=OFTEN + SELDOM, calm=CALM, careful=CAREFUL).play(
            keys
        )
    finally:
        other.close()
        store.close()


def main() -> int:
    """Press keys; return 1 if anything was done that nobody saw."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 20 * ROUND
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    whole = Result()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DOCUMENTS_DIR"] = folder
        for seed in range(first, first + max(1, keys // ROUND)):
            began = time.perf_counter()
            result = play(Path(folder), seed, min(ROUND, keys))
            whole.keys, whole.acts = whole.keys + result.keys, whole.acts + result.acts
            whole.unseen += result.unseen
            whole.verbs += result.verbs
            whole.actions += result.actions
            failures += bool(result.failure)
            print(
                f"seed {seed}: {result.keys} keys, {result.acts} acts, "
                f"{len(result.unseen)} unseen, {time.perf_counter() - began:.0f} s",
                *result.unseen,
                *filter(None, [result.failure]),
                sep="\n",
                flush=True,
            )
    for verb, count in whole.verbs.most_common():
        print(f"{count:6} {verb} {VERB_NAMES.get(verb, '')}")
    for action in WRITES:
        print(f"{whole.actions[action]:6} {action}")
    print(
        f"{whole.keys} keys, {whole.acts} acts, {len(whole.unseen)} unseen, {failures} failures, "
        f"never taken: {' '.join(WRITES.keys() - whole.actions.keys()) or 'none'}"
    )
    return bool(whole.unseen or failures)


if __name__ == "__main__":
    sys.exit(main())
