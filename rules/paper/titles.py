"""How a title is broken into lines that end where the sense allows (GB/T 9704, 7.3.1)."""

from __future__ import annotations

LINE = 20
"""Characters of a title's 22 points in the type area."""


def title_lines(title: str) -> tuple[str, ...]:
    """Return a title in lines of like length."""
    lines = -(-len(title) // LINE)
    if lines <= 1:
        return (title,)
    ideal = len(title) / lines
    places = range(max(4, len(title) - LINE * (lines - 1)), LINE + 1)
    cut = min(places, key=lambda at: abs(at - ideal) + _breaks_sense(title, at))
    return (title[:cut], *title_lines(title[cut:]))


def _breaks_sense(text: str, at: int) -> int:
    """Return how badly a line would end at ``at``.

    A mark must never begin or end one.
    """
    before, after = text[at - 1 : at], text[at : at + 1]
    if (
        after in "”》）、，。的"
        or before in "“《（"
        or ((before + after).isalnum() and ((before + after).isascii()))
    ):
        return 100
    return 0 if before in "”》）的于及和与、" or after in "“《（" else 7
