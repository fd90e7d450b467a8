"""What was said around the handling of an appeal, and what u can take back."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Note(SQLModel, table=True):
    """What somebody wrote down: a note, a progress report, what was said on the telephone."""

    __tablename__ = "note"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    kind: str  # note | contact | progress
    at: datetime
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    text: str


class Reminder(SQLModel, table=True):
    """催办: one to a unit for all its tickets; by telephone, who answered and promised what."""

    __tablename__ = "reminder"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    unit_id: int = Field(foreign_key="unit.id", index=True)
    at: datetime
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    means: str  # text | phone
    text: str
    answered_by: str | None = None
    promised: str | None = None


class ReminderTicket(SQLModel, table=True):
    """A ticket a unit was reminded of; once a day."""

    __tablename__ = "reminder_ticket"
    __table_args__ = (UniqueConstraint("ticket_id", "unit_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    reminder_id: int = Field(foreign_key="reminder.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    unit_id: int = Field(foreign_key="unit.id")
    day: date


class Act(SQLModel, table=True):
    """One act of one operator, with the rows it changed as they were: what u restores.

    ``images`` is canonical JSON of :mod:`models.journal`; rows of personal data are never in it.
    """

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_operator", "operator_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    operator_id: int = Field(foreign_key="operator.id")
    kind: str = "act"  # act | undo | redo
    of_id: int | None = None  # the act that an undo or redo reverts
    verb: str
    matters: int
    recorded_at: datetime
    first_seq: int
    last_seq: int
    reverted_at: datetime | None = None
    subjects: str  # canonical JSON: [[kind, id], …]
    images: str
