"""Problems: keys of appeals, what several citizens mean at once, and what is made of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


_KINDS: dict[str, Any] = {
    "number": sa.Integer(),
    "words": sa.String(),
    "moment": sa.DateTime(timezone=True),
}


def _made(table: str, points: dict[str, str], *more: sa.Constraint, **columns: str) -> None:
    """Make a table of columns by kind, ``?`` where they may be empty; ``points`` are foreign."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, _KINDS[kind.rstrip("?")], nullable=kind.endswith("?"))
            for name, kind in columns.items()
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}")
            for name, to in points.items()
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *more,
    )


def upgrade() -> None:
    """Make the tables."""
    _keys()
    _problems()
    _firms()
    _entities()
    _profiles()
    _merging()
    _reports()


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
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appeal_key",
        sa.Column("key_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("ticket_id", number, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_appeal_key_ticket_id"),
        sa.PrimaryKeyConstraint("key_id", "ticket_id", name="pk_appeal_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_appeal_key_ticket", "appeal_key", ["ticket_id"])
    op.create_table(
        "link_mark",
        sa.Column("id", number, nullable=False, autoincrement=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("appeals", number, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_mark"),
    )


def _problems() -> None:
    """Make the tables of problems and their tickets."""
    _made(
        "problem",
        {"named_by": "operator", "decided_by": "operator", "joined_id": "problem"},
        **dict.fromkeys(("version", "appeals", "reporters"), "number"),
        **dict.fromkeys(("name", "state"), "words"),
        **dict.fromkeys(("category", "area"), "words?"),
        **dict.fromkeys(("first_at", "last_at", "recorded_at"), "moment"),
        **dict.fromkeys(("known_at", "decided_at"), "moment?"),
        **dict.fromkeys(("named_by", "decided_by", "joined_id"), "number?"),
    )
    op.create_index("ix_problem_state", "problem", ["state"])
    _made(
        "problem_ticket",
        {"ticket_id": "ticket", "problem_id": "problem", "operator_id": "operator"},
        sa.UniqueConstraint(
            "ticket_id", "problem_id", name="uq_problem_ticket_ticket_id_problem_id"
        ),
        **dict.fromkeys(("ticket_id", "problem_id", "weight"), "number"),
        **dict.fromkeys(("state", "why"), "words"),
        at="moment",
        operator_id="number?",
    )
    op.create_index("ix_problem_ticket_problem", "problem_ticket", ["problem_id", "state"])


def _firms() -> None:
    """Make the tables of the names of firms and of what was decided on two of them."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "firm_name",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        *(sa.Column(name, words, nullable=False) for name in ("core", "written", "brand", "trade")),
        sa.PrimaryKeyConstraint("id", name="pk_firm_name"),
        sa.UniqueConstraint("core", name="uq_firm_name_core"),
    )
    op.create_table(
        "firm_appeal",
        sa.Column("firm_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("ticket_id", number, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_firm_appeal_ticket_id"),
        sa.PrimaryKeyConstraint("firm_id", "ticket_id", name="pk_firm_appeal"),
    )
    op.create_index("ix_firm_appeal_ticket", "firm_appeal", ["ticket_id"])
    op.create_table(
        "alias_suggestion",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("earlier", words, nullable=False),
        sa.Column("later", words, nullable=False),
        sa.Column("weight", number, nullable=False),
        sa.Column("why", words, nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("found_at", moment, nullable=False),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by", number, nullable=True),
        sa.Column("decided_reason", words, nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["operator.id"], name="fk_alias_suggestion_decided_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alias_suggestion"),
        sa.UniqueConstraint("earlier", "later", name="uq_alias_suggestion_earlier_later"),
    )


def _entities() -> None:
    """Make the tables of firms under several names and of the decisions against them."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "entity",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.Column("joined_id", number, nullable=True),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name="fk_entity_operator_id"),
        sa.ForeignKeyConstraint(["joined_id"], ["entity.id"], name="fk_entity_joined_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_table(
        "entity_name",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("entity_id", number, nullable=False),
        sa.Column("written", words, nullable=False),
        sa.Column("core", words, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", words, nullable=False),
        sa.Column("confirmed_by", number, nullable=False),
        sa.Column("confirmed_at", moment, nullable=False),
        sa.Column("left_at", moment, nullable=True),
        sa.Column("left_reason", words, nullable=True),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_name_entity_id"),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["operator.id"], name="fk_entity_name_confirmed_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_core", "entity_name", ["core"])
    op.create_index("ix_entity_name_entity_id", "entity_name", ["entity_id"])
    _decisions()


def _decisions() -> None:
    """Make the table of the decisions against firms."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "entity_decision",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        *(
            sa.Column(name, words, nullable=False)
            for name in ("core", "written", "kind", "number", "organ")
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("operator_id", number, nullable=False),
        sa.Column("revoked_at", moment, nullable=True),
        sa.Column("revoked_reason", words, nullable=True),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name="fk_entity_decision_operator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entity_decision"),
    )
    op.create_index("ix_entity_decision_core", "entity_decision", ["core"])


_ENTITIES = (
    "entity_decision",
    "entity_name",
    "entity",
    "alias_suggestion",
    "firm_appeal",
    "firm_name",
)


def _profiles() -> None:
    """Make the table of what most appeals of a problem have."""
    number = sa.Integer()
    op.create_table(
        "problem_key",
        sa.Column("problem_id", number, nullable=False, autoincrement=False),
        sa.Column("key_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("appeals", number, nullable=False),
        sa.PrimaryKeyConstraint("problem_id", "key_id", name="pk_problem_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_problem_key_key", "problem_key", ["key_id"])


_REPORTS = ("report_answer", "report_sending", "report_ticket", "report")


def _reports() -> None:
    """Make the tables of reports: what each tells of, counted, where it went, what was answered."""
    number, words, moment = "number", "words", "moment"
    kept = {"problem_id": number, "category": words, "since": moment, "until": moment}
    course = {
        f"{name}_{what}": kind
        for name in ("adopted", "done", "told")
        for what, kind in (("at", moment), ("words", words))
    }
    _made(
        "report",
        {"letter_id": "letter", "problem_id": "problem"},
        sa.UniqueConstraint("letter_id", name="uq_report_letter_id"),
        version=number,
        letter_id=number,
        causes=words,
        proposals=words,
        **{name: f"{kind}?" for name, kind in (kept | course).items()},
    )
    _made(
        "report_ticket",
        {"report_id": "report", "ticket_id": "ticket"},
        sa.UniqueConstraint("report_id", "ticket_id", name="uq_report_ticket_report_id_ticket_id"),
        report_id=number,
        ticket_id=number,
    )
    said = {"report_id": number, "at": moment, "operator_id": number}
    by = {"report_id": "report", "operator_id": "operator"}
    _made("report_sending", by, **said, recipient=words, means=words)
    told = {"version": number, "leader": words, "words": words, "limit_text": "words?"}
    answered = {"due_at": "moment?", "instruction_id": "number?"}
    _made("report_answer", {**by, "instruction_id": "instruction"}, **said, **told, **answered)
    for table, column in (
        ("report", "problem_id"),
        ("report_ticket", "ticket_id"),
        ("report_sending", "report_id"),
        ("report_answer", "report_id"),
        ("report_answer", "instruction_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _merging() -> None:
    """Make the table of what was merged; a ticket names its lead."""
    moment, words, number = sa.DateTime(timezone=True), sa.String(), sa.Integer()
    op.create_table(
        "merged",
        sa.Column("id", number, nullable=False),
        sa.Column("version", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("lead_id", number, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("joined_at", moment, nullable=False),
        sa.Column("joined_by", number, nullable=False),
        sa.Column("first_round", number, nullable=False),
        sa.Column("last_round", number, nullable=True),
        sa.Column("due_at", moment, nullable=True),
        sa.Column("lead_due_at", moment, nullable=True),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("told_how", words, nullable=True),
        sa.Column("left_at", moment, nullable=True),
        sa.Column("left_by", number, nullable=True),
        sa.Column("left_reason", words, nullable=True),
        sa.Column("left_due_at", moment, nullable=True),
        sa.Column("objection", words, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_merged_ticket_id"),
        sa.ForeignKeyConstraint(["lead_id"], ["ticket.id"], name="fk_merged_lead_id"),
        sa.ForeignKeyConstraint(["joined_by"], ["operator.id"], name="fk_merged_joined_by"),
        sa.ForeignKeyConstraint(["left_by"], ["operator.id"], name="fk_merged_left_by"),
        sa.PrimaryKeyConstraint("id", name="pk_merged"),
    )
    op.create_index("ix_merged_ticket_id", "merged", ["ticket_id"])
    op.create_index("ix_merged_lead_id", "merged", ["lead_id"])
    op.add_column("ticket", sa.Column("merged_into", sa.Integer(), nullable=True))
    some = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_ticket_merged", "ticket", ["merged_into"], sqlite_where=some, postgresql_where=some
    )


def downgrade() -> None:
    """Take an empty store back."""
    op.drop_index("ix_ticket_merged", table_name="ticket")
    op.drop_column("ticket", "merged_into")
    for table in (
        *_REPORTS,
        *_ENTITIES,
        "merged",
        "problem_key",
        "problem_ticket",
        "problem",
        "link_mark",
        "appeal_key",
        "link_key",
    ):
        op.drop_table(table)
