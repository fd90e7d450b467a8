"""What caps, starts and changes of limits keep beside the clocks."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    _caps()


def _caps() -> None:
    """Let an extension name the leader who let it."""
    op.add_column("extension", sa.Column("leader", sa.String(), nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("extension", "leader")
