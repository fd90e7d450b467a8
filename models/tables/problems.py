"""What several citizens mean at once: the keys of appeals, problems, what a person decided."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import BigInteger, Field, Index, SQLModel, UniqueConstraint


class LinkKey(SQLModel, table=True):
    """A word, place, firm, address or number that appeals complain of; never who complains."""

    __tablename__ = "link_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )  # 63 bits of the digest of kind and text
    kind: str  # place | estate | street | firm | phone | address | category | word
    text: str  # as it is shown; of a telephone its masked form
    appeals: int = 0  # that have it


class AppealKey(SQLModel, table=True):
    """A key of an appeal: at most 16 of each."""

    __tablename__ = "appeal_key"
    __table_args__ = (
        Index("ix_appeal_key_ticket", "ticket_id"),
        {"sqlite_with_rowid": False},
    )

    key_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    ticket_id: int = Field(
        primary_key=True, foreign_key="ticket.id", sa_column_kwargs={"autoincrement": False}
    )


class LinkMark(SQLModel, table=True):
    """Up to where tickets have been linked: one row."""

    __tablename__ = "link_mark"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ticket_id: int = 0  # the last one looked at
    appeals: int = 0  # that have keys


class Problem(SQLModel, table=True):
    """共性问题: one thing that several citizens complain of."""

    __tablename__ = "problem"
    __table_args__ = (Index("ix_problem_state", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str  # made of its keys until a person names it
    state: str = "likely"  # likely | confirmed | closed | refused
    category: str | None = None  # path that most of its appeals have
    area: str | None = None  # the place's readable name
    first_at: datetime  # its first appeal
    last_at: datetime  # its newest appeal
    known_at: datetime | None = None  # when so many different citizens had reported it: the alarm
    appeals: int = 0
    reporters: int = 0  # different citizens, the unknown not counted
    recorded_at: datetime
    named_by: int | None = Field(default=None, foreign_key="operator.id")
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    decided_at: datetime | None = None
    joined_id: int | None = Field(default=None, foreign_key="problem.id")  # into which it went


class ProblemTicket(SQLModel, table=True):
    """A ticket of a problem, or one that a person took out of it for good."""

    __tablename__ = "problem_ticket"
    __table_args__ = (
        UniqueConstraint("ticket_id", "problem_id"),
        Index("ix_problem_ticket_problem", "problem_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    problem_id: int = Field(foreign_key="problem.id")
    state: str = "linked"  # linked | split
    weight: int = 0  # how strongly it is tied, in thousandths
    why: str = "[]"  # canonical JSON: [[kind, text, weight], ...], the weightiest first
    at: datetime
    operator_id: int | None = Field(default=None, foreign_key="operator.id")  # none: by rule


class ProblemKey(SQLModel, table=True):
    """How many appeals of a problem have a key; under key 0 the version this was reckoned for."""

    __tablename__ = "problem_key"
    __table_args__ = (
        Index("ix_problem_key_key", "key_id"),
        {"sqlite_with_rowid": False},
    )

    problem_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    appeals: int = 0
