"""The sentences of an order: what may be said of its appeals, each with what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rules.clocks import chinese_date, chinese_day, chinese_due, chinese_moment
from rules.orders.facts import Act, Facts
from rules.orders.merged import merged_statements
from rules.paper import Statement

FIELD = "事实"

STANDING = {
    "overdue": "逾期未办结",
    "awaiting-late": "逾期答复待审核",
    "awaiting": "按期答复待审核",
    "paused": "经批准挂起",
    "supplementing": "等待诉求人补正",
    "waiting": "退回待派",
    "running": "在办理时限内",
    "unlimited": "尚未办结",
    "closed-late": "逾期办结",
    "closed": "按期办结",
}
"""How appeals may stand, in the order in which they are counted."""


def standing(one: Facts) -> str:
    """Return which of ``STANDING`` an appeal is: what has ended is late or in time."""
    ended = one.state in ("awaiting", "closed")
    return f"{one.state}-late" if ended and one.late else one.state


def in_a_word(one: Facts) -> str:
    """Return how an appeal stood as a line of a list says it: 逾期未办结 超期3个工作日."""
    state = standing(one)
    if state == "closed" and one.due_at is None:
        return "已办结"
    if state in ("overdue", "running"):
        return one.remaining
    return STANDING[state]


STOPS = ("。", "！", "？", "；", "：")
"""A paragraph that ends so needs no other stop."""


def order_statements(
    facts: Sequence[Facts],
    at: datetime,
    we: str,
    *,
    further: Sequence[Statement] = (),
    evidence: Sequence[str] = (),
    cause: str = "",
) -> tuple[Statement, ...]:
    """Return what an order says of its appeals as they stood at ``at``; ``we`` is its issuer.

    ``further`` is said beside them, ``evidence`` is what a flag rests on, one sentence a line.
    Without any of them its ``cause`` is told.
    """
    if len(facts) == 1:
        told = [*_one_matter(facts[0], at, we)]
    else:
        told = [*_several(facts, at)] if facts else []
    told += further
    if not evidence and not any(one.field == FIELD for one in told):
        evidence = f"督办事由：{cause}".splitlines()
    lines = [line if line.endswith(STOPS) else f"{line}。" for line in evidence]
    return (*told, *(Statement("ground", line, FIELD) for line in lines))


def _one_matter(one: Facts, at: datetime, we: str) -> Iterator[Statement]:
    def said(claim: str, text: str, *events: int, joined: bool = True) -> Statement:
        return Statement(claim, text, FIELD, _once(events), (one.number,), joined)

    yield said(
        "received",
        f"{chinese_date(one.received.at)}，群众通过{one.channel}反映“{one.title}”"
        f"（工单编号：{one.number}）。",
        *one.received.events,
        joined=False,
    )
    today = at.date()
    if one.dispatched is not None:
        handed = one.handed or one.dispatched
        known = one.handed is not None or not one.assumed
        to = f"于{chinese_day(handed.at, today)}交{_whom(one)}办理" if known else _held_by(one)
        by = f"，应于{chinese_due(one.due_at, today)}前办结" if one.due_at else ""
        yield said("dispatched", f"该诉求{to}{by}。", *handed.events, *one.due_events)
    yield said(standing(one), _stood(one, at, we), *one.events)
    yield from merged_statements([one])
    if course := _course(one):
        replied = [seq for act in (*one.replies, *one.sent_back) for seq in act.events]
        yield said("course", course, *replied, *one.events)
    if rated := _rated(one, today):
        acts = [act for act in (one.result, one.work) if act is not None]
        yield said("rated", rated, *(seq for act in acts for seq in act.events))
    if one.summary and one.summary != one.title:
        yield said("summary", f"诉求内容：{one.summary}", *one.received.events, joined=False)


def _whom(one: Facts) -> str:
    if one.ours:
        return "你单位"
    return f"{one.lead}主办、你单位协助" if one.helps else one.lead


def _held_by(one: Facts) -> str:
    """Return who handles an appeal of which nobody was told when it was dispatched."""
    if one.ours:
        return "由你单位办理"
    return f"由{one.lead}主办、你单位协助办理" if one.helps else f"由{one.lead}办理"


def _stood(one: Facts, at: datetime, we: str) -> str:
    """Return how an appeal stood, in a sentence of its own."""
    today, state = at.date(), standing(one)
    until = f"截至{chinese_moment(at)}，"
    who = "你单位" if one.ours else one.lead
    match state:
        case "overdue":
            return f"{until}尚未办结，{one.remaining}。"
        case "running":
            return f"{until}尚未办结，在办理时限内（{one.remaining}）。"
        case "unlimited":
            return f"{until}尚未办结。"
        case "waiting":
            return f"{until}退回{we}待派。"
        case "paused":
            assert one.paused is not None
            how = one.paused.word or "挂起"
            return f"自{chinese_day(one.paused.at, today)}起经批准{how}，不计办理时限。"
        case "supplementing":
            assert one.paused is not None
            return f"自{chinese_day(one.paused.at, today)}起等待诉求人补正，不计办理时限。"
        case "awaiting" | "awaiting-late":
            assert one.answered is not None
            return f"{who}已于{_moment(one.answered, today)}答复{_kept(one)}，答复待{we}审核。"
    assert one.closed is not None
    if one.answered is not None and one.answered.at < one.closed.at:
        return (
            f"{who}于{_moment(one.answered, today)}答复{_kept(one)}，"
            f"已于{chinese_day(one.closed.at, today)}办结。"
        )
    return f"已于{_moment(one.closed, today)}办结{_kept(one)}。"


def _kept(one: Facts) -> str:
    """Return how a limit was kept by what has ended."""
    if one.due_at is None:
        return ""
    return f"，{one.remaining}" if one.late else "，未超过办结时限"


def _moment(act: Act, today: date) -> str:
    return f"{chinese_day(act.at, today)}{act.at:%H:%M}"


def _course(one: Facts) -> str:
    """Return how often a unit replied and how often it was handled, where that says something."""
    told = []
    if one.sent_back:
        told.append(f"先后答复{len(one.replies)}次，其中{len(one.sent_back)}次被退回")
    elif len(one.replies) > 1:
        told.append(f"先后答复{len(one.replies)}次")
    elif not one.replies and one.closed is None:
        told.append("尚未答复")
    if one.round > 1:
        told.append(f"先后办理{one.round}轮")
    return "，".join(told) + "。" if told else ""


def _rated(one: Facts, today: date) -> str:
    told = []
    if one.result is not None:
        told.append(f"群众于{chinese_day(one.result.at, today)}对办理结果评价{one.result.word}")
    if one.work is not None:
        told.append(f"{'' if told else '群众'}对工作评价{one.work.word}")
    return "，".join(told) + "。" if told else ""


def _several(facts: Sequence[Facts], at: datetime) -> Iterator[Statement]:
    numbers = tuple(one.number for one in facts)
    first = min(one.received.at for one in facts)
    last = max(one.received.at for one in facts)
    since = chinese_date(first)
    if first.date() != last.date():
        since = f"{since}至{chinese_date(last)}"
    received = [seq for one in facts for seq in one.received.events]
    dispatched = [seq for one in facts for seq in (one.handed or one.dispatched or _NONE).events]
    whose = "交你单位办理" if all(one.ours for one in facts) else "交你单位主办或协办"
    yield Statement(
        "received",
        f"{since}，群众反映并{whose}的诉求共{len(facts)}件（清单见附件1）。",
        FIELD,
        _once((*received, *dispatched)),
        numbers,
    )
    groups: dict[str, list[Facts]] = defaultdict(list)
    for one in facts:
        groups[standing(one)].append(one)
    there = [state for state in STANDING if state in groups]
    until = f"截至{chinese_moment(at)}，"
    for state in there:
        held = groups[state]
        all_of_them = len(there) == 1
        told = f"均{STANDING[state]}" if all_of_them else f"{STANDING[state]}{len(held)}件"
        opened = until if state == there[0] else ""
        ended = "。" if state == there[-1] else "，"
        yield _counted(state, f"{opened}{told}{ended}", held)
    yield from merged_statements(facts)
    unsatisfied = [one for one in facts if one.unsatisfied]
    if unsatisfied:
        events = [seq for one in unsatisfied for seq in (one.result or _NONE).events]
        yield Statement(
            "unsatisfied",
            f"群众对办理结果评价不满意{len(unsatisfied)}件。",
            FIELD,
            _once(events),
            tuple(one.number for one in unsatisfied),
            joined=True,
        )
    yield from _longest(groups.get("overdue", []), at)


def _counted(state: str, text: str, held: Sequence[Facts]) -> Statement:
    events = _once(seq for one in held for seq in one.events)
    return Statement(state, text, FIELD, events, tuple(o.number for o in held), joined=True)


def _longest(overdue: Sequence[Facts], at: datetime) -> Iterator[Statement]:
    """Name the appeal that is overdue longest."""
    worst = min(overdue, default=None, key=lambda one: one.due_at or at)
    if worst is None or worst.due_at is None:
        return
    yield Statement(
        "longest",
        f"逾期未办结时间最长的为“{worst.title}”（工单编号：{worst.number}），"
        f"应于{chinese_due(worst.due_at, at.date())}前办结，{worst.remaining}。",
        FIELD,
        worst.events,
        (worst.number,),
    )


_NONE = Act(datetime.min)


def _once(events: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(events))
