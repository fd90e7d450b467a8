"""Published rankings, what units dispute in them, and who must be supervised for them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class Edition(SQLModel, table=True):
    """One edition of the ranking of one period; frozen once published."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("period", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    period: str = Field(index=True)  # 2018-W45 or 2018-10
    kind: str  # week | month
    from_at: datetime
    to_at: datetime
    revision: int
    issue: int | None = None  # 通报's own number, given when published
    status: str = "draft"  # draft | published
    computed_at: datetime
    published_at: datetime | None = None
    digest: str  # SHA-256 over the canonical rows
    policy: int
    calendar: int
    head_hash: str | None = None
    bulletin: str | None = None  # canonical JSON of rules.ranking.Bulletin


class EditionRow(SQLModel, table=True):
    """One unit's line in an edition: counts, never rates, so that fractions stay exact."""

    __tablename__ = "edition_row"
    __table_args__ = (UniqueConstraint("edition_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    group_name: str
    unit_name: str
    tally: str  # canonical JSON of rules.ranking.Tally
    ranked: bool
    place: int | None = None
    work_place: int | None = None
    unsatisfied_place: int | None = None
    movement: int | None = None


class BulletinRemark(SQLModel, table=True):
    """点评 or 下步要求 of a period, a row for each version: the highest counts."""

    __tablename__ = "bulletin_remark"
    __table_args__ = (UniqueConstraint("period", "kind", "n"),)

    id: int | None = Field(default=None, primary_key=True)
    period: str  # 2018-W45 or 2018-10
    kind: str  # comment | next
    n: int
    text: str
    written_at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class Objection(SQLModel, table=True):
    """异议: what a unit disputes, in which window, and how it was ruled."""

    __tablename__ = "objection"
    __table_args__ = (
        Index(
            "ix_objection_open",
            "raised_at",
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    reason: str
    raised_at: datetime
    decided_at: datetime | None = None
    accepted: bool | None = None
    decision: str | None = None
    kind: str = "data"  # data 数据异议 | dispatch 派单异议 | rating 评价异议
    period: str | None = Field(default=None, index=True)  # of a 数据异议: 2026-W47, 2026-10
    round_id: int | None = Field(default=None, foreign_key="round.id")
    raised_by: str | None = None  # who in the unit, as the paper says
    window_at: datetime | None = None  # until when it could be raised
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    effect: str | None = None  # canonical JSON of the place before and after, once ruled


class Flag(SQLModel, table=True):
    """A unit or matter that must be supervised, with its evidence."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("key"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    key: str  # rule, unit and run or matter: one flag each
    rule: str  # last-running | prominent-long | entity
    unit_id: int = Field(foreign_key="unit.id", index=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    period: str | None = None
    provisional: bool = False
    evidence: str  # canonical JSON
    raised_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
