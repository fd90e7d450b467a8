"""What caps, starts and changes of limits keep beside the clocks."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    _caps()
    _changes()


def _caps() -> None:
    """Let an extension name the leader who let it, and a pause know when its time is up."""
    op.add_column("extension", sa.Column("leader", sa.String(), nullable=True))
    op.add_column("pause", sa.Column("until_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pause", sa.Column("by_itself", sa.Boolean(), nullable=True))
    op.add_column("pause", sa.Column("over_at", sa.DateTime(timezone=True), nullable=True))
    timed = sa.text("until_at IS NOT NULL AND to_at IS NULL")
    op.create_index(
        "ix_pause_until", "pause", ["until_at"], sqlite_where=timed, postgresql_where=timed
    )


def _changes() -> None:
    """Let clocks remember the tags they were made for, and changes of limits wait."""
    op.add_column("deadline", sa.Column("made_for", sa.String(), nullable=True))
    op.add_column("deadline", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "limit_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("limits", sa.String(), nullable=True),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_limit_change"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_limit_change_round_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["operator.id"], name="fk_limit_change_decided_by"),
    )
    op.create_index("ix_limit_change_round_id", "limit_change", ["round_id"])
    op.create_index(
        "ix_limit_change_undecided",
        "limit_change",
        ["found_at"],
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("extension", "leader")
    op.drop_table("limit_change")
    op.drop_column("deadline", "changed_at")
    op.drop_column("deadline", "made_for")
    op.drop_index("ix_pause_until", "pause")
    for name in ("over_at", "by_itself", "until_at"):
        op.drop_column("pause", name)
