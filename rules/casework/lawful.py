"""Which steps may be taken now, in which order acts happened, how a state is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.casework.course import ANALYSIS
from rules.casework.step import Step
from rules.casework.steps import OWN_WHEN_MERGED, STEPS
from rules.errors import Refused

ORDER_LABELS = {
    "draft": "待签发",
    "signed": "待送达",
    "delivered": "待签收",
    "received": "待反馈",
    "replied": "待审核",
    "closed": "已销号",
    "void": "已作废",
}
PAPER_LABELS = {
    "talk": {"received": "待约谈", "closed": "已约谈"},
    "talk_record": {"received": "待整改"},
    "referral_crime": {"delivered": "待回执", "closed": "已移送"},
    "referral_duty": {"delivered": "待回执", "closed": "已移送"},
}
"""Statuses that a paper other than an order calls otherwise."""

REVIEW_LABELS = {
    "none": "没有待核查的不满意评价",
    "open": "待核查",
    "held": "剔除待批",
    "decided": "已核查",
}
OTHER_LABELS = {
    "instruction": "批示待办",
    "pledge": "承诺待办",
    "campaign": "专题进行中",
    "campaign_task": "任务待完成",
    "account": "挂账中",
    "cell_matter": "网格事项待办",
    "group_message": "群内诉求待办",
    "visit_task": "走访任务待办",
}

FACTS = {
    "against_lead": "该件反映的正是承办单位，不能由其办理：请移送有权机关或改派其他单位",
    "return_asked": "退单申请待裁，请先裁定",
    "extension_asked": "延期申请待批，请先批复",
    "pause_asked": "挂起申请待批，请先批复",
    "paused": "已挂起，请先恢复",
    "account_asked": "挂账申请未了，请先批复；已批准的请先告知诉求人或撤回",
    "account_granted": "挂账已经批准，请告知诉求人后开始",
    "on_account": "已挂账，请先销账",
    "accounted": "已挂过账，一件只挂账一次、展期一次，不得再挂",
    "first": "先办后议中，归属由会商议定，其间不退单：请先办",
    "renewed": "挂账已展期一次，不再展期：请到期销账",
    "suspended": "特殊时期时限已暂停，随指挥部文件恢复，不必申请",
    "supplementing": "正等诉求人补正，请先登记收到补正；逾期不补正的按规定答复或办结",
    "unaccepted": "还没有作受理决定，请先受理或不予受理",
    "contacted": "已记首次联系",
    "overdue": "时限已过，延期、挂账须在到期前申请",
    "extended": "延期已到规则允许的次数，不再延期",
    "unextendable": "按规则不能延期，请按期办理",
    "last_return": "末次退单，须作分歧裁定",
    "arbitrated": "已经分歧裁定，不得再退单",
    "unpausable": "挂起已到规则允许的次数，不再挂起",
    "unreturnable": "按规则不能退单，请按期办理",
    "return_over": "已过规则的退单时间：请继续办理，确需改派的由中心转派",
    "rated": "群众已经评价，请改用重办",
    "unanswerable": "此文书不要求反馈",
    "given": "时限已经在走，或由来源定了，不能另定：请照原时限派单，或以后申请延期",
    "merged": "已并入主件，随主件一并办理：请办理主件，或先拆分",
    "carries": "有并入的诉求，请先拆分",
}
"""What may be true of a matter besides its state, and why that stands in a step's way."""

LACKS = {
    "accused": "没有列为被举报的单位",
    "return_asked": "没有待裁的退单申请",
    "extension_asked": "没有待批的延期申请",
    "pause_asked": "没有待批的挂起申请",
    "paused": "没有挂起",
    "account_asked": "没有待批的挂账申请",
    "account_granted": "没有已批准、待告知的挂账",
    "on_account": "没有挂账",
    "first": "没有先办后议，或归属已经议定",
    "last_return": "不是末次退单，请直接裁定",
    "own_limit": "规则不许交办时另定时限：请按规则交办",
    "undecided": "规则不要求受理决定，或已作决定",
    "supplementable": "规则没有因补正重新起算的时限，或已告知过一次补正；其他情形请申请挂起",
    "supplementing": "没有告知补正",
    "helped": "没有待反馈的协办单位",
    "instructed": "没有未办结的批示",
    "limits_asked": "没有待定的时限变更",
}
"""What is said where a step needs a fact that is not true."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a matter stands: its kind (ticket, order), its state and the facts true of it.

    ``why`` says of a fact more than ``FACTS`` does: the cap it comes from.
    """

    kind: str
    state: str
    facts: frozenset[str] = frozenset()
    round: int = 1
    why: Mapping[str, str] = field(default_factory=dict, hash=False)


def allowed_steps(position: Position, roles: Iterable[str] | None = None) -> tuple[Step, ...]:
    """Return the lawful next steps in the table's order; ``roles`` None: anybody's."""
    held = None if roles is None else frozenset(roles)
    return tuple(
        step
        for step in _rows(position)
        if not _obstacle(step, position) and (held is None or step.roles & held)
    )


