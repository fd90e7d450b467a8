"""One handling of a ticket by a lead unit, and the units that help."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

UNDECIDED_ROUND = "state IN ('waiting', 'replied')"

RERATED = "means = 'rerating'"


class Round(SQLModel, table=True):
    """办理轮次: from dispatch to close; rework opens the next."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("ticket_id", "n"),
        Index("ix_round_unit_closed", "lead_unit_id", "closed_at"),
        Index("ix_round_rated", "rated_at"),
        Index(
            "ix_round_unsatisfied",
            "rated_at",
            "ticket_id",
            "n",
            "lead_unit_id",
            sqlite_where=text("result_rating = '不满意'"),
            postgresql_where=text("result_rating = '不满意'"),
        ),
        Index(
            "ix_round_closed",
            "closed_at",
            "ticket_id",
            "n",
            "lead_unit_id",
            sqlite_where=text("closed_at IS NOT NULL"),
            postgresql_where=text("closed_at IS NOT NULL"),
        ),
        Index(
            "ix_round_again",
            "ticket_id",
            "n",
            sqlite_where=text("n > 1"),
            postgresql_where=text("n > 1"),
        ),
        Index("ix_round_dispatched", "dispatched_at", "lead_unit_id", "n"),
        Index(
            "ix_round_undecided",
            "state",
            "opened_at",
            sqlite_where=text(UNDECIDED_ROUND),
            postgresql_where=text(UNDECIDED_ROUND),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    n: int = 1
    state: str = "waiting"  # waiting | dispatched | acknowledged | replied | closed | analysis
    lead_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    first_handler: str | None = None
    opened_at: datetime
    dispatched_at: datetime | None = None
    dispatch_assumed: bool = False  # 交办时间缺: the source named a unit but no dispatch time
    routed_by: str | None = None  # the routing rule or the operator's choice
    acknowledged_at: datetime | None = None
    contacted_at: datetime | None = None
    reply: str | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    result_rating: str | None = None
    work_rating: str | None = None
    rated_at: datetime | None = None
    limit_text: str | None = None  # a limit of its own, as a rework may have
    returned_at: datetime | None = None  # a 退单 was granted: it waits for the centre again
    handed_at: datetime | None = None  # the present unit got it by transfer, not by dispatch
    first_replied_at: datetime | None = None  # outlives a reply that was sent back
    progressed_at: datetime | None = None  # the last 进度反馈
    accepted_at: datetime | None = None  # 受理决定, where the policy wants one
    declined_at: datetime | None = None  # 不予受理
    supplement_asked_at: datetime | None = None  # 补正: the citizen was asked for what is missing
    supplemented_at: datetime | None = None
    course: str | None = None  # acts that start and stop its clocks, where not the usual ones
    grid: str | None = None  # the code of its ticket's place: counted there


class RoundUnit(SQLModel, table=True):
    """协办单位 of a round."""

    __tablename__ = "round_unit"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    joined_at: datetime | None = None  # None: with the dispatch
    replied_at: datetime | None = None


class Reply(SQLModel, table=True):
    """答复 of the lead unit or a co-unit, each one kept; the round shows the last of its lead."""

    __tablename__ = "reply"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    at: datetime
    recorded_at: datetime
    text: str
    text_key: str = Field(index=True)  # digest of the words without punctuation: finds copies
    stock: str | None = None  # why it is 套话
    outcome: str | None = None  # what the unit says came of it
    filled_by: str | None = None  # 填报人: who wrote it in the unit
    approved_by: str | None = None  # 审签领导: which leader of the unit let it pass
    judged_at: datetime | None = None
    accepted: bool | None = None
    judged_reason: str | None = None


class Rating(SQLModel, table=True):
    """One rating a citizen gave; never altered, a re-rating is a second row."""

    __tablename__ = "rating"
    __table_args__ = (
        Index("ix_rating_at", "at"),
        Index("ix_rating_round", "round_id"),
        Index(
            "ix_rating_rerated",
            "round_id",
            "at",
            sqlite_where=text(RERATED),
            postgresql_where=text(RERATED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    at: datetime
    recorded_at: datetime
    result_rating: str | None = None
    work_rating: str | None = None
    means: str  # import | callback | operator; rerating: 群众改评, from a verdict
    callback_id: int | None = Field(default=None, foreign_key="callback.id")


class Callback(SQLModel, table=True):
    """回访: the centre's call to the citizen."""

    __tablename__ = "callback"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    round_id: int = Field(foreign_key="round.id", index=True)
    at: datetime
    recorded_at: datetime
    result: str  # 接通 | 未接通 | 拒访
    caller: str = ""  # who called: the centre's own people, or outside staff
    said: str | None = None  # what the citizen said
    note: str | None = None
    operator_id: int = Field(foreign_key="operator.id")
    purpose: str | None = None  # review | sample | recheck; None: a call on its own
    recording: str | None = None  # the number of its recording, where the line keeps one


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
