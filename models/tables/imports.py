"""What files said, so that importing again changes only what changed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class ImportBatch(SQLModel, table=True):
    """One file taken in: its name, digest and counts."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str
    sha256: str
    profile: str
    source: str
    started_at: datetime
    finished_at: datetime | None = None
    counts: str = "{}"
    silent: str | None = None  # steps of a unit its columns cannot tell of; not known of old files


class ImportRow(SQLModel, table=True):
    """The last values one identity came with; personal ones as keyed digests only."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index("ix_import_row_ticket", "ticket_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    source: str
    key: str  # "n:" number, "x:" external id or "d:" digest
    ticket_id: int = Field(foreign_key="ticket.id")
    digest: str  # of all values: equal means unchanged
    values_json: str  # canonical JSON of the exchange columns
    updated_at: datetime | None = None
    batch_id: int = Field(foreign_key="import_batch.id")


class ImportProfile(SQLModel, table=True):
    """来源格式: how the files of one of the bureau's own sources are read, as a TOML file."""

    __tablename__ = "import_profile"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    name: str
    label: str
    text: str
    saved_at: datetime
    operator_id: int = Field(foreign_key="operator.id")


class UnitReport(SQLModel, table=True):
    """单位自报: what a unit reports of itself and when it says it was; waits, or once had evidence.

    ``taken``: reported (as reported), received (as of ``recorded_at``), dropped, replaced by a
    newer one; None waits for the centre.
    """

    __tablename__ = "unit_report"
    __table_args__ = (
        Index("ix_unit_report_ticket", "ticket_id"),
        Index(
            "ix_unit_report_undecided",
            "recorded_at",
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    round_id: int = Field(foreign_key="round.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    verb: str  # acknowledge | contact | reply
    at: datetime
    recorded_at: datetime
    batch_id: int = Field(foreign_key="import_batch.id")
    evidence: str | None = None
    filled_by: str | None = None
    approved_by: str | None = None
    text: str | None = None
    text_key: str | None = None
    outcome: str | None = None
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    taken: str | None = None
    decision: str | None = None


class Conflict(SQLModel, table=True):
    """数据冲突: the file says one thing, an operator has set another since."""

    __tablename__ = "conflict"
    __table_args__ = (
        Index("ix_conflict_ticket", "ticket_id"),
        Index(
            "ix_conflict_undecided",
            "found_at",
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int = Field(foreign_key="ticket.id")
    column: str
    ours: str | None = None
    theirs: str | None = None
    found_at: datetime
    batch_id: int = Field(foreign_key="import_batch.id")
    decided_at: datetime | None = None
    kept: bool | None = None
