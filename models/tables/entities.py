"""Firms that appeals complain of: their names, which of them are one, what was decided on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import BigInteger, Field, Index, SQLModel, UniqueConstraint


class FirmName(SQLModel, table=True):
    """A name of a firm as appeals write it; of a person there is never one."""

    __tablename__ = "firm_name"
    __table_args__ = (UniqueConstraint("core"),)

    id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )  # 63 bits of the digest of the core
    core: str  # what every way of writing it has in common
    written: str  # as it was written first
    brand: str
    trade: str


class FirmAppeal(SQLModel, table=True):
    """An appeal that names a firm."""

    __tablename__ = "firm_appeal"
    __table_args__ = (Index("ix_firm_appeal_ticket", "ticket_id"),)

    firm_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    ticket_id: int = Field(
        primary_key=True, foreign_key="ticket.id", sa_column_kwargs={"autoincrement": False}
    )


class Entity(SQLModel, table=True):
    """被反映主体: one firm, under however many names."""

    __tablename__ = "entity"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str  # by which it is listed
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    joined_id: int | None = Field(default=None, foreign_key="entity.id")  # into which it went


class EntityName(SQLModel, table=True):
    """One name of a firm, in force from a day to another, and who said that it is its name."""

    __tablename__ = "entity_name"
    __table_args__ = (Index("ix_entity_name_core", "core"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    entity_id: int = Field(foreign_key="entity.id", index=True)
    written: str
    core: str
    since: date | None = None
    until: date | None = None  # the last day of a name that was changed
    source: str  # what says so: 诉求 or a document in words
    confirmed_by: int = Field(foreign_key="operator.id")
    confirmed_at: datetime
    left_at: datetime | None = None  # it was separated from the firm again
    left_reason: str | None = None


class EntityDecision(SQLModel, table=True):
    """A decision against a firm, named as its document; nothing else makes one bad."""

    __tablename__ = "entity_decision"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    core: str = Field(index=True)  # the name that it is against
    written: str
    kind: str  # 处罚决定 | 立案回执
    number: str
    organ: str
    day: date
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    revoked_at: datetime | None = None
    revoked_reason: str | None = None


class AliasSuggestion(SQLModel, table=True):
    """Two names that may be one firm's, with the reasons and what a person decided."""

    __tablename__ = "alias_suggestion"
    __table_args__ = (UniqueConstraint("earlier", "later"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    earlier: str  # the core of the name heard first
    later: str
    weight: int  # thousandths
    why: str  # canonical JSON: [[kind, sentence, thousandths], ...], the weightiest first
    known_on: date  # the first day on which it could be known
    state: str = "open"  # open | confirmed | refused | lapsed
    found_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    decided_reason: str | None = None
