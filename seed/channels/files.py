"""From a path to its tables: by what the file holds rather than by its suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seed.channels.encoding import encoding_of
from seed.channels.errors import explained
from seed.channels.jsonlines import JsonTable
from seed.channels.table import Table
from seed.channels.text import TextTable
from seed.channels.workbook import MAGICS, sheets_of


def tables_of(path: Path) -> Sequence[Table]:
    """Return the sheets of a workbook, or the one table of any other file."""
    with explained(path), path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(MAGICS):
        return sheets_of(path)
    encoding = encoding_of(path)
    text = head.decode(encoding.name, errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("{") or path.suffix.lower() in (".jsonl", ".ndjson"):
        return [JsonTable(path, encoding)]
    return [TextTable(path, encoding)]
