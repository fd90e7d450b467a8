"""Supervision orders, the papers rendered from them, and leaders' words."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class SupervisionOrder(SQLModel, table=True):
    """督办单 (and the other papers of the ladder): numbered when signed, to one unit."""

    __tablename__ = "supervision_order"
    __table_args__ = (
        UniqueConstraint("code", "year", "serial"),
        Index("ix_order_status", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: str = "order"  # one of rules.casework.PAPER_NAMES
    level: int = 1  # 1–3 prints as 蓝色/黄色/红色督办单
    status: str = "draft"  # draft signed delivered received replied closed void
    code: str | None = None  # 武网督
    year: int | None = None
    serial: int | None = None
    number: str | None = Field(default=None, unique=True)  # 武网督〔2026〕12号
    unit_id: int = Field(foreign_key="unit.id", index=True)
    title: str
    cause: str  # 督办事由
    demands: str  # one demand a line
    limit_text: str  # within what an answer is due; empty where none is
    due_at: datetime | None = None
    flag_id: int | None = Field(default=None, foreign_key="flag.id")
    previous_id: int | None = Field(default=None, foreign_key="supervision_order.id")
    drafted_at: datetime
    drafted_by: int = Field(foreign_key="operator.id")
    signed_at: datetime | None = None
    signed_by: int | None = Field(default=None, foreign_key="operator.id")  # 经办人, who records
    signer: str | None = None  # 签发人, the leader
    basis: str | None = None  # paper | OA | telephone
    alone: bool = False  # the drafter signed because no other signer was active
    head_hash: str | None = None  # the trail's head when signed
    delivered_at: datetime | None = None
    received_at: datetime | None = None
    received_by: str | None = None
    feedback: str | None = None
    feedback_at: datetime | None = None
    judged_at: datetime | None = None
    closed_at: datetime | None = None
    void_at: datetime | None = None
    void_reason: str | None = None
    copy_to: str | None = None  # 抄送, a name a line
    sentences: str | None = None  # what it was last shown with, at last what was signed: JSON
    details: str | None = None  # what only some kinds say: canonical JSON, by rules.paper.DETAILS
    confidential: bool | None = None  # seen by those with the role alone
    instruction_id: int | None = None  # the leader's word it follows
    verified: str | None = None  # how its matter was verified: a code of rules.casework.VERIFIED
    verified_words: str | None = None  # what was found


class OrderTicket(SQLModel, table=True):
    """A ticket on an order."""

    __tablename__ = "order_ticket"
    __table_args__ = (
        UniqueConstraint("order_id", "ticket_id"),
        Index(
            "ux_order_ticket_open",
            "ticket_id",
            unique=True,
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="supervision_order.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id")
    position: int = 0
    open: bool = True  # of an order until it is closed or void: one open order a ticket


class Paper(SQLModel, table=True):
    """The bytes of a paper, rendered once; every export returns them."""

    __tablename__ = "paper"

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str  # order | edition | letter
    subject_id: int = Field(index=True)
    name: str
    sha256: str
    content: bytes
    made_at: datetime
    template_revision: int | None = None  # 0: the one shipped; none of papers made without one
    template_sha256: str | None = None


class PaperTemplate(SQLModel, table=True):
    """A version of the bureau's own template for a kind of paper; no bytes: as shipped."""

    __tablename__ = "paper_template"
    __table_args__ = (UniqueConstraint("kind", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    revision: int
    name: str
    sha256: str | None = None
    content: bytes | None = None
    loaded_at: datetime
    operator_id: int = Field(foreign_key="operator.id")
    reason: str


class Instruction(SQLModel, table=True):
    """批示: a leader's written word on a matter, with its own limit."""

    __tablename__ = "instruction"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    leader: str
    content: str
    given_at: datetime
    limit_text: str | None = None
    done_at: datetime | None = None
