"""What somebody said, quoted on a paper: on one line, cut where the sense allows."""

from __future__ import annotations

import re

from rules.text import harmless_line

MOST = 100
"""Characters of somebody's words that a sentence quotes."""

CUT = "（下略）"
"""What stands for the rest."""

_ENDS = re.compile("[。！？；!?;]")

_PAUSES = re.compile("[，、：,:]")

_INNER = str.maketrans({"“": "‘", "”": "’"})


def quoted(words: str, most: int = MOST) -> str:
    """Return “words” of at most ``most`` characters; what is longer ends with a sentence or part.

    Quotation marks inside become single ones, so that the quotation ends where it seems to.
    """
    said = harmless_line(words).translate(_INNER)
    if len(said) <= most:
        return f"“{said}”"
    return f"“{_begun(said[: most - len(CUT)])}{CUT}”"


def stopped(text: str) -> str:
    """Return a sentence with its full stop, unless the quotation it ends with has one."""
    return text if re.search("[。！？]”?$", text) else f"{text}。"


def _begun(part: str) -> str:
    """Return the beginning of words up to their last end of a sentence, else of a part of one."""
    for marks, kept in ((_ENDS, 1), (_PAUSES, 0)):
        ends = [found.start() for found in marks.finditer(part)]
        if ends and ends[-1] * 2 >= len(part):
            return part[: ends[-1] + kept]
    return part
