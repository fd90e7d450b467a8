"""An order as the values of its template's fields, and the sentences that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.clocks import chinese_date, chinese_due, dotted, due_day
from rules.orders.causes import LAST_PLACE
from rules.orders.demands import OrderPolicy
from rules.orders.facts import Facts, Joined
from rules.orders.sentences import in_a_word
from rules.paper import ORDER, Content, Row, Statement, Value, paragraphs, title_lines

COLOURS = {1: "蓝色", 2: "黄色", 3: "红色"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What an order says besides its appeals; ``due_at`` is in the bureau's zone.

    ``bureau`` is its issuer, ``signature`` that with whose seal is borrowed, ``name`` what the
    paper calls itself, ``closing`` the last words of its body.
    ``limit_words`` is the feedback limit as spoken (3个工作日), ``copies`` whom it is
    copied to (抄送), ``code`` proves the paper against the trail.
    """

    bureau: str
    signature: str
    kind: str
    name: str
    level: int
    number: str
    title: str
    cause: str
    demands: tuple[str, ...]
    unit: str
    limit_words: str
    due_at: datetime | None
    closing: str
    contact: str
    phone: str
    code: str
    copies: tuple[str, ...] = ()


def order_content(
    heading: Heading,
    facts: Sequence[Facts],
    at: datetime,
    policy: OrderPolicy,
    statements: Sequence[Statement],
    *,
    annexed: Sequence[Facts] = (),
    derivations: Sequence[Row] = (),
    note: str = "",
) -> Content:
    """Return an order as of ``at`` that makes these ``statements``.

    ``annexed`` are appeals that it lists though it is not about each of them.
    ``derivations`` are rows of the annex that reckons deadlines, ``note`` says what it leaves out.
    """
    listed = facts or annexed
    rows = _rows(listed, at, merged=bool(facts))
    more = len(rows) - len(listed)
    annexes = _annexes(
        len(listed) if len(facts) != 1 or more else 0, more, derived=bool(derivations)
    )
    values: dict[str, Value] = {
        "机关标志": heading.bureau + heading.name,
        "文种": (COLOURS[heading.level] if heading.kind == ORDER else "") + heading.name,
        "紧急程度": "特急" if any(one.urgency == "特急" for one in facts) else "",
        "密级": "",
        "文号": heading.number,
        "标题": title_lines(heading.title, (heading.unit, heading.bureau)),
        "主送": heading.unit,
        "前情": paragraphs(statements, "前情"),
        "事实": paragraphs(statements, "事实"),
        "领导批示": paragraphs(statements, "领导批示"),
        "督办要求": heading.demands,
        "反馈期限": chinese_due(heading.due_at) if heading.due_at else "",
        "反馈时限": heading.limit_words,
        "限时要求": _asked(heading, facts, policy),
        "结语": heading.closing,
        "件数": _count(len(listed), more),
        "诉求清单": rows,
        "核算单": tuple(derivations),
        "核算单附注": note,
        "清单附件号": "",
        "核算单附件号": "",
        **annexes,
        **_end(heading, at),
    }
    return Content(heading.kind, values, tuple(statements), at)


def _end(heading: Heading, at: datetime) -> dict[str, Value]:
    """Return what stands at the end of a paper."""
    return {
        "署名": heading.signature,
        "成文日期": chinese_date(at),
        "印发机关": heading.bureau,
        "印发日期": chinese_date(at),
        "抄送": "，".join(heading.copies) + "。" if heading.copies else "",
        "联系人": heading.contact,
        "联系电话": heading.phone,
        "核验码": heading.code,
    }


def _asked(heading: Heading, facts: Sequence[Facts], policy: OrderPolicy) -> str:
    """Return what has to be done by the date: nothing that is done is asked for again."""
    if heading.due_at is None:
        return ""
    asks = policy.asks
    ask = asks.finish if not facts or any(one.closed is None for one in facts) else asks.account
    if heading.cause == LAST_PLACE:
        ask = asks.report
    return f"请于{chinese_due(heading.due_at)}前（{heading.limit_words}内）{ask}。"


def _count(listed: int, merged: int) -> str:
    """Return how many appeals a list has: each one, and what is merged into them beside."""
    return f"{listed}件，另并入{merged}件" if merged else f"{listed}件"


def _annexes(listed: int, merged: int, *, derived: bool) -> dict[str, Value]:
    """Return the annexes in their order, the list, the derivations, the slip, and their labels."""
    titles = {"清单附件号": f"涉及工单清单（{_count(listed, merged)}）"} if listed else {}
    titles |= {"核算单附件号": "办结时限核算单"} if derived else {}
    titles["回执附件号"] = "督办单回执"
    if len(titles) == 1:
        return {"附件": tuple(titles.values()), "回执附件号": "附件"}
    told = tuple(f"{n}.{title}" for n, title in enumerate(titles.values(), 1))
    return {"附件": told, **{field: f"附件{n}" for n, field in enumerate(titles, 1)}}


def _rows(listed: Sequence[Facts], at: datetime, *, merged: bool) -> tuple[Row, ...]:
    """Return the rows of a list; ``merged``: what is under a lead and not listed follows it."""
    told = {one.number for one in listed}
    rows: list[Row] = []
    for one in listed:
        rows.append(_row(len(rows) + 1, one, at))
        lead = len(rows)
        under = [each for each in one.merged if merged and each.number not in told]
        rows += [_joined(lead + n, lead, one, each, at) for n, each in enumerate(under, 1)]
    return tuple(rows)


def _joined(n: int, lead: int, one: Facts, joined: Joined, at: datetime) -> Row:
    """Return the row of what is under a lead, in whose time it is answered."""
    return {
        "序号": str(n),
        "工单编号": joined.number,
        "诉求事项": joined.title,
        "来源渠道": joined.channel,
        "受理日期": dotted(joined.received_at.date(), at.date()),
        "办结时限": dotted(due_day(one.due_at) if one.due_at else None, at.date()),
        "办理情况": f"并入第{lead}项",
    }


def _row(n: int, one: Facts, at: datetime) -> Row:
    today = at.date()
    rating = one.result.word if one.result is not None else ""
    return {
        "序号": str(n),
        "工单编号": one.number,
        "诉求事项": one.title,
        "来源渠道": one.channel,
        "受理日期": dotted(one.received.at.date(), today),
        "办结时限": dotted(due_day(one.due_at) if one.due_at else None, today),
        "办理情况": "\n".join(filter(None, (in_a_word(one), rating))),
    }
