"""The fields of the exchange file (DESIGN §6), by name and as people call them."""

from __future__ import annotations

from dataclasses import fields

from rules.casework import COLUMN_NAMES, HalfRow

_NOT_COLUMNS = frozenset(("line", "fields", "date_only"))

FIELDS = tuple(each.name for each in fields(HalfRow) if each.name not in _NOT_COLUMNS)

INSTANTS = frozenset(name for name in FIELDS if name.endswith("_at"))

LONG_TEXTS = frozenset(("content", "reply", "attachments"))

LABELS = {
    "number": "工单编号",
    **{name: label for name, label in COLUMN_NAMES.items() if name in FIELDS},
    "updated_at": "更新时间",
}
"""The columns of the exchange file in order: name and Chinese header."""


def field_called(word: str) -> str | None:
    """Return the field of a name or Chinese header, None for neither."""
    return word if word in LABELS else _BY_LABEL.get(word)


_BY_LABEL = {label: name for name, label in LABELS.items()}
