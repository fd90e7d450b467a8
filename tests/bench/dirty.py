"""Dirty files with known truth through the reader: rows right, refused by cause, wrong facts.

Run: ``.venv/bin/python -m tests.bench.dirty [FILES [SEED]]``; the aim is 95 % of the rows right,
the rest refused with the right cause, no wrong fact.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rules.casework import Reject
from seed.channels.table import ImportFileError
from tests.seed.dirt import Dirty, Maker, Wanted
from tests.seed.reading import local, opened

NOW = local(2026, 11, 26)


@dataclass(slots=True)
class Score:
    """What became of the rows of all files."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The rows that came in right, of those that should."""
        should = self.counts["right"] + self.counts["refused in vain"] + self.counts["wrong"]
        return self.counts["right"] / (should or 1)

    def note(self, what: str, dirty: Dirty, told: str = "") -> None:
        """Count a row and keep what is worth a look."""
        self.counts[what] += 1
        if what not in ("right", "refused by cause"):
            self.faults.append(f"{what}: {dirty.path.name} {' '.join(dirty.kinds)}: {told}")


def judge(dirty: Dirty, score: Score) -> None:
    """Read one file and compare every row with what is true of it."""
    left = dict(dirty.truth)
    try:
        rows = list(opened(dirty.path, now=NOW))
    except ImportFileError as error:
        for wanted in left.values():
            score.note(
                "refused in vain" if not wanted.cause else "refused otherwise", dirty, str(error)
            )
        return
    for row in rows:
        if isinstance(row, Reject):
            title = next((text for text in row.raw.values() if text in left), "")
            wanted = left.pop(title, Wanted({}, "没有这一行"))
            if not wanted.cause:
                score.note("refused in vain", dirty, row.reason)
            elif wanted.cause in row.reason:
                score.note("refused by cause", dirty)
            else:
                score.note("refused otherwise", dirty, f"{row.reason} / {wanted.cause}")
            continue
        wanted = left.pop(row.title, Wanted({}, "没有这一行"))
        differing = {
            name: (getattr(row, name), value)
            for name, value in wanted.fields.items()
            if getattr(row, name) != value
        }
        if wanted.cause or differing:
            score.note("wrong", dirty, f"{row.title} {wanted.cause} {differing}")
        else:
            score.note("right", dirty)
    for title in left:
        score.note("lost", dirty, title)


def scored(count: int, folder: Path, seed: int = 11) -> Score:
    """Make and read so many files."""
    maker, score = Maker(folder, seed), Score()
    for _ in range(count):
        dirty = maker.make()
        judge(dirty, score)
        dirty.path.unlink()
    return score


def main() -> None:
    """Print what became of the rows, and the first faults."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    with tempfile.TemporaryDirectory() as folder:
        score = scored(count, Path(folder), seed)
    print(f"{count} files: {dict(score.counts)}; {score.share:.2%} of whole rows right (aim 95 %)")
    print("\n".join(score.faults[:20]))


if __name__ == "__main__":
    main()
