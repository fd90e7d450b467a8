"""Tables of cells, their small matters and opinions; of receptions and pledges."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from models.migrations.making import DAY, INSTANT, NUMBER, TEXT, TRUTH, Kinds, make_table

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _columns()
    _grids()
    _cells()
    _opinions()
    _receptions()
    _moved()


def _columns() -> None:
    """Let places, receptions and pledges say more."""
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_grid_parent", "grid", ["parent"])
    op.create_index("ix_reception_day", "reception", ["day", "place"])
    op.create_index("ix_pledge_meeting", "pledge", ["meeting_id"])


def _grids() -> None:
    """Keep places as they were and what became of them."""
    make_table(
        "grid_past",
        {"code": TEXT, "revision": NUMBER, "name": TEXT, "replaced_at": INSTANT},
        {
            "parent": TEXT,
            "officer": TEXT,
            "households": NUMBER,
            "followers": NUMBER,
            "valid_from": DAY,
            "valid_to": DAY,
            "estates": TEXT,
        },
        {},
        ("code", "revision"),
    )
    make_table(
        "grid_move",
        {
            "code": TEXT,
            "successor": TEXT,
            "kind": TEXT,
            "on_day": DAY,
            "recorded_at": INSTANT,
            "operator_id": NUMBER,
        },
        {},
        {"operator_id": "operator.id"},
        ("code", "successor", "on_day"),
    )
    op.create_index("ix_grid_move_code", "grid_move", ["code"])
    op.create_index("ix_grid_move_successor", "grid_move", ["successor"])


def _cells() -> None:
    """Keep small matters of cells."""
    make_table(
        "cell_matter",
        {
            "version": NUMBER,
            "kind": TEXT,
            "code": TEXT,
            "at_code": TEXT,
            "title": TEXT,
            "content": TEXT,
            "found_at": INSTANT,
            "recorded_at": INSTANT,
            "limit_text": TEXT,
            "due_at": INSTANT,
            "operator_id": NUMBER,
        },
        {
            "unit_id": NUMBER,
            "passed_at": INSTANT,
            "passed_why": TEXT,
            "done_at": INSTANT,
            "result": TEXT,
            "source": TEXT,
            "external_id": TEXT,
        },
        {"unit_id": "unit.id", "operator_id": "operator.id"},
        ("source", "external_id"),
    )
    op.create_index(
        "ix_cell_matter_open",
        "cell_matter",
        ["at_code"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index("ix_cell_matter_place", "cell_matter", ["code", "found_at"])


def _opinions() -> None:
    """Keep what residents are asked, and what they say."""
    make_table(
        "opinion_topic",
        {
            "version": NUMBER,
            "code": TEXT,
            "kind": TEXT,
            "title": TEXT,
            "choices": TEXT,
            "opened_at": INSTANT,
            "operator_id": NUMBER,
        },
        {"closes_at": INSTANT, "closed_at": INSTANT, "answer": TEXT},
        {"operator_id": "operator.id"},
    )
    op.create_index("ix_opinion_topic_code", "opinion_topic", ["code"])
    make_table(
        "opinion",
        {"topic_id": NUMBER, "code": TEXT, "text": TEXT, "at": INSTANT},
        {"voter": TEXT, "choice": TEXT, "ticket_id": NUMBER},
        {"topic_id": "opinion_topic.id", "ticket_id": "ticket.id"},
        ("topic_id", "voter"),
    )
    op.create_index("ix_opinion_ticket_id", "opinion", ["ticket_id"])


def _receptions() -> None:
    """Let receptions have units and parties."""
    make_table(
        "reception_unit",
        {"reception_id": NUMBER, "unit_id": NUMBER},
        {},
        {"reception_id": "reception.id", "unit_id": "unit.id"},
        ("reception_id", "unit_id"),
    )
    make_table(
        "meeting",
        {
            "version": NUMBER,
            "reception_id": NUMBER,
            "serial": NUMBER,
            "at": INSTANT,
            "recorded_at": INSTANT,
            "people": NUMBER,
            "collective": TRUTH,
            "again": TRUTH,
            "lawsuit": TRUTH,
            "known_before": TRUTH,
            "outcome": TEXT,
            "operator_id": NUMBER,
        },
        {
            "leader_in_charge": TEXT,
            "unit_id": NUMBER,
            "petition_number": TEXT,
            "ticket_id": NUMBER,
            "outcome_words": TEXT,
            "transferred_to": TEXT,
            "external_id": TEXT,
        },
        {
            "reception_id": "reception.id",
            "unit_id": "unit.id",
            "ticket_id": "ticket.id",
            "operator_id": "operator.id",
        },
        ("reception_id", "serial"),
    )
    op.create_index("ix_meeting_ticket", "meeting", ["ticket_id"])


def _moved() -> None:
    """Keep how the dates of pledges moved."""
    make_table(
        "pledge_extension",
        {
            "version": NUMBER,
            "pledge_id": NUMBER,
            "due_before": INSTANT,
            "due_after": INSTANT,
            "leader": TEXT,
            "reason": TEXT,
            "at": INSTANT,
            "operator_id": NUMBER,
        },
        {},
        {"pledge_id": "pledge.id", "operator_id": "operator.id"},
    )
    op.create_index("ix_pledge_extension_pledge", "pledge_extension", ["pledge_id"])


ADDED: Mapping[str, Kinds] = {
    "grid": {
        "revision": NUMBER,
        "officer": TEXT,
        "households": NUMBER,
        "followers": NUMBER,
        "valid_from": DAY,
        "valid_to": DAY,
        "estates": TEXT,
    },
    "reception": {
        "ends_at": INSTANT,
        "day": DAY,
        "post": TEXT,
        "rank": TEXT,
        "organ": TEXT,
        "grid": TEXT,
        "closed_at": INSTANT,
        "published_at": INSTANT,
        "operator_id": NUMBER,
    },
    "pledge": {
        "meeting_id": NUMBER,
        "kind": TEXT,
        "unit_id": NUMBER,
        "leader": TEXT,
        "person": TEXT,
        "limit_text": TEXT,
        "made_at": INSTANT,
        "signed_at": INSTANT,
        "original_due_at": INSTANT,
        "broken_at": INSTANT,
        "verdict_words": TEXT,
        "evidence": TEXT,
        "void_at": INSTANT,
        "void_reason": TEXT,
        "operator_id": NUMBER,
    },
}
"""Columns that tables of before get."""


def downgrade() -> None:
    """Take an empty store back."""
    for name in MADE:
        op.drop_table(name)
    op.drop_index("ix_grid_parent", "grid")
    op.drop_index("ix_reception_day", "reception")
    op.drop_index("ix_pledge_meeting", "pledge")
    for table, columns in ADDED.items():
        for name in reversed(tuple(columns)):
            op.drop_column(table, name)


MADE = (
    "pledge_extension",
    "meeting",
    "reception_unit",
    "opinion",
    "opinion_topic",
    "cell_matter",
    "grid_move",
    "grid_past",
)
"""The tables it makes, those that point at others first."""
