"""网格名录 as a table that people keep: one place a row, as text or workbook, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from rules.grid import Place, PlaceLine, above, level_of
from rules.text import half_width, harmless_line, unguarded
from seed.channels.formats import tables_of
from seed.channels.table import (
    SHOWN,
    Cell,
    Doubted,
    ImportFileError,
    Record,
    cell_text,
    day_told,
    doubt_in,
    is_blank,
)
from seed.reference import initials
from seed.sheets import Column, Written, write_rows

COLUMNS = (
    Column("编码", "code", 18),
    Column("名称", "name", 24),
    Column("级别", "level", 8),
    Column("上级", "parent", 16),
    Column("网格员", "officer", 10),
    Column("户数", "households", 8),
    Column("关注户数", "followers", 10),
    Column("小区", "estates", 32),
    Column("启用", "valid_from", 12),
    Column("停用", "valid_to", 12),
    Column("承接", "successors", 34),
)

_ALSO = {"网格编码": "code", "网格名称": "name", "上级编码": "parent", "承接编码": "successors"}

_KEYS = {
    **{column.label: column.key for column in COLUMNS},
    **{column.key: column.key for column in COLUMNS},
    **_ALSO,
}

_LOOKED_AT = 5
"""Rows from the top among which the header may stand: a title may stand above it."""

_NUMBERS = ("households", "followers")
_DAYS = ("valid_from", "valid_to")
_SEVERAL = ("estates", "successors")
_LABELS = {column.key: column.label for column in COLUMNS}


class _Unread(Exception):
    """A cell says nothing that can be used."""


def read_places(path: Path) -> list[PlaceLine]:
    """Return the lines of a list, each with what is wrong with its cells.

    Chinese or English headers; ``ImportFileError`` where no table of the file has a column 编码.
    """
    for table in tables_of(path, known=_KEYS.keys()):
        filled = (record for record in table.records() if not is_blank(record.cells))
        for head in islice(filled, _LOOKED_AT):
            labels = [half_width(cell_text(cell)).strip().lower() for cell in head.cells]
            places = {_KEYS[label]: at for at, label in enumerate(labels) if label in _KEYS}
            if "code" in places and len(places) > 1:
                return [_line(record, places, escaped=table.escaped) for record in filled]
    raise ImportFileError(
        f"{path} 没有网格名录的表头：至少要有 编码 和另外一栏，样表用 duban grid template 写出"
    )


def write_places(path: Path, places: Iterable[Place]) -> int:
    """Write a list into a file that :func:`read_places` takes back; return its lines."""
    return write_rows(path, COLUMNS, (_told(place) for place in places))


def _told(place: Place) -> list[Written]:
    told: dict[str, Any] = {"level": level_of(place.code), "parent": above(place.code)}
    cells: list[Written] = []
    for column in COLUMNS:
        value = told[column.key] if column.key in told else getattr(place, column.key)
        if isinstance(value, tuple):
            value = "、".join(value)
        cells.append(str(value) if isinstance(value, int) else value)
    return cells


def _line(record: Record, places: Mapping[str, int], *, escaped: bool) -> PlaceLine:
    cells = {key: record.cells[at] for key, at in places.items() if at < len(record.cells)}
    if escaped:
        cells = {key: unguarded(c) if isinstance(c, str) else c for key, c in cells.items()}
    code = _code(_text(cells.get("code")))
    told: dict[str, Any] = {}
    fault = record.fault or ""
    for key, cell in cells.items():
        try:
            told[key] = _read(key, cell)
        except _Unread as unread:
            fault = fault or str(unread)
    parent, level = told.pop("parent", ""), told.pop("level", "")
    told.pop("code", None)
    if told.get("name"):
        told["initials"] = _initials(told["name"])
    return PlaceLine(record.line, code, told, parent, level, fault)


def _read(key: str, cell: Cell) -> Any:
    """Return what a cell says of a column; ``_Unread`` says why it cannot be used."""
    if doubt := doubt_in(cell):
        raise _Unread(f"{_LABELS[key]}{Doubted(doubt)}")
    if key in _DAYS:
        return _day(key, cell)
    text = _text(cell)
    if key in _NUMBERS:
        return _number(key, text)
    if key in _SEVERAL:
        words = dict.fromkeys(_several(text))
        return tuple(map(_code, words) if key == "successors" else words)
    if key == "parent":
        return _code(text)
    return (text or None) if key == "officer" else text


def _text(cell: Cell) -> str:
    return harmless_line(cell_text(cell)).strip() if cell is not None else ""


def _code(text: str) -> str:
    """Return a code without blanks and the apostrophe of a text cell, its digits half-width."""
    return "".join(half_width(text).split()).removeprefix("'")


def _number(key: str, text: str) -> int | None:
    plain = half_width(text).replace(",", "").removesuffix("户")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 9):
        raise _Unread(f"{_LABELS[key]}“{text[:SHOWN]}”应当是数字：请改正或空着")
    return int(plain)


def _day(key: str, cell: Cell) -> date | None:
    try:
        return day_told(cell)
    except ValueError:
        raise _Unread(f"{_LABELS[key]}“{_text(cell)[:SHOWN]}”看不懂：请写 2026-01-31") from None


def _several(text: str) -> Iterator[str]:
    for sign in "，,;；|":
        text = text.replace(sign, "、")
    return (word.strip() for word in text.split("、") if word.strip())


_initials = cache(initials)
