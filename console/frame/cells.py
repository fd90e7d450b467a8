"""Text in terminal cells: cut and padded by display width, never through half a glyph."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

ELLIPSIS = ".."
"""Marks what was left out; … is of ambiguous width and missing in common fonts."""


def cut(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """Return ``text`` in at most ``width`` cells; what is left out is marked at the end."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if room <= 0:
        return ellipsis[:width]
    return set_cell_size(text, room).rstrip() + ellipsis


def fit(text: str, width: int, ellipsis: str = ELLIPSIS, align: str = "left") -> str:
    """Return ``text`` in exactly ``width`` cells of one line, cut or padded."""
    shown = " ".join(text.splitlines())
    taken = cell_len(shown)
    if taken > width:
        shown = cut(shown, width, ellipsis)
        taken = cell_len(shown)
    space = " " * (width - taken)
    return space + shown if align == "right" else shown + space


def tail(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """Return the end of ``text`` in at most ``width`` cells; for numbers, whose end differs."""
    if cell_len(text) <= width:
        return text
    kept = text
    while kept and cell_len(kept) > width - cell_len(ellipsis):
        kept = kept[1:]
    return ellipsis[: max(width, 0)] + kept


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of ``text`` folded at ``width`` cells; Chinese may break anywhere."""
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        lines.extend(chop_cells(line, max(2, width)) or [""])
    return lines


def hang(text: str, width: int) -> str:
    """Return text laid out in columns of two blanks between them, folded at ``width`` cells.

    What does not fit goes on under the last column of its line, broken at blanks where it can be.
    """
    lines: list[str] = []
    for line in text.splitlines():
        if cell_len(line) <= width:
            lines.append(line)
            continue
        start = line.rfind("  ") + 2 if "  " in line else 0
        indent = cell_len(line[:start])
        first, *more = _broken(line[start:], width - indent)
        lines += [line[:start] + first, *(" " * indent + part for part in more)]
    return "\n".join(lines)


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines += chop_cells(word, max(2, width))
    return lines if lines[0] else lines[1:]
