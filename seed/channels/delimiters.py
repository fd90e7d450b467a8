"""Which sign parts the cells of a text file: told by the line that is its header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import islice

from rules.intake import LABELS
from seed.channels.headers import keys_of, normal
from seed.channels.synonyms import FIELD_OF

COMMON = frozenset((*LABELS, *map(normal, LABELS.values()), *FIELD_OF))
"""Names of columns of the exchange form, in normal form."""

_MARKS = ",\t;|"

_WIDE_MARKS = "；，｜"  # taken only where three names of columns stand between them

_SURE = 3

_SEARCHED = 40  # filled lines that are looked at

_HEADER_WITHIN = 12  # of these may be a header

_TOLD = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)


def delimiter_of(sample: str, known: Set[str]) -> str:
    """Return the delimiter of a text of which ``sample`` is the beginning.

    ``known`` are names of columns in normal form: the sign that parts most of them in one line is
    it, since a heading above may hold other signs. Where no name is known the sign that gives most
    lines the same number of cells is taken, then the one that parts the first line most often.
    """
    lines = list(islice((line for line in sample.split("\n") if line.strip()), _SEARCHED))
    if lines and (told := _TOLD.match(lines[0])):
        return told[1]
    parted = {mark: _parted(lines, mark) for mark in _MARKS + _WIDE_MARKS}
    named = {mark: _named(rows, known) for mark, rows in parted.items()}
    best = max(_MARKS, key=lambda mark: named[mark])
    if named[best] > 1:
        return best
    wide = max(_WIDE_MARKS, key=lambda mark: named[mark])
    if named[wide] >= _SURE:
        return wide
    return max(_MARKS, key=lambda mark: (_alike(parted[mark]), len(parted[mark][0])))


def _parted(lines: Sequence[str], mark: str) -> list[list[str]]:
    """Return the rows that a sign gives, quoted cells whole."""
    try:
        return list(csv.reader([f"{line}\n" for line in lines], delimiter=mark)) or [[]]
    except csv.Error:
        return [line.split(mark) for line in lines] or [[]]


def _named(rows: Sequence[Sequence[str]], known: Set[str]) -> int:
    """Return how many names of columns stand in the row that has most of them."""
    found = ({cell for cell in row if not known.isdisjoint(keys_of(cell))} for row in rows)
    return max(map(len, islice(found, _HEADER_WITHIN)), default=0)


def _alike(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows have the number of cells that most have, none for a single cell."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)
