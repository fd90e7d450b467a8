"""Tables of the police's groups and of visits to communities."""

from alembic import op

from models.migrations.making import DAY, INSTANT, NUMBER, TEXT, TRUTH, make_table

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _police()
    _visits()


def _police() -> None:
    """Keep the police's groups and what is written in them."""
    make_table(
        "police_group",
        {"version": NUMBER, "name": TEXT, "code": TEXT, "officer": TEXT},
        {
            "station": TEXT,
            "leader": TEXT,
            "phone": TEXT,
            "unit_id": NUMBER,
            "since": DAY,
            "until": DAY,
        },
        {"unit_id": "unit.id"},
        ("name",),
    )
    op.create_index("ix_police_group_code", "police_group", ["code"])
    make_table(
        "group_message",
        {
            "version": NUMBER,
            "group_id": NUMBER,
            "kind": TEXT,
            "at": INSTANT,
            "recorded_at": INSTANT,
            "text": TEXT,
            "wants_visit": TRUTH,
            "operator_id": NUMBER,
        },
        {
            "answered_at": INSTANT,
            "arrived_at": INSTANT,
            "told_at": INSTANT,
            "clue_number": TEXT,
            "clue_receipt": TEXT,
            "ticket_id": NUMBER,
            "source": TEXT,
            "external_id": TEXT,
        },
        {"group_id": "police_group.id", "ticket_id": "ticket.id", "operator_id": "operator.id"},
        ("source", "external_id"),
    )
    op.create_index("ix_group_message_at", "group_message", ["at"])
    op.create_index("ix_group_message_group", "group_message", ["group_id", "at"])
    op.create_index("ix_group_message_ticket_id", "group_message", ["ticket_id"])


def _visits() -> None:
    """Keep visits to communities and what they leave to do."""
    make_table(
        "visit",
        {
            "version": NUMBER,
            "code": TEXT,
            "unit_id": NUMBER,
            "cadres": TEXT,
            "at": INSTANT,
            "recorded_at": INSTANT,
            "services": TEXT,
            "summary": TEXT,
            "operator_id": NUMBER,
        },
        {
            "ends_at": INSTANT,
            "done_at": INSTANT,
            "external_id": TEXT,
            "source": TEXT,
            "void_at": INSTANT,
        },
        {"unit_id": "unit.id", "operator_id": "operator.id"},
    )
    op.create_index("ix_visit_at", "visit", ["at"])
    op.create_index("ix_visit_code", "visit", ["code", "at"])
    make_table(
        "visit_appeal",
        {"visit_id": NUMBER, "ticket_id": NUMBER},
        {},
        {"visit_id": "visit.id", "ticket_id": "ticket.id"},
        ("visit_id", "ticket_id"),
    )
    op.create_index("ix_visit_appeal_ticket_id", "visit_appeal", ["ticket_id"])
    make_table(
        "visit_task",
        {
            "version": NUMBER,
            "visit_id": NUMBER,
            "unit_id": NUMBER,
            "title": TEXT,
            "limit_text": TEXT,
            "started_at": INSTANT,
            "due_at": INSTANT,
            "operator_id": NUMBER,
        },
        {"done_at": INSTANT, "result": TEXT},
        {"visit_id": "visit.id", "unit_id": "unit.id", "operator_id": "operator.id"},
    )
    op.create_index("ix_visit_task_visit", "visit_task", ["visit_id"])


def downgrade() -> None:
    """Take an empty store back."""
    for name in MADE:
        op.drop_table(name)


MADE = ("visit_task", "visit_appeal", "visit", "group_message", "police_group")
"""The tables it makes, those that point at others first."""
