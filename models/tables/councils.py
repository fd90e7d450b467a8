"""疑难会商, 挂账, 先办后议; and who is on duty or stands in."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

OPEN_ACCOUNT = "ended_at IS NULL"


class Council(SQLModel, table=True):
    """会商: units sit down over matters nobody owns or nobody can solve."""

    __tablename__ = "council"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    held_at: datetime
    place: str = ""
    chair: str
    topic: str
    decision: str | None = None
    decided_at: datetime | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id")  # who is to handle it
    line_number: int | None = None  # the line of the dispatch directory it became
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class CouncilUnit(SQLModel, table=True):
    """A unit at a council: what it held, and whether it dissents."""

    __tablename__ = "council_unit"
    __table_args__ = (UniqueConstraint("council_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    unit_id: int = Field(foreign_key="unit.id")
    present: bool = True
    person: str = ""
    opinion: str = ""
    dissents: bool = False


class CouncilTicket(SQLModel, table=True):
    """A matter a council sat on."""

    __tablename__ = "council_ticket"
    __table_args__ = (UniqueConstraint("council_id", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    council_id: int = Field(foreign_key="council.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)


class ActFirst(SQLModel, table=True):
    """先办后议: a unit acts at once, whose matter it is gets settled afterwards."""

    __tablename__ = "act_first"
    __table_args__ = (Index("ix_act_first_ticket", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    reason: str
    leader: str | None = None  # who ordered it
    ordered_at: datetime
    settled_at: datetime | None = None
    owner_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    council_id: int | None = Field(default=None, foreign_key="council.id")
    operator_id: int = Field(foreign_key="operator.id")


class SuspendedAccount(SQLModel, table=True):
    """挂账: what nobody can solve now, asked before it is due, for a term, renewed once at most."""

    __tablename__ = "suspended_account"
    __table_args__ = (
        Index("ix_suspended_account_ticket", "ticket_id"),
        Index(
            "ux_suspended_account_open",
            "ticket_id",
            unique=True,
            sqlite_where=text(OPEN_ACCOUNT),
            postgresql_where=text(OPEN_ACCOUNT),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    reason: str
    plan: str  # what will be done, and when it can be
    head: str  # 主要负责人 who signed
    basis: str  # the stamped paper
    limit_text: str
    asked_at: datetime
    decided_at: datetime | None = None
    granted: bool | None = None
    leader: str | None = None  # who approved
    told_at: datetime | None = None  # the citizen told
    began_at: datetime | None = None
    until_at: datetime | None = None
    renewed_at: datetime | None = None
    renewed_by: str | None = None
    ended_at: datetime | None = None
    end_words: str | None = None
    operator_id: int = Field(foreign_key="operator.id")


class Duty(SQLModel, table=True):
    """值班, 代理: who answers for a unit, a leader or an operator in a span, and in whose stead."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_span", "from_at", "to_at"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str  # duty 值班 | deputy 代理
    of: str  # unit | leader | operator
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    leader: str | None = None
    operator_id: int | None = Field(default=None, foreign_key="operator.id")
    person: str | None = None  # who is on duty, or stands in
    deputy_id: int | None = Field(default=None, foreign_key="operator.id")
    phone: str | None = None
    from_at: datetime
    to_at: datetime
    reason: str | None = None
    ended_at: datetime | None = None  # taken back before its end
    recorded_at: datetime
    recorded_by: int = Field(foreign_key="operator.id")
