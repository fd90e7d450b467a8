"""Whole numbers as people write them: 9, 09, 九, 十, 二十三, 一百二十."""

from __future__ import annotations

FIGURES = {figure: n for n, figure in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_TIMES = {"十": 10, "百": 100}

WRITTEN = r"(?:[一两二三四五六七八九]百零?)?[一二三四五六七八九]?十?[一二两三四五六七八九]?"
"""What a number under a thousand looks like in Chinese figures; the empty text fits too."""


def number(written: str) -> int:
    """Return the number that was written; KeyError where a sign is no figure.

    十 and 百 multiply the figure before them, one where there is none: 十五 is 15. Figures side by
    side are read as the last of them, so ask ``WRITTEN`` first where the text may be anything.
    """
    if written.isdecimal():
        return int(written)
    total = figure = 0
    for sign in written:
        if sign in _TIMES:
            total, figure = total + (figure or 1) * _TIMES[sign], 0
        else:
            figure = FIGURES[sign]
    return total + figure
