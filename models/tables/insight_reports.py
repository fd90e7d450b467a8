"""民情专报: what each tells of, to whom it went, what leaders answered, what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Report(SQLModel, table=True):
    """What a report adds to its letter: a problem, a kind of appeal in a period, or some appeals.

    Number, title, signing and the paper itself are the letter's.
    """

    __tablename__ = "report"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    problem_id: int | None = Field(default=None, foreign_key="problem.id", index=True)
    category: str | None = None  # path, with all that stands below it
    since: datetime | None = None  # of the period: from, and to before
    until: datetime | None = None
    causes: str = ""  # what its author writes, one paragraph a line
    proposals: str = ""
    adopted_at: datetime | None = None  # 采纳: taken up
    adopted_words: str | None = None  # by whom, in which paper
    done_at: datetime | None = None  # 落实: carried out
    done_words: str | None = None
    told_at: datetime | None = None  # the citizens were told
    told_words: str | None = None  # how


class ReportTicket(SQLModel, table=True):
    """An appeal that a report was drafted on, or that it counted when it was signed."""

    __tablename__ = "report_ticket"
    __table_args__ = (UniqueConstraint("report_id", "ticket_id"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)


class ReportSending(SQLModel, table=True):
    """报送: to whom a signed report went, when and how."""

    __tablename__ = "report_sending"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    recipient: str
    means: str  # one of rules.reports.MEANS
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class ReportAnswer(SQLModel, table=True):
    """批示: a leader's words on a report; with a limit they ask for something to be done."""

    __tablename__ = "report_answer"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    report_id: int = Field(foreign_key="report.id", index=True)
    leader: str
    words: str
    at: datetime
    limit_text: str | None = None  # None: read, nothing asked
    due_at: datetime | None = None
    instruction_id: int | None = Field(default=None, foreign_key="instruction.id", index=True)
    operator_id: int = Field(foreign_key="operator.id")
