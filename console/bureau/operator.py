"""``duban operator``: who works here, and what each may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    unit_id,
    verb_group,
)
from console.frame import WrongUsage
from models.bureau import (
    OperatorView,
    add_operator,
    all_operators,
    assign_units,
    change_roles,
    switch_off,
)
from rules.bureau import ROLE_NAMES

ROLES_TOLD = "、".join(f"{word}（{role}）" for role, word in ROLE_NAMES.items())

Login = Annotated[
    str, typer.Argument(metavar="登录名", help="操作系统用户；PostgreSQL 库为数据库登录")
]

app = verb_group(f"操作员与权限。权限有：{ROLES_TOLD}。")


@app.command("list", cls=Verb, help="列出操作员与各自的权限。")
def operator_list(ctx: typer.Context) -> None:
    """List the operators, those who left included."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = all_operators(reader)
    call.answer_rows(FACTS, found)


@app.command("add", cls=Verb, help="添加操作员；已停用的由此恢复。")
def operator_add(
    ctx: typer.Context,
    login: Login,
    name: str | None = option("--name", "姓名", "姓名，不写同登录名"),
    role: list[str] | None = option("--role", "权限", "可写多次；不写为查看"),
) -> None:
    """Let somebody in with some roles."""
    call = call_of(ctx)
    roles = [_role(word) for word in role or ("viewer",)]
    _answer(call, add_operator(call.store(create=True), login, name, roles), "已添加")


@app.command(
    "role",
    cls=Verb,
    help="增减权限：duban operator role 登录名 +签发 -查看",
    context_settings={"ignore_unknown_options": True},
)
def operator_role(
    ctx: typer.Context,
    login: Login,
    changes: list[str] = argument("+权限|-权限", "加号授予，减号收回，可写多个"),
) -> None:
    """Give roles and take roles."""
    call = call_of(ctx)
    give, take = _changes(changes)
    _answer(call, change_roles(call.store(), login, give, take), "已改权限")


@app.command("units", cls=Verb, help="指定联系单位：此人打开队列先看这些单位的件；不写增减则列出。")
def operator_units(
    ctx: typer.Context,
    login: Login,
    add: list[str] | None = option("--add", "单位", "加上的单位，可写多次"),
    drop: list[str] | None = option("--drop", "单位", "去掉的单位，可写多次"),
) -> None:
    """Let somebody look after units."""
    call = call_of(ctx)
    new, gone = ([unit_id(call, word) for word in words or ()] for words in (add, drop))
    if new or gone:
        _answer(call, assign_units(call.store(), login, new, gone), "已改联系单位")
        return
    with call.store().reading() as reader:
        found = [one for one in all_operators(reader) if one.login == login]
    call.answer_rows(FACTS, found, none=f"没有操作员 {login}：用 duban operator list 查看")


@app.command("off", cls=Verb, help="停用操作员；办过的事仍署其名。")
def operator_off(
    ctx: typer.Context,
    login: Login,
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
) -> None:
    """Let somebody act no more."""
    call = call_of(ctx)
    _answer(call, switch_off(call.store(), login, reason), "已停用")


def _changes(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Read ``+signer -viewer`` into what is given and what is taken."""
    give: list[str] = []
    take: list[str] = []
    for word in words:
        if word[:1] in ("+", "＋"):
            give.append(_role(word[1:]))
        elif word[:1] in ("-", "－"):
            take.append(_role(word[1:]))
        else:
            raise WrongUsage(f"看不懂 {word}：授予写 +{word}，收回写 -{word}")
    return give, take


def _role(word: str) -> str:
    """Return a role named in either language."""
    for role, name in ROLE_NAMES.items():
        if word in (role, name, f"{name}员"):
            return role
    raise WrongUsage(f"没有权限 {word}：可写 {ROLES_TOLD}")


def _roles(one: OperatorView) -> str:
    return "、".join(ROLE_NAMES[role] for role in one.roles)


FACTS: tuple[Fact[OperatorView], ...] = (
    Fact("login", "登录名"),
    Fact("name", "姓名"),
    Fact("active", "状态", shown=lambda one: "在用" if one.active else "停用"),
    Fact("roles", "权限", shown=_roles),
    Fact("units", "联系单位", shown=lambda one: "、".join(one.units)),
    Fact("created_at"),
)


def _answer(call: Call, one: OperatorView, done: str) -> None:
    units = f"，联系单位：{'、'.join(one.units)}" if one.units else ""
    told = f"{done} {one.name}（{one.login}），权限：{_roles(one) or '无'}{units}"
    call.answer(call.objects(FACTS, [one])[0], lambda: say(told))
