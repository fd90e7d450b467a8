"""派单目录 as a table that people keep: one line a row, in a text file or a workbook, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rules.dispatch import Line
from rules.text import harmless_line
from seed.channels.formats import tables_of
from seed.channels.table import (
    Cell,
    Doubted,
    ImportFileError,
    Record,
    cell_text,
    day_told,
    doubt_in,
    is_blank,
)
from seed.sheets import Column, write_rows

COLUMNS = (
    Column("编号", "number", 8),
    Column("问题", "problem", 28),
    Column("关键词", "words", 24),
    Column("类别", "category", 28),
    Column("性质", "nature", 8),
    Column("范围", "grid", 24),
    Column("承办", "taker", 18),
    Column("协办", "co_units", 18),
    Column("部门法定职责", "duty", 12),
    Column("依据种类", "basis_kind", 14),
    Column("依据", "basis", 36),
    Column("起", "since", 12),
    Column("止", "until", 12),
    Column("替代", "replaced_by", 8),
    Column("草案", "draft", 8),
)

NEEDED = ("问题", "承办", "依据种类", "依据", "起")

YES = ("是", "√", "1")


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a file; ImportFileError names the first row that cannot be read."""
    known = {column.label: column.key for column in COLUMNS}
    for table in tables_of(path, known=known.keys()):
        filled = (record for record in table.records() if not is_blank(record.cells))
        head = next(filled, None)
        labels = [cell_text(cell).strip() for cell in head.cells] if head is not None else []
        places = {known[label]: at for at, label in enumerate(labels) if label in known}
        if all(known[label] in places for label in NEEDED):
            return [_line(path, record, places) for record in filled]
    raise ImportFileError(f"{path} 第一行没有派单目录的表头：至少要有 {'、'.join(NEEDED)}")


def write_lines(path: Path, lines: Iterable[Line]) -> int:
    """Write a directory into a file that :func:`read_lines` takes back; return its lines."""
    return write_rows(path, COLUMNS, ([_told(line, c.key) for c in COLUMNS] for line in lines))


def _told(line: Line, key: str) -> str | date | None:
    value = getattr(line, key)
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, tuple):
        return "、".join(value)
    return str(value) if isinstance(value, int) else value


def _line(path: Path, record: Record, places: Mapping[str, int]) -> Line:
    where = f"{path} 第{record.line}行"
    if record.fault:
        raise ImportFileError(f"{where}：{record.fault}")
    cells = {key: record.cells[at] for key, at in places.items() if at < len(record.cells)}
    for cell in cells.values():
        if doubt := doubt_in(cell):
            raise ImportFileError(f"{where}：{Doubted(doubt)}")
    words = {key: harmless_line(cell_text(cell)).strip() for key, cell in cells.items()}
    return Line(
        number=_number(where, words.get("number", "")) or 0,
        revision=0,
        problem=words.get("problem", ""),
        words=_several(words.get("words", "")),
        category=words.get("category", "").strip("/") or None,
        nature=words.get("nature") or None,
        grid=_several(words.get("grid", "")),
        taker=words.get("taker", ""),
        unit_id=None,
        co_units=_several(words.get("co_units", "")),
        duty=words.get("duty", "") in YES,
        basis_kind=words.get("basis_kind", ""),
        basis=words.get("basis", ""),
        since=_day(where, "起", cells["since"]) or _missing(where, "起"),
        until=_day(where, "止", cells.get("until")),
        replaced_by=_number(where, words.get("replaced_by", "")),
        draft=words.get("draft", "") in YES,
    )


def _several(text: str) -> tuple[str, ...]:
    for sign in "，,;；":
        text = text.replace(sign, "、")
    return tuple(word.strip() for word in text.split("、") if word.strip())


def _number(where: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isdecimal() and text.isascii()):
        raise ImportFileError(f"{where}：编号“{text[:20]}”应当是数字，新增的一条请空着")
    return int(text)


def _day(where: str, label: str, cell: Cell) -> date | None:
    try:
        return day_told(cell)
    except ValueError:
        told = cell_text(cell).strip()[:20]
        raise ImportFileError(f"{where}：{label}“{told}”看不懂：请写 2026-01-31") from None


def _missing(where: str, label: str) -> date:
    raise ImportFileError(f"{where}：{label}空着")


def labels_of(line: Line) -> Sequence[tuple[str, str]]:
    """Return what a line says, column by column, as people read it."""
    return [(column.label, str(_told(line, column.key) or "")) for column in COLUMNS]
