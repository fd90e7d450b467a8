"""核查: reviews of unsatisfied rounds, who has one in hand, calls to be made, what is excluded."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

UNDECIDED = "decided_at IS NULL"


class Review(SQLModel, table=True):
    """核查 of an unsatisfied round: undecided until a verdict is given."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("round_id"),
        Index(
            "ix_review_undecided",
            "opened_at",
            "ticket_id",
            "id",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
        Index("ix_review_decided", "decided_at", "decided_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    opened_at: datetime
    verdict: str | None = None  # a code of rules.review.VERDICTS
    reason: str | None = None  # the reviewer's remark
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    approved_by: int | None = Field(default=None, foreign_key="operator.id")
    cause: str | None = None  # 不满意原因, a code of rules.review.CAUSES
    again_at: datetime | None = None  # 另约: not handed out before


class ReviewLease(SQLModel, table=True):
    """Who has a review in hand, and until when: ten reviewers never meet on one."""

    __tablename__ = "review_lease"
    __table_args__ = (Index("ix_review_lease_holder", "operator_id", "until"),)

    review_id: int = Field(
        primary_key=True, foreign_key="review.id", sa_column_kwargs={"autoincrement": False}
    )
    operator_id: int = Field(foreign_key="operator.id")
    holder: str  # the session that has it: one operator may sit at two terminals
    until: datetime


class Call(SQLModel, table=True):
    """A planned 回访: who is to be called for what, and what has come of it."""

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("round_id", "purpose"),
        Index(
            "ix_call_open",
            "not_before",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    purpose: str  # review | sample | recheck
    plan: str | None = None  # what it was drawn from, with the seed: 2026-W47/20261123
    planned_at: datetime
    not_before: datetime
    attempts: int = 0
    not_by: int | None = Field(default=None, foreign_key="operator.id")  # 改评抽查: not who called
    done_at: datetime | None = None
    result: str | None = None  # 接通 | 未接通 | 拒访, once done


class Exclusion(SQLModel, table=True):
    """剔除, or 维持·非单位责任 where that leaves the assessment: asked for, decided by another."""

    __tablename__ = "exclusion"
    __table_args__ = (
        Index("ix_exclusion_round", "round_id"),
        Index("ix_exclusion_decided", "decided_at", "round_id"),
        Index(
            "ix_exclusion_undecided",
            "asked_at",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    review_id: int | None = Field(default=None, foreign_key="review.id")
    kind: str  # exclude | excuse
    code: str | None = None  # one of the eight reasons, of an exclude
    reason: str
    evidence: str
    asked_at: datetime
    asked_by: int = Field(foreign_key="operator.id")
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    approved: bool | None = None
    decision: str | None = None


class Accused(SQLModel, table=True):
    """被举报单位: a unit that a matter is against, or whose staff; it never gets that matter."""

    __tablename__ = "accused"
    __table_args__ = (
        UniqueConstraint("ticket_id", "unit_id"),
        Index(
            "ix_accused_guessed",
            "ticket_id",
            sqlite_where=text("confirmed IS NULL"),
            postgresql_where=text("confirmed IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    words: str | None = None  # what in the text pointed at it
    found_at: datetime
    confirmed: bool | None = None  # None: guessed, nobody has said yet; it counts as accused
    confirmed_at: datetime | None = None
    confirmed_by: int | None = Field(default=None, foreign_key="operator.id")
