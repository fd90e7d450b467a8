"""``duban order draft`` and ``amend``: papers of every kind, from what each may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from console.command import At, Call, call_of, chosen_period, option, unit_id, warn
from console.frame import WrongUsage
from console.orders.order_facts import named, show
from console.orders.over import OVER
from models import orders
from models.orders import Drafted
from models.ranking import raise_flags
from models.views import ticket_ids
from rules.casework import PAPER_NAMES
from rules.errors import DubanError

KINDS = {kind.replace("_", "-"): kind for kind in PAPER_NAMES}
"""The kinds of paper by the word that is typed."""

SET = typer.Option(
    None, "--set", metavar="项=内容", help="该文种另有的项，可写多次，例如 约谈地点=三楼会议室"
)


def draft(
    ctx: typer.Context,
    tickets: str | None = option("--tickets", "工单", "工单编号，逗号分隔"),
    flag: str | None = option("--flag", "预警", "据此预警拟制（duban flags 所列）"),
    order: str | None = option("--order", "文号", "据此文书拟制：二次督办、催办、约谈、约谈记录"),
    unit: str | None = option("--unit", "单位", "发给此单位，不写则各发主办单位"),
    kind: str = option("--kind", "文种", f"{'、'.join(KINDS)}", "order"),
    cause: str | None = option("--cause", "事由", "事由；只写单位的提示函、约谈须写"),
    level: int = option("--level", "级别", "1 蓝色，2 黄色，3 红色", 1),
    limit: str | None = option("--limit", "时限", "反馈时限，例如 3wd"),
    copy_to: str | None = option("--copy-to", "抄送", "抄送的单位、领导，逗号分隔"),
    set_: list[str] = SET,
    at: At = None,
) -> None:
    """Draft papers from tickets, a flag, a paper that was issued, or to a unit for a cause."""
    call = call_of(ctx)
    kind = kind_of(kind)
    said: dict[str, Any] = {"details": details_of(set_), "at": call.at(at)}
    bases = [basis for basis in (tickets, flag, order) if basis is not None]
    if len(bases) > 1 or not (bases or (unit and cause)):
        raise WrongUsage(
            "--tickets、--flag、--order 要写一个，也只能写一个；或写 --unit 和 --cause"
        )
    to = unit_id(call, unit) if unit else None
    if order is not None:
        drafted = _over(call, kind, order, said)
    elif flag is not None:
        said["copy_to"] = [copy_to or ""]
        drafted = orders.draft_flag(call.store(), _flag_id(call, flag), kind=kind, **said)
    elif tickets is not None:
        said |= {"level": level, "cause": cause, "limit_text": limit, "copy_to": [copy_to or ""]}
        drafted = _from_tickets(call, kind, tickets, to, said)
    else:
        view = orders.draft_to_unit(call.store(), to or 0, kind, str(cause), **said)
        drafted = Drafted((view,), ())
    _name_skipped(drafted)
    show(call, drafted.orders)


def _over(call: Call, kind: str, order: str, said: dict[str, Any]) -> Drafted:
    """Draft a paper over one that was issued."""
    if kind not in OVER:
        raise WrongUsage(f"{PAPER_NAMES[kind]}不据文书拟制：请写 --tickets 或 --flag")
    [former] = named(call, [order])
    return Drafted((OVER[kind](call.store(), former.id, **said),), ())


def _from_tickets(
    call: Call, kind: str, tickets: str, to: int | None, said: dict[str, Any]
) -> Drafted:
    with call.store().reading() as reader:
        ids = ticket_ids(reader, [number for number in _words(tickets) if number])
    return orders.draft(call.store(), ids, unit_id=to, kind=kind, **said)


def amend(
    ctx: typer.Context,
    order: str = typer.Argument(metavar="编号", help="草稿的编号（12）"),
    title: str | None = option("--title", "事项", "督办事项"),
    cause: str | None = option("--cause", "事由", "督办事由"),
    demands: str | None = option("--demands", "要求", "督办要求，分号隔开"),
    limit: str | None = option("--limit", "时限", "反馈时限，例如 3wd"),
    level: int | None = option("--level", "级别", "1 蓝色，2 黄色，3 红色"),
    copy_to: str | None = option("--copy-to", "抄送", "抄送的单位、领导，逗号分隔；写空则不抄送"),
    set_: list[str] = SET,
) -> None:
    """Change what is named of a draft."""
    call = call_of(ctx)
    details = details_of(set_)
    said = (title, cause, demands, limit, level, copy_to, details or None)
    if all(one is None for one in said):
        may = "--title --cause --demands --limit --level --copy-to --set"
        raise WrongUsage(f"没有写明改什么：可写 {may}")
    [view] = named(call, [order])
    changed = orders.edit(
        call.store(),
        view.id,
        view.version,
        title=title,
        cause=cause,
        demands=None if demands is None else orders.demand_lines(demands),
        limit_text=limit,
        level=level,
        copy_to=None if copy_to is None else [copy_to],
        details=details,
    )
    show(call, [changed])


def details_of(said: Sequence[str] | None) -> dict[str, str]:
    """Return what was said of single details: 约谈地点=三楼会议室."""
    found = {}
    for each in said or ():
        name, sign, text = each.replace("＝", "=").partition("=")
        if not sign:
            raise WrongUsage(f"--set {each} 没有等号：写成 --set 约谈地点=三楼会议室")
        found[name.strip()] = text
    return found


def kind_of(typed: str) -> str:
    """Return the kind of paper that is typed: ``referral-crime``, 约谈通知."""
    by_name = {name: kind for kind, name in PAPER_NAMES.items()}
    kind = KINDS.get(typed.replace("_", "-")) or by_name.get(typed)
    if kind is None:
        raise WrongUsage(f"没有文种 {typed}：可写 {'、'.join(KINDS)}")
    return kind


def _flag_id(call: Call, named: str) -> int:
    """Return the flag of an id or a key; one that is only found so far is raised first."""
    if named.isdecimal():
        return int(named)
    for flag in raise_flags(call.store(), chosen_period(call, None, "last")):
        if flag.key == named and flag.id is not None:
            return flag.id
    raise DubanError(f"没有预警 {named}：请用 duban flags 查看")


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").replace("，", ",").split(",")]


def _name_skipped(drafted: Drafted) -> None:
    """Name on stderr what was left out; nothing drafted at all is a refusal."""
    told = "；".join(f"{one.number} {one.reason}" for one in drafted.skipped)
    if told and not drafted.orders:
        raise DubanError(f"没有拟制督办单：{told}")
    if told:
        warn(f"已跳过{len(drafted.skipped)}件：{told}")
