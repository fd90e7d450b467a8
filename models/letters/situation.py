"""督查专报 and 呈阅件: a matter, an order or the state of things, told to a leader with figures."""

from __future__ import annotations

from dataclasses import dataclass

from models.letters.told import FACTS, Asked, Case, Scene, Told, case_of, events_of, seqs
from models.orders import orders_by_id
from models.store import Query
from rules.errors import Refused
from rules.paper import Statement


@dataclass(frozen=True, slots=True)
class _Figures:
    """What stands at an instant, and what came since the month began."""

    open: int
    late: int
    received: int
    closed: int
    unsatisfied: int


_FIGURES = Query(
    _Figures,
    """
SELECT
 (SELECT count(*) FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
  WHERE r.state IN ('waiting', 'dispatched', 'acknowledged', 'replied') {unit}) AS open,
 (SELECT count(*) FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
  JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.unit_id = r.lead_unit_id
  WHERE r.state IN ('dispatched', 'acknowledged') AND d.stopped_at IS NULL
    AND d.paused_at IS NULL AND d.due_at < :now {unit}) AS late,
 (SELECT count(*) FROM round r JOIN ticket t ON t.id = r.ticket_id
  WHERE r.n = 1 AND t.received_at >= :since AND t.received_at <= :now
    AND t.state <> 'analysis' {unit}) AS received,
 (SELECT count(*) FROM round r
  WHERE r.closed_at >= :since AND r.closed_at <= :now {unit}) AS closed,
 (SELECT count(*) FROM rating g JOIN round r ON r.id = g.round_id
  WHERE g.result_rating = '不满意' AND g.means <> 'rerating'
    AND g.at >= :since AND g.at <= :now {unit}) AS unsatisfied
""".replace("{unit}", "AND (CAST(:unit AS integer) IS NULL OR r.lead_unit_id = :unit)"),
)
_UNIT = "SELECT name FROM unit WHERE id = :id"


def situation(scene: Scene, asked: Asked) -> Told:
    """Tell of the matter or the order, and the figures of the unit or the whole city."""
    statements: list[Statement] = []
    if asked.ticket_id is not None:
        case = case_of(scene.source, asked.ticket_id)
        statements.append(_matter(scene, case))
        title = f"关于{case.subject}办理情况的报告"
    elif asked.order_id is not None:
        statement, title = _order(scene, asked.order_id)
        statements.append(statement)
    else:
        title = "关于群众诉求办理情况的报告"
    unit = scene.source.value(_UNIT, id=asked.unit_id) if asked.unit_id is not None else None
    now = scene.keeper.local(scene.now)
    since = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = scene.source.first(_FIGURES, unit=asked.unit_id, now=scene.now, since=since)
    assert found is not None
    whose = unit or "全市"
    statements.append(
        Statement(
            "figures",
            f"截至{scene.moment(scene.now)}，{whose}在办诉求{found.open}件，其中逾期未办结"
            f"{found.late}件；{now.month}月以来受理{found.received}件、办结{found.closed}件，"
            f"群众评价不满意{found.unsatisfied}件。",
            FACTS,
        )
    )
    return Told(asked, "", title, tuple(statements))


def _matter(scene: Scene, case: Case) -> Statement:
    """Tell of one appeal as it stands: a reply that waits for judgement stops the unit's clock."""
    if case.received_at > scene.now:
        raise Refused(f"{case.number} 受理晚于签发时间：请核对时间")
    told = [f"{scene.day(case.received_at)}，群众通过{case.channel}反映{case.called}"]
    if case.unit and case.dispatched_at:
        told.append(f"{scene.day(case.dispatched_at)}交{case.unit}办理")
    if case.due_at is not None and case.dispatched_at is not None:
        told.append(f"应于{scene.due(case.due_at)}办结")
    told.append(_standing(scene, case))
    if case.n > 1:
        told.append(f"先后办理{case.n}轮")
    if case.result_rating:
        told.append(f"群众评价{case.result_rating}")
    verbs = ("ticket.intake", "ticket.dispatch", "ticket.transfer", "ticket.reply", "ticket.close")
    events = events_of(scene.source, "ticket", case.id, *verbs, "ticket.rate")
    return Statement("matter", "，".join(told) + "。", FACTS, seqs(*events), (case.number,))


def _standing(scene: Scene, case: Case) -> str:
    due = case.due_at
    if case.closed_at is not None:
        late = due is not None and (case.stopped_at or case.closed_at) > due
        return f"已于{scene.day(case.closed_at)}办结" + ("，逾期" if late else "")
    if case.state == "replied" and case.replied_at is not None:
        late = due is not None and case.replied_at > due
        return f"{scene.day(case.replied_at)}已答复，待本部审核" + ("，逾期答复" if late else "")
    if case.state == "waiting":
        return "尚待交办"
    if case.paused_at is not None:
        why = "等待诉求人补正" if case.supplementing else "经批准挂起"
        return f"{why}，时限停走"
    return "至今未办结，已逾期" if due is not None and scene.now > due else "正在办理"


def _order(scene: Scene, order_id: int) -> tuple[Statement, str]:
    [order] = orders_by_id(scene.source, [order_id])
    if order.confidential:
        raise Refused(f"{order.name} 不公开，不写入其他公文")
    if order.number is None or order.signed_at is None or order.signed_at > scene.now:
        raise Refused(f"{order.name} 还没有签发：请先签发")
    told = [f"{scene.day(order.signed_at)}，我部以{order.number}督办{order.unit}《{order.title}》"]
    if order.due_at is not None:
        told.append(f"要求{scene.due(order.due_at)}反馈")
    if order.status == "void":
        told.append("现已作废")
    elif order.closed_at is not None:
        told.append(f"已于{scene.day(order.closed_at)}销号")
    elif order.feedback_at is not None and order.status == "replied":
        told.append(f"{scene.day(order.feedback_at)}已反馈，待审核")
    elif order.due_at is not None and scene.now > order.due_at:
        told.append("至今未反馈，已逾期")
    else:
        told.append("尚未反馈")
    verbs = ("order.sign", "order.deliver", "order.feedback", "order.accept", "order.void")
    events = events_of(scene.source, "order", order.id, *verbs)
    statement = Statement("order", "，".join(told) + "。", FACTS, seqs(*events), order.tickets)
    return statement, f"关于{order.number}督办事项进展情况的报告"
