"""专题 with tasks, sessions and what was moved; 特殊时期 and what they pause."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _campaigns()
    _emergencies()


def _campaigns() -> None:
    """Make the tables of campaigns' tasks and sessions, and what is known of a campaign."""
    for name in ("theme", "leader", "basis", "summary"):
        op.add_column("campaign", sa.Column(name, sa.String(), nullable=True))
    for name in ("lead_unit_id", "operator_id"):
        op.add_column("campaign", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column(
        "campaign", sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=True)
    )
    task = "version! campaign_id!campaign unit_id!unit title!: started_at!@ due_at!@ percent! "
    _made("campaign_task", task + "done_at@ undone_reason:", "campaign")
    told = "campaign_id!campaign task_id!campaign_task at!@ recorded_at!@ percent! text!: "
    _made("campaign_progress", told + "by_file!? operator_id!operator", "task")
    held = "version! campaign_id!campaign kind!: held_at!@ leader!: topic!:"
    _made("campaign_session", held, "campaign")
    asked = "campaign_id!campaign session_id!campaign_session position! question!: answer!: "
    _made("campaign_answer", asked + "ticket_id&ticket", unique=("session_id", "position"))
    op.create_index("ix_campaign_answer_ticket_id", "campaign_answer", ["ticket_id"])
    moved = "campaign_id!campaign task_id&campaign_task due_before!@ due_after!@ reason!: at!@ "
    _made("campaign_extension", moved + "operator_id!operator", "campaign")


def _emergencies() -> None:
    """Make the tables of 特殊时期, and let a pause name the one it is of."""
    op.add_column("pause", sa.Column("emergency_id", sa.Integer(), nullable=True))
    event = "version! kind!: areas!: steps!: spared!: kept!: from_at!@ to_at@ begin_number!: "
    event += "begin_date!% begin_title!: begun_by!operator recorded_at!@ end_number: end_date% "
    _made("emergency", event + "end_title: ended_by&operator")
    paused = "version! ticket_id!ticket emergency_id!emergency paused_at!@ told_at@ told_end_at@"
    _made("emergency_ticket", paused, "emergency", unique=("ticket_id", "emergency_id"))


_TYPES: dict[str, Any] = {
    ":": sa.String(),
    "@": sa.DateTime(timezone=True),
    "%": sa.Date(),
    "?": sa.Boolean(),
}


def _made(table: str, columns: str, by: str = "", unique: tuple[str, ...] = ()) -> None:
    """Make a table of columns written short: ``!`` needed, then its kind or where it points."""
    parts: list[Any] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]
    for written in columns.split():
        name = written.rstrip("!:@%?").partition("!")[0].partition("&")[0]
        kind = written[len(name) :].lstrip("!&")
        needed = written[len(name) :].startswith("!")
        parts.append(sa.Column(name, _TYPES.get(kind, sa.Integer()), nullable=not needed))
        if kind and kind not in _TYPES:
            key = f"fk_{table}_{name}"
            parts.append(sa.ForeignKeyConstraint([name], [f"{kind}.id"], name=key))
    if unique:
        parts.append(sa.UniqueConstraint(*unique, name=f"uq_{table}_{'_'.join(unique)}"))
    op.create_table(table, *parts)
    if by:
        op.create_index(f"ix_{table}_{by}", table, [f"{by}_id"])


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_column("pause", "emergency_id")
    for name in ("theme", "leader", "basis", "summary", "lead_unit_id", "operator_id"):
        op.drop_column("campaign", name)
    op.drop_column("campaign", "original_due_at")
    for table in (
        "emergency_ticket",
        "emergency",
        "campaign_extension",
        "campaign_answer",
        "campaign_session",
        "campaign_progress",
        "campaign_task",
    ):
        op.drop_table(table)
