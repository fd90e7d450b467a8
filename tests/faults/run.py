"""Every family of faults, and the table of what was lost.

Run: ``python -m tests.faults.run [small|large] [FAMILY…]``; the large run writes its tables into
docs/trust.md, which a test compares with what the small run does.
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

END = "<!-- end -->"


def table(outcomes: Iterable[Outcome]) -> str:
    """Return outcomes as a table of docs/trust.md."""
    lines = ["| 做了什么 | 库 | 次数 | 丢失或撕裂 | 看什么 |", "|---|---|---|---|---|"]
    lines += [f"| {o.what} | {o.engine} | {o.tried} | {o.lost} | {o.note} |" for o in outcomes]
    return "\n".join(lines)


def told(text: str, family: str) -> list[tuple[str, str, int, int]]:
    """Return what the document says of a family: what, engine, tried and lost of each line."""
    rows = text.partition(_begin(family))[2].partition(END)[0].strip().splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [(what, engine, int(tried), int(lost)) for what, engine, tried, lost, *_ in cells]


def written(text: str, family: str, made: str) -> str:
    """Return the document with a family's table put between its marks."""
    begin = _begin(family)
    if begin not in text:
        text = f"{text.rstrip()}\n\n### {family}\n\n{begin}\n{END}\n"
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{made}\n{END}{rest.partition(END)[2]}"


def _begin(family: str) -> str:
    return f"<!-- faults: {family} -->"


def main(arguments: list[str]) -> int:
    """Run what is asked for and print its tables; 1 if anything was lost."""
    size = SMALL if SMALL in arguments else LARGE
    asked = [name for name in arguments if name not in (SMALL, LARGE)] or list(FAMILIES)
    lost = 0
    for name in asked:
        with tempfile.TemporaryDirectory(prefix="duban-faults-") as folder:
            outcomes = FAMILIES[name](size, Path(folder))
        made = table(outcomes)
        print(f"{name}\n{made}", flush=True)
        lost += sum(outcome.lost for outcome in outcomes)
        if size == LARGE:
            TRUST.write_text(written(TRUST.read_text("utf-8"), name, made), "utf-8")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
