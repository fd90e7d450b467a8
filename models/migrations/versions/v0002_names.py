"""Names for all constraints; ``act`` is ``undo_entry``; a 回访 tells who called, what was said.

SQLite cannot name a constraint of a table that is there: each table is built anew under its rows.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(column_0_label)s",
}


def upgrade() -> None:
    """Bring a store of the first build to this version."""
    _rename_entries("act", "undo_entry")
    _add_to_callback()
    sqlite = op.get_context().dialect.name == "sqlite"
    for name in _tables():
        if sqlite:
            _build_anew(name)
        else:
            _rename_constraints(name)
    if not sqlite:  # its one row never asks for another number
        op.execute("ALTER TABLE trail_head ALTER COLUMN id DROP DEFAULT")
        op.execute("DROP SEQUENCE IF EXISTS trail_head_id_seq")


def downgrade() -> None:
    """Take an empty store back, for an archive of the first build; the names may stay."""
    _rename_entries("undo_entry", "act")
    with op.batch_alter_table("callback") as batch:
        for column in _of_callback():
            batch.drop_column(column.name)


def _of_callback() -> list[sa.Column[Any]]:
    """Return the new columns; the defaults serve the rows that are there, and go again."""
    return [
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("caller", sa.String(), nullable=False, server_default=""),
        sa.Column("said", sa.String(), nullable=True),
    ]


def _add_to_callback() -> None:
    for column in _of_callback():
        op.add_column("callback", column)
    with op.batch_alter_table("callback") as batch:
        batch.alter_column("version", server_default=None)
        batch.alter_column("caller", server_default=None)


def _rename_entries(old: str, new: str) -> None:
    """Rename the table of what can be undone, with its index and its sequence."""
    op.drop_index(f"ix_{old}_operator", table_name=old)
    op.rename_table(old, new)
    op.create_index(f"ix_{new}_operator", new, ["operator_id", "id"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq")


def _tables() -> list[str]:
    names = sa.inspect(op.get_bind()).get_table_names()
    return [name for name in names if name != "alembic_version"]


def _build_anew(name: str) -> None:
    """Let SQLite copy a table into one of the same columns with named constraints."""
    with op.batch_alter_table(name, recreate="always", naming_convention=NAMES):
        pass


def _rename_constraints(name: str) -> None:
    """Rename on PostgreSQL what stands under the server's own names."""
    inspector = sa.inspect(op.get_bind())
    key = inspector.get_pk_constraint(name)
    named = {key["name"]: f"pk_{name}"}
    for unique in inspector.get_unique_constraints(name):
        named[unique["name"]] = "_".join(("uq", name, *unique["column_names"]))
    for foreign in inspector.get_foreign_keys(name):
        named[foreign["name"]] = "_".join(("fk", name, *foreign["constrained_columns"]))
    for old, new in named.items():
        if old != new:
            op.execute(f'ALTER TABLE "{name}" RENAME CONSTRAINT "{old}" TO "{new}"')
