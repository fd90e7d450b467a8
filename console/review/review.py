"""``duban review``: what waits to be verified, the next matter, its verdict, the backlog."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    call_of,
    command_of,
    option,
    progress,
    say,
    switch,
    verb_group,
)
from console.frame import WrongUsage
from console.review.checked import figures, signs
from models.review import Backlog, count_backlog, judge, open_backlog, take_next
from models.views import ReviewCase, ReviewRow, review_case, review_rows, ticket_ids
from rules.casework import STEPS, Ask, Step
from rules.errors import DubanError

app = verb_group("核查：逐件核查不满意的评价，给出结论；补开以前的。")

ROW: tuple[Fact[ReviewRow], ...] = (
    Fact("number", "编号"),
    Fact("unit", "单位"),
    Fact("title", "事项"),
    Fact("opened_at", "评价"),
    Fact("due_at", "核查到期"),
    Fact("again_at", "另约"),
    Fact("held", "待批", shown=lambda row: "剔除待批" if row.held else None),
    Fact("holder", "在核", value=lambda row: row.holder or None),
)


@app.command("list", cls=Verb, help="待核查的，等得最久的在前；--held 看等另一人批准的。")
def list_(
    ctx: typer.Context,
    held: bool = switch("--held", "只列剔除待批的"),
    limit: int = option("--limit", "件数", "最多列出多少件", 50),
) -> None:
    """List undecided reviews, or those that a second person decides on."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        masking = store.policy.privacy.on_screen
        found = review_rows(reader, store.now(), limit, held=held, masking=masking)
    call.answer_rows(ROW, found, none="没有待核查的")


