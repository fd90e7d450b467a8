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
    _starts()


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


def _starts() -> None:
    """Let a handling be taken up or not, wait for what is asked of the citizen, and know both."""
    for name in ("accepted_at", "declined_at", "supplement_asked_at", "supplemented_at"):
        op.add_column("round", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("round", sa.Column("course", sa.String(), nullable=True))
    op.add_column("pause", sa.Column("supplement", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("pause", "supplement")
    for name in (
        "course",
        "supplemented_at",
        "supplement_asked_at",
        "declined_at",
        "accepted_at",
    ):
        op.drop_column("round", name)
    op.drop_column("extension", "leader")
    op.drop_table("limit_change")
    op.drop_column("deadline", "changed_at")
    op.drop_column("deadline", "made_for")
    op.drop_index("ix_pause_until", "pause")
    for name in ("over_at", "by_itself", "until_at"):
        op.drop_column("pause", name)
