"""微邻里: cells as they were, small matters of a cell, opinions collected by its code."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

OPEN = "done_at IS NULL"


class GridPast(SQLModel, table=True):
    """A place as it stood until a later list changed it."""

    __tablename__ = "grid_past"
    __table_args__ = (UniqueConstraint("code", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    revision: int
    name: str
    parent: str | None = None
    officer: str | None = None
    households: int | None = None
    followers: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_at: datetime
    estates: str | None = None  # JSON [name, ...]


class GridMove(SQLModel, table=True):
    """What became of a code: split into others, merged into one, moved under another parent.

    ``on_day`` is the first day of the successor.
    """

    __tablename__ = "grid_move"
    __table_args__ = (UniqueConstraint("code", "successor", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    successor: str = Field(index=True)
    kind: str  # split | merge | move
    on_day: date
    recorded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class CellMatter(SQLModel, table=True):
    """网格自办 and 自发现: a small matter the cell settles itself; no resident's appeal.

    No rate and no ranking counts it, nor does anything count by officer. ``at_code`` is the place
    that has it now: the cell's own, or one above it where it was passed up.
    """

    __tablename__ = "cell_matter"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_cell_matter_place", "code", "found_at"),
        Index(
            "ix_cell_matter_open",
            "at_code",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str  # own 网格自办 | found 自发现
    code: str  # the cell it lies in
    at_code: str
    title: str
    content: str = ""
    found_at: datetime
    recorded_at: datetime
    limit_text: str
    due_at: datetime
    unit_id: int | None = Field(default=None, foreign_key="unit.id")  # once passed up to a unit
    passed_at: datetime | None = None  # 上报, last
    passed_why: str | None = None
    done_at: datetime | None = None
    result: str | None = None
    source: str | None = None  # with external_id: where a file gave it
    external_id: str | None = None
    operator_id: int = Field(foreign_key="operator.id")


class OpinionTopic(SQLModel, table=True):
    """我要参与: what a community asks its residents, or the list of what they propose."""

    __tablename__ = "opinion_topic"
    __table_args__ = (Index("ix_opinion_topic_code", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    code: str  # the place that is asked
    kind: str  # vote | proposal
    title: str
    choices: str = "[]"  # JSON, of a vote
    opened_at: datetime
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    answer: str | None = None  # what the community says to it
    operator_id: int = Field(foreign_key="operator.id")


class Opinion(SQLModel, table=True):
    """One opinion, counted; who gave it is not kept.

    ``voter`` is a keyed digest that holds for this topic alone, so that a second vote is known and
    nothing links one topic to another.
    """

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("topic_id", "voter"),)

    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="opinion_topic.id")
    code: str  # the cell whose code was read
    voter: str | None = None
    choice: str | None = None
    text: str = ""
    at: datetime
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
