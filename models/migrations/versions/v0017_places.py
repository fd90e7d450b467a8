"""A round names the place of its ticket; what places count is reckoned by the upgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and give every round the code of its ticket's place."""
    op.add_column("round", sa.Column("grid", sa.String(), nullable=True))
    op.execute(f"UPDATE round SET grid = ({_OF_TICKET}) WHERE EXISTS ({_OF_TICKET})")


_OF_TICKET = """
SELECT t.grid FROM ticket t WHERE t.id = round.ticket_id AND t.grid <> ''
    AND rtrim(t.grid, '0123456789') = ''
"""
"""The code of the place of a round's ticket; of words that are no code nothing."""


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("round", "grid")
