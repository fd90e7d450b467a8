"""大接访: leaders' reception days, who was received about what, and what was promised."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Reception(SQLModel, table=True):
    """大接访: a leaders' reception day at one place."""

    __tablename__ = "reception"
    __table_args__ = (Index("ix_reception_day", "day", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    held_at: datetime
    place: str
    leader: str
    ends_at: datetime | None = None
    day: date | None = None  # in the bureau's zone
    post: str | None = None  # of the leader
    rank: str | None = None  # 市级 | 区级 | 单位
    organ: str | None = None  # whose reception it is, and whose 承诺书 it gives
    grid: str | None = None  # code of the district or street it is held in
    closed_at: datetime | None = None  # its day is over, its figures stand
    published_at: datetime | None = None  # its report was given out
    operator_id: int | None = None


class ReceptionUnit(SQLModel, table=True):
    """A unit that sits at a reception's table."""

    __tablename__ = "reception_unit"
    __table_args__ = (UniqueConstraint("reception_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    reception_id: int = Field(foreign_key="reception.id")
    unit_id: int = Field(foreign_key="unit.id")


class Meeting(SQLModel, table=True):
    """批次: one party received at one place. Who it was stands on its ticket's person alone."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("reception_id", "serial"),
        Index("ix_meeting_ticket", "ticket_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    reception_id: int = Field(foreign_key="reception.id")
    serial: int  # of the place that day
    at: datetime
    recorded_at: datetime
    people: int = 1  # 人次
    collective: bool = False  # 集体访
    again: bool = False  # 重访
    leader_in_charge: str | None = None  # 包案领导
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    lawsuit: bool = False  # 涉法涉诉: apart, to the court or organ that has it
    petition_number: str | None = None  # 信访事项 registered elsewhere: its number there
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    known_before: bool = False  # linked to a matter that was there already
    outcome: str  # solved 现场解决 | pledged 承诺 | referred 转办 | transferred 移送
    outcome_words: str | None = None
    transferred_to: str | None = None
    external_id: str | None = None  # the workbook's own number of the line
    operator_id: int = Field(foreign_key="operator.id")


class Pledge(SQLModel, table=True):
    """承诺: what was promised at a reception, by when."""

    __tablename__ = "pledge"
    __table_args__ = (Index("ix_pledge_meeting", "meeting_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    reception_id: int = Field(foreign_key="reception.id", index=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    text: str
    due_at: datetime | None = None
    kept_at: datetime | None = None
    meeting_id: int | None = None
    kind: str | None = None  # pledge 承诺书 of the organ | guarantee 保证书 of a unit
    unit_id: int | None = None
    leader: str | None = None  # the receiving leader, who signs
    person: str | None = None  # 责任人 in the unit
    limit_text: str | None = None
    made_at: datetime | None = None
    signed_at: datetime | None = None  # the signed paper is there
    original_due_at: datetime | None = None
    broken_at: datetime | None = None
    verdict_words: str | None = None  # how it was kept, or why it was not
    evidence: str | None = None
    void_at: datetime | None = None
    void_reason: str | None = None
    operator_id: int | None = None


class PledgeExtension(SQLModel, table=True):
    """A pledge's date moved, by the leader who gave it."""

    __tablename__ = "pledge_extension"
    __table_args__ = (Index("ix_pledge_extension_pledge", "pledge_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    pledge_id: int = Field(foreign_key="pledge.id")
    due_before: datetime
    due_after: datetime
    leader: str
    reason: str
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")
