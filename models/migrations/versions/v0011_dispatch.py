"""Dispatch: the directory and its uses, disputes, what suggestions are worth and did alone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = (
    "dispatch_look",
    "dispatch_measure",
    "dispute_opinion",
    "dispute",
    "line_use",
    "dispatch_line",
)


def upgrade() -> None:
    """Make the tables."""
    _lines()
    _uses()
    _disputes()
    _opinions()
    _measures()
    _looks()


def _lines() -> None:
    """Make the table of the lines of the directory of dispatch."""
    moment, words, number, truth, day = (
        sa.DateTime(timezone=True),
        sa.String(),
        sa.Integer(),
        sa.Boolean(),
        sa.Date(),
    )
    op.create_table(
        "dispatch_line",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("number", number, nullable=False),
        sa.Column("revision", number, nullable=False),
        sa.Column("latest", truth, nullable=False),
        sa.Column("draft", truth, nullable=False),
        sa.Column("problem", words, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("category", words, nullable=True),
        sa.Column("nature", words, nullable=True),
        sa.Column("grid", words, nullable=False),
        sa.Column("taker", words, nullable=False),
        sa.Column("unit_id", number, nullable=True),
        sa.Column("co_units", words, nullable=False),
        sa.Column("duty", truth, nullable=False),
        sa.Column("basis_kind", words, nullable=False),
        sa.Column("basis", words, nullable=False),
        sa.Column("since", day, nullable=False),
        sa.Column("until", day, nullable=True),
        sa.Column("replaced_by", number, nullable=True),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("changed_by", number, nullable=False),
        sa.Column("reason", words, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_dispatch_line_unit_id"),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["operator.id"], name="fk_dispatch_line_changed_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dispatch_line"),
        sa.UniqueConstraint("number", "revision", name="uq_dispatch_line_number_revision"),
    )


def _uses() -> None:
    """Make the table of what its lines were used for."""
    moment, number, truth = sa.DateTime(timezone=True), sa.Integer(), sa.Boolean()
    op.create_table(
        "line_use",
        sa.Column("id", number, nullable=False),
        sa.Column("number", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("round_id", number, nullable=False),
        sa.Column("unit_id", number, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("followed", truth, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_line_use_ticket_id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_line_use_round_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_line_use_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_line_use"),
    )
    op.create_index("ix_line_use_number", "line_use", ["number", "at"])
    op.create_index("ix_line_use_ticket_id", "line_use", ["ticket_id"])


def _disputes() -> None:
    """Make the table of disputed dispatches."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "dispute",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("round_id", number, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("unit_id", number, nullable=False),
        sa.Column("reason", words, nullable=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("provisional_id", number, nullable=True),
        sa.Column("provisional_at", moment, nullable=True),
        sa.Column("ruled_at", moment, nullable=True),
        sa.Column("ruled_by", number, nullable=True),
        sa.Column("ruled_unit_id", number, nullable=True),
        sa.Column("ruling", words, nullable=True),
        sa.Column("line_number", number, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_dispute_ticket_id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_dispute_round_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_dispute_unit_id"),
        sa.ForeignKeyConstraint(["provisional_id"], ["unit.id"], name="fk_dispute_provisional_id"),
        sa.ForeignKeyConstraint(["ruled_by"], ["operator.id"], name="fk_dispute_ruled_by"),
        sa.ForeignKeyConstraint(["ruled_unit_id"], ["unit.id"], name="fk_dispute_ruled_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )
    op.create_index(
        "ix_dispute_open",
        "dispute",
        ["opened_at"],
        sqlite_where=sa.text("ruled_at IS NULL"),
        postgresql_where=sa.text("ruled_at IS NULL"),
    )
    op.create_index("ix_dispute_ticket_id", "dispute", ["ticket_id"])


def _opinions() -> None:
    """Make the table of what others said of a dispute."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "dispute_opinion",
        sa.Column("id", number, nullable=False),
        sa.Column("dispute_id", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("organ", words, nullable=False),
        sa.Column("person", words, nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("said", words, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name="fk_dispute_opinion_dispute_id"
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_dispute_opinion_ticket_id"),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_dispute_opinion_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_opinion"),
    )
    op.create_index("ix_dispute_opinion_dispute_id", "dispute_opinion", ["dispute_id"])


def _measures() -> None:
    """Make the table of what suggestions are worth."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "dispatch_measure",
        sa.Column("id", number, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.Column("asked", number, nullable=False),
        sa.Column("first", number, nullable=False),
        sa.Column("three", number, nullable=False),
        sa.Column("largest", number, nullable=False),
        sa.Column("error", number, nullable=False),
        sa.Column("weights", words, nullable=False),
        sa.Column("bands", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_dispatch_measure_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dispatch_measure"),
    )


def _looks() -> None:
    """Make the table of dispatches to look over."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "dispatch_look",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("round_id", number, nullable=False),
        sa.Column("unit_id", number, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.Column("sure", number, nullable=True),
        sa.Column("asked", number, nullable=True),
        sa.Column("right", number, nullable=True),
        sa.Column("measure_id", number, nullable=True),
        sa.Column("line_number", number, nullable=True),
        sa.Column("looked_at", moment, nullable=True),
        sa.Column("looked_by", number, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_dispatch_look_ticket_id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_dispatch_look_round_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_dispatch_look_unit_id"),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_dispatch_look_operator_id"
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["dispatch_measure.id"], name="fk_dispatch_look_measure_id"
        ),
        sa.ForeignKeyConstraint(["looked_by"], ["operator.id"], name="fk_dispatch_look_looked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_dispatch_look"),
    )
    op.create_index("ix_dispatch_look_ticket_id", "dispatch_look", ["ticket_id"])


def downgrade() -> None:
    """Take an empty store back."""
    for table in TABLES:
        op.drop_table(table)
