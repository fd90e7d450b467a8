"""并单: appeals that go under one lead, with one dispatch, one clock and one reply."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel


class Merged(SQLModel, table=True):
    """An appeal that went under a lead, from when until when, and how each stood then.

    ``first_round`` to ``last_round`` are the rounds that count with the lead's; none yet: to the
    present one.
    """

    __tablename__ = "merged"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    lead_id: int = Field(foreign_key="ticket.id", index=True)
    kind: str  # repeat: 重复件, of one citizen | common: 共性件
    joined_at: datetime
    joined_by: int = Field(foreign_key="operator.id")
    first_round: int
    last_round: int | None = None
    due_at: datetime | None = None  # by its own clock, when it joined
    lead_due_at: datetime | None = None  # of the lead, before it joined
    told_at: datetime | None = None  # 告知: the citizen was told
    told_how: str | None = None  # 短信 | 电话 | 网上答复 | 其他
    left_at: datetime | None = None
    left_by: int | None = Field(default=None, foreign_key="operator.id")
    left_reason: str | None = None
    left_due_at: datetime | None = None  # of the lead, before it left
    objection: str | None = None  # 异议: the citizen's words, for which it left
