"""A web page with tables, as many systems export it under the name .xls; nothing of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from seed.channels.grid import Grid
from seed.channels.instants import SINCE_1900, SINCE_1904
from seed.channels.table import WHOLE, Cell
from seed.workbook import WorkbookRefused

_BREAKS = frozenset(("br", "p", "div", "li"))

_SKIPPED = frozenset(("script", "style"))

_BLANKS = re.compile(r"[ \t\r\n\f]+")

_AROUND_BREAK = re.compile(r" *\n *")

_SHORT = re.compile(r"-?\d(?:\.\d+)?E\+\d+|#+", re.IGNORECASE)  # a number that did not fit

_HIDES = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_MOST_ACROSS, _MOST_DOWN = 1000, 65_534
"""What browsers allow."""

_MOST_WAITING = 1 << 20  # signs of a tag that does not end


@dataclass
class _OpenTable:
    """A table that has begun: its grid, and where the next cell goes."""

    grid: Grid
    line: int = 0
    place: int = 0
    covered: dict[int, int] = field(default_factory=dict)  # place -> last line covered from above
    attributes: Mapping[str, str | None] | None = None  # of the cell that has begun
    pieces: list[str] = field(default_factory=list)


class WebPage(HTMLParser):
    """Collects the tables of a page, each by itself, also those within a cell of another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[_OpenTable] = []
        self._skipping: list[str] = []
        self._since = SINCE_1900

    def tables(self, pieces: Iterator[str]) -> list[Grid]:
        """Read a page and return its tables that hold anything."""
        for piece in pieces:
            self.feed(piece)
            if len(self.rawdata) > _MOST_WAITING:
                raise WorkbookRefused("里面有一段内容过长，不像表格：请用表格软件打开另存后再导入")
        self.close()
        while self._open:
            self._end_table()
        for grid in self.grids:
            grid.since = self._since
        return [grid for grid in self.grids if grid.close()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        attributes = dict(attrs)
        if tag in _SKIPPED:
            self._skipping.append(tag)
        elif tag == "table":
            grid = Grid(f"表{len(self.grids) + 1}")
            self.grids.append(grid)
            self._open.append(_OpenTable(grid))
        elif self._open:
            self._begin(self._open[-1], tag, attributes)

    def _begin(self, table: _OpenTable, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "tr":
            _end_cell(table)
            table.line, table.place = table.line + 1, 0
            if _HIDES.search(attributes.get("style") or ""):
                table.grid.hide(table.line)
        elif tag in ("td", "th"):
            _end_cell(table)
            table.line = max(table.line, 1)
            table.attributes = attributes
        elif tag in _BREAKS:
            table.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table or a cell."""
        if tag in self._skipping:
            self._skipping.remove(tag)
        elif tag == "table" and self._open:
            self._end_table()
        elif self._open and tag in ("td", "th", "tr"):
            _end_cell(self._open[-1])
        elif self._open and tag in _BREAKS:
            self._open[-1].pieces.append("\n")

    def _take(self, data: str) -> None:
        if self._open and not self._skipping:
            self._open[-1].pieces.append(_BLANKS.sub(" ", data))

    handle_data = _take

    def handle_comment(self, data: str) -> None:
        """Learn the epoch from what a table program hides from browsers."""
        if "<x:Date1904" in data:
            self._since = SINCE_1904

    def _end_table(self) -> None:
        _end_cell(self._open.pop())


def _end_cell(table: _OpenTable) -> None:
    """Put the cell that has begun, if one has, where no cell of a row above reaches."""
    attributes, table.attributes = table.attributes, None
    text = _AROUND_BREAK.sub("\n", "".join(table.pieces).replace("\xa0", " ")).strip()
    table.pieces.clear()
    if attributes is None:
        return
    while table.covered.get(table.place, 0) >= table.line:
        table.place += 1
    across = _count(attributes.get("colspan"), _MOST_ACROSS)
    down = _count(attributes.get("rowspan"), _MOST_DOWN)
    cell = _cell(text, attributes)
    table.grid.put(table.line, table.place, cell, across=across, down=down)
    if down > 1:
        covered = range(table.place, table.place + across)
        table.covered.update(dict.fromkeys(covered, table.line + down - 1))
    table.place += across


def _cell(text: str, attributes: Mapping[str, str | None]) -> Cell:
    """Return what a cell shows; the number kept beside it where that shows too little or too much.

    Excel keeps numbers in x:num, LibreOffice in sdval.
    """
    try:
        kept = float(attributes.get("x:num") or attributes.get("sdval") or "")
    except ValueError:
        return text
    return kept if _SHORT.fullmatch(text) or abs(kept) >= WHOLE else text


def _count(text: str | None, most: int) -> int:
    """Read how many places or lines a cell covers."""
    shown = (text or "").strip()
    return min(max(int(shown), 1), most) if shown.isascii() and shown.isdigit() else 1
