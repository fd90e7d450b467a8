"""Every family of faults, and the table of what was lost.

Run: ``python -m tests.faults.run [small|large] [FAMILY…]``; the large run writes the table into
docs/trust.md, which CI compares with the families there are.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.faults import (
    fuzzed,
    hostile,
    kills,
    servers,
    signatures,
    surroundings,
    tampered,
)
from tests.faults.outcome import LARGE, SMALL, Outcome, Run

FAMILIES: Mapping[str, Run] = {
    "kills": kills.run,
    "signatures": signatures.run,
    "surroundings": surroundings.run,
    "servers": servers.run,
    "fuzzed": fuzzed.run,
    "hostile": hostile.run,
    "tampered": tampered.run,
}
"""Each family under its name: the module of that name has it as ``run``."""

TRUST = Path(__file__).parents[2] / "docs" / "trust.md"

BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"


def table(outcomes: Iterable[Outcome]) -> str:
    """Return outcomes as the table of docs/trust.md."""
    lines = ["| 做了什么 | 库 | 次数 | 丢失或撕裂 | 看什么 |", "|---|---|---|---|---|"]
    lines += [f"| {o.what} | {o.engine} | {o.tried} | {o.lost} | {o.note} |" for o in outcomes]
    return "\n".join(lines)


def written(text: str, made: str) -> str:
    """Return the document with the table put between its marks."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}"


def main(arguments: list[str]) -> int:
    """Run what is asked for and print the table; 1 if anything was lost."""
    size = SMALL if SMALL in arguments else LARGE
    asked = [name for name in arguments if name not in (SMALL, LARGE)] or list(FAMILIES)
    outcomes: list[Outcome] = []
    for name in asked:
        with tempfile.TemporaryDirectory(prefix="duban-faults-") as folder:
            outcomes += FAMILIES[name](size, Path(folder))
    print(table(outcomes))
    if size == LARGE and asked == list(FAMILIES):
        TRUST.write_text(written(TRUST.read_text("utf-8"), table(outcomes)), "utf-8")
    return int(any(outcome.lost for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
