"""No unmasked reporter leaves Duban: ``python -m tests.bench.scan [small|city|TICKETS [PLANTED]]``.

Into a demo city 300 appeals are planted whose words hold their reporters' names, numbers, cards,
accounts and doors, in every form. Then every reading command, list, paper, workbook, export and
screen is asked for, and what was planted is looked for in all of it. A recorded look is the only
place where one may stand, so none is taken; a backup is the store itself. What is masked in the
city's own texts, where nothing is planted, is counted too: in texts that name nobody every one is
a mistake.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.paper import press
from console.ranking.edition import render_edition
from models.store.opening import open_store
from models.store.store import Store
from rules.text.masking import MASKED
from seed.demo.build import build_demo
from seed.demo.city import tickets_of
from seed.demo.staff import OPERATORS, hire
from seed.reference.catalogue import first_content
from tests.bench.outputs import (
    PLACES,
    Desk,
    Output,
    files_in,
    frames_of,
    said_by_commands,
    said_by_papers,
)
from tests.bench.planted import Secret, Told, plant, told_appeals
from tests.models.appeals import column

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)  # Friday 15:20 in Wuhan

HOMES = ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR")

_DRAWN = re.compile(r"[\s\u2500-\u259f]+")
"""What stands between the signs of a text that a screen folds."""


@dataclass
class Scan:
    """What was planted, where its appeals were shown at all, and what was shown unmasked."""

    secrets: list[Secret]
    outputs: Counter[str] = field(default_factory=Counter)
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    leaks: dict[tuple[Secret, str], str] = field(default_factory=dict)
    _heads: dict[str, list[Secret]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Sort the secrets by how they begin, so that a long text is read once."""
        for one in self.secrets:
            self._heads[one.text[:2]].append(one)

    def look(self, output: Output) -> None:
        """Look for everything that was planted in an output."""
        self.outputs[output.kind] += 1
        text = output.text
        numbers = {one.appeal for one in self.secrets}
        self.shown[output.kind] |= {m for m in re.findall(r"WH\d+-\d+", text) if m in numbers}
        self._search(output, text)
        if output.kind == "screen":
            self._search(output, _DRAWN.sub("", text))

    def _search(self, output: Output, text: str) -> None:
        for head, secrets in self._heads.items():
            at = text.find(head)
            if at < 0:
                continue
            for one in secrets:
                at = text.find(one.text)
                if at >= 0 and (one, output.kind) not in self.leaks:
                    around = text[max(0, at - 30) : at + 40].replace("\n", "⏎")
                    self.leaks[one, output.kind] = f"{output.source[:60]}: {around}"

    def table(self) -> str:
        """Return by kind of value and of output how many were planted and how many shown."""
        planted = Counter(one.kind for one in self.secrets)
        found = Counter((one.kind, kind) for one, kind in self.leaks)
        heads: list[object] = ["value", "planted", *self.outputs]
        rows: list[list[object]] = [
            [k, n, *(found[k, kind] for kind in self.outputs)] for k, n in planted.items()
        ]
        rows.append(["outputs", "", *self.outputs.values()])
        rows.append(["appeals met", "", *(len(self.shown[kind]) for kind in self.outputs)])
        return "\n".join("".join(f"{cell!s:>14}" for cell in row) for row in (heads, *rows))

    def recall(self) -> str:
        """Return how many of all planted values were shown unmasked nowhere."""
        left = len(self.secrets) - len({one for one, _ in self.leaks})
        return f"{left}/{len(self.secrets)}"


def built(folder: Path, tickets: int, told: list[Told]) -> str:
    """Make a demo store of so many appeals beside those planted; return where it is."""
    path = str(folder / "scan.db")
    login = OPERATORS[0].login
    store = open_store(path, now=lambda: NOW, first=first_content, login=login, demo_now=NOW)
    if tickets:
        build_demo(
            store,
            seed=7,
            size=tickets,
            now=NOW,
            press=press(),
            render_edition=render_edition,
        )
    else:
        hire(store)
    plant(store, told, NOW)
    store.close()
    return path


def opened(path: str) -> Store:
    """Open the store as its first operator."""
    login = OPERATORS[0].login
    return open_store(path, now=lambda: NOW, first=first_content, login=login)


def scanned(
    folder: Path,
    tickets: int,
    planted: int,
    *,
    places: Iterable[tuple[str, ...]] = PLACES,
    pages: int = 40,
    commands: Container[str] | None = None,
) -> tuple[Scan, str]:
    """Build a city, plant, and look at all that comes of it; return what was found, and where.

    Only the ``commands`` chosen are asked, where some are; papers are made only where none are.
    """
    told = told_appeals(planted, NOW)
    path = built(folder, tickets, told)
    scan = Scan(sorted({one for each in told for one in each.secrets}, key=lambda one: one.text))
    numbers = [each.appeal.number or "" for each in told]
    out = folder / "out"
    out.mkdir()
    desk = Desk(path, "2026-11-20T15:20", out)
    if commands is None:
        for output in said_by_papers(desk, numbers):
            scan.look(output)
    for output in said_by_commands(desk, numbers if commands is None else numbers[:1], commands):
        scan.look(output)
    store = opened(path)
    for output in frames_of(store, numbers[:pages], places):
        scan.look(output)
    store.close()
    for output in files_in(out):
        scan.look(output)
    return scan, path


_REPLIES = """
SELECT r.reply FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.reply IS NOT NULL AND t.number NOT LIKE '%0999-%'
"""


def taken_by_mistake(path: str) -> tuple[int, list[str]]:
    """Return how many of the city's own texts were read, and what was masked in them."""
    store = opened(path)
    texts = column(store, "SELECT content FROM ticket WHERE number NOT LIKE '%0999-%'")
    texts += column(store, _REPLIES)
    store.close()
    found = list[str]()
    for text in texts:
        if (shown := MASKED.text(text)) != text:
            found += [m[0] for m in re.finditer(r".{0,10}\*{2,}.{0,8}", shown)]
    return len(texts), found


def main() -> None:
    """Print the table, the recall, every leak with what stands around it, and false maskings."""
    size = sys.argv[1] if len(sys.argv) > 1 else "small"
    planted = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as scratch:
        for name in HOMES:
            os.environ[name] = f"{scratch}/{name}"
        scan, path = scanned(Path(scratch), tickets_of(size), planted)
        texts, mistaken = taken_by_mistake(path)
    print(scan.table())
    print(f"recall {scan.recall()}")
    for (one, kind), around in scan.leaks.items():
        print(f"{kind:>12} {one.kind:>9} {one.spot:>9} {one.text} | {around}")
    print(f"masked in {texts} texts of the city: {len(mistaken)}", *mistaken[:20], sep="\n  ")


if __name__ == "__main__":
    main()
