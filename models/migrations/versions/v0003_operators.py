"""The units an operator looks after, and when an operator last left."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a store of version 0002 to this one."""
    op.create_table(
        "operator_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator_unit"),
        _foreign("operator_unit", "operator_id", "operator"),
        _foreign("operator_unit", "unit_id", "unit"),
        sa.UniqueConstraint("operator_id", "unit_id", name="uq_operator_unit_operator_id_unit_id"),
    )
    op.create_table(
        "operator_visit",
        sa.Column("operator_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("operator_id", name="pk_operator_visit"),
        _foreign("operator_visit", "operator_id", "operator"),
    )


def downgrade() -> None:
    """Take an empty store back, for an archive of an earlier build."""
    op.drop_table("operator_visit")
    op.drop_table("operator_unit")


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
