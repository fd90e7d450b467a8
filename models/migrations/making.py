"""Making the tables of a migration: what its columns are and how constraints are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

TEXT, NUMBER, TRUTH, DAY = sa.String(), sa.Integer(), sa.Boolean(), sa.Date()

INSTANT = sa.DateTime(timezone=True)

Kinds = Mapping[str, sa.types.TypeEngine[Any]]


def make_table(
    name: str, needed: Kinds, free: Kinds, refs: Mapping[str, str], *unique: Sequence[str]
) -> None:
    """Create a table: columns that must say something, others, where ids point, what is unique."""
    op.create_table(
        name,
        sa.Column("id", NUMBER, nullable=False),
        *(sa.Column(column, kind, nullable=False) for column, kind in needed.items()),
        *(sa.Column(column, kind, nullable=True) for column, kind in free.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint([column], [there], name=f"fk_{name}_{column}")
            for column, there in refs.items()
        ),
        *(
            sa.UniqueConstraint(*columns, name=f"uq_{name}_{'_'.join(columns)}")
            for columns in unique
        ),
    )
