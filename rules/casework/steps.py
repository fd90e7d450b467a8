"""Which step may follow which, who may take it, in what order, and what a matter's state is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.casework.course import Acts
from rules.errors import Refused

TICKET_STATES = ("waiting", "dispatched", "acknowledged", "replied", "closed")


ORDER_LABELS = {
    "draft": "待签发",
    "signed": "待送达",
    "delivered": "待签收",
    "received": "待反馈",
    "replied": "待审核",
    "closed": "已销号",
    "void": "已作废",
}


OTHER_LABELS = {"review": "待核查", "instruction": "批示待办", "pledge": "承诺待办"}


FACTS = {
    "return_asked": "退单申请待裁，请先裁定",
    "extension_asked": "延期申请待批，请先批复",
    "pause_asked": "挂起申请待批，请先批复",
    "paused": "已挂起，请先恢复",
    "contacted": "已记首次联系",
    "overdue": "时限已过，延期须在到期前申请",
    "extended": "已延期过，规则不再允许",
    "unextendable": "按规则不能延期，请按期办理",
    "second_return": "二次退单，须作分歧裁定",
    "arbitrated": "已经分歧裁定，不得再退单",
    "rated": "群众已经评价，请改用重办",
    "reviewed": "已经核查",
}
"""What may be true of a matter besides its state, and why that stands in a step's way."""


