"""``duban order``: the life of a 督办单, from draft to close-out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from console.command import (
    At,
    Call,
    Fact,
    Verb,
    call_of,
    chosen_period,
    command_of,
    commands_of,
    option,
    say,
    switch,
    unit_id,
    verb_group,
    warn,
)
from console.frame import WrongUsage
from console.orders.approval import write_sheet
from console.orders.exports import ledger_workbook, marked_copy, paper_name
from console.orders.paper import order_paper
from console.orders.proving import Proof, proof_object, proof_of, proof_text
from console.paper import void_copy
from models import orders
from models.orders import (
    STATUSES,
    Drafted,
    OrderView,
    SheetForm,
    export_copy,
    export_paper,
    ledger_lines,
    listing,
    order_by_name,
    orders_by_id,
)
from models.ranking import raise_flags
from models.store import Store
from models.views import ticket_ids
from rules.casework import PAPER_NAMES
from rules.errors import DubanError
from seed.putting import papers, put

Ids = Annotated[
    list[str], typer.Argument(metavar="编号", help="督办单的编号（12）或文号，可写多个")
]


def take(verb: str, call: Call, names: list[str], said: dict[str, Any]) -> None:
    """Take a step on the named orders, then answer with how they stand; name what was skipped."""
    ids = [view.id for view in named(call, names)]
    done = orders.follow(call.store(), verb, ids, **said)
    told = "；".join(f"{name} {reason}" for name, reason in done.skipped)
    if told:
        warn(f"已跳过{len(done.skipped)}份：{told}")
    with call.store().reading() as reader:
        show(call, orders_by_id(reader, ids))


def named(call: Call, names: Sequence[str]) -> list[OrderView]:
    """Return the orders of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        ids = [order_by_name(reader, word) for word in words]
        return orders_by_id(reader, ids)


app = verb_group("督办单：拟制、签发、送达、签收、反馈、审核、销号。")

LEVELS = ("", "蓝色", "黄色", "红色")

ORDER: tuple[Fact[OrderView], ...] = (
    Fact("id", "编号", number=True),
    Fact("number", "文号"),
    Fact("kind", "文种", shown=lambda view: PAPER_NAMES[view.kind]),
    Fact("level", "级别", shown=lambda view: LEVELS[view.level]),
    Fact("status", "状态", shown=lambda view: view.label),
    Fact("unit", "单位"),
    Fact("", "事项", shown=lambda view: view.title),
    Fact("due_at", "反馈期限"),
    Fact("tickets", "诉求", shown=lambda view: f"{len(view.tickets)}件", number=True),
)


def show(call: Call, views: Sequence[OrderView]) -> None:
    """Answer with a list of orders."""
    call.answer_rows(ORDER, views, none="没有督办单")


@app.command("draft", cls=Verb, help="拟制督办单：每个主办单位一份。")
def draft(
    ctx: typer.Context,
    tickets: str | None = option("--tickets", "工单", "工单编号，逗号分隔"),
    flag: str | None = option("--flag", "预警", "据此预警拟制（duban flags 所列）"),
    unit: str | None = option("--unit", "单位", "发给此单位，不写则各发主办单位"),
    level: int = option("--level", "级别", "1 蓝色，2 黄色，3 红色", 1),
    limit: str | None = option("--limit", "时限", "反馈时限，例如 3wd"),
    copy_to: str | None = option("--copy-to", "抄送", "抄送的单位、领导，逗号分隔"),
    at: At = None,
) -> None:
    """Draft orders from tickets or from a flag."""
    call = call_of(ctx)
    if (tickets is None) == (flag is None):
        raise WrongUsage("--tickets 和 --flag 要写一个，也只能写一个")
    store = call.store()
    if flag is not None:
        flag_id = _flag_id(call, flag)
        drafted = orders.draft_flag(store, flag_id, copy_to=[copy_to or ""], at=call.at(at))
    else:
        with store.reading() as reader:
            ids = ticket_ids(reader, [n for n in _words(tickets) if n])
        drafted = orders.draft(
            store,
            ids,
            unit_id=unit_id(call, unit) if unit else None,
            level=level,
            limit_text=limit,
            copy_to=[copy_to or ""],
            at=call.at(at),
        )
    _name_skipped(drafted)
    show(call, drafted.orders)


@app.command("amend", cls=Verb, help="修改草稿：只改写明的几项，签发后不能再改。")
def amend(
    ctx: typer.Context,
    order: str = typer.Argument(metavar="编号", help="草稿的编号（12）"),
    title: str | None = option("--title", "事项", "督办事项"),
    cause: str | None = option("--cause", "事由", "督办事由"),
    demands: str | None = option("--demands", "要求", "督办要求，分号隔开"),
    limit: str | None = option("--limit", "时限", "反馈时限，例如 3wd"),
    level: int | None = option("--level", "级别", "1 蓝色，2 黄色，3 红色"),
    copy_to: str | None = option("--copy-to", "抄送", "抄送的单位、领导，逗号分隔；写空则不抄送"),
) -> None:
    """Change what is named of a draft."""
    call = call_of(ctx)
    said = (title, cause, demands, limit, level, copy_to)
    if all(one is None for one in said):
        raise WrongUsage("没有写明改什么：可写 --title --cause --demands --limit --level --copy-to")
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
    )
    show(call, [changed])


