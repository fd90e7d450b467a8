"""Problems: keys of appeals, what several citizens mean at once, and what is made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _keys()
    _problems()


def _keys() -> None:
    """Make the tables of the keys of appeals."""
    words, number = sa.String(), sa.Integer()
    op.create_table(
        "link_key",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("text", words, nullable=False),
        sa.Column("appeals", number, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_key"),
    )
    op.create_table(
        "appeal_key",
        sa.Column("key_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("ticket_id", number, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_appeal_key_ticket_id"),
        sa.PrimaryKeyConstraint("key_id", "ticket_id", name="pk_appeal_key"),
    )
    op.create_index("ix_appeal_key_ticket", "appeal_key", ["ticket_id"])


def _problems() -> None:
    """Make the tables of problems and their tickets."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "problem",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("category", words, nullable=True),
        sa.Column("area", words, nullable=True),
        sa.Column("first_at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("known_at", moment, nullable=True),
        sa.Column("appeals", number, nullable=False),
        sa.Column("reporters", number, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("named_by", number, nullable=True),
        sa.Column("decided_by", number, nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("joined_id", number, nullable=True),
        sa.ForeignKeyConstraint(["named_by"], ["operator.id"], name="fk_problem_named_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["operator.id"], name="fk_problem_decided_by"),
        sa.ForeignKeyConstraint(["joined_id"], ["problem.id"], name="fk_problem_joined_id"),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
    )
    op.create_index("ix_problem_state", "problem", ["state"])
    op.create_table(
        "problem_ticket",
        sa.Column("id", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("problem_id", number, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("weight", number, nullable=False),
        sa.Column("why", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_problem_ticket_ticket_id"),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name="fk_problem_ticket_problem_id"
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_problem_ticket_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_problem_ticket"),
        sa.UniqueConstraint(
            "ticket_id", "problem_id", name="uq_problem_ticket_ticket_id_problem_id"
        ),
    )
    op.create_index("ix_problem_ticket_problem", "problem_ticket", ["problem_id", "state"])


def downgrade() -> None:
    """Take an empty store back."""
    for table in ("problem_ticket", "problem", "appeal_key", "link_key"):
        op.drop_table(table)
