"""督办台账: one line an appeal on an order, in the 24 columns supervision offices keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.orders.order import STATUSES, Rows
from rules.text import mask_phone, mask_text

COLUMNS = (
    "标题", "转办单工单编号", "联系号码", "诉求号码", "来源单位", "诉求内容", "转办单回复内容",
    "诉求类型", "转办单满意度", "不满意回访内容", "线上督办单编号", "督办单回访时间",
    "督办单办结时间", "督办单回复内容", "督办单短信评价满意度", "督办单回访内容",
    "督办单研判（一级）", "督办单研判（二级）", "处理结果", "是否为最终办理结果",
    "计划完成时间（非最终结果填）", "分类调整", "承办单位", "最终结果",
)  # fmt: skip
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


_LINES = """
    SELECT t.title, t.number, coalesce(p.phone, ''), coalesce(t.external_id, ''), t.channel,
        t.content, coalesce(r.reply, ''), t.nature, coalesce(r.result_rating, ''),
        (SELECT c.note FROM callback c WHERE c.round_id = r.id ORDER BY c.at DESC, c.id DESC
         LIMIT 1),
        o.number,
        (SELECT max(c.at) FROM callback c JOIN round x ON x.id = c.round_id
         WHERE x.ticket_id = t.id AND c.at >= o.signed_at) AS called_at,
        o.closed_at, coalesce(o.feedback, ''),
        (SELECT g.result_rating FROM rating g JOIN round x ON x.id = g.round_id
         WHERE x.ticket_id = t.id AND g.at >= o.signed_at ORDER BY g.at DESC, g.id DESC LIMIT 1),
        (SELECT c.note FROM callback c JOIN round x ON x.id = c.round_id
         WHERE x.ticket_id = t.id AND c.at >= o.signed_at ORDER BY c.at DESC, c.id DESC LIMIT 1),
        o.cause, coalesce(t.category, ''), o.status, o.due_at, u.name,
        coalesce((SELECT x.outcome FROM round x WHERE x.ticket_id = t.id AND x.n = t.rounds), ''),
        t.confidential
    FROM supervision_order o JOIN order_ticket l ON l.order_id = o.id
    JOIN ticket t ON t.id = l.ticket_id JOIN unit u ON u.id = o.unit_id
    LEFT JOIN round r ON r.id = l.round_id LEFT JOIN person p ON p.ticket_id = t.id
    WHERE o.number IS NOT NULL AND o.id IN (:ids)
    ORDER BY o.year, o.serial, o.id, l.position, l.id"""


def ledger_lines(rows: Rows, order_ids: Sequence[int]) -> list[LedgerLine]:
    """Return the ledger of signed orders, a line an appeal, names and numbers masked."""
    return [_line(*row) for row in rows(_LINES, ids=list(order_ids))]


def _line(
    title: str, number: str, phone: str, external_id: str, channel: str, content: str,
    reply: str, nature: str, rating: str, note: str | None, order: str,
    called_at: datetime | None, closed_at: datetime | None, feedback: str, later: str | None,
    later_note: str | None, cause: str, category: str, status: str, due_at: datetime | None,
    unit: str, outcome: str, confidential: bool,
) -> LedgerLine:  # fmt: skip
    final = status == "closed"
    first, _, rest = category.partition("/")
    return LedgerLine(
        title="（举报件，内容保密）" if confidential else mask_text(title),
        ticket=number,
        contact="" if confidential else mask_phone(phone),
        external_id=external_id,
        channel=channel,
        content="" if confidential else mask_text(content),
        reply=mask_text(reply),
        nature=nature,
        rating=rating,
        callback=mask_text(note or "") if rating == "不满意" else "",
        order=order,
        order_callback_at=called_at,
        order_closed_at=closed_at,
        order_feedback=mask_text(feedback),
        order_rating=later or "",
        order_callback=mask_text(later_note or ""),
        cause=cause,
        category=rest or first,
        result=STATUSES[status],
        final=final,
        planned_at=None if final else due_at,
        reclassified="",
        unit=unit,
        outcome=outcome if final else "",
    )
