"""Filters and searches ask indexes: what clocks are filtered by, and the pairs of titles."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RUNNING = "stopped_at IS NULL AND paused_at IS NULL AND leads"

FILED = ("grid", "channel", "urgency")

SHOWN = (
    "red_at",
    "due_at",
    "id",
    "yellow_at",
    "blue_at",
    "pressing",
    "provisional",
    "unit_id",
    "step",
    "subject_kind",
    "channel",
    "urgency",
)

BEFORE = ("red_at", "due_at", "id", "yellow_at", "blue_at", "pressing", "provisional")

WIDER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ix_deadline_queue": ((*BEFORE, "unit_id", "step"), ("subject_kind", *FILED)),
    "ix_deadline_unit": (("unit_id", *BEFORE, "step"), ("subject_kind", *FILED)),
}

NEW: dict[str, tuple[str, tuple[str, ...], str]] = {
    "ix_deadline_grid": ("deadline", ("grid", *SHOWN), RUNNING),
    "ix_deadline_live": ("deadline", ("ticket_id", *SHOWN), RUNNING),
    "ix_round_closed": (
        "round",
        ("closed_at", "ticket_id", "n", "lead_unit_id"),
        "closed_at IS NOT NULL",
    ),
    "ix_round_unsatisfied": (
        "round",
        ("rated_at", "ticket_id", "n", "lead_unit_id"),
        "result_rating = '不满意'",
    ),
    "ix_ticket_open": ("ticket", ("received_at",), "state = 'open'"),
    "ix_ticket_closed": ("ticket", ("grid", "channel", "urgency"), "state = 'closed'"),
    "ix_review_undecided": ("review", ("opened_at", "ticket_id", "id"), "decided_at IS NULL"),
    "ix_ticket_place_written": ("ticket", ("grid",), "area = grid"),
    "ix_ticket_unit_text": ("ticket", ("unit_text",), "unit_text IS NOT NULL"),
}


def upgrade() -> None:
    """Let clocks know what they are filtered by, and make the indexes."""
    for name in FILED:
        op.add_column("deadline", sa.Column(name, sa.String(), nullable=True))
    op.execute(_filed())
    for name, (columns, more) in WIDER.items():
        op.drop_index(name, table_name="deadline")
        _index(name, "deadline", (*columns, *more), RUNNING)
    for name, (table, columns, where) in NEW.items():
        _index(name, table, columns, where)
    for text in IN_FILE if _sqlite() else ON_SERVER:
        op.execute(text)
    if _sqlite():
        op.execute(
            f"INSERT INTO ticket_pair (rowid, pairs) SELECT t.id, {_pairs('t')} FROM ticket t"
        )


def downgrade() -> None:
    """Take an empty store back."""
    if _sqlite():
        for trigger in ("ticket_reworded", "ticket_gone"):
            op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        op.execute("DROP TABLE IF EXISTS ticket_pair")
    else:
        op.execute("DROP INDEX IF EXISTS ix_ticket_pairs")
    op.execute("DROP INDEX IF EXISTS ix_ticket_tail")
    for name, (table, _, _) in NEW.items():
        op.drop_index(name, table_name=table)
    for name in WIDER:
        op.drop_index(name, table_name="deadline")
    with op.batch_alter_table("deadline") as batch:
        for name in FILED:
            batch.drop_column(name)
    for name, (columns, _) in WIDER.items():
        _index(name, "deadline", columns, RUNNING)


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _index(name: str, table: str, columns: tuple[str, ...], where: str) -> None:
    told = sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=told, postgresql_where=told)


def _filed() -> str:
    """Return the statement by which clocks take over what stands on their tickets."""
    code = "t.grid NOT GLOB '*[^0-9]*'" if _sqlite() else "t.grid ~ '^[0-9]+$'"
    mine = "FROM ticket t WHERE t.id = deadline.ticket_id"
    return (
        f"UPDATE deadline SET grid = (SELECT CASE WHEN {code} THEN t.grid END {mine}), "
        f"channel = (SELECT t.channel {mine}), urgency = (SELECT t.urgency {mine}) "
        "WHERE ticket_id IS NOT NULL"
    )


def _on_server() -> str:
    """Return the pairs of a row as PostgreSQL makes them: from odd places, then from even ones."""
    whole = "title || chr(10) || coalesce(object, '') || chr(10)"
    chunks = "regexp_replace({}, '(..)', '\\1' || chr(31), 'g')"
    both = f"{chunks.format(whole)} || chr(31) || {chunks.format(f'substr({whole}, 2)')}"
    return f"string_to_array({both}, chr(31))"


def _pairs(ticket: str) -> str:
    """Return the pairs of a row as SQLite makes them, one behind the other."""
    whole = f"{ticket}.title || char(10) || coalesce({ticket}.object, '') || char(10)"
    return (
        f"(WITH RECURSIVE place (n, whole) AS (SELECT 1, {whole} "
        "UNION ALL SELECT n + 1, whole FROM place WHERE n < length(whole) - 1) "
        "SELECT group_concat(substr(whole, n, 2), ' ') FROM place)"
    )


_GONE = (
    "INSERT INTO ticket_pair (ticket_pair, rowid, pairs) "
    f"VALUES ('delete', old.id, {_pairs('old')});"
)
_COME = f"INSERT INTO ticket_pair (rowid, pairs) VALUES (new.id, {_pairs('new')});"

IN_FILE = (
    "CREATE VIRTUAL TABLE ticket_pair USING fts5"
    "(pairs, content='', columnsize=0, detail=none, tokenize='ascii')",
    "CREATE TRIGGER ticket_reworded AFTER UPDATE OF title, object ON ticket "
    f"BEGIN {_GONE} {_COME} END",
    f"CREATE TRIGGER ticket_gone AFTER DELETE ON ticket BEGIN {_GONE} END",
    "CREATE INDEX ix_ticket_tail ON ticket (substr(number, -5))",
)

ON_SERVER = (
    f"CREATE INDEX ix_ticket_pairs ON ticket USING gin (({_on_server()}))",
    'CREATE INDEX ix_ticket_tail ON ticket ("right"(number, 5))',
)
