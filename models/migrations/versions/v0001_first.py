"""A store of the first build, whose constraints have no names of their own.

Nothing is made here: a new store is made from today's tables and stamped with the newest revision.
"""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Stand for a store of the first build."""


def downgrade() -> None:
    """There was no store before."""
