"""A reply names who wrote it; profiles are kept; a file what its columns cannot tell."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SIGNED = ("filled_by", "approved_by")


def upgrade() -> None:
    """Add columns, of whose earlier rows nobody knows; make the table of profiles."""
    for name in SIGNED:
        op.add_column("reply", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "import_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_import_profile_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_profile"),
        sa.UniqueConstraint("name", name="uq_import_profile_name"),
    )
    op.add_column("import_batch", sa.Column("silent", sa.String(), nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("import_batch", "silent")
    op.drop_table("import_profile")
    for name in SIGNED:
        op.drop_column("reply", name)
