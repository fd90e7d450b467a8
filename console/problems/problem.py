"""``duban problem``: what several citizens mean at once, and what a person decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    progress,
    say,
    say_table,
    verb_group,
)
from console.frame import WrongUsage
from models import problems
from models.problems import (
    PROBLEM_STATES,
    STANDING,
    ProblemAppeal,
    ProblemFilter,
    ProblemLine,
    Reason,
    Share,
    Spread,
)
from models.views import ticket_ids
from rules.errors import Refused

app = verb_group("共性问题：几名诉求人说的是同一件事。自动归并，人来确认、否定、命名、拆合。")

PROBLEM: tuple[Fact[ProblemLine], ...] = (
    Fact("id", "编号", number=True),
    Fact("name", "问题"),
    Fact("state", "状态", shown=lambda one: one.state_name),
    Fact("reporters", "诉求人", number=True),
    Fact("appeals", "件数", number=True),
    Fact("area", "地方"),
    Fact("category", "类别"),
    Fact("known_at", "可发现"),
    Fact("last_at", "最近一件"),
    Fact("first_at"),
    Fact("named"),
    Fact("version"),
    Fact("joined_id"),
)

APPEAL: tuple[Fact[ProblemAppeal], ...] = (
    Fact("number", "编号"),
    Fact("title", "标题"),
    Fact("unit", "单位"),
    Fact("status", "状态"),
    Fact("channel", "渠道"),
    Fact("received_at", "受理"),
    Fact(
        "why",
        "凭什么",
        value=lambda one: [_told(why) for why in one.why],
        shown=lambda one: _why(one),
    ),
    Fact("weight"),
    Fact("by_hand"),
)

MOST = 20
"""Appeals of a problem that a person is shown at once."""


def _told(why: Reason) -> dict[str, object]:
    return {"kind": why.kind, "text": why.text, "weight": why.weight}


def _why(one: ProblemAppeal) -> str:
    if one.by_hand:
        return "人工列入"
    return "、".join(why.text for why in one.why[:3])


@dataclass(frozen=True)
class _Whole:
    """One problem with all that is told of it."""

    line: ProblemLine
    appeals: list[ProblemAppeal]
    spread: Spread
    days: dict[date, int]


@app.command("list", cls=Verb, help="列出共性问题，不同诉求人多的在前；举报件、保密件不计。")
def list_problems(
    ctx: typer.Context,
    state: str | None = option("--state", "状态", "、".join(PROBLEM_STATES.values())),
    since: str | None = option("--since", "时间", "此时起还有来件的"),
    category: str | None = option("--category", "类别", "类别或其上级"),
    area: str | None = option("--area", "地方", "地方名称的一部分"),
    text: str | None = option("--text", "文字", "问题名称的一部分"),
    reporters: int = option("--reporters", "人数", "至少几名不同诉求人", 0),
    limit: int = option("--limit", "条数", "最多列几个", 50),
) -> None:
    """List the problems."""
    call = call_of(ctx)
    states = STANDING if state is None else (_state(state),)
    wanted = ProblemFilter(states, call.at(since), category, area, text, reporters)
    with call.store().reading() as reader:
        found = problems.problems(reader, wanted, limit=limit)
        total = problems.problem_count(reader, wanted)

    def show() -> None:
        call.table(PROBLEM, found)
        if total > len(found):
            say(f"共{total}个，列了前{len(found)}个：可写 --limit {total}")

    none = "没有这样的共性问题：导入诉求后自动归并，也可用 duban problem refresh"
    call.answer(call.objects(PROBLEM, found), lambda: show() if found else say(none))


@app.command(
    "show", cls=Verb, help="一个共性问题：单位、渠道、地方、逐日件数、诉求和凭什么归到一起。"
)
def show_problem(
    ctx: typer.Context,
    id: int = argument("编号", "共性问题的编号"),
    limit: int = option("--limit", "条数", "最多列几件诉求", MOST),
) -> None:
    """Show one problem."""
    call = call_of(ctx)
    whole = _whole(call, id, limit)
    value = call.objects(PROBLEM, [whole.line])[0]
    value |= {
        name: [call.object(share, "name", "appeals", "open") for share in found]
        for name, found in _shares(whole.spread)
    }
    names = ("id", "kind", "text", "appeals", "among_all")
    value["keys"] = [call.object(key, *names) for key in whole.spread.keys]
    value["days"] = {day.isoformat(): n for day, n in sorted(whole.days.items())}
    value["tickets"] = call.objects(APPEAL, whole.appeals)
    call.answer(value, lambda: _show(call, whole))


def _whole(call: Call, id: int, limit: int) -> _Whole:
    store = call.store()
    with store.reading() as reader:
        line = _found(call, id)
        masking = store.policy.privacy.on_screen
        appeals = problems.problem_appeals(reader, id, masking=masking, limit=limit)
        spread = problems.spread_of(reader, id)
        days = problems.days_of(reader, [id], store.timekeeper().zone)
    return _Whole(line, appeals, spread, dict(days.get(id, {})))


def _shares(spread: Spread) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    return ("units", spread.units), ("channels", spread.channels), ("places", spread.places)


def _show(call: Call, whole: _Whole) -> None:
    line = whole.line
    call.table(PROBLEM, [line])
    if line.known_at is not None:
        alarm = call.store().policy.problems.alarm
        say("", f"第{alarm}名诉求人反映于 {call.clock(line.known_at)}：那时已能发现")
    for heading, (_, found) in zip(("单位", "渠道", "地方"), _shares(whole.spread), strict=True):
        say("", heading)
        for one in found[:8]:
            say(f"  {one.name or '不详'} {one.appeals}件 未结{one.open}件")
    say("", "凭什么（可用于 duban problem split --key）")
    say_table(
        ["种类", "关键词", "本问题", "全部"],
        [
            [problems.KIND_NAMES[key.kind], key.text, key.appeals, key.among_all]
            for key in whole.spread.keys[:12]
        ],
        numbers=["本问题", "全部"],
    )
    say("", f"诉求（{line.appeals}件，列{len(whole.appeals)}件）")
    call.table(APPEAL, whole.appeals)


def _state(typed: str) -> str:
    for code, word in PROBLEM_STATES.items():
        if typed in (code, word):
            return code
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(PROBLEM_STATES.values())}")


def _found(call: Call, id: int) -> ProblemLine:
    with call.store().reading() as reader:
        found = problems.problem_of(reader, id)
    if found is None:
        raise Refused(f"没有第{id}号共性问题：编号见 duban problem list")
    return found


def _answer(call: Call, id: int, told: str) -> None:
    """Tell what became of a problem, and show it."""
    line = _found(call, id)

    def show() -> None:
        say(told)
        call.table(PROBLEM, [line])

    call.answer(call.objects(PROBLEM, [line])[0], show)


@app.command("confirm", cls=Verb, help="确认是共性问题。")
def confirm(ctx: typer.Context, id: int = argument("编号", "共性问题的编号")) -> None:
    """Confirm that it is one problem."""
    call = call_of(ctx)
    problems.confirm_problem(call.store(), id)
    _answer(call, id, "已确认")


@app.command("refuse", cls=Verb, help="否定：不是共性问题，同样的来件不再提出。")
def refuse(
    ctx: typer.Context,
    id: int = argument("编号", "共性问题的编号"),
    reason: str = option("--reason", "理由", "为什么不是", ""),
) -> None:
    """Say that it is no problem."""
    call = call_of(ctx)
    problems.refuse_problem(call.store(), id, reason=reason)
    _answer(call, id, "已否定：同样的来件不再提出")


@app.command("name", cls=Verb, help="命名：以后来件再多，名称不变。")
def name(
    ctx: typer.Context,
    id: int = argument("编号", "共性问题的编号"),
    name: str = argument("名称", "例如 丽发新城搅拌站"),
) -> None:
    """Give a problem its name."""
    call = call_of(ctx)
    problems.name_problem(call.store(), id, name=name)
    _answer(call, id, "已命名")


@app.command("link", cls=Verb, help="把诉求列入共性问题；举报件、保密件不能列入。")
def link(
    ctx: typer.Context,
    id: int = argument("编号", "共性问题的编号"),
    numbers: list[str] = argument("工单编号", "可写多个"),
) -> None:
    """Link tickets to a problem."""
    call = call_of(ctx)
    done = problems.link_tickets(call.store(), id, tickets=_tickets(call, numbers))
    _answer(call, id, f"已列入{done}件")


@app.command(
    "split", cls=Verb, help="拆出诉求，不再自动归回；写 --key 把含该关键词的另立一个问题。"
)
def split(
    ctx: typer.Context,
    id: int = argument("编号", "共性问题的编号"),
    numbers: list[str] | None = argument("工单编号", "可写多个", None),
    key: str | None = option("--key", "关键词", "或其编号，见 duban problem show"),
) -> None:
    """Take tickets out of a problem, or make one of all that are tied by a key."""
    call = call_of(ctx)
    if (key is None) == (not numbers):
        raise WrongUsage("要么写工单编号，要么写 --key：用法见 duban problem split --help")
    if key is not None:
        new = problems.split_by_key(call.store(), id, key_id=_key(call, id, key))
        _answer(call, new, f"已另立第{new}号共性问题")
        return
    done = problems.split_tickets(call.store(), id, tickets=_tickets(call, numbers or []))
    _answer(call, id, f"已拆出{done}件：不再自动归回")


@app.command("join", cls=Verb, help="两个问题是一回事：后一个并入前一个。")
def join(
    ctx: typer.Context,
    id: int = argument("编号", "留下的共性问题"),
    other: int = argument("编号", "并入的共性问题"),
) -> None:
    """Put one problem into another."""
    call = call_of(ctx)
    done = problems.join_problems(call.store(), id, other=other)
    _answer(call, id, f"已并入{done}件")


@app.command("refresh", cls=Verb, help="归并还没有归并的诉求；导入和登记之后自动做，可中断再做。")
def refresh(ctx: typer.Context) -> None:
    """Link what was not linked yet."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        waiting = problems.waiting_count(reader)
    with progress("归并", waiting) as moved:
        done = problems.link_new(store, progress=moved)
    value = call.object(done, "tickets", "linked", "found")
    call.answer(
        value,
        lambda: say(f"看过{done.tickets}件：{done.linked}件归入共性问题，新发现{done.found}个"),
    )


def _key(call: Call, id: int, typed: str) -> int:
    """Return the number of a key that appeals of a problem share."""
    with call.store().reading() as reader:
        shared = problems.spread_of(reader, id, keys=500).keys
    for one in shared:
        if typed in (one.text, str(one.id)):
            return one.id
    raise Refused(f"这个共性问题里没有两件以上都有的关键词“{typed}”：见 duban problem show {id}")


def _tickets(call: Call, numbers: list[str]) -> list[int]:
    with call.store().reading() as reader:
        return ticket_ids(reader, numbers)
