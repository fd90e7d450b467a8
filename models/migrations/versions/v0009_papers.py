"""Papers: what an order says besides; office letters, sheets; a bulletin with its edition."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_AN_ORDER = ("copy_to", "sentences", "details", "verified", "verified_words")
"""Columns of words that earlier orders have nothing in."""

POINTS = {
    "ticket_id": "ticket",
    "order_id": "supervision_order",
    "unit_id": "unit",
    "drafted_by": "operator",
    "signed_by": "operator",
}
"""What the columns of a letter point to."""


def upgrade() -> None:
    """Add columns, empty in what there is; make the tables."""
    for name in OF_AN_ORDER:
        op.add_column("supervision_order", sa.Column(name, sa.String(), nullable=True))
    op.add_column("supervision_order", sa.Column("confidential", sa.Boolean(), nullable=True))
    op.add_column("supervision_order", sa.Column("instruction_id", sa.Integer(), nullable=True))
    _letter()
    _circulation()
    _bulletins()
    _templates()


def _letter() -> None:
    """Make the table of the office's letters."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "letter",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("status", words, nullable=False),
        sa.Column("code", words, nullable=True),
        sa.Column("year", number, nullable=True),
        sa.Column("serial", number, nullable=True),
        sa.Column("number", words, nullable=True),
        sa.Column("ticket_id", number, nullable=True),
        sa.Column("order_id", number, nullable=True),
        sa.Column("source_id", number, nullable=True),
        sa.Column("unit_id", number, nullable=True),
        sa.Column("recipient", words, nullable=False),
        sa.Column("title", words, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("drafted_at", moment, nullable=False),
        sa.Column("drafted_by", number, nullable=False),
        sa.Column("signed_at", moment, nullable=True),
        sa.Column("signed_by", number, nullable=True),
        sa.Column("signer", words, nullable=True),
        sa.Column("basis", words, nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("head_hash", words, nullable=True),
        sa.Column("answer", words, nullable=True),
        sa.Column("answered_by", words, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("void_at", moment, nullable=True),
        sa.Column("void_reason", words, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_letter_{column}")
            for column, table in POINTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("code", "year", "serial", name="uq_letter_code_year_serial"),
        sa.UniqueConstraint("number", name="uq_letter_number"),
    )
    for column in ("ticket_id", "order_id", "unit_id"):
        op.create_index(f"ix_letter_{column}", "letter", [column])
    op.create_index("ix_letter_status", "letter", ["status"])


def _circulation() -> None:
    """Make the table of drafts as they were printed for approval."""
    op.create_table(
        "circulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("draft_sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["operator.id"], name="fk_circulation_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_circulation"),
    )
    op.create_index("ix_circulation_subject_id", "circulation", ["subject_id"])


def _bulletins() -> None:
    """Add the bulletin of an edition, of which earlier ones have none, and the remarks."""
    op.add_column("edition", sa.Column("bulletin", sa.String(), nullable=True))
    op.create_table(
        "bulletin_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_bulletin_remark_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin_remark"),
        sa.UniqueConstraint("period", "kind", "n", name="uq_bulletin_remark_period_kind_n"),
    )


def _templates() -> None:
    """Make the table of the bureau's own templates; papers name the one they were made with."""
    words, number = sa.String(), sa.Integer()
    op.create_table(
        "paper_template",
        sa.Column("id", number, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("revision", number, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("sha256", words, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.Column("reason", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_paper_template_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper_template"),
        sa.UniqueConstraint("kind", "revision", name="uq_paper_template_kind_revision"),
    )
    op.add_column("paper", sa.Column("template_revision", number, nullable=True))
    op.add_column("paper", sa.Column("template_sha256", words, nullable=True))


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_table("circulation")
    op.drop_table("letter")
    op.drop_table("bulletin_remark")
    op.drop_column("edition", "bulletin")
    op.drop_table("paper_template")
    for name in ("template_revision", "template_sha256"):
        op.drop_column("paper", name)
    for name in (*OF_AN_ORDER, "confidential", "instruction_id"):
        op.drop_column("supervision_order", name)
