"""What a source's files look like, as data: headers, zone, and what must be worked out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from rules.casework import Appeal
from seed.channels.table import Cell, cell_text
from seed.hygiene import harmless_line

Values = dict[str, Any]  # exchange field -> value, on its way to becoming an Appeal

NOT_COLUMNS = frozenset(("line", "fields", "date_only"))

EXCHANGE = tuple(each.name for each in fields(Appeal) if each.name not in NOT_COLUMNS)

INSTANTS = frozenset(name for name in EXCHANGE if name.endswith("_at"))

LONG_TEXTS = frozenset(("content", "reply"))

_NOTE = re.compile(r"[(（\[【].*$")

_JOINT = re.compile(r"[\s\-_]+")


@dataclass(slots=True)
class Row:
    """One row under a layout, for what a profile must work out from several columns."""

    line: int
    cells: Sequence[Cell]
    places: Mapping[str, int]
    clean: Callable[[Cell], str]

    def word(self, header: str) -> str:
        """Return the harmless text under a header in normal form on one line, "" for none."""
        place = self.places.get(header)
        return "" if place is None else self.clean(self.cells[place])


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of source.

    ``columns`` maps headers in normal form (see ``normal``) to exchange fields. A file is of
    this source when it has all the headers of one set in ``needs``. ``complete`` fills what
    takes more than one column; ``derived`` names the fields it fills, each with the header it
    stands on. ``zone`` is that of naive times, None for the bureau's. ``known`` are headers of
    no use here, so that they are not reported as unknown.
    ``headers`` are those of a source whose files have none, ``fits`` tells its rows.
    ``gathers`` is the exchange field to which later rows of one identity add their value.
    """

    name: str
    label: str
    columns: Mapping[str, str]
    needs: tuple[frozenset[str], ...]
    complete: Callable[[Values, Row], None]
    derived: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    zone: str | None = None
    epoch: bool = False
    headers: tuple[str, ...] = ()
    fits: Callable[[Sequence[Cell]], bool] | None = None
    gathers: str | None = None


def normal(header: Cell) -> str:
    """Return a header as it is compared: harmless, small, without notes, stars and blanks."""
    plain = _NOTE.sub("", harmless_line(cell_text(header))).strip(" *＊:：")
    return _JOINT.sub("_", plain.lower())
