"""派单: the directory and what it was used for, disputes, what suggestions are worth."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class DispatchLine(SQLModel, table=True):
    """One revision of a line of the directory (派单目录); the highest one of a number counts."""

    __tablename__ = "dispatch_line"
    __table_args__ = (UniqueConstraint("number", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    number: int
    revision: int = 1
    latest: bool = True
    draft: bool = False  # written from a ruling, not in force before somebody adds it
    problem: str
    words: str  # JSON [word, ...] of which one stands in the text; blanks part what must all stand
    category: str | None = None  # a path, or the beginning of one
    nature: str | None = None
    grid: str  # JSON [code, ...], or the beginnings of codes; none: everywhere
    taker: str  # a unit as it is written, or 属地区, 属地街道
    unit_id: int | None = Field(default=None, foreign_key="unit.id")  # none: by the place
    co_units: str  # JSON [unit as it is written, ...]
    duty: bool = False  # 部门法定职责: never a street's
    basis_kind: str
    basis: str  # the document
    since: date
    until: date | None = None
    replaced_by: int | None = None  # the number of another line
    changed_at: datetime
    changed_by: int = Field(foreign_key="operator.id")
    reason: str | None = None


class LineUse(SQLModel, table=True):
    """A dispatch for which the directory had a line; ``followed``: it went as the line says."""

    __tablename__ = "line_use"
    __table_args__ = (Index("ix_line_use_number", "number", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    at: datetime
    followed: bool


class Dispute(SQLModel, table=True):
    """派单争议: units that will not have a matter, who has it meanwhile, how it was ruled."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index(
            "ix_dispute_open",
            "opened_at",
            sqlite_where=text("ruled_at IS NULL"),
            postgresql_where=text("ruled_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    kind: str  # return | objection
    unit_id: int = Field(foreign_key="unit.id")
    reason: str | None = None
    opened_at: datetime
    provisional_id: int | None = Field(default=None, foreign_key="unit.id")
    provisional_at: datetime | None = None
    ruled_at: datetime | None = None
    ruled_by: int | None = Field(default=None, foreign_key="operator.id")
    ruled_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    ruling: str | None = None
    line_number: int | None = None  # of the directory, as the ruling left it


class DisputeOpinion(SQLModel, table=True):
    """What the office of posts (编办) or of justice (司法) said of a dispute."""

    __tablename__ = "dispute_opinion"

    id: int | None = Field(default=None, primary_key=True)
    dispute_id: int = Field(foreign_key="dispute.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    organ: str
    person: str
    given_at: datetime
    said: str
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class DispatchMeasure(SQLModel, table=True):
    """Suggestions measured on the city's own dispatches in the order of time."""

    __tablename__ = "dispatch_measure"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    asked: int
    first: int  # of them right at the first guess
    three: int  # among the first three
    largest: int  # had the largest unit been named
    error: int  # calibration error of the later half, in thousandths
    weights: str  # JSON [thousandths of each of rules.dispatch VOICES]
    bands: str  # JSON [[lowest chance, mean chance in thousandths, asked, right], ...]


class DispatchLook(SQLModel, table=True):
    """A dispatch that somebody looks over afterwards: an automatic one, or one against a duty."""

    __tablename__ = "dispatch_look"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str  # auto | duty
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    sure: int | None = None  # thousandths
    asked: int | None = None
    right: int | None = None
    measure_id: int | None = Field(default=None, foreign_key="dispatch_measure.id")
    line_number: int | None = None
    looked_at: datetime | None = None
    looked_by: int | None = Field(default=None, foreign_key="operator.id")
