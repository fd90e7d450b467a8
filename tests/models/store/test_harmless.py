"""No text gets into the store that steers a terminal, a page or a line of the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from unicodedata import category

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, select
from sqlmodel import AutoString, SQLModel, UTCDateTime

from models.store.bulk import MADE_HARMLESS
from models.store.store import Store
from models.store.verifying import verify_trail
from tests.models.cells import rows_of

HOSTILE = (
    "甲\x1b[2J乙",
    "甲\x1b]0;title\x07乙",
    "甲\x9b31m乙",
    "甲\u202e乙\u2066",
    "甲\u200b\u2060乙",
    "甲\x00\x07\x7f乙",
    "甲\u0301\u0301\u0301\u0301\u0301\u0301\u0301乙",
    "甲\ufe0f\u3164乙",
    "甲\r\n乙\u2028丙",
)

HELD = ("event", "trail_head", "setting", "lease")


def _is_harmless(text: str) -> bool:
    return all(sign == "\n" or category(sign) not in ("Cc", "Cf", "Cs", "Co") for sign in text)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_column_keeps_only_what_can_be_read(store: Store, hostile: str) -> None:
    models = {m.__tablename__: m for m in SQLModel.__subclasses__() if hasattr(m, "__table__")}
    keys: dict[str, Any] = {}
    with store.writing() as work:
        for t in SQLModel.metadata.sorted_tables:
            if t.name in HELD:
                continue
            row = {c.name: _cell(t, c, hostile, keys) for c in t.columns}
            model: Any = models[t.name]
            work.insert(model, **row)
        work.event("export.list", "store", None, reason=hostile, payload={hostile: [hostile]})
    with store.engine().begin() as conn:
        for t in SQLModel.metadata.sorted_tables:
            for kept in conn.execute(select(t)):
                for cell in kept:
                    assert not isinstance(cell, str) or _is_harmless(cell), (t.name, cell)
    with store.reading() as reader:
        assert verify_trail(reader).first_bad is None


def test_a_change_is_made_harmless_like_what_is_new(store: Store) -> None:
    models = {m.__tablename__: m for m in SQLModel.__subclasses__() if hasattr(m, "__table__")}
    campaign: Any = models["campaign"]
    with store.writing() as work:
        id = work.insert(campaign, name="专题", started_at=work.now)
        work.update(campaign, id, 1, name=HOSTILE[0])
        work.bulk(campaign, ("version", "name", "started_at"), [(1, f"另{HOSTILE[1]}", work.now)])
        work.change_where(campaign, "name = name || :more", "id = :id", id=id, more=HOSTILE[3])
        work.event("export.list", "store", None)
    with store.reading() as reader:
        names = {row[0] for row in rows_of(reader, "SELECT name FROM campaign")}
        assert names == {"甲乙甲乙", "另甲乙"}


def test_what_is_not_looked_at_again_comes_through_the_readers_of_files() -> None:
    assert {"ticket", "person", "round", "import_row"} <= MADE_HARMLESS
    assert not MADE_HARMLESS & {"reply", "note", "instruction", "unit", "operator", "reminder"}


def _cell(t: Table, column: Column[Any], hostile: str, keys: dict[str, Any]) -> Any:
    """Return a value of the column's type, a hostile one for every text."""
    for key in column.foreign_keys:
        if key.column.table is t:
            return None
        return keys[f"{key.column.table.name}.{key.column.name}"]
    value: Any
    if isinstance(column.type, UTCDateTime):
        value = datetime(2026, 3, 8, tzinfo=UTC)
    elif isinstance(column.type, Date):
        value = date(2028, 2, 29)
    elif isinstance(column.type, Boolean):
        value = True
    elif isinstance(column.type, LargeBinary):
        value = b"x"
    elif isinstance(column.type, Integer):
        value = 900_001
    else:
        assert isinstance(column.type, AutoString), column
        value = f"{column.name}{hostile}"
    kept = "".join(s for s in value if _is_harmless(s)) if isinstance(value, str) else value
    keys[f"{t.name}.{column.name}"] = kept
    return value
