"""Tables of councils, suspended accounts, and who is on duty."""

import sqlalchemy as sa
from alembic import op

from models.migrations.making import INSTANT, NUMBER, TEXT, TRUTH, make_table

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _councils()
    _first()
    _accounts()
    _duty()


def _councils() -> None:
    """Keep councils."""
    make_table(
        "council",
        {
            "version": NUMBER,
            "held_at": INSTANT,
            "place": TEXT,
            "chair": TEXT,
            "topic": TEXT,
            "recorded_at": INSTANT,
            "operator_id": NUMBER,
        },
        {"decision": TEXT, "decided_at": INSTANT, "unit_id": NUMBER, "line_number": NUMBER},
        {"unit_id": "unit.id", "operator_id": "operator.id"},
    )
    make_table(
        "council_unit",
        {
            "council_id": NUMBER,
            "unit_id": NUMBER,
            "present": TRUTH,
            "person": TEXT,
            "opinion": TEXT,
            "dissents": TRUTH,
        },
        {},
        {"council_id": "council.id", "unit_id": "unit.id"},
        ("council_id", "unit_id"),
    )
    make_table(
        "council_ticket",
        {"council_id": NUMBER, "ticket_id": NUMBER},
        {},
        {"council_id": "council.id", "ticket_id": "ticket.id"},
        ("council_id", "ticket_id"),
    )
    op.create_index("ix_council_ticket_ticket_id", "council_ticket", ["ticket_id"])


def _first() -> None:
    """Keep who acts first."""
    make_table(
        "act_first",
        {
            "version": NUMBER,
            "ticket_id": NUMBER,
            "round_id": NUMBER,
            "unit_id": NUMBER,
            "reason": TEXT,
            "ordered_at": INSTANT,
            "operator_id": NUMBER,
        },
        {"leader": TEXT, "settled_at": INSTANT, "owner_unit_id": NUMBER, "council_id": NUMBER},
        {
            "ticket_id": "ticket.id",
            "round_id": "round.id",
            "unit_id": "unit.id",
            "owner_unit_id": "unit.id",
            "council_id": "council.id",
            "operator_id": "operator.id",
        },
    )
    op.create_index("ix_act_first_ticket", "act_first", ["ticket_id"])


def _accounts() -> None:
    """Keep suspended accounts."""
    make_table(
        "suspended_account",
        {
            "version": NUMBER,
            "ticket_id": NUMBER,
            "round_id": NUMBER,
            "unit_id": NUMBER,
            "reason": TEXT,
            "plan": TEXT,
            "head": TEXT,
            "basis": TEXT,
            "limit_text": TEXT,
            "asked_at": INSTANT,
            "operator_id": NUMBER,
        },
        {
            "decided_at": INSTANT,
            "granted": TRUTH,
            "leader": TEXT,
            "told_at": INSTANT,
            "began_at": INSTANT,
            "until_at": INSTANT,
            "renewed_at": INSTANT,
            "renewed_by": TEXT,
            "ended_at": INSTANT,
            "end_words": TEXT,
        },
        {
            "ticket_id": "ticket.id",
            "round_id": "round.id",
            "unit_id": "unit.id",
            "operator_id": "operator.id",
        },
    )
    op.create_index("ix_suspended_account_ticket", "suspended_account", ["ticket_id"])
    op.create_index(
        "ux_suspended_account_open",
        "suspended_account",
        ["ticket_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("pause", sa.Column("account_id", sa.Integer(), nullable=True))


def _duty() -> None:
    """Keep who is on duty or stands in."""
    make_table(
        "duty",
        {
            "version": NUMBER,
            "kind": TEXT,
            "of": TEXT,
            "from_at": INSTANT,
            "to_at": INSTANT,
            "recorded_at": INSTANT,
            "recorded_by": NUMBER,
        },
        {
            "unit_id": NUMBER,
            "leader": TEXT,
            "operator_id": NUMBER,
            "person": TEXT,
            "deputy_id": NUMBER,
            "phone": TEXT,
            "reason": TEXT,
            "ended_at": INSTANT,
        },
        {
            "unit_id": "unit.id",
            "operator_id": "operator.id",
            "deputy_id": "operator.id",
            "recorded_by": "operator.id",
        },
    )
    op.create_index("ix_duty_span", "duty", ["from_at", "to_at"])


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("pause", "account_id")
    for name in MADE:
        op.drop_table(name)


MADE = ("duty", "suspended_account", "act_first", "council_ticket", "council_unit", "council")
"""The tables it makes, those that point at others first."""
