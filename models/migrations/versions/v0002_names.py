"""Names for all constraints; ``act`` is ``undo_entry``; a 回访 tells who called; erasing.

SQLite cannot name a constraint of a table that is there: each table is built anew under its rows.
"""

import secrets
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
    op.add_column("ticket", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    sqlite = op.get_context().dialect.name == "sqlite"
    _add_seals(sqlite=sqlite)
    for name in _tables():
        if sqlite:
            _build_anew(name)
        else:
            _rename_constraints(name)
    _create_erasure()
    _create_hold()
    if not sqlite:  # its one row never asks for another number
        op.execute("ALTER TABLE trail_head ALTER COLUMN id DROP DEFAULT")
        op.execute("DROP SEQUENCE IF EXISTS trail_head_id_seq")


def downgrade() -> None:
    """Take an empty store back, for an archive of the first build; the names may stay."""
    _rename_entries("undo_entry", "act")
    for name in ("retention_hold", "erasure_ticket", "erasure"):
        op.drop_table(name)
    with op.batch_alter_table("ticket") as batch:
        batch.drop_column("erased_at")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("salt")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("form")
        batch.drop_column("seal")
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


def _add_seals(*, sqlite: bool) -> None:
    """Add what seals need; events of before keep the form of their hash."""
    op.add_column("event", sa.Column("form", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("event", sa.Column("seal", sa.String(), nullable=True))
    with op.batch_alter_table("event") as batch:
        batch.alter_column("form", server_default=None)
    op.add_column("person", sa.Column("salt", sa.String(), nullable=True))
    salt = "lower(hex(randomblob(8)))" if sqlite else "left(md5(gen_random_uuid()::text), 16)"
    op.execute(f"UPDATE person SET salt = {salt}")
    key = sa.table("setting", sa.column("key"), sa.column("value"))
    op.bulk_insert(key, [{"key": "seal_key", "value": secrets.token_hex(32)}])


def _create_erasure() -> None:
    """Create what erasing personal data writes: requests, and what each of them lists."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("before_at", instant, nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("erased", sa.Integer(), nullable=False),
        _key("erasure"),
        _foreign("erasure", "asked_by", "operator"),
        _foreign("erasure", "decided_by", "operator"),
    )
    _index("ix_erasure_undecided", "erasure", "asked_at", where="decided_at IS NULL")
    op.create_table(
        "erasure_ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("erasure_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        _key("erasure_ticket"),
        _foreign("erasure_ticket", "erasure_id", "erasure"),
        _foreign("erasure_ticket", "ticket_id", "ticket"),
        sa.UniqueConstraint(
            "erasure_id", "ticket_id", name="uq_erasure_ticket_erasure_id_ticket_id"
        ),
    )
    _index("ix_erasure_ticket_ticket_id", "erasure_ticket", "ticket_id")


def _create_hold() -> None:
    """Create what keeps a ticket whole."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("placed_at", instant, nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=False),
        sa.Column("lifted_at", instant, nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        _key("retention_hold"),
        _foreign("retention_hold", "ticket_id", "ticket"),
        _foreign("retention_hold", "placed_by", "operator"),
        _foreign("retention_hold", "lifted_by", "operator"),
    )
    _index("ix_retention_hold_ticket_id", "retention_hold", "ticket_id")
    _index(
        "ux_retention_hold_standing",
        "retention_hold",
        "ticket_id",
        unique=True,
        where="lifted_at IS NULL",
    )


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _index(
    name: str, table: str, column: str, *, where: str | None = None, unique: bool = False
) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition
    )


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
