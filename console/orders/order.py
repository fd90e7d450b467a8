"""``duban order``: the life of a 督办单, from draft to close-out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from console.command import (
    At,
    Call,
    Verb,
    call_of,
    command_of,
    commands_of,
    option,
    say,
    switch,
    verb_group,
    warn,
)
from console.frame import WrongUsage
from console.orders.approval import write_sheet
from console.orders.drafts import amend, draft, kind_of
from console.orders.exports import ledger_workbook, marked_copy, paper_name
from console.orders.order_facts import named, show
from console.orders.proving import Proof, proof_object, proof_of, proof_text
from console.paper import press, void_copy
from models import orders, rota
from models.orders import (
    STATUSES,
    SheetForm,
    export_copy,
    export_paper,
    ledger_lines,
    listing,
    orders_by_id,
)
from models.paper import called, made_with
from models.store import Store
from rules.casework import PAPER_NAMES
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


app = verb_group("督办单：拟制、签发、送达、签收、反馈、审核、销号。")

app.command("draft", cls=Verb, help="拟制督办单等各种文书：每个主办单位一份。")(draft)
app.command("amend", cls=Verb, help="修改草稿：只改写明的几项，签发后不能再改。")(amend)


@app.command("sign", cls=Verb, help="签发：编文号、生成正式文件，不能撤销。")
def sign(
    ctx: typer.Context,
    ids: Ids,
    signer: str | None = option("--signer", "领导", "签发人，不写为规则中的第一位"),
    basis: str = option("--basis", "依据", "paper 纸质批件，OA，telephone 电话", "paper"),
    as_changed: bool = switch("--as-changed", "打印发文稿纸之后改动过的、模板换过的，按现稿签发"),
    at: At = None,
) -> None:
    """Sign drafts: numbers, papers, clocks."""
    call = call_of(ctx)
    store = call.store()
    views = named(call, ids)
    wanted = [view.id for view in views]
    leader = signer or next((p.name for p in rota.may_sign(store, [views[0].kind])), "")
    signed = orders.sign(
        store,
        wanted,
        signer=leader,
        basis=basis,
        press=press(),
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
    code = f"　核验码 {proof.order.code}" if proof.order.code else ""
    return [f"{proof.order.name}　{proof.order.unit}{code}", *lines]


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


@app.command("list", cls=Verb, help="列出督办单，等得最久的在前。")
def list_orders(
    ctx: typer.Context,
    status: str | None = option("--status", "状态", "待签发 待送达 待签收 待反馈 待审核等"),
    late: bool = switch("--late", "只列逾期未反馈的"),
    kind: str | None = option("--kind", "文种", "只列一种文书，例如 talk"),
) -> None:
    """List orders, what waits longest first."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        views = listing(
            reader,
            store.operator,
            statuses=_statuses(status),
            late_at=store.now() if late else None,
        )
    wanted = PAPER_NAMES if kind is None else (kind_of(kind),)
    show(call, [view for view in views if view.kind in wanted])


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
    _name_templates(call.store(), written)
    lines = [f"{one['number']}  {one['file']}  {one.get('template', '')}" for one in written]
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


def _name_templates(store: Store, written: list[dict[str, Any]]) -> None:
    """Say of each paper which template it was made with, and its digest."""
    with store.reading() as reader:
        found = made_with(reader, "order", [one["id"] for one in written])
    for one in written:
        if one["id"] in found:
            template = found[one["id"]]
            one |= {"template": called(template.revision), "template_sha256": template.sha256}


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
