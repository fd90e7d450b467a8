"""Papers as values, for the tests of documents."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from console.paper.defaults import default_template
from console.paper.filling import Form
from rules.orders.content import Heading, order_content
from rules.orders.demands import OrderPolicy
from rules.orders.facts import Act, Facts, Given
from rules.orders.sentences import order_statements
from rules.paper import Content, check_code, filled

ZONE = ZoneInfo("Asia/Shanghai")

SIGNED = datetime(2026, 11, 20, 15, 20, tzinfo=ZONE)


def ticket(number: str = "WH20261109-00123", **changes: Any) -> Facts:
    """Return an appeal on a paper: late by three working days, unsatisfied once."""
    told = Facts(
        ticket_id=1,
        number=number,
        title="小区二次供水停水",
        summary="每晚停水，无人维修。",
        channel="城市留言板",
        at=SIGNED,
        received=Act(datetime(2026, 11, 9, 9, tzinfo=ZONE), (1,)),
        lead="武汉市洪山区人民政府",
        dispatched=Act(datetime(2026, 11, 10, 9, tzinfo=ZONE), (2,)),
        replies=(Act(datetime(2026, 11, 12, 9, tzinfo=ZONE), (3,)),),
        sent_back=(Act(datetime(2026, 11, 13, 9, tzinfo=ZONE), (4,)),),
        due_at=datetime(2026, 11, 17, 17, 30, tzinfo=ZONE),
        remaining="超期3个工作日",
        result=Given(datetime(2026, 11, 13, 9, tzinfo=ZONE), (5,), "不满意"),
    )
    return replace(told, **changes)


def closed(at: datetime, answered: datetime | None = None, **changes: Any) -> Facts:
    """Return an appeal that was closed, answered before where that is told."""
    reply = (Act(answered, (6,)),) if answered else ()
    return ticket(
        answered=reply[0] if reply else None,
        replies=reply,
        sent_back=(),
        closed=Given(at, (7,), "已解决"),
        **changes,
    )


@cache
def _form(kind: str) -> Form:
    return Form(default_template(kind), kind)


def order_paper(content: Content) -> bytes:
    """Return the .docx of a content, made with the template that is shipped."""
    return _form(content.kind).fill(filled(content), content.at)


HEADING = {field.name for field in fields(Heading)}


def paper(*tickets: Facts, none: bool = False, **changes: Any) -> Content:
    """Return a signed order of level 2 over some appeals, or over ``none``."""
    told = Heading(
        bureau="武汉市网上群众工作部",
        kind="order",
        name="督办单",
        signature="武汉市网上群众工作部",
        level=2,
        number="武网督〔2026〕12号",
        title="关于“小区二次供水停水”逾期未办结的督办单",
        cause="逾期未办结",
        demands=("立即恢复供水。", "查明原因。"),
        closing="逾期未反馈或反馈不符合要求的，将提级督办。",
        unit="武汉市洪山区人民政府",
        limit_words="3个工作日",
        due_at=datetime(2026, 11, 25, 17, 30, tzinfo=ZONE),
        contact="陈联络",
        phone="027-00000000",
        code=check_code("武网督〔2026〕12号", "9f" * 32),
    )
    heading = replace(told, **{name: changes.pop(name) for name in HEADING & changes.keys()})
    facts = () if none else tickets or (ticket(),)
    further, evidence = changes.pop("further", ()), changes.pop("evidence", ())
    said = order_statements(
        facts, SIGNED, "我部", further=further, evidence=evidence, cause=heading.cause
    )
    return order_content(heading, facts, SIGNED, OrderPolicy(), said, **changes)
