"""The pictures of README and manual, painted from the demo city.

Run ``python -m tests.pictures`` after a screen has changed, look at them, and commit them.
A picture joins by one line in ``WIDE`` and a link in README or manual.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path

from rich.cells import cell_len

from console.frame.config import Config
from console.paper import press
from models.store.opening import open_store
from models.store.store import Store
from seed.demo.build import build_demo
from seed.reference.catalogue import first_content
from tests.console.stage import Stage, play
from tests.seed.demo_city import NOW

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"

WIDE = {
    "queue": (),
    "ticket": ("enter",),
    "ranking": ("escape", "f3", "2"),
    "orders": ("f4",),
    "units": ("f7",),
    "record": ("f8",),
    "desk": ("f9",),
    "review": ("f5",),
    "insight": ("f6",),
    "grid": ("f2", ":", "w", "g", "enter"),
    "pledges": ("f2", ":", *"djfcn", "enter", "0"),
    "police": ("f2", ":", *"jwq", "enter"),
    "visits": ("f2", ":", *"走访", "enter"),
}
"""By name, the keys that lead there from the one before."""

NARROW = {"insight-80x24": ("f2", "f6"), "finding-80x24": ("m",)}
"""The same of a terminal of 80 by 24, after those."""

PICTURES = (*WIDE, *NARROW)

SEED, TICKETS, SIZE = 7, 3_000, (120, 32)

_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

_ID = re.compile(r"\bterminal-\d+")

_NEW_EACH_TIME = re.compile(
    r"(?<![\w.])(?:[0-9a-f]{12,}\b|[0-9A-Za-z+/]{36,}(?!\w)|[0-9A-Za-z+/]{4,}==?(?=<))"
)
"""Names of acts, checksums and seals, not the places of a broken number."""

_PIECE = re.compile(
    r'(?P<head><text class="[^"]*") x="(?P<x>[\d.]+)"(?P<y>[^>]*?)'
    r' textLength="(?P<length>[\d.]+)"(?P<clip>[^>]*)>(?P<text>[^<\n]+)</text>'
)

_WORDS = re.compile("[^\xa0]+(?:\xa0[^\xa0]+)*")
"""What stands between two or more blanks."""

_TEXT = re.compile(r"<text[^>]*>(.*?)</text>")


def city(folder: Path) -> Store:
    """Return a small demo city, the same each time, at Friday 2026-11-20 15:20."""
    path = str(folder / "pictures.db")
    store = open_store(path, now=lambda: NOW, first=first_content, login="x", demo_now=NOW)
    build_demo(store, seed=SEED, size=TICKETS, now=NOW, press=press())
    return store


def painted(folder: Path) -> dict[str, str]:
    """Return each picture as SVG; ``folder`` is where the city may be built."""
    pictures: dict[str, str] = {}

    async def paint(stage: Stage, wanted: Mapping[str, tuple[str, ...]]) -> None:
        for name, keys in wanted.items():
            await stage.press(*keys)
            pictures[name] = _steady(name, stage.app.export_screenshot(title="督办台"))

    async def journey(stage: Stage) -> None:
        await paint(stage, WIDE)
        await stage.resize(80, 24)
        await paint(stage, NARROW)

    store = city(folder)
    play(store, journey, size=SIZE, config=Config())
    store.close()
    return pictures


def _steady(name: str, svg: str) -> str:
    """Return a picture that is the same each time, in the fonts there are."""
    svg = _ID.sub(f"terminal-{name}", _FONT_FACE.sub("", svg)).replace(
        "Fira Code", "Sarasa Mono SC"
    )
    svg = _PIECE.sub(_placed, svg)
    return _NEW_EACH_TIME.sub(lambda found: ("0123456789abcdef" * 8)[: len(found[0])], svg)


def _placed(piece: re.Match[str]) -> str:
    """Return a piece of text as its words, each at its own place.

    Else what draws it in other fonts, or leaves out blanks at its begin, runs them together.
    """
    text = unescape(piece["text"])
    cell = float(piece["length"]) / cell_len(text)

    def put(found: re.Match[str]) -> str:
        x = float(piece["x"]) + cell * cell_len(text[: found.start()])
        length = cell * cell_len(found[0])
        told = escape(found[0]).replace("\xa0", "&#160;")
        at = f'x="{x:.1f}"{piece["y"]} textLength="{length:.1f}"{piece["clip"]}'
        return f"{piece['head']} {at}>{told}</text>"

    return "".join(put(found) for found in _WORDS.finditer(text))


def text_of(svg: str) -> list[str]:
    """Return what a picture says, piece by piece, without its colours."""
    return [unescape(piece) for piece in _TEXT.findall(svg)]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, svg in painted(Path(scratch)).items():
            (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
