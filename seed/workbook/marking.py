"""Which cells of an .xlsx are marked: error values, formulas without a result, formats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from seed.workbook.display import NumberFormat
from seed.workbook.limits import column_number
from seed.workbook.marks import NO_RESULT, Mark, Marks, error_mark

_AT = rb'<c r="([A-Z]{1,3})(\d{1,7})"'

_FORMULA = rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)"

_ERROR = re.compile(
    _AT + rb'(?: s="\w*")? t="e"(?: s="\w*")?>' + _FORMULA + rb"?(?:<v[^>]*>([^<]*))?"
)

_UNWORKED = re.compile(
    _AT + rb'((?: [st]="\w*")*)>' + _FORMULA + rb"(<v[^>]*/>|<v[^>]*>0?</v>)?</c>"
)

_STYLED = _AT + rb'(?: t="n")? s="(%s)"(?: t="n")?>'

_HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^>]*? hidden="(?:1|true)"')

_HIDDEN = re.compile(rb"(?:^|\s)hidden\s*=\s*[\"']\s*(?:1|true)")

_TYPE = re.compile(rb"(?:^|\s)t\s*=\s*[\"']\s*(\w*)")

_STYLE = re.compile(rb"(?:^|\s)s\s*=\s*[\"']\s*(\d{1,7})")

_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?=[\s/>])[^>]*>([^<]*)")

_HAS_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")

_MOST_NAMED = 50


class Marking:
    """Finds the marked cells of a sheet; ``stale`` as in Description."""

    def __init__(self, formats: Mapping[int, NumberFormat], stale: bool) -> None:
        self._formats = {str(number).encode(): found for number, found in formats.items()}
        self._stale = stale
        named = b"|".join(self._formats) if len(self._formats) <= _MOST_NAMED else rb"\d+"
        self._styled = re.compile(_STYLED.replace(b"%s", named)) if formats else None

    def plain(self, text: bytes, marks: Marks) -> None:
        """Mark cells of XML as offices write it."""
        found: list[tuple[int, int, Mark]] = []
        if b't="e"' in text:
            for letters, row, shown in _ERROR.findall(text):
                found.append((int(row), column_number(letters), _error(shown)))
        if b"<f" in text:
            for letters, row, attributes, value in _UNWORKED.findall(text):
                if self._unworked(_type(attributes), value):
                    found.append((int(row), column_number(letters), NO_RESULT))
        if self._styled:
            for letters, row, style in self._styled.findall(text):
                if shown := self._formats.get(style):
                    found.append((int(row), column_number(letters), shown))
        for row, column, mark in sorted(found, key=lambda each: each[:2]):
            marks.add(row, column, mark)
        if b' hidden="' in text:
            marks.hidden.extend(map(int, _HIDDEN_ROW.findall(text)))

    def row(self, row: int, attributes: bytes, marks: Marks) -> None:
        """Note a row that is hidden."""
        if _HIDDEN.search(attributes):
            marks.hidden.append(row)

    def cell(self, row: int, column: int, attributes: bytes, content: bytes, marks: Marks) -> None:
        """Mark a cell of any spelling."""
        kind = _type(attributes)
        value = _VALUE.search(content)
        if kind == b"e":
            marks.add(row, column, _error(value[1] if value else b""))
        elif _HAS_FORMULA.search(content) and (value is None or value[1] in (b"", b"0")):
            if self._unworked(kind, value[0] if value else b""):
                marks.add(row, column, NO_RESULT)
        elif kind in (b"", b"n"):
            style = _STYLE.search(attributes)
            if shown := self._formats.get(style[1]) if style else None:
                marks.add(row, column, shown)

    def _unworked(self, kind: bytes, value: bytes) -> bool:
        """Whether a formula with this type and value element waits to be worked out."""
        if kind == b"e" or (kind in (b"str", b"s", b"b") and value):
            return False
        return self._stale or not value.endswith((b">0", b">0</v>"))


def _type(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return found[1] if found else b""


def _error(shown: bytes) -> str:
    return error_mark(shown.decode(errors="replace").strip())
