"""Rows read by a text of a test's own, with instants as values on either engine."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from models.store.rows import Source, aware

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.000000")


def rows_of(source: Source, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    """Return every row of a text; SQLite's text of an instant is read as the instant it is."""
    return [tuple(map(_read, row)) for row in source.rows(sql, **params)]


def row_of(source: Source, sql: str, **params: Any) -> tuple[Any, ...]:
    """Return the first row of a text."""
    return rows_of(source, sql, **params)[0]


def value_of(source: Source, sql: str, **params: Any) -> Any:
    """Return the first cell of the first row of a text."""
    return row_of(source, sql, **params)[0]


def _read(cell: Any) -> Any:
    if isinstance(cell, datetime) or (isinstance(cell, str) and _INSTANT.fullmatch(cell)):
        return aware(cell).astimezone(UTC)
    return cell
