"""The appeal, and the citizen behind it in a table of its own."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class Ticket(SQLModel, table=True):
    """One appeal of one citizen (诉求/工单)."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_received", "received_at"),
        Index(
            "ix_ticket_open",
            "received_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_ticket_closed",
            "grid",
            "channel",
            "urgency",
            sqlite_where=text("state = 'closed'"),
            postgresql_where=text("state = 'closed'"),
        ),
        Index(
            "ix_ticket_analysis",
            "received_at",
            sqlite_where=text("state = 'analysis'"),
            postgresql_where=text("state = 'analysis'"),
        ),
        Index(
            "ix_ticket_place_written",
            "grid",
            sqlite_where=text("area = grid"),
            postgresql_where=text("area = grid"),
        ),
        Index(
            "ix_ticket_unit_text",
            "unit_text",
            sqlite_where=text("unit_text IS NOT NULL"),
            postgresql_where=text("unit_text IS NOT NULL"),
        ),
        Index(
            "ix_ticket_merged",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    number: str = Field(unique=True)
    source: str  # the profile or --source it came by
    external_id: str | None = Field(default=None, index=True)
    channel: str
    nature: str
    category: str | None = None  # "一级/二级/三级"
    urgency: str
    title: str
    content: str
    object: str | None = Field(default=None, index=True)
    grid: str | None = Field(default=None, index=True)  # code of 4/6/9/12/15 digits, or as written
    area: str | None = None  # the place's readable name: district and street
    unit_text: str | None = None  # the source's word for a unit we do not know
    confidential: bool = False
    received_at: datetime
    recorded_at: datetime
    updated_at: datetime | None = None  # the source's own time of its newest row
    state: str = "open"  # open | closed | analysis: others answer it
    rounds: int = 1  # number of the current round
    worst_colour: str = "blue"
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    parent_id: int | None = Field(
        default=None, foreign_key="ticket.id", index=True
    )  # counted there
    reception_id: int | None = Field(default=None, foreign_key="reception.id")
    due_fixed_at: datetime | None = None  # only where the source itself fixed it
    erased_at: datetime | None = None  # personal data was erased: no file brings it back
    merged_into: int | None = None  # 并单: the ticket that leads it


class Person(SQLModel, table=True):
    """What is known of the citizen: one row per ticket, read by one function, which records."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    reporter: str | None = None
    phone: str | None = None
    address: str | None = None
    id_number: str | None = None
    reporter_key: str | None = Field(default=None, index=True)  # keyed digest: counts persons only
    salt: str | None = None  # of the row's digest: without it nobody tries numbers out


class Attachment(SQLModel, table=True):
    """附件: one file or page of a matter, by reference; what it holds stays where it is."""

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    place: str  # a path, or an address of http or https
    sha256: str | None = None  # None: a page, or a file that could not be read
    size: int | None = None
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    removed_at: datetime | None = None
    removed_reason: str | None = None
