"""Where a row is read from: of a citizen, a view that shows what the login may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, MetaData, Table

from models.store.bulk import table
from models.tables import Person


def names_of(t: Table) -> list[str]:
    """Return the columns of a table in its order."""
    return [column.name for column in t.columns]


def whole_rows(t: Table, names: Sequence[str], where: str) -> str:
    """Return the text that reads columns of a table by a condition written out."""
    told = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {told} FROM {readable(t).name} WHERE {where}"


_CITIZEN = Table("citizen", MetaData(), *(Column(c.name, c.type) for c in table(Person).columns))


def readable(t: Table) -> Table:
    """Return the table, or the view that shows what this login may see of it."""
    return _CITIZEN if t.name == Person.__tablename__ else t
