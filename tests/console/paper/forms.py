"""Templates and contents for the tests of papers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document

from console.paper.writing import frozen_zip
from rules.paper import FIELDS, Content, Row, Value

AT = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


def values(kind: str = "order", **changes: Value) -> dict[str, Value]:
    """Return a value for every field of a kind, that names the field."""
    told: dict[str, Value] = {}
    for field in FIELDS[kind]:
        row: Row = {column: f"{column}一" for column in field.columns}
        by_form: Mapping[str, Value] = {
            "line": f"某{field.word}",
            "lines": (f"{field.word}第一行", f"{field.word}第二行"),
            "chart": ({column: str(n) for n, column in enumerate(field.columns)},),
            "rows": (row, {column: f"{column}二" for column in field.columns}),
        }
        told[field.word] = by_form[field.form]
    return {**told, **changes}


def content(kind: str = "order", **changes: Value) -> Content:
    """Return a content of a kind with every field given."""
    return Content(kind, values(kind, **changes), at=AT)


def template(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    """Return a .docx of paragraphs, as an office program saves one."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change is not None:
        change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(base: bytes, **changes: bytes) -> bytes:
    """Return a .docx with parts put in or replaced; ``word__x_xml`` stands for word/x.xml."""
    with zipfile.ZipFile(BytesIO(base)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    named = {key.replace("__", "/").replace("_", "."): part for key, part in changes.items()}
    return frozen_zip({**parts, **named})


def edited(base: bytes, name: str, old: str, new: str) -> bytes:
    """Return a .docx with a text of one part replaced; the text must be there."""
    with zipfile.ZipFile(BytesIO(base)) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    before = parts[name].decode()
    assert old in before
    return frozen_zip({**parts, name: before.replace(old, new, 1).encode()})


def text_of(paper: bytes) -> str:
    """Return all the text of a .docx, cells after paragraphs."""
    document = Document(BytesIO(paper))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)