@app.command("sign", cls=Verb, help="签发：编文号、生成正式文件，不能撤销。")
def sign(
    ctx: typer.Context,
    ids: Ids,
    signer: str | None = option("--signer", "领导", "签发人，不写为规则中的第一位"),
    basis: str = option("--basis", "依据", "paper 纸质批件，OA，telephone 电话", "paper"),
    as_changed: bool = switch("--as-changed", "打印发文稿纸之后改动过的，按现稿签发"),
    at: At = None,
) -> None:
    """Sign drafts: numbers, papers, clocks."""
    call = call_of(ctx)
    store = call.store()
    leader = signer or next((p.name for p in store.policy.leaders), "")
    wanted = [view.id for view in named(call, ids)]
    signed = orders.sign(
        store,
        wanted,
        signer=leader,
        basis=basis,
        render=order_paper,
        at=call.at(at),
        as_changed=as_changed,
    )
    show(call, signed)


@app.command("check", cls=Verb, help="逐句核对：每句话依据哪几条留痕，现在是否还成立。")
def check(ctx: typer.Context, ids: Ids) -> None:
    """Show the sentences of orders with the events they rest on."""
    call = call_of(ctx)
    proofs = [proof_of(call.store(), view.id) for view in named(call, ids)]
    call.answer(
        [proof_object(one, call.iso) for one in proofs],
        lambda: say(*(line for one in proofs for line in _proved(call, one))),
    )


def _proved(call: Call, proof: Proof) -> list[str]:
    lines = [text for text, _ in proof_text(proof, lambda at: call.clock(at) or "")]
    return [f"{proof.order.name}　{proof.order.unit}", *lines]


@app.command("sheet", cls=Verb, help="打印草稿的发文稿纸（.docx），附拟发全文，送领导审批。")
def sheet(
    ctx: typer.Context,
    ids: Ids,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
    opinion: str = option("--opinion", "意见", "拟办意见", ""),
    urgency: str = option("--urgency", "缓急", "特急、加急，不写为平件", ""),
    secrecy: str = option("--secrecy", "密级", "不写为空", ""),
    copies: str = option("--copies", "份数", "不写留空", ""),
) -> None:
    """Write the sheet on which each draft is approved; each is on record."""
    call = call_of(ctx)
    form = SheetForm(opinion, urgency, secrecy, copies)
    files = [str(write_sheet(call.store(), view, form, out)) for view in named(call, ids)]
    call.answer([{"file": file} for file in files], lambda: say(*files))


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


@app.command("list", cls=Verb, help="列出督办单，等得最久的在前。")
def list_orders(
    ctx: typer.Context,
    status: str | None = option("--status", "状态", "待签发 待送达 待签收 待反馈 待审核等"),
    late: bool = switch("--late", "只列逾期未反馈的"),
) -> None:
    """List orders, what waits longest first."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        views = listing(
            reader,
            statuses=_statuses(status),
            late_at=store.now() if late else None,
        )
    show(call, views)


@app.command("export", cls=Verb, help="导出签发时生成的正式文件（.docx）。")
def export(
    ctx: typer.Context,
    ids: Ids,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
    copy: bool = switch("--copy", "导出加印序号和经手人的副本，不是正式文件"),
    book: Path | None = option("--ledger", "文件", "另写督办台账（.xlsx）"),
) -> None:
    """Write the signed papers as they were signed, or marked copies; each export is on record."""
    call = call_of(ctx)
    views = named(call, ids)
    written = []
    for view in views:
        path = _export(call.store(), view.id, copy, out)
        written.append({"id": view.id, "number": view.number, "file": str(path)})
    lines = [f"{one['number']}  {one['file']}" for one in written]
    if book is not None:
        _write_ledger(call.store(), [view.id for view in views], book)
        lines.append(f"督办台账  {book}")
    call.answer(written, lambda: say(*lines))


def _export(store: Store, order_id: int, copy: bool, folder: Path) -> Path:
    """Write a paper or a marked copy into a folder; it appears once its export is on record."""
    with papers(folder) as written:

        def keep(name: str, content: bytes) -> None:
            written.add(paper_name(name), content)

        if copy:
            name, _ = export_copy(store, order_id, marked_copy, void_copy, keep)
        else:
            name, _ = export_paper(store, order_id, void_copy, keep)
    return folder / paper_name(name)


def _write_ledger(store: Store, ids: list[int], path: Path) -> None:
    keeper = store.timekeeper()
    with store.reading() as reader:
        lines = ledger_lines(reader, ids)
    made = keeper.local(store.now())
    bureau = store.policy.bureau.name
    put(path, ledger_workbook(lines, bureau=bureau, made=made, local=keeper.local))


def _statuses(typed: str | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    for code, word in STATUSES.items():
        if typed in (code, word):
            return (code,)
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(STATUSES.values())}")


for _word, _rows in commands_of("order").items():
    _take = partial(take, _rows[0].verb)
    app.command(_word, cls=Verb, help=_rows[0].about)(command_of(_rows, Ids, _take))
