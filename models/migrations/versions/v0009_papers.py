"""Papers: what an order says besides, to whom it is copied, who may see it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_AN_ORDER = ("copy_to", "details")
"""Columns of words that earlier orders have nothing in."""


def upgrade() -> None:
    """Add columns, empty in what there is."""
    for name in OF_AN_ORDER:
        op.add_column("supervision_order", sa.Column(name, sa.String(), nullable=True))
    op.add_column("supervision_order", sa.Column("confidential", sa.Boolean(), nullable=True))
    op.add_column("supervision_order", sa.Column("instruction_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    for name in (*OF_AN_ORDER, "confidential", "instruction_id"):
        op.drop_column("supervision_order", name)
