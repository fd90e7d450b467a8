"""Reviews are handed out and decided, citizens called; units object, the accused are kept out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNDECIDED = "decided_at IS NULL"

LATER: dict[str, tuple[tuple[str, Any], ...]] = {
    "callback": (("purpose", sa.String()), ("recording", sa.String())),
    "review": (("cause", sa.String()), ("again_at", sa.DateTime(timezone=True))),
    "objection": (
        ("period", sa.String()),
        ("round_id", sa.Integer()),
        ("raised_by", sa.String()),
        ("window_at", sa.DateTime(timezone=True)),
        ("decided_by", sa.Integer()),
        ("effect", sa.String()),
    ),
}
"""Columns that may be absent, at the end of tables that were there before."""

POINTING = {"round_id": "round", "decided_by": "operator"}

PARTIAL = {
    "ix_objection_open": ("objection", ("raised_at",), UNDECIDED),
    "ix_call_open": ("call", ("not_before", "id"), "done_at IS NULL"),
    "ix_exclusion_undecided": ("exclusion", ("asked_at",), UNDECIDED),
    "ix_accused_guessed": ("accused", ("ticket_id",), "confirmed IS NULL"),
    "ix_rating_rerated": ("rating", ("round_id", "at"), "means = 'rerating'"),
}

PLAIN = {
    "ix_review_decided": ("review", ("decided_at", "decided_by")),
    "ix_review_lease_holder": ("review_lease", ("operator_id", "until")),
    "ix_call_ticket_id": ("call", ("ticket_id",)),
    "ix_exclusion_ticket_id": ("exclusion", ("ticket_id",)),
    "ix_exclusion_round": ("exclusion", ("round_id",)),
    "ix_exclusion_decided": ("exclusion", ("decided_at", "round_id")),
    "ix_accused_ticket_id": ("accused", ("ticket_id",)),
    "ix_objection_period": ("objection", ("period",)),
}


def upgrade() -> None:
    """Bring a store of version 0005 to this one."""
    _more_columns()
    _tables()
    for name, (table, columns) in PLAIN.items():
        op.create_index(name, table, list(columns))
    for name, (table, columns, where) in PARTIAL.items():
        told = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=told, postgresql_where=told)


def _more_columns() -> None:
    with op.batch_alter_table("review") as batch:  # nobody had ever been given one
        batch.drop_constraint("fk_review_leased_by", type_="foreignkey")
        batch.drop_column("leased_by")
        batch.drop_column("leased_until")
    with op.batch_alter_table("objection") as batch:
        batch.alter_column("edition_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="data"))
    with op.batch_alter_table("objection") as batch:
        batch.alter_column("kind", existing_type=sa.String(), server_default=None)
    for table, columns in LATER.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns:
                batch.add_column(sa.Column(name, kind, nullable=True))
            for name, _ in columns:
                if name in POINTING:
                    key = f"fk_{table}_{name}"
                    batch.create_foreign_key(key, POINTING[name], [name], ["id"])


def _tables() -> None:
    op.create_table(
        "review_lease",
        sa.Column("review_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("review_id", name="pk_review_lease"),
        _foreign("review_lease", "review_id", "review"),
        _foreign("review_lease", "operator_id", "operator"),
    )
    op.create_table(
        "call",
        *_of_round("call"),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        _foreign("call", "not_by", "operator"),
        sa.UniqueConstraint("round_id", "purpose", name="uq_call_round_id_purpose"),
    )
    _create_exclusion()
    _create_accused()


def _create_exclusion() -> None:
    op.create_table(
        "exclusion",
        *_of_round("exclusion"),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        _foreign("exclusion", "review_id", "review"),
        _foreign("exclusion", "asked_by", "operator"),
        _foreign("exclusion", "decided_by", "operator"),
    )


def _create_accused() -> None:
    op.create_table(
        "accused",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accused"),
        _foreign("accused", "ticket_id", "ticket"),
        _foreign("accused", "unit_id", "unit"),
        _foreign("accused", "confirmed_by", "operator"),
        sa.UniqueConstraint("ticket_id", "unit_id", name="uq_accused_ticket_id_unit_id"),
    )


def _of_round(table: str) -> tuple[Any, ...]:
    """Return the columns of a table whose rows belong to a round of a ticket."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        _foreign(table, "ticket_id", "ticket"),
        _foreign(table, "round_id", "round"),
    )


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def downgrade() -> None:
    """Take an empty store back, for an archive of an earlier build."""
    for name in (*PARTIAL, *PLAIN):
        op.drop_index(name, table_name=(PARTIAL.get(name) or PLAIN[name])[0])
    for table in ("accused", "exclusion", "call", "review_lease"):
        op.drop_table(table)
    for table, columns in LATER.items():
        with op.batch_alter_table(table) as batch:
            for name, _ in columns:
                if name in POINTING:
                    batch.drop_constraint(f"fk_{table}_{name}", type_="foreignkey")
                batch.drop_column(name)
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("leased_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key("fk_review_leased_by", "operator", ["leased_by"], ["id"])
    with op.batch_alter_table("objection") as batch:
        batch.drop_column("kind")
        batch.alter_column("edition_id", existing_type=sa.Integer(), nullable=False)
