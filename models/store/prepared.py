"""Statements on one row, kept: to put one together costs SQLAlchemy more than to carry it out."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, Table, Update, bindparam, insert, select, update

from models.store.readable import readable


@cache
def inserting(t: Table, *told: str) -> Insert:
    """Return what inserts one row and tells columns of it."""
    return insert(t).returning(*(t.c[name] for name in told)) if told else insert(t)


@cache
def changing(t: Table, *told: str) -> Update:
    """Return what changes the row ``row_id``, at ``row_version`` if it has versions."""
    change = update(t).where(t.c.id == bindparam("row_id"))
    if "version" in t.c:
        change = change.where(t.c.version == bindparam("row_version"))
    return change.returning(*(t.c[name] for name in told)) if told else change


@cache
def reading(t: Table, *columns: str) -> Select[Any]:
    """Return what reads columns of the row ``row_id`` where they may be seen."""
    seen = readable(t)
    return select(*(seen.c[name] for name in columns)).where(seen.c.id == bindparam("row_id"))
