"""What may be drafted over a paper that was issued, and what may be changed of a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.frame import Session
from models import orders
from rules.casework import PAPER_NAMES
from rules.paper import ORDER, REMINDER, TALK, TALK_RECORD, details_of

if TYPE_CHECKING:
    from models.orders import OrderView

Over = Callable[..., "OrderView"]

OVER: dict[str, Over] = {
    REMINDER: lambda store, id, details=None, at=None: orders.draft_reminder(store, id, at=at),
    ORDER: lambda store, id, details=None, at=None: orders.draft_second(store, id, at=at),
    TALK: lambda store, id, **said: orders.draft_talk(store, id, **said),
    TALK_RECORD: lambda store, id, **said: orders.draft_record(store, id, **said),
}
"""How a paper of a kind is drafted over one that was issued; an order over one is the second."""

_NAMES = {ORDER: "二次督办单"}


def over_choices(order: OrderView, now: datetime) -> list[tuple[str, str]]:
    """Return the kinds that may be drafted over a paper now, each with what it is called."""
    waits = order.status in ("delivered", "received")
    issued = order.number is not None and order.status != "void"
    may = {
        REMINDER: waits and bool(order.limit_text) and order.kind != REMINDER,
        ORDER: waits and order.kind == ORDER and order.due_at is not None and order.due_at < now,
        TALK: issued and order.kind not in (TALK, TALK_RECORD) and not order.confidential,
        TALK_RECORD: waits and order.kind == TALK,
    }
    return [(kind, _NAMES.get(kind, PAPER_NAMES[kind])) for kind, lawful in may.items() if lawful]


@dataclass(frozen=True, slots=True)
class Amendable:
    """One thing of a draft that may be changed: ``value`` is how it stands, ``several`` lines."""

    name: str
    label: str
    value: str
    several: bool = False


def amendables(order: OrderView, session: Session) -> list[Amendable]:
    """Return what may be changed of a draft, with what only its kind says at the end."""
    known = details_of(order.kind, session.store.policy.papers.of(order.kind).approves)
    return [
        Amendable("title", "督办事项", order.title),
        Amendable("cause", "督办事由", order.cause, several=True),
        Amendable("demands", "督办要求（一行一条）", "\n".join(order.demands), several=True),
        Amendable("limit_text", "反馈时限（例如 3wd）", order.limit_text),
        Amendable("level", "级别（1 蓝色，2 黄色，3 红色）", str(order.level)),
        Amendable("copy_to", "抄送（单位、领导，逗号分隔；清空则不抄送）", "，".join(order.copies)),
        *(
            Amendable(one.label, one.label, order.said.get(one.name, ""), one.form == "lines")
            for one in known
        ),
    ]


def amend(session: Session, order: OrderView, field: str, said: str) -> OrderView:
    """Change one thing of a draft; each line of the demands is one, and so is what ； parts."""
    changes: dict[str, Any] = {field: said}
    if field == "demands":
        changes = {field: orders.demand_lines(said)}
    elif field == "level":
        changes = {field: int(said) if said.isdecimal() else 0}
    elif field == "copy_to":
        changes = {field: [said]}
    elif field not in ("title", "cause", "limit_text"):
        changes = {"details": {field: said}}
    return orders.edit(session.store, order.id, order.version, **changes)