def check_step(verb: str, position: Position) -> Step:
    """Return the row by which ``verb`` may be taken now; Refused says why not and what else.

    A further row of a verb that needs a fact which is not true is as if it were not there.
    """
    named = [step for step in STEPS if step.kind == position.kind and step.verb == verb]
    if not named:
        raise ValueError(f"no step {verb} of a {position.kind}")
    for step in named:
        if position.state in step.after and (step is named[0] or step.needs <= position.facts):
            if obstacle := _obstacle(step, position):
                raise Refused(f"不能{step.name}：{obstacle}")
            return step
    status = status_label(position.kind, position.state, facts=position.facts, round=position.round)
    if position.state == ANALYSIS:
        status = f"此件{status}，由来源方办理"
    others = "、".join(dict.fromkeys(step.name for step in allowed_steps(position)))
    raise Refused(f"{status}，不能{named[0].name}；现在可以：{others or '只能查看'}")


def fitting_verb(verb: str, position: Position) -> str:
    """Return the verb for what is asked as ``verb``: 交办 of a ticket in hand is its 转派."""
    for step in _rows(position):
        if verb in (step.verb, step.function):
            return step.verb
    return verb


def status_label(
    kind: str, state: str, *, facts: Iterable[str] = frozenset(), round: int = 1
) -> str:
    """Return the Chinese status of a matter: what waits for a decision is named first."""
    if kind == "order":
        return ORDER_LABELS[state]
    if kind == "review":
        return REVIEW_LABELS.get(state, REVIEW_LABELS["open"])
    if kind != "ticket":
        return OTHER_LABELS[kind]
    true = frozenset(facts)
    for fact, status in _WAITING_LABELS.items():
        if fact in true and state not in _KNOWN_BY_STATE.get(fact, ("closed",)):
            return status
    if state == "acknowledged":
        if "unaccepted" in true:
            return "待受理决定"
        return "办理中" if round == 1 else "重办中"
    if state == "closed":
        return "待核查" if "unsatisfied" in true and "reviewed" not in true else "办结"
    return {
        "waiting": "待派",
        "dispatched": "待签收",
        "replied": "答复待审",
        ANALYSIS: "仅供分析",
    }[state]


def paper_label(paper: str, state: str) -> str:
    """Return the Chinese status of a paper of a kind."""
    return PAPER_LABELS.get(paper, {}).get(state) or ORDER_LABELS[state]


_WAITING_LABELS = {
    "return_asked": "退单待裁",
    "extension_asked": "延期待批",
    "pause_asked": "挂起待批",
    "account_granted": "挂账待告知",
    "account_asked": "挂账待批",
    "supplementing": "待补正",
    "on_account": "挂账",
    "paused": "挂起",
    "suspended": "特殊时期暂停",
    "limits_asked": "时限待定",
}

_KNOWN_BY_STATE = {"suspended": ("replied", "closed"), "supplementing": ("replied", "closed")}
"""States that say more of a matter than what waits beside them."""


def _rows(position: Position) -> Iterable[Step]:
    return (s for s in STEPS if s.kind == position.kind and position.state in s.after)


def _obstacle(step: Step, position: Position) -> str | None:
    """Return why the facts forbid a step its state would allow."""
    if "merged" in position.facts and step.kind == "ticket" and step.verb not in OWN_WHEN_MERGED:
        return FACTS["merged"]
    for fact in sorted(step.bars & position.facts):
        return position.why.get(fact) or FACTS[fact]
    for fact in sorted(step.needs - position.facts):
        return LACKS[fact]
    return None


INSTANT_NAMES = {
    "received_at": "受理",
    "opened_at": "评价",
    "dispatched_at": "交办",
    "returned_at": "退单",
    "handed_at": "转派",
    "acknowledged_at": "签收",
    "accepted_at": "受理决定",
    "supplement_asked_at": "告知补正",
    "supplemented_at": "收到补正",
    "contacted_at": "首次联系",
    "progressed_at": "上次进度反馈",
    "replied_at": "答复",
    "closed_at": "办结",
    "judged_at": "退回",
    "signed_at": "签发",
    "delivered_at": "送达",
    "feedback_at": "反馈",
}


def too_early(step: Step, when: datetime, acts: object, *, by_file: bool = False) -> str | None:
    """Return why an act cannot have happened at ``when``; None if it can.

    ``acts`` holds the instants of what happened before: a round's Acts, or an order. An
    assumed dispatch (交办时间缺) holds nobody to its time.
    """
    for instant in step.file_follows if by_file else step.follows:
        before: datetime | None = getattr(acts, instant)
        if instant == "dispatched_at" and not by_file and getattr(acts, "assumed", False):
            continue
        if before is not None and when < before:
            return f"{step.name}时间早于{INSTANT_NAMES[instant]}时间：请核对时间"
    return None


def may_follow(verb: str, position: Position) -> bool:
    """Whether what is done on a lead can be done as well on an appeal merged into it."""
    alone = replace(position, facts=position.facts - {"merged"})
    return any(
        step.function == verb and not _obstacle(step, alone)
        for step in STEPS
        if step.kind == "ticket" and position.state in (*step.after, *step.by_file)
    )


def check_by_file(verb: str, state: str, *, against_lead: bool = False) -> Step:
    """Return the row by which a file may tell of ``verb`` in a state; Refused where none may."""
    named = [step for step in STEPS if step.kind == "ticket" and step.function == verb]
    for step in named:
        if state in step.by_file:
            if against_lead and "against_lead" in step.bars:
                raise Refused(f"不能{step.name}：{FACTS['against_lead']}")
            return step
    raise Refused(f"现在是“{status_label('ticket', state)}”，不能{named[0].name}：请核对后再办")
