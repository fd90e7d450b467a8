"""The queue's counts are kept: matters by unit, step, kind, channel and urgency."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RUNNING = "stopped_at IS NULL AND paused_at IS NULL AND leads"

PAUSED = "stopped_at IS NULL AND paused_at IS NOT NULL AND leads"

TURNS = {
    "blue": (RUNNING, "blue_at"),
    "yellow": (RUNNING, "yellow_at"),
    "red": (RUNNING, "red_at"),
    "pressing": (f"{RUNNING} AND pressing", "red_at"),
    "provisional": (f"{RUNNING} AND provisional", None),
    "paused": (PAUSED, None),
}

TURNING = ("blue_at", "yellow_at")


def upgrade() -> None:
    """Make the table, count all that stands, and make the indexes that counting asks."""
    op.create_table(
        "queue_count",
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("matters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dimension", "value", "turn", "hour", name="pk_queue_count"),
        sqlite_with_rowid=False,
    )
    where = sa.text(RUNNING)
    for column in TURNING:
        name = f"ix_deadline_{column.removesuffix('_at')}"
        op.create_index(name, "deadline", [column], sqlite_where=where, postgresql_where=where)
    again = sa.text("n > 1")
    op.create_index(
        "ix_round_again", "round", ["ticket_id", "n"], sqlite_where=again, postgresql_where=again
    )
    dimensions = {
        "all": "''",
        "unit": "coalesce(CAST(unit_id AS text), '')",
        "step": "step",
        "kind": "subject_kind",
        "channel": "coalesce(channel, '')",
        "urgency": "coalesce(urgency, '')",
    }
    for dimension, value in dimensions.items():
        for turn, (standing, at) in TURNS.items():
            _count("deadline", standing, dimension, value, turn, _hour(at) if at else "0")
    for dimension in ("all", "channel", "urgency"):
        _count("ticket", "state = 'closed'", dimension, dimensions[dimension], "closed", "0")


def downgrade() -> None:
    """Take an empty store back."""
    for column in TURNING:
        op.drop_index(f"ix_deadline_{column.removesuffix('_at')}", table_name="deadline")
    op.drop_index("ix_round_again", table_name="round")
    op.drop_table("queue_count")


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _hour(column: str) -> str:
    """Return the hour since 1970 by whose end an instant is past."""
    if _sqlite():
        return f"(CAST(strftime('%s', {column}) AS INTEGER) + 3599) / 3600"
    return f"CAST(ceil(extract(epoch FROM {column}) / 3600) AS integer)"


def _count(table: str, standing: str, dimension: str, value: str, turn: str, hour: str) -> None:
    """Count the rows of a table that stand, by value and hour."""
    op.execute(
        "INSERT INTO queue_count (dimension, value, turn, hour, matters) "
        f"SELECT '{dimension}', c.value, '{turn}', c.hour, count(*) "
        f"FROM (SELECT {value} AS value, {hour} AS hour FROM {table} WHERE {standing}) c "
        "GROUP BY c.value, c.hour"
    )
