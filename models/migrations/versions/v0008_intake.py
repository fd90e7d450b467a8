"""A reply names who wrote it; profiles, units' reports; a file's silence; what others answer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SIGNED = ("filled_by", "approved_by")

WORDS = ("evidence", *SIGNED, "text", "text_key", "outcome")

POINTS = {
    "ticket_id": "ticket",
    "round_id": "round",
    "unit_id": "unit",
    "batch_id": "import_batch",
    "decided_by": "operator",
}


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
    _unit_reports()
    _attachments()
    aside = sa.text("state = 'analysis'")
    op.create_index(
        "ix_ticket_analysis",
        "ticket",
        ["received_at"],
        sqlite_where=aside,
        postgresql_where=aside,
    )


def _attachments() -> None:
    """Make the table of what belongs to a matter by reference."""
    moment, words = sa.DateTime(timezone=True), sa.String()
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("place", words, nullable=False),
        sa.Column("sha256", words, nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", moment, nullable=True),
        sa.Column("removed_reason", words, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_attachment_ticket_id"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_attachment_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_ticket_id", "attachment", ["ticket_id"])


def _unit_reports() -> None:
    """Make the table of what units report of themselves."""
    moment, words = sa.DateTime(timezone=True), sa.String()
    op.create_table(
        "unit_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("verb", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        *(sa.Column(name, words, nullable=True) for name in WORDS),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("taken", words, nullable=True),
        sa.Column("decision", words, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_unit_report_{column}")
            for column, table in POINTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit_report"),
    )
    op.create_index("ix_unit_report_ticket", "unit_report", ["ticket_id"])
    waiting = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_unit_report_undecided",
        "unit_report",
        ["recorded_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_table("attachment")
    op.drop_index("ix_ticket_analysis", table_name="ticket")
    op.drop_column("import_batch", "silent")
    op.drop_table("import_profile")
    op.drop_table("unit_report")
    for name in SIGNED:
        op.drop_column("reply", name)