LACKS = {
    "return_asked": "没有待裁的退单申请",
    "extension_asked": "没有待批的延期申请",
    "pause_asked": "没有待批的挂起申请",
    "paused": "没有挂起",
    "second_return": "不是二次退单，请直接裁定",
    "helped": "没有待反馈的协办单位",
    "instructed": "没有未办结的批示",
    "unsatisfied": "群众没有评价不满意",
}
"""What is said where a step needs a fact that is not true."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a verb that leads from one of ``after`` to ``to``.

    ``to`` None: the state stays, or is again what it was before (重新打开, 分歧裁定).
    ``actor`` is whose act it is: unit, centre or citizen; the operator who records it holds one of
    ``roles``. ``needs`` are facts that must be true, ``bars`` facts that must not.
    """

    kind: str
    verb: str
    name: str
    actor: str
    after: tuple[str, ...]
    to: str | None = None
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset({"supervisor"})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a matter stands: its kind (ticket, order), its state and the facts true of it."""

    kind: str
    state: str
    facts: frozenset[str] = frozenset()
    round: int = 1


_WITH_UNIT = ("dispatched", "acknowledged")


_OPEN = ("dispatched", "acknowledged", "replied")


_ISSUED = ("signed", "delivered", "received", "replied")


_REQUESTS = frozenset({"return_asked", "extension_asked", "pause_asked"})


def _ticket(
    verb: str,
    name: str,
    actor: str,
    after: tuple[str, ...],
    to: str | None = None,
    needs: Iterable[str] = (),
    bars: Iterable[str] = (),
    roles: Iterable[str] = ("supervisor",),
) -> Step:
    return Step("ticket", verb, name, actor, after, to, frozenset(needs), frozenset(bars),
                frozenset(roles))  # fmt: skip


def _order(
    verb: str, name: str, actor: str, after: tuple[str, ...], to: str | None, *roles: str
) -> Step:
    return Step("order", verb, name, actor, after, to, roles=frozenset(roles))


STEPS: tuple[Step, ...] = (
    _ticket("dispatch", "交办", "centre", ("waiting",), "dispatched"),
    _ticket("transfer", "转派", "centre", _WITH_UNIT, "dispatched", bars=_REQUESTS | {"paused"}),
    _ticket("acknowledge", "签收", "unit", ("dispatched",), "acknowledged", bars=["return_asked"]),
    _ticket("contact", "首次联系", "unit", _WITH_UNIT, bars=["contacted"]),
    _ticket("progress", "进度反馈", "unit", _WITH_UNIT, bars=["paused"]),
    _ticket("reply", "答复", "unit", _WITH_UNIT, "replied", bars=["paused", "return_asked"]),
    _ticket("close", "办结", "centre", _OPEN, "closed", bars=["paused", "return_asked"]),
    _ticket("send_back", "退回", "centre", ("replied",), "acknowledged"),
    _ticket("ask_return", "申请退单", "unit", _WITH_UNIT,
            bars=["return_asked", "arbitrated", "paused"]),
    _ticket("grant_return", "同意退单", "centre", _WITH_UNIT, "waiting",
            needs=["return_asked"], bars=["second_return"]),
    _ticket("refuse_return", "不同意退单", "centre", _WITH_UNIT,
            needs=["return_asked"], bars=["second_return"]),
    _ticket("arbitrate", "分歧裁定", "centre", _WITH_UNIT,
            needs=["return_asked", "second_return"], roles=["signer", "administrator"]),
    _ticket("ask_extension", "申请延期", "unit", _WITH_UNIT,
            bars=["extension_asked", "unextendable", "overdue", "extended", "paused",
                  "return_asked"]),
    _ticket("grant_extension", "同意延期", "centre", _OPEN, needs=["extension_asked"]),
    _ticket("refuse_extension", "不同意延期", "centre", _OPEN, needs=["extension_asked"]),
    _ticket("ask_pause", "申请挂起", "unit", _WITH_UNIT,
            bars=["pause_asked", "paused", "return_asked"]),
    _ticket("grant_pause", "同意挂起", "centre", _WITH_UNIT, needs=["pause_asked"]),
    _ticket("refuse_pause", "不同意挂起", "centre", _OPEN, needs=["pause_asked"]),
    _ticket("resume", "恢复", "centre", _WITH_UNIT, needs=["paused"]),
    _ticket("join", "增加协办", "centre", _WITH_UNIT, bars=["paused"]),
    _ticket("assist", "协办反馈", "unit", _OPEN, needs=["helped"], bars=["paused"]),
    _ticket("rate", "评价", "citizen", ("closed",)),
    _ticket("callback", "回访", "centre", ("closed",)),
    _ticket("review", "核查", "centre", ("closed",), needs=["unsatisfied"], bars=["reviewed"]),
    _ticket("rework", "重办", "centre", ("closed",), "dispatched"),
    _ticket("reopen", "重新打开", "centre", ("closed",), bars=["rated"]),
    _ticket("urge", "催办", "centre", _WITH_UNIT),
    _ticket("instruct", "登记批示", "centre", ("waiting", *_OPEN)),
    _ticket("fulfil", "批示办结", "centre", TICKET_STATES, needs=["instructed"]),
    _ticket("note", "批注", "centre", TICKET_STATES),
    _order("amend", "修改", "centre", ("draft",), None, "supervisor", "signer"),
    _order("sign", "签发", "centre", ("draft",), "signed", "signer"),
    _order("deliver", "送达", "centre", ("signed",), "delivered", "supervisor", "signer"),
    _order("receive", "签收", "unit", ("delivered",), "received", "supervisor", "signer"),
    _order("feedback", "反馈", "unit", ("delivered", "received"), "replied",
           "supervisor", "signer"),
    _order("accept", "销号", "centre", ("replied",), "closed", "supervisor", "signer"),
    _order("reject", "退回重报", "centre", ("replied",), "received", "supervisor", "signer"),
    _order("void", "作废", "centre", ("draft",), "void", "supervisor", "signer"),
    _order("void", "作废", "centre", _ISSUED, "void", "signer"),
)  # fmt: skip
"""Every step. A verb may have several rows, with different states or roles."""


def allowed_steps(position: Position, roles: Iterable[str] | None = None) -> tuple[Step, ...]:
    """Return the lawful next steps in the table's order; ``roles`` None: anybody's."""
    held = None if roles is None else frozenset(roles)
    return tuple(
        step
        for step in _rows(position)
        if not _obstacle(step, position) and (held is None or step.roles & held)
    )


def check_step(verb: str, position: Position) -> Step:
    """Return the row by which ``verb`` may be taken now; Refused says why not and what else."""
    named = [step for step in STEPS if (step.kind, step.verb) == (position.kind, verb)]
    if not named:
        raise ValueError(f"no step {verb} of a {position.kind}")
    for step in named:
        if position.state in step.after:
            if obstacle := _obstacle(step, position):
                raise Refused(f"不能{step.name}：{obstacle}")
            return step
    status = status_label(position.kind, position.state, facts=position.facts, round=position.round)
    others = "、".join(dict.fromkeys(step.name for step in allowed_steps(position)))
    raise Refused(f"{status}，不能{named[0].name}；现在可以：{others or '只能查看'}")


def status_label(
    kind: str, state: str, *, facts: Iterable[str] = frozenset(), round: int = 1
) -> str:
    """Return the Chinese status of a matter: what waits for a decision is named first."""
    if kind == "order":
        return ORDER_LABELS[state]
    if kind != "ticket":
        return OTHER_LABELS[kind]
    true = frozenset(facts)
    for fact, status in _WAITING_LABELS.items():
        if fact in true and state != "closed":
            return status
    if state == "acknowledged":
        return "办理中" if round == 1 else "重办中"
    if state == "closed":
        return "待核查" if "unsatisfied" in true and "reviewed" not in true else "办结"
    return {"waiting": "待派", "dispatched": "待签收", "replied": "答复待审"}[state]


_WAITING_LABELS = {
    "return_asked": "退单待裁",
    "extension_asked": "延期待批",
    "pause_asked": "挂起待批",
    "paused": "挂起",
}


def _rows(position: Position) -> Iterable[Step]:
    return (s for s in STEPS if s.kind == position.kind and position.state in s.after)


def _obstacle(step: Step, position: Position) -> str | None:
    """Return why the facts forbid a step its state would allow."""
    for fact in sorted(step.bars & position.facts):
        return FACTS[fact]
    for fact in sorted(step.needs - position.facts):
        return LACKS[fact]
    return None


INSTANT_NAMES = {
    "received_at": "受理",
    "dispatched_at": "交办",
    "returned_at": "退单",
    "handed_at": "转派",
    "acknowledged_at": "签收",
    "contacted_at": "首次联系",
    "progressed_at": "上次进度反馈",
    "replied_at": "答复",
    "closed_at": "办结",
}


_GIVEN = ("received_at", "dispatched_at", "handed_at")


_DONE = (*_GIVEN, "acknowledged_at", "contacted_at", "progressed_at")


FOLLOWS: dict[str, tuple[str, ...]] = {
    "dispatch": ("received_at", "returned_at"),
    "transfer": _DONE,
    "acknowledge": _GIVEN,
    "contact": _GIVEN,
    "progress": (*_GIVEN, "progressed_at"),
    "reply": (*_GIVEN, "acknowledged_at", "progressed_at"),
    "send_back": ("replied_at",),
    "close": (*_GIVEN, "acknowledged_at", "replied_at"),
    "rate": ("closed_at",),
    "rework": ("closed_at",),
    "reopen": ("closed_at",),
    "instruct": ("received_at",),
    "fulfil": ("received_at",),
    "note": ("received_at",),
}
"""The acts each verb follows, by their instants; a verb not named follows the hand-over."""


def too_early(verb: str, name: str, when: datetime, acts: Acts) -> str | None:
    """Return why an act cannot have happened at ``when``; None if it can.

    ``name`` is the verb's Chinese word. An assumed dispatch (交办时间缺) holds nobody to its time.
    """
    for instant in FOLLOWS.get(verb, _GIVEN):
        before: datetime | None = getattr(acts, instant)
        if acts.assumed and instant == "dispatched_at":
            continue
        if before is not None and when < before:
            return f"{name}时间早于{INSTANT_NAMES[instant]}时间：请核对时间"
    return None
