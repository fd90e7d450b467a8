"""The append-only record, who acts, and the store's own bookkeeping."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Operator(SQLModel, table=True):
    """A person of the centre: the system's user, never a typed name."""

    __tablename__ = "operator"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    login: str = Field(unique=True)
    name: str
    active: bool = True
    created_at: datetime


class Role(SQLModel, table=True):
    """One role of one operator: viewer supervisor signer administrator auditor."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("operator_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id")
    role: str


class OperatorUnit(SQLModel, table=True):
    """我的联系单位: a unit that an operator looks after."""

    __tablename__ = "operator_unit"
    __table_args__ = (UniqueConstraint("operator_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id")
    unit_id: int = Field(foreign_key="unit.id")


class OperatorVisit(SQLModel, table=True):
    """When an operator last left the console."""

    __tablename__ = "operator_visit"

    operator_id: int = Field(
        primary_key=True, foreign_key="operator.id", sa_column_kwargs={"autoincrement": False}
    )
    left_at: datetime


class Event(SQLModel, table=True):
    """One line of the trail; ``hash`` chains it to all before."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_operator", "operator", "seq"),
        Index("ix_event_subject", "subject_kind", "subject_id"),
        Index("ix_event_unit", "unit_id", "seq"),
        Index("ix_event_verb", "verb", "operator", "seq"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(index=True)
    recorded_at: datetime
    operator: str
    verb: str
    subject_kind: str
    subject_id: int | None = None
    unit_id: int | None = None
    batch: str | None = None
    reason: str | None = None
    payload: str = "{}"  # canonical JSON; names changed personal fields, never their values
    policy: int | None = None
    calendar: int | None = None
    form: int = 1  # of the fields its hash covers
    seal: str | None = None  # of its subject, once the act is done
    prev_hash: str
    hash: str


class TrailHead(SQLModel, table=True):
    """Count and hash of the trail: one row, locked last in each writing transaction."""

    __tablename__ = "trail_head"

    id: int = Field(default=1, primary_key=True)
    count: int = 0
    hash: str = ""


class PolicyVersion(SQLModel, table=True):
    """One version of the bureau's policy, as its TOML text."""

    __tablename__ = "policy"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    digest: str
    loaded_at: datetime
    reason: str | None = None


class CalendarVersion(SQLModel, table=True):
    """One version of the holidays and worked days, as canonical JSON."""

    __tablename__ = "calendar"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    digest: str
    source: str
    official_through: str | None = None  # ISO date
    loaded_at: datetime
    reason: str | None = None


class Counter(SQLModel, table=True):
    """The last number given under a key: ticket numbers per date, paper numbers per year."""

    __tablename__ = "counter"

    key: str = Field(primary_key=True)
    last: int = 0


class Lease(SQLModel, table=True):
    """One holder at a time: the sweep's lock."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime


class SavedView(SQLModel, table=True):
    """常用视图: a named filter of an operator."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("operator_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    operator_id: int = Field(foreign_key="operator.id")
    name: str
    screen: str
    text: str


class Setting(SQLModel, table=True):
    """What the store says of itself: kind (demo or not), the demo's clock, its key for digests."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class UndoEntry(SQLModel, table=True):
    """One act of one operator, with the rows it changed as they were: what u restores.

    ``images`` is canonical JSON of :mod:`models.journal`; rows of personal data are never in it.
    """

    __tablename__ = "undo_entry"
    __table_args__ = (Index("ix_undo_entry_operator", "operator_id", "id"),)

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


class QueueCount(SQLModel, table=True):
    """How many matters one value of a dimension has of a kind; it follows from clocks and tickets.

    ``turn`` is blue, yellow, red or pressing (red, of those that press) with the ``hour`` since
    1970 by whose end they take that colour, or paused, provisional or closed with 0. Of a place
    it is received, closed, solved, a rating or the span of a first contact, and the hour that in
    which the month begins.
    """

    __tablename__ = "queue_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    dimension: str = Field(primary_key=True)  # all unit step kind channel urgency | place
    value: str = Field(primary_key=True)
    turn: str = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    matters: int