@app.command("next", cls=Verb, help="领取下一件：看诉求、答复、评价、同类件；领取后一段时间归您。")
def next_(
    ctx: typer.Context,
    skip: list[str] | None = option("--skip", "工单编号", "这一次不要的，可写多次"),
) -> None:
    """Take the review that has waited longest and show what its verdict rests on."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        unwanted = set(ticket_ids(reader, skip or []))
    passed: list[int] = []
    while (handed := take_next(store, f"cli:{store.operator.login}", passed)) is not None:
        if handed.ticket_id not in unwanted:
            break
        passed.append(handed.review_id)
    case = None if handed is None else _case(call, handed.ticket_id)
    if case is None:
        call.answer(None, lambda: say("没有待核查的，或都由他人在核：duban review list 看全部"))
        return
    call.answer(_object(call, case), lambda: _show(call, case))


def _case(call: Call, ticket_id: int) -> ReviewCase | None:
    store = call.store()
    with store.reading() as reader:
        return review_case(
            reader,
            store.timekeeper(),
            ticket_id,
            store.now(),
            roles=store.operator.roles,
            masking=store.policy.privacy.on_screen,
        )


def _object(call: Call, case: ReviewCase) -> dict[str, Any]:
    ticket, round = case.ticket, case.ticket.round
    clock = case.clock
    return {
        **call.object(ticket, "number", "title", "content"),
        "round": round.n,
        **call.object(round, "unit", "reply", "replied_at", "closed_at", "outcome"),
        **call.object(round, "result_rating", "work_rating", "rated_at"),
        "opened_at": call.iso(case.review.opened_at),
        "due_at": call.iso(clock.due_at) if clock is not None else None,
        "signs": case.signs or None,
        "stock": [reply.stock for reply in case.replies if reply.stock],
        "calls": [
            call.object(one, "round", "at", "result", "caller", "said") for one in case.calls
        ],
        "alike": [
            call.object(one, "number", "title", "closed_at", "outcome", "result_rating", "verdict")
            for one in case.alike
        ],
    }


def _show(call: Call, case: ReviewCase) -> None:
    ticket, round = case.ticket, case.ticket.round
    rated = f"评价：结果{round.result_rating or '未评'}，工作{round.work_rating or '未评'}"
    say(
        f"{ticket.number}  第{round.n}轮  {round.unit or '待派'}",
        ticket.title,
        ticket.content,
        f"答复（{call.clock(round.replied_at) or '没有'}）：{round.reply}",
        f"{rated}（{call.clock(case.review.opened_at)}）",
    )
    if case.signs:
        say(case.signs)
    for one in case.calls:
        say(f"回访 {call.clock(one.at)} {one.result} {one.said}".rstrip())
    for like in case.alike:
        say(f"同类 {call.clock(like.closed_at)} {like.title} {like.outcome} {like.result_rating}")
    say(f"结论：duban review verdict {ticket.number} {'|'.join(_VERBS)}")


_STEPS: tuple[Step, ...] = tuple(step for step in STEPS if step.kind == "review")

_VERBS: dict[str, Step] = {step.command: step for step in _STEPS}

Number = Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")]

Verdict = Annotated[
    str,
    typer.Argument(
        metavar="结论",
        help="、".join(f"{word} {step.name}" for word, step in _VERBS.items()),
    ),
]


def _asked_of_any() -> tuple[Ask, ...]:
    """Return what any verdict asks, each once under all its labels; none is needed by all."""
    asks: dict[str, Ask] = {}
    for step in _STEPS:
        for ask in step.asks:
            known = asks.get(ask.name)
            labels = [known.label] if known is not None else []
            label = "、".join(dict.fromkeys((*labels, ask.label)))
            asks[ask.name] = replace(ask, label=label, needed=False)
    return tuple(asks.values())


def _give(call: Call, numbers: list[str], said: dict[str, Any]) -> None:
    """Give a verdict; what it does not ask is refused, not lost."""
    word = said.pop("verdict")
    step = _VERBS.get(word or "")
    if step is None:
        raise WrongUsage(f"没有结论 {word}：可写 {'、'.join(_VERBS)}")
    asked = {ask.name for ask in step.asks} | {"at"}
    for ask in _asked_of_any():
        if said.get(ask.name) is not None and ask.name not in asked:
            raise WrongUsage(f"{step.name}不用 {ask.flag}；用法见 duban review verdict --help")
    with call.store().reading() as reader:
        ids = ticket_ids(reader, numbers)
    given = {name: value for name, value in said.items() if name in asked}
    done = judge(call.store(), step.verb, ids, **given)
    case = _case(call, ids[0])
    value = {
        "number": numbers[0],
        "verdict": word,
        "state": case.review.state if case is not None else None,
        "orders": [made for made in done.made if isinstance(made, int)],
    }
    call.answer(value, lambda: say(f"已登记 {numbers[0]} {step.name}；duban ticket undo 撤销"))


app.command("verdict", cls=Verb, help="核查结论：写明工单编号和结论，要写的理由见各选项。")(
    command_of((replace(_STEPS[0], asks=_asked_of_any()),), Number, _give, {"verdict": Verdict})
)


@app.command("open", cls=Verb, help="补开核查：某日起评了不满意、还没有核查的；先说有多少件。")
def open_(
    ctx: typer.Context,
    since: str = option("--since", "日期", "评价在这一天以后的，例如 2026-11-01", ...),
    dry_run: bool = switch("--dry-run", "只数，不开"),
) -> None:
    """Open reviews of what was rated 不满意 since a day; their clocks start now."""
    call = call_of(ctx)
    begin = call.at(since)
    assert begin is not None
    with call.store().reading() as reader:
        found = count_backlog(reader, begin)
    total = found.unopened + found.untimed
    told = f"补开核查{found.unopened}件，补起时限{found.untimed}件，时限从现在起算"
    if dry_run or not total:
        call.answer(_opened(found, False), lambda: say(f"要{told}" if total else "没有要补开的"))
        return
    if not call.agreed("现在开？回车不开，y 回车开 ", lambda: say(f"将{told}。")):
        raise DubanError("没有开：要开时再运行一次，答 y")
    with progress("补开核查", total) as moved:
        done = open_backlog(call.store(), begin, moved)
    call.answer(
        _opened(done, True), lambda: say(f"已补开核查{done.unopened}件，补起时限{done.untimed}件")
    )


def _opened(found: Backlog, done: bool) -> dict[str, Any]:
    return {"reviews": found.unopened, "clocks": found.untimed, "done": done}


app.command("figures", cls=Verb, help="核查情况：一期各单位应核、已核、维持、改评、剔除、重办。")(
    figures
)

app.command("signs", cls=Verb, help="值得留意的迹象：附件号和全市比率，是否作假由人判断。")(signs)
