"""社区警务群 and 政法干部进社区: no table here or elsewhere registers persons."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class PoliceGroup(SQLModel, table=True):
    """社区警务群: a community's group with the officer who answers in it."""

    __tablename__ = "police_group"
    __table_args__ = (UniqueConstraint("name"), Index("ix_police_group_code", "code"))

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str
    code: str  # the community's
    station: str | None = None  # 派出所
    officer: str  # 社区民警
    leader: str | None = None  # 带班领导
    phone: str | None = None  # of the station, not of a person
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    since: date | None = None
    until: date | None = None


class GroupMessage(SQLModel, table=True):
    """A message of a group that is no emergency, with the times of what the police did.

    Of a clue only number, time and receipt: ``text`` is empty. Whoever wrote it is not kept.
    """

    __tablename__ = "group_message"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_group_message_group", "group_id", "at"),
        Index("ix_group_message_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    group_id: int = Field(foreign_key="police_group.id")
    kind: str  # message | clue
    at: datetime
    recorded_at: datetime
    text: str = ""
    wants_visit: bool = False  # somebody has to come
    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    told_at: datetime | None = None  # 反馈: the result told
    clue_number: str | None = None
    clue_receipt: str | None = None  # the receipt of the organ it went to
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    source: str | None = None
    external_id: str | None = None
    operator_id: int = Field(foreign_key="operator.id")


class Visit(SQLModel, table=True):
    """政法干部进社区: who went where and when, and what was done there."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_code", "code", "at"), Index("ix_visit_at", "at"))

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    code: str  # the community's
    unit_id: int = Field(foreign_key="unit.id")  # the organ that went
    cadres: str  # names, a line each: who went, never counted by name
    at: datetime
    ends_at: datetime | None = None
    recorded_at: datetime
    done_at: datetime | None = None  # None: planned
    services: str = ""  # what was given: legal advice, mediation …, a line each
    summary: str = ""
    external_id: str | None = None
    source: str | None = None
    void_at: datetime | None = None
    operator_id: int = Field(foreign_key="operator.id")


class VisitAppeal(SQLModel, table=True):
    """An opinion or dispute collected on a visit: an appeal like any other."""

    __tablename__ = "visit_appeal"
    __table_args__ = (UniqueConstraint("visit_id", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)


class VisitTask(SQLModel, table=True):
    """What a visit left to do, with a limit."""

    __tablename__ = "visit_task"
    __table_args__ = (Index("ix_visit_task_visit", "visit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    visit_id: int = Field(foreign_key="visit.id")
    unit_id: int = Field(foreign_key="unit.id")
    title: str
    limit_text: str
    started_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    result: str | None = None
    operator_id: int = Field(foreign_key="operator.id")
