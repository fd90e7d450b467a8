"""Signs that some terminals draw two cells wide, and what stands for them in ``ascii``."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

TWINS = {
    "▲": "!",
    "◆": "+",
    "●": "o",
    "○": "o",
    "‖": "=",
    chr(0x2026): ".",  # the ellipsis, which the house does not write
    "·": "-",
    "—": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "⇧": "^",
    "√": "v",
    "×": "x",
    "÷": "/",
    "±": "+",
    "§": "S",
    "─": "-",
    "━": "-",
    "│": "|",
    "┃": "|",
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰", "+"),
    **dict.fromkeys("▁▂", "_"),
    **dict.fromkeys("▃▄▀", "-"),
    **dict.fromkeys("▅▆", "="),
    **dict.fromkeys("▇█▉▊▋■□", "#"),
    **dict.fromkeys("▌▍▎▏▐▕", "|"),
    **dict.fromkeys("░▒▓", ":"),
}
"""Every sign of ambiguous width that a screen draws, and a twin of one cell."""


class _Plain(dict[int, str]):
    """Translates a text sign by sign; what has no twin is ``?``."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if unicodedata.east_asian_width(sign) != "A" or cell_len(sign) != 1:
            self[code] = sign
        else:
            alike = unicodedata.normalize("NFKC", sign)
            self[code] = alike if alike.isascii() and len(alike) == 1 else "?"
        return self[code]


_PLAIN = _Plain({ord(sign): twin for sign, twin in TWINS.items()})


def plain(text: str) -> str:
    """Return a text that takes as many cells in every terminal."""
    return text if text.isascii() else text.translate(_PLAIN)


class Plain(LineFilter):
    """Draws no sign of ambiguous width, whoever wrote it: ours, Textual's or a citizen's."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line in plain signs."""
        return [segment._replace(text=plain(segment.text)) for segment in segments]
