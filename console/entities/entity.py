"""``duban entity``: firms under several names, suggestions to decide on, decisions by document."""

from __future__ import annotations

from typing import Any

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, say, typed_day, verb_group
from console.frame import WrongUsage
from models import entities
from models.entities import DECISIONS, STATES, Course, EntityView, SuggestionView

app = verb_group("被反映主体：企业的各个名称、换名建议、处理决定。只登记组织，不登记个人。")

ENTITY: tuple[Fact[EntityView], ...] = (
    Fact("id", "编号", number=True),
    Fact("name", "名称"),
    Fact(
        "names", "又名", value=lambda one: _others(one), shown=lambda one: "、".join(_others(one))
    ),
    Fact(
        "decisions",
        "处理决定",
        value=lambda one: [told.number for told in one.standing],
        shown=lambda one: "、".join(told.number for told in one.standing),
    ),
)

SUGGESTION: tuple[Fact[SuggestionView], ...] = (
    Fact("id", "编号", number=True),
    Fact("state", "状态", shown=lambda one: one.label),
    Fact("earlier", "原名", value=lambda one: one.old_name),
    Fact("later", "新名", value=lambda one: one.new_name),
    Fact("weight", "分量", number=True),
    Fact("known_on", "最早可知", value=lambda one: one.known_on.isoformat()),
    Fact("why", value=lambda one: list(one.words)),
    Fact("decided_reason"),
)


def _others(one: EntityView) -> list[str]:
    return [name.written for name in one.current if name.written != one.name]


def _found(call: Call, typed: str) -> EntityView:
    with call.store().reading() as reader:
        return entities.entity_named(reader, typed)


def _show_suggestions(call: Call, found: list[SuggestionView]) -> None:
    masked = call.store().policy.privacy.on_screen.text

    def show() -> None:
        say(f"{len(found)}条")
        for one in found:
            said = (
                f"（{one.decided_by}：{one.decided_reason or '未写理由'}）"
                if one.decided_by
                else ""
            )
            say(
                "",
                f"{one.id}  {one.old_name} → {one.new_name} · {one.label}{said}"
                f" · 分量{one.weight} · 最早可知 {one.known_on:%Y-%m-%d}",
                *(f"  {masked(line)}" for line in one.words),
            )

    value = call.objects(SUGGESTION, found)
    for row in value:
        row["why"] = [masked(line) for line in row["why"]]
    call.answer(value, show)


def _answer(call: Call, one: EntityView) -> None:
    call.answer_rows(ENTITY, [one])


@app.command("list", cls=Verb, help="列出已登记的主体和它们的各个名称。")
def list_entities(ctx: typer.Context) -> None:
    """List the firms that are registered."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = entities.known_entities(reader)
    call.answer_rows(ENTITY, found, none="还没有登记的主体：先用 duban entity suggest 查找换名")


@app.command("show", cls=Verb, help="一个主体：名称沿革、诉求走势、处理决定、别名建议。")
def show_entity(
    ctx: typer.Context, name: str = argument("主体", "编号、名称或名称的一部分")
) -> None:
    """Show one firm."""
    call = call_of(ctx)
    store, one = call.store(), _found(call, name)
    with store.reading() as reader:
        courses = entities.courses_of(reader, store, one.cores)
        among = entities.suggestions_among(reader, one.cores)
    value = call.objects(ENTITY, [one])[0]
    value |= {
        "names": [
            call.object(told, "written", "since", "until", "source", "confirmed_by", "left_reason")
            for told in one.names
        ],
        "decisions": [
            call.object(told, "id", "written", "kind", "number", "organ", "day", "revoked_reason")
            for told in one.decisions
        ],
        "appeals": [_course(told) for told in courses],
        "suggestions": [told.id for told in among],
    }
    call.answer(value, lambda: _show(one, courses, among))


def _course(told: Course) -> dict[str, Any]:
    days = {"first": told.first.isoformat(), "last": told.last.isoformat()}
    return {"name": told.written, "appeals": told.appeals, **days}


def _show(one: EntityView, courses: list[Course], among: list[SuggestionView]) -> None:
    say(f"{one.id} {one.name}", "", "名称")
    for name in one.names:
        left = f" · 已分开：{name.left_reason}" if name.left_at else ""
        told = " · ".join(filter(None, (name.span, name.source, f"{name.confirmed_by}确认")))
        say(f"  {name.written} · {told}{left}")
    say("", "诉求（近两年，举报件、保密件不计）")
    for ran in courses:
        say(f"  {ran.written} {ran.appeals}件 {ran.first:%Y-%m-%d}至{ran.last:%Y-%m-%d}")
    if one.decisions:
        say("", "处理决定")
    for document in one.decisions:
        gone = f" · 已撤回：{document.revoked_reason}" if document.revoked_at else ""
        by = f"{document.organ} {document.day:%Y-%m-%d}"
        say(f"  {document.id} {document.kind} {by} {document.number}{gone}")
    if among:
        say("", "别名建议")
    for each in among:
        say(f"  {each.id} {each.old_name} → {each.new_name} · {each.label}")


@app.command("suggest", cls=Verb, help="查找换名：读新到的诉求，列出待确认的别名建议和理由。")
def suggest(
    ctx: typer.Context,
    state: str | None = option("--state", "状态", "只列、不查找：待确认 已确认 已否认 不再成立"),
) -> None:
    """Look for names that may be one firm's, and list what waits for a decision."""
    call = call_of(ctx)
    store = call.store()
    if state is None:
        entities.suggest(store)
    with store.reading() as reader:
        found = entities.suggestions(reader, [_state(state or "open")])
    _show_suggestions(call, found)


