"""The office's own papers: letters on what was decided, sheets on which drafts are approved."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Letter(SQLModel, table=True):
    """A reply, a notice, a report: numbered when signed, of one kind of ``rules.letters``."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("code", "year", "serial"),
        Index("ix_letter_status", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str
    status: str = "draft"  # draft | signed | void
    code: str | None = None
    year: int | None = None
    serial: int | None = None
    number: str | None = Field(default=None, unique=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="supervision_order.id", index=True)
    source_id: int | None = None  # the request that was decided, or the review
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    recipient: str  # 主送, as it is printed
    title: str
    words: str = ""  # what its author adds, one paragraph a line
    drafted_at: datetime
    drafted_by: int = Field(foreign_key="operator.id")
    signed_at: datetime | None = None
    signed_by: int | None = Field(default=None, foreign_key="operator.id")  # 经办人
    signer: str | None = None  # 签发人, the leader
    basis: str | None = None  # paper | OA | telephone
    alone: bool = False  # the drafter signed because no other signer was active
    head_hash: str | None = None  # the trail's head when signed
    answer: str | None = None  # the 批示 that came back
    answered_by: str | None = None
    answered_at: datetime | None = None
    void_at: datetime | None = None
    void_reason: str | None = None


class Circulation(SQLModel, table=True):
    """发文稿纸: a draft as it was printed for approval, with the digest of its words then."""

    __tablename__ = "circulation"

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str  # order | letter
    subject_id: int = Field(index=True)
    draft_version: int
    draft_sha256: str  # over the words of the draft
    name: str
    sha256: str
    content: bytes
    made_at: datetime
    made_by: int = Field(foreign_key="operator.id")
