"""Looking for harm: in a store, on paper, in workbooks and lists, in what a call says."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sqlalchemy import select
from sqlmodel import SQLModel

from models.store.store import Store
from seed.channels.encoding import encoding_of

_INVISIBLE = "\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0"

_HEAP = 5
"""Diacritics on one sign that no language writes."""

_RUNS = ("=", "+", "-", "@")


def harm_in(text: str, *, breaks: str = "\n") -> str:
    """Return which sign of a text steers a screen or hides; nothing where none does."""
    heap = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if sign not in breaks and kind in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            return f"U+{ord(sign):04X}"
        if sign in _INVISIBLE:
            return f"U+{ord(sign):04X} unseen"
        heap = heap + 1 if kind in ("Mn", "Me") else 0
        if heap >= _HEAP:
            return "heaped diacritics"
    return ""


def harm_in_value(value: Any) -> str:
    """Return the harm in any text of a JSON value."""
    if isinstance(value, str):
        return harm_in(value)
    if isinstance(value, dict):
        return harm_in_value([*value, *value.values()])
    return next(filter(None, map(harm_in_value, value)), "") if isinstance(value, list) else ""


def harm_in_store(store: Store) -> Iterator[str]:
    """Yield every text of any column of any table that could do harm."""
    with store.engine().connect() as conn:
        for t in SQLModel.metadata.sorted_tables:
            for row in conn.execute(select(t)).mappings():
                for name, cell in row.items():
                    if isinstance(cell, str) and (harm := harm_in(cell)):
                        yield f"{t.name}.{name}: {harm}"
        for payload in conn.exec_driver_sql("SELECT payload FROM event").scalars():
            if harm := harm_in_value(json.loads(payload)):
                yield f"event.payload: {harm}"


def harm_in_file(path: Path) -> Iterator[str]:
    """Yield what a file that went out could do to whoever opens it."""
    look = {
        ".docx": _in_parts,
        ".xlsx": _in_workbook,
        ".csv": _in_list,
        ".tsv": _in_list,
        ".jsonl": _in_lines,
        ".json": _in_lines,
        ".md": _in_text,
        ".txt": _in_text,
    }.get(path.suffix)
    for harm in look(path) if look is not None else ():
        yield f"{path.name[-40:]}: {harm}"


def _in_text(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8-sig")
    if harm := harm_in(text, breaks="\n\r"):
        yield harm
    if path.suffix == ".md" and "<script" in text:
        yield "markup"


def _in_lines(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8-sig")
    whole = [text] if path.suffix == ".json" else text.splitlines()
    yield from filter(None, (harm_in_value(json.loads(one)) for one in whole))


def _in_list(path: Path) -> Iterator[str]:
    text = path.read_text(encoding_of(path).name)
    tab = path.suffix == ".tsv"
    for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tab else ","):
        for cell in row:
            if harm := harm_in(cell):
                yield harm
            if unicodedata.normalize("NFKC", cell).lstrip()[:1] in _RUNS and cell.strip() != "-":
                yield f"runs: {cell[:30]!r}"


def _in_parts(path: Path) -> Iterator[str]:
    """Look into every part of a .docx; its only fields are those of page numbers."""
    for name, root in _parts(path):
        for element in root.iter():
            if harm := harm_in((element.text or "") + (element.tail or ""), breaks="\n"):
                yield f"{name} {harm}"
            if element.tag.endswith("}hyperlink"):
                yield f"{name} hyperlink"
            if element.tag.endswith("}instrText") and "PAGE" not in (element.text or ""):
                yield f"{name} field {element.text}"


def _in_workbook(path: Path) -> Iterator[str]:
    for name, root in _parts(path):
        for element in root.iter():
            if element.tag.endswith(("}f", "}hyperlink")):
                yield f"{name} {element.tag}"
            if element.tag.endswith("}t") and (harm := harm_in(element.text or "")):
                yield f"{name} {harm}"
        if name.startswith("xl/worksheets/sheet"):
            yield from _untyped(root)


def _untyped(sheet: ElementTree.Element) -> Iterator[str]:
    """Yield cells that hold words but do not say that they do."""
    for cell in sheet.iter():
        value = next((e.text or "" for e in cell if e.tag.endswith("}v")), None)
        if cell.tag.endswith("}c") and cell.get("t") is None and value is not None:
            try:
                float(value)
            except ValueError:
                yield f"cell {cell.get('r')} holds {value[:30]!r}"


def _parts(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, ElementTree.fromstring(archive.read(name))
