"""专题: tasks, progress, sessions with a leader; and 特殊时期, which pause limits."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Campaign(SQLModel, table=True):
    """专题: many appeals on one theme with one deadline."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str = Field(unique=True)
    started_at: datetime
    due_at: datetime | None = None
    closed_at: datetime | None = None
    theme: str | None = None  # what it is about, in a sentence or two
    leader: str | None = None  # 牵头领导
    lead_unit_id: int | None = None
    basis: str | None = None  # what its deadline rests on: a document, a meeting
    original_due_at: datetime | None = None  # before any extension
    summary: str | None = None  # what its author says in the closing report
    operator_id: int | None = None  # None: begun by a rule of routing


class CampaignTask(SQLModel, table=True):
    """任务: what one unit is to do in a campaign, with a clock of its own."""

    __tablename__ = "campaign_task"
    __table_args__ = (Index("ix_campaign_task_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    title: str
    started_at: datetime
    due_at: datetime
    percent: int = 0  # as last reported
    done_at: datetime | None = None
    undone_reason: str | None = None  # why the campaign was closed without it


class CampaignProgress(SQLModel, table=True):
    """进展: what was reported of a task."""

    __tablename__ = "campaign_progress"
    __table_args__ = (Index("ix_campaign_progress_task", "task_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    task_id: int = Field(foreign_key="campaign_task.id")
    at: datetime
    recorded_at: datetime
    percent: int
    text: str
    by_file: bool
    operator_id: int = Field(foreign_key="operator.id")


class CampaignSession(SQLModel, table=True):
    """在线接访、在线访谈: a leader answers on line."""

    __tablename__ = "campaign_session"
    __table_args__ = (Index("ix_campaign_session_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str  # 在线接访 | 在线访谈
    held_at: datetime
    leader: str
    topic: str = ""


class CampaignAnswer(SQLModel, table=True):
    """A question of a session with its answer."""

    __tablename__ = "campaign_answer"
    __table_args__ = (UniqueConstraint("session_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    session_id: int = Field(foreign_key="campaign_session.id")
    position: int
    question: str
    answer: str
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)


class CampaignExtension(SQLModel, table=True):
    """展期: a campaign's deadline, or that of one of its tasks, moved with a reason."""

    __tablename__ = "campaign_extension"
    __table_args__ = (Index("ix_campaign_extension_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    task_id: int | None = Field(default=None, foreign_key="campaign_task.id")
    due_before: datetime
    due_after: datetime
    reason: str
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class EmergencyEvent(SQLModel, table=True):
    """特殊时期: begun and ended by a document of the command, never otherwise."""

    __tablename__ = "emergency"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str  # one of rules.clocks.EMERGENCY_KINDS
    areas: str  # canonical JSON: codes of places, none for the whole city
    steps: str  # canonical JSON: whose clocks stand still
    spared: str  # canonical JSON: urgencies that are rescue
    kept: str  # canonical JSON: categories that are rescue
    from_at: datetime
    to_at: datetime | None = None
    begin_number: str  # 指挥部文件
    begin_date: date
    begin_title: str
    begun_by: int = Field(foreign_key="operator.id")
    recorded_at: datetime
    end_number: str | None = None
    end_date: date | None = None
    end_title: str | None = None
    ended_by: int | None = Field(default=None, foreign_key="operator.id")


class EmergencyTicket(SQLModel, table=True):
    """A ticket whose limits an event paused, and when its citizen was told."""

    __tablename__ = "emergency_ticket"
    __table_args__ = (
        UniqueConstraint("ticket_id", "emergency_id"),
        Index("ix_emergency_ticket_emergency", "emergency_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    emergency_id: int = Field(foreign_key="emergency.id")
    paused_at: datetime
    told_at: datetime | None = None  # that the limit is paused
    told_end_at: datetime | None = None  # that it runs again
