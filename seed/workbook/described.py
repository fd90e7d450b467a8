"""What the small parts of an .xlsx say: its sheets, its epoch, the formats of its cells."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from seed.workbook.display import NumberFormat, number_format
from seed.workbook.limits import WorkbookRefused
from seed.workbook.parts import BROKEN

_MOST_FORMATS = 65_536

_BUILT_IN = {9: "0%", 10: "0.00%"}


@dataclass
class Description:
    """What is known of a workbook before its sheets are passed.

    ``formats`` gives the marked formats by the number that a cell carries. ``stale`` means that
    all formulas wait to be worked out when the workbook is opened.
    """

    since_1904: bool = False
    stale: bool = False
    formats: dict[int, NumberFormat] = field(default_factory=dict)
    _sheets: dict[str, str] = field(default_factory=dict)
    _targets: dict[str, str] = field(default_factory=dict)
    _codes: dict[int, str] = field(default_factory=dict)
    _cells: int = -1

    def passed(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces of a part, and learn from them if it is one of the small ones."""
        takers: Mapping[str, Callable[[str, Mapping[str, str]], None]] = {
            "xl/workbook.xml": self._take_workbook,
            "xl/_rels/workbook.xml.rels": self._take_relation,
            "xl/styles.xml": self._take_style,
        }
        taker = takers.get(name.lower())
        return iter(pieces) if taker is None else _parsed(pieces, taker)

    def parts(self) -> Mapping[str, str]:
        """Return the names of the sheets, each with the name of its part."""
        targets = {key: _part(target) for key, target in self._targets.items()}
        return {name: targets[key] for name, key in self._sheets.items() if key in targets}

    def _take_workbook(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "calcPr":
            self.stale = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif tag == "sheet":
            self._sheets[attributes.get("name", "")] = attributes.get("id", "")

    def _take_relation(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _take_style(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            self._codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._cells = 0
        elif tag in ("cellStyleXfs", "cellStyles", "dxfs"):
            self._cells = -1
        elif tag == "xf" and 0 <= self._cells < _MOST_FORMATS:
            known = _number(attributes, "numFmtId")
            code = self._codes.get(known) or _BUILT_IN.get(known)
            if code and (found := number_format(code)):
                self.formats[self._cells] = found
            self._cells += 1


SMALL_PARTS = frozenset(("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"))
"""The parts to be read before any sheet."""


def _parsed(
    pieces: Iterable[bytes], taker: Callable[[str, Mapping[str, str]], None]
) -> Iterator[bytes]:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: taker(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookRefused(BROKEN) from error


def _refuse(*_: object) -> None:
    raise WorkbookRefused(BROKEN)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _part(target: str) -> str:
    """Return the name of a part from where workbook.xml points to."""
    if target.startswith("xl/"):
        return target
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