def _state(typed: str) -> str:
    for code, word in STATES.items():
        if typed in (code, word):
            return code
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(STATES.values())}")


@app.command("confirm", cls=Verb, help="确认同一主体：两个名称归到一个主体。")
def confirm(
    ctx: typer.Context,
    id: int = argument("编号", "别名建议的编号"),
    reason: str = option("--reason", "理由", "凭什么确认", ""),
) -> None:
    """Confirm that two names are one firm's."""
    call = call_of(ctx)
    _answer(call, entities.confirm_alias(call.store(), id, reason=reason))


@app.command("refuse", cls=Verb, help="否认同一主体：这两个名称不再提出。")
def refuse(
    ctx: typer.Context,
    id: int = argument("编号", "别名建议的编号"),
    reason: str = option("--reason", "理由", "为什么不是", ""),
) -> None:
    """Say that two names are not one firm's."""
    call = call_of(ctx)
    _show_suggestions(call, [entities.refuse_alias(call.store(), id, reason=reason)])


@app.command("name", cls=Verb, help="登记主体，或给主体登记名称：更名写 --replaces 和 --since。")
def name_entity(
    ctx: typer.Context,
    written: str = argument("名称", "单位全称或简称，个体工商户写字号"),
    of: str | None = option("--of", "主体", "归到哪个主体，不写为新登记"),
    since: str | None = option("--since", "日期", "从哪天起用，例如 2026-03-01"),
    replaces: str | None = option("--replaces", "旧名", "更名前的名称，用到前一日止"),
    source: str = option("--source", "依据", "变更登记、来函等", ""),
) -> None:
    """Register a firm, or one of its names."""
    call = call_of(ctx)
    done = entities.name_entity(
        call.store(),
        None if of is None else _found(call, of).id,
        written,
        since=None if since is None else typed_day(since),
        replaces=replaces,
        source=source,
    )
    _answer(call, done)


@app.command("decision", cls=Verb, help="登记处理决定：文书名、文号、机关、日期都要写；也可撤回。")
def decision(
    ctx: typer.Context,
    name: str = argument("名称", "受处理的名称；撤回时写处理决定的编号"),
    kind: str = option("--kind", "文书", "、".join(DECISIONS), DECISIONS[0]),
    number: str = option("--number", "文号", "文书的文号", ""),
    organ: str = option("--organ", "机关", "作出决定的机关", ""),
    day: str | None = option("--date", "日期", "文书日期，例如 2026-03-01"),
    revoke: str | None = option("--revoke", "理由", "撤回这一决定的理由"),
) -> None:
    """Name the document of a decision against a firm, or take one back."""
    call = call_of(ctx)
    if revoke is not None:
        if not name.isdecimal():
            raise WrongUsage("撤回要写处理决定的编号：用 duban entity show 查看")
        done = entities.revoke_decision(call.store(), int(name), reason=revoke)
    elif day is None:
        raise WrongUsage("请写文书日期：--date 2026-03-01")
    else:
        done = entities.add_decision(
            call.store(), name, kind=kind, number=number, organ=organ, day=typed_day(day)
        )
    names = ("id", "written", "kind", "number", "organ", "day", "revoked_reason")
    state = "已撤回" if done.revoked_at else "已登记"
    call.answer(
        call.object(done, *names), lambda: say(f"{state} {done.id} {done.written} {done.number}")
    )


@app.command(
    "separate", cls=Verb, help="分开名称：从主体里拿出一个名称，另立主体，不再与它一起提出。"
)
def separate(
    ctx: typer.Context,
    entity: str = argument("主体", "编号或名称"),
    name: str = argument("名称", "要分开的名称"),
    reason: str = option("--reason", "理由", "为什么分开", ...),
) -> None:
    """Take a name out of a firm again."""
    call = call_of(ctx)
    found = _found(call, entity)
    _answer(call, entities.separate_name(call.store(), found.id, name, reason=reason))


@app.command("join", cls=Verb, help="合并主体：后一个的名称全部归到前一个。")
def join(
    ctx: typer.Context,
    into: str = argument("主体", "保留的主体，编号或名称"),
    other: str = argument("主体", "并入的主体，编号或名称"),
    reason: str = option("--reason", "理由", "凭什么合并", ...),
) -> None:
    """Make two firms one."""
    call = call_of(ctx)
    first, second = _found(call, into), _found(call, other)
    _answer(call, entities.join_entities(call.store(), first.id, second.id, reason=reason))
