"""A reply names who in the unit wrote it and which leader let it pass."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SIGNED = ("filled_by", "approved_by")


def upgrade() -> None:
    """Add the columns; earlier replies name nobody."""
    for name in SIGNED:
        op.add_column("reply", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    for name in SIGNED:
        op.drop_column("reply", name)
