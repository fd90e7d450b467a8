"""督办台账: one line an appeal on an order, in the 24 columns supervision offices keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from models.orders.order import STATUSES
from models.store import Query, Source
from rules.casework import kept_back, paper_title
from rules.text import MASKED, mask_phone

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
    """One appeal on one order; instants are aware UTC, personal data masked.

    ``callback`` is what the last callback of the round put on the order said, where the citizen was
    not satisfied; the three ``order_…`` of callback and rating tell of those since the signature.
    """

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
class _Held(LedgerLine):
    """A line with the one whose appeal it is."""

    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_LINES = Query(
    _Held,
    """
SELECT coalesce(t.title, o.title) AS title, coalesce(t.number, '') AS ticket,
    coalesce(p.phone, '') AS contact, coalesce(t.external_id, '') AS external_id,
    coalesce(t.channel, '') AS channel, coalesce(t.content, '') AS content,
    coalesce(r.reply, '') AS reply, coalesce(t.nature, '') AS nature,
    coalesce(r.result_rating, '') AS rating,
    CASE WHEN r.result_rating = '不满意'
         THEN coalesce((SELECT c.note FROM callback c WHERE c.round_id = r.id
                        ORDER BY c.at DESC, c.id DESC LIMIT 1), '') ELSE '' END AS callback,
    o.number AS "order",
    (SELECT max(c.at) FROM callback c JOIN round x ON x.id = c.round_id
     WHERE x.ticket_id = t.id AND c.at >= o.signed_at) AS order_callback_at,
    o.closed_at AS order_closed_at, coalesce(o.feedback, '') AS order_feedback,
    coalesce((SELECT g.result_rating FROM rating g JOIN round x ON x.id = g.round_id
              WHERE x.ticket_id = t.id AND g.at >= o.signed_at
              ORDER BY g.at DESC, g.id DESC LIMIT 1), '') AS order_rating,
    coalesce((SELECT c.note FROM callback c JOIN round x ON x.id = c.round_id
              WHERE x.ticket_id = t.id AND c.at >= o.signed_at
              ORDER BY c.at DESC, c.id DESC LIMIT 1), '') AS order_callback,
    o.cause, coalesce(t.category, '') AS category, o.status AS result,
    o.status = 'closed' AS final,
    CASE WHEN o.status IN ('closed', 'void') THEN NULL ELSE o.due_at END AS planned_at,
    '' AS reclassified, u.name AS unit,
    CASE WHEN o.status = 'closed'
         THEN coalesce((SELECT x.outcome FROM round x
                        WHERE x.ticket_id = t.id AND x.n = t.rounds), '') ELSE '' END AS outcome,
    p.reporter, p.phone, p.address, coalesce(t.confidential, false) AS confidential
FROM supervision_order o JOIN unit u ON u.id = o.unit_id
LEFT JOIN order_ticket l ON l.order_id = o.id LEFT JOIN ticket t ON t.id = l.ticket_id
LEFT JOIN round r ON r.id = l.round_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE o.number IS NOT NULL AND o.confidential IS NOT TRUE AND o.id IN (:ids)
ORDER BY o.year, o.serial, o.id, l.position, l.id
""",
)


def ledger_lines(source: Source, order_ids: Sequence[int]) -> list[LedgerLine]:
    """Return the ledger of signed orders, a line an appeal, names and numbers masked.

    An order over no appeal, such as that of a unit in last place, has a line of its own; a
    confidential paper has none.
    """
    return [_line(one) for one in source.read(_LINES, ids=list(order_ids))]


def _line(one: _Held) -> LedgerLine:
    """Return a line as it may leave the house, in the field's words; of one kept back none."""
    first, _, rest = one.category.partition("/")
    masking, kept = MASKED.about(one), kept_back(one.nature, one.confidential)

    def told(text: str) -> str:
        return "" if kept else masking.text(text)

    return replace(
        LedgerLine(**{f.name: getattr(one, f.name) for f in fields(LedgerLine)}),
        title=paper_title(masking.text(one.title), one.nature, one.confidential),
        contact="" if kept else mask_phone(one.contact),
        content=told(one.content),
        reply=told(one.reply),
        callback=told(one.callback),
        order_feedback=told(one.order_feedback),
        order_callback=told(one.order_callback),
        category=rest or first,
        result=STATUSES[one.result],
    )
