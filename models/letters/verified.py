"""销号通知: an order's matter was verified; never on the word of its unit alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.letters.told import (
    DECIDED,
    FACTS,
    Asked,
    Case,
    Scene,
    Told,
    cases_of,
    event_at,
    events_of,
    seqs,
)
from models.orders import held_tickets, orders_by_id
from models.store import Query
from rules.casework import VERIFIED
from rules.errors import Refused
from rules.paper import Row, Statement
from rules.text import mask_text

MOST = 20
"""Words of citizens that a notice quotes at most."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What a citizen said or how he rated, since the order was signed."""

    ticket_id: int
    at: datetime
    result: str | None
    said: str | None
    rating: str | None


_WORDS = Query(
    _Word,
    """
SELECT r.ticket_id, c.at, c.result, c.said, NULL AS rating
FROM callback c JOIN round r ON r.id = c.round_id
WHERE r.ticket_id IN (:tickets) AND c.result = '接通' AND c.at >= :since AND c.at <= :now
UNION ALL
SELECT r.ticket_id, g.at, NULL AS result, NULL AS said, g.result_rating AS rating
FROM rating g JOIN round r ON r.id = g.round_id
WHERE r.ticket_id IN (:tickets) AND g.result_rating IS NOT NULL
  AND g.at >= :since AND g.at <= :now
ORDER BY 2, 1
""",
)


def closing(scene: Scene, asked: Asked) -> Told:
    """Tell how the matter was verified, what citizens said, and that the order is closed out."""
    if asked.order_id is None:
        raise Refused("请写明是哪一份督办单：编号或文号")
    [order] = orders_by_id(scene.source, [asked.order_id])
    if order.confidential:
        raise Refused(f"{order.name} 不公开，不另发销号通知")
    if order.status != "closed" or order.closed_at is None or order.signed_at is None:
        raise Refused(f"{order.name} {order.label}，还没有销号：先核实、销号，再发销号通知")
    if order.verified is None or not order.verified_words:
        raise Refused(f"{order.name} 没有核实记录，不能凭单位所报发销号通知：请先核实登记")
    scene.known_by_then(order.closed_at, f"{order.name}销号")
    events = events_of(
        scene.source, "order", order.id, "order.sign", "order.feedback", "order.accept"
    )
    signed = event_at(events, order.signed_at, "order.sign")
    answered = event_at(events, order.feedback_at, "order.feedback")
    closed = event_at(events, order.closed_at, "order.accept")
    cases = cases_of(scene.source, held_tickets(scene.source, order.id))
    open_words = not any(case.kept for case in cases)
    facts = [f"{scene.day(order.signed_at)}，我部以{order.number}《{order.title}》督办你单位。"]
    rests = [seqs(signed)]
    if order.feedback_at is not None:
        facts.append(f"你单位于{scene.day(order.feedback_at)}反馈了办理情况。")
        rests.append(seqs(answered))
    found = mask_text(order.verified_words) if open_words else ""
    means = VERIFIED[order.verified]
    facts.append(f"我部以{means}的方式核实" + (f"：{found.rstrip('。')}。" if found else "。"))
    rests.append(seqs(closed))
    rows = _rows(scene, cases, order.signed_at)
    decided = f"经核实，准予销号，{order.number}于{scene.day(order.closed_at)}销号。"
    statements = [
        Statement("verified", text, FACTS, on, order.tickets)
        for text, on in zip(facts, rests, strict=True)
    ]
    statements.append(Statement("closed", decided, DECIDED, seqs(closed), order.tickets))
    return Told(
        Asked(None, order.id, None, order.unit_id),
        order.unit,
        f"关于{order.number}销号的通知",
        tuple(statements),
        "群众意见" if rows else "",
        rows,
    )


def _rows(scene: Scene, cases: list[Case], since: datetime) -> tuple[Row, ...]:
    """Return what citizens said since the order was signed; of what is kept back nothing."""
    told = {case.id: case for case in cases if not case.kept}
    if not told:
        return ()
    found = scene.source.read(_WORDS, tickets=list(told), since=since, now=scene.now)
    rows: list[Row] = []
    for word in found[:MOST]:
        case = told[word.ticket_id]
        day = scene.day(word.at)
        what = (
            f"评价{word.rating}"
            if word.rating
            else f"回访接通：{case.said(word.said) or '未留意见'}"
        )
        rows.append({"序号": str(len(rows) + 1), "项目": f"{case.number}　{day}", "情况": what})
    return tuple(rows)
