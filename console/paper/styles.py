"""Styles that do something: what a paper's own words decide is set when its template is filled.

A template uses them by their names, also one that a bureau made itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MARK = "发文机关标志"
"""A character style: its text is as large as one line of the type area allows (7.2.4)."""

SIGNATURE = "发文机关署名"
"""A paragraph style: it stands centred over the date, four characters from the right (7.3.5)."""

BODY, WIDTH = 16.0, 156 / 25.4 * 72  # pt: a character of the body, the type area

LARGEST, LEAST = 52.0, 36.0  # pt of the mark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def named_styles(styles: Any) -> Mapping[str, str]:
    """Return the name of each style by its id; office programs give the ids anew."""
    return {
        str(style.get(f"{_W}styleId")): str(name.get(f"{_W}val"))
        for style in styles.iter(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }


def set_by_style(document: Any, names: Mapping[str, str], date: str) -> None:
    """Set every text of a filled document whose style asks for it; ``date`` is 成文日期."""
    marks, signatures = (
        {key for key, name in names.items() if name == style} for style in (MARK, SIGNATURE)
    )
    for paragraph in document.iter(f"{_W}p"):
        runs = [run for run in paragraph.iter(f"{_W}r") if _style(run, "r") in marks]
        size, scale = mark_size("".join(map(_text, runs)))
        for run in runs:
            shape = run.find(f"{_W}rPr")
            for name, value in (("w", scale), ("sz", round(size * 2)), ("szCs", round(size * 2))):
                _put(shape, name, value)
        if _style(paragraph, "p") in signatures:
            right = signature_indent(_text(paragraph), date)
            indent = paragraph.find(f"{_W}pPr/{_W}ind")
            if indent is not None:
                indent.set(f"{_W}right", str(round(right * 20)))


def mark_size(mark: str) -> tuple[float, int]:
    """Return points and width in percent of the mark's characters: one line as large as it goes."""
    for scale in (80, 70, 60):
        size = (WIDTH - 6) / (max(1, len(mark)) * scale / 100)
        if size >= LEAST:
            break
    return min(LARGEST, int(size * 2) / 2), scale


def signature_indent(name: str, date: str) -> float:
    """Return how far a name ends from the right, in points, to stand centred over the date."""
    width = sum(BODY if ord(sign) > 255 else BODY / 2 for sign in date)
    return max(0.0, 4 * BODY + width / 2 - len(name) * BODY / 2)


_ORDER = tuple(
    f"{_W}{name}"
    for name in ("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd")
)
"""The end of a run's properties in the order of the schema."""


def _style(element: Any, kind: str) -> str | None:
    """Return the id of the style that a paragraph (``p``) or a run (``r``) names."""
    found = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return None if found is None else found.get(f"{_W}val")


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _put(shape: Any, name: str, value: int) -> None:
    """Set one of a run's properties, where the schema wants it."""
    found = shape.find(f"{_W}{name}")
    if found is None:
        found = shape.makeelement(f"{_W}{name}")
        later = _ORDER[_ORDER.index(found.tag) + 1 :]
        follower = next((one for one in shape if one.tag in later), None)
        if follower is None:
            shape.append(found)
        else:
            follower.addprevious(found)
    found.set(f"{_W}val", str(value))
