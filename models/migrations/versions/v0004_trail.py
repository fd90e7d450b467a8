"""The trail is searched by operator, unit and verb."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_event_operator": ["operator", "seq"],
    "ix_event_unit": ["unit_id", "seq"],
    "ix_event_verb": ["verb", "operator", "seq"],
}


def upgrade() -> None:
    """Index the trail by who, where and what."""
    for name, columns in INDEXES.items():
        op.create_index(name, "event", columns)


def downgrade() -> None:
    """Take the indexes away."""
    for name in INDEXES:
        op.drop_index(name, table_name="event")
