"""督办台账: one line an appeal on an order, in the 24 columns supervision offices keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.orders.order import STATUSES
from models.store import Query, Source
from rules.text import mask_phone, mask_text

COLUMNS = (
    "标题",
    "转办单工单编号",
    "联系号码",
    "诉求号码",
    "来源单位",
    "诉求内容",
    "转办单回复内容",
    "诉求类型",
    "转办单满意度",
    "不满意回访内容",
    "线上督办单编号",
    "督办单回访时间",
    "督办单办结时间",
    "督办单回复内容",
    "督办单短信评价满意度",
    "督办单回访内容",
    "督办单研判（一级）",
    "督办单研判（二级）",
    "处理结果",
    "是否为最终办理结果",
    "计划完成时间（非最终结果填）",
    "分类调整",
    "承办单位",
    "最终结果",
)
"""The columns of a 12345 supervision ledger in use (DOMAIN §4.1), in its order."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One appeal on one order; instants are aware UTC, personal data masked."""

    title: str
    ticket: str
    contact: str
    external_id: str
    channel: str
    content: str
    reply: str
    nature: str
    rating: str
    callback: str
    order: str
    order_callback_at: datetime | None
    order_closed_at: datetime | None
    order_feedback: str
    order_rating: str
    order_callback: str
    cause: str
    category: str
    result: str
    final: bool
    planned_at: datetime | None
    reclassified: str
    unit: str
    outcome: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One appeal on one order as the store holds it.

    ``note`` is of the last callback of the round put on the order; ``called_at``, ``later`` and
    ``later_note`` tell of callbacks and ratings since the order was signed.
    """

    title: str
    number: str
    phone: str
    external_id: str
    channel: str
    content: str
    reply: str
    nature: str
    rating: str
    note: str | None
    order: str
    called_at: datetime | None
    closed_at: datetime | None
    feedback: str
    later: str | None
    later_note: str | None
    cause: str
    category: str
    status: str
    due_at: datetime | None
    unit: str
    outcome: str
    confidential: bool


_LINES = Query(
    _Line,
    """
SELECT t.title, t.number, coalesce(p.phone, '') AS phone,
    coalesce(t.external_id, '') AS external_id, t.channel, t.content,
    coalesce(r.reply, '') AS reply, t.nature, coalesce(r.result_rating, '') AS rating,
    (SELECT c.note FROM callback c WHERE c.round_id = r.id ORDER BY c.at DESC, c.id DESC
     LIMIT 1) AS note,
    o.number AS "order",
    (SELECT max(c.at) FROM callback c JOIN round x ON x.id = c.round_id
     WHERE x.ticket_id = t.id AND c.at >= o.signed_at) AS called_at,
    o.closed_at, coalesce(o.feedback, '') AS feedback,
    (SELECT g.result_rating FROM rating g JOIN round x ON x.id = g.round_id
     WHERE x.ticket_id = t.id AND g.at >= o.signed_at ORDER BY g.at DESC, g.id DESC LIMIT 1)
        AS later,
    (SELECT c.note FROM callback c JOIN round x ON x.id = c.round_id
     WHERE x.ticket_id = t.id AND c.at >= o.signed_at ORDER BY c.at DESC, c.id DESC LIMIT 1)
        AS later_note,
    o.cause, coalesce(t.category, '') AS category, o.status, o.due_at, u.name AS unit,
    coalesce((SELECT x.outcome FROM round x WHERE x.ticket_id = t.id AND x.n = t.rounds), '')
        AS outcome,
    t.confidential
FROM supervision_order o JOIN order_ticket l ON l.order_id = o.id
JOIN ticket t ON t.id = l.ticket_id JOIN unit u ON u.id = o.unit_id
LEFT JOIN round r ON r.id = l.round_id LEFT JOIN person p ON p.ticket_id = t.id
WHERE o.number IS NOT NULL AND o.id IN (:ids)
ORDER BY o.year, o.serial, o.id, l.position, l.id
""",
)


def ledger_lines(source: Source, order_ids: Sequence[int]) -> list[LedgerLine]:
    """Return the ledger of signed orders, a line an appeal, names and numbers masked."""
    return [_line(one) for one in source.read(_LINES, ids=list(order_ids))]


def _line(one: _Line) -> LedgerLine:
    final = one.status == "closed"
    first, _, rest = one.category.partition("/")
    return LedgerLine(
        title="（举报件，内容保密）" if one.confidential else mask_text(one.title),
        ticket=one.number,
        contact="" if one.confidential else mask_phone(one.phone),
        external_id=one.external_id,
        channel=one.channel,
        content="" if one.confidential else mask_text(one.content),
        reply=mask_text(one.reply),
        nature=one.nature,
        rating=one.rating,
        callback=mask_text(one.note or "") if one.rating == "不满意" else "",
        order=one.order,
        order_callback_at=one.called_at,
        order_closed_at=one.closed_at,
        order_feedback=mask_text(one.feedback),
        order_rating=one.later or "",
        order_callback=mask_text(one.later_note or ""),
        cause=one.cause,
        category=rest or first,
        result=STATUSES[one.status],
        final=final,
        planned_at=None if final else one.due_at,
        reclassified="",
        unit=one.unit,
        outcome=one.outcome if final else "",
    )
