"""Erasing the personal data of closed appeals: who asked, who approved, what must be kept."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

WAITING = "decided_at IS NULL"


class Erasure(SQLModel, table=True):
    """清除申请: one person asks, another decides; ``before_at`` is the latest close it covers."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index(
            "ix_erasure_undecided",
            "asked_at",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    asked_at: datetime
    asked_by: int = Field(foreign_key="operator.id")
    before_at: datetime
    reason: str | None = None
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    approved: bool | None = None
    decision: str | None = None
    erased: int = 0  # of the tickets asked for; the rest had become exempt by then


class ErasureTicket(SQLModel, table=True):
    """A ticket that an erasure was asked for: nobody approves more than what was listed."""

    __tablename__ = "erasure_ticket"
    __table_args__ = (UniqueConstraint("erasure_id", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    erasure_id: int = Field(foreign_key="erasure.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)


class RetentionHold(SQLModel, table=True):
    """保留令: a ticket that is kept whole, for an archive or a court, until it is lifted."""

    __tablename__ = "retention_hold"
    __table_args__ = (
        Index(
            "ux_retention_hold_standing",
            "ticket_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    reason: str
    placed_at: datetime
    placed_by: int = Field(foreign_key="operator.id")
    lifted_at: datetime | None = None
    lifted_by: int | None = Field(default=None, foreign_key="operator.id")
