"""``duban letter``: the office's own papers, from draft to export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from console.command import (
    At,
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    switch,
    unit_id,
    verb_group,
)
from console.frame import WrongUsage
from console.letters.letter_files import write_letter_sheet, write_letters
from console.paper import press
from models import letters, rota
from models.letters import STATUSES, Asked, LetterView, letter_by_name, letters_by_id, listing
from models.orders import SheetForm, order_by_name
from models.views import ticket_ids
from rules.casework import LETTER_NAMES

app = verb_group("公文：批复、裁定书、销号通知、核查报告、专报、呈阅件。")

Ids = Annotated[list[str], typer.Argument(metavar="编号", help="公文的编号（12）或文号，可写多个")]

LETTER: tuple[Fact[LetterView], ...] = (
    Fact("id", "编号", number=True),
    Fact("number", "文号"),
    Fact("kind", "文种", shown=lambda view: view.noun),
    Fact("status", "状态", shown=lambda view: view.label),
    Fact("recipient", "主送"),
    Fact("title", "标题"),
    Fact("ticket", "工单"),
    Fact("order", "督办单"),
    Fact("signed_at", "签发时间"),
    Fact("answer", "批示"),
)

KINDS = "、".join(LETTER_NAMES.values())


def show(call: Call, views: Sequence[LetterView]) -> None:
    """Answer with a list of letters."""
    call.answer_rows(LETTER, views, none="没有公文")


def named(call: Call, names: Sequence[str]) -> list[LetterView]:
    """Return the letters of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        return letters_by_id(reader, [letter_by_name(reader, word) for word in words])


def kind_of(typed: str) -> str:
    """Return the kind of a code or a name."""
    for kind, name in LETTER_NAMES.items():
        if typed in (kind, name):
            return kind
    raise WrongUsage(f"没有文种 {typed}：可写 {KINDS}")


@app.command("draft", cls=Verb, help="拟制公文：事实取自本库，没有决定的不能拟。")
def draft(
    ctx: typer.Context,
    kind: str = argument("文种", f"{KINDS}"),
    number: str | None = argument("工单编号", "所涉诉求，销号通知写 --order", None),
    order: str | None = option("--order", "督办单", "所涉督办单的编号或文号"),
    unit: str | None = option("--unit", "单位", "专报、呈阅件只数这个单位"),
    to: str | None = option("--to", "主送", "呈送的领导；批复不写为申请的单位"),
    title: str | None = option("--title", "标题", "不写按所涉事项拟"),
    text: str | None = option("--text", "内容", "拟稿人另写的话，换行分段"),
    at: At = None,
) -> None:
    """Draft one letter."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        ticket = ticket_ids(reader, [number])[0] if number else None
        of_order = order_by_name(reader, order) if order else None
    asked = Asked(ticket, of_order, None, unit_id(call, unit) if unit else None)
    view = letters.draft_letter(
        store, kind_of(kind), asked, recipient=to, title=title, words=text, at=call.at(at)
    )
    show(call, [view])


@app.command("edit", cls=Verb, help="修改公文草稿的标题、主送、另写的话。")
def edit(
    ctx: typer.Context,
    id: str = argument("编号", "公文草稿的编号"),
    to: str | None = option("--to", "主送", "主送"),
    title: str | None = option("--title", "标题", "标题"),
    text: str | None = option("--text", "内容", "拟稿人另写的话"),
) -> None:
    """Change a draft."""
    call = call_of(ctx)
    said = {
        field: value
        for field, value in (("recipient", to), ("title", title), ("words", text))
        if value is not None
    }
    if not said:
        raise WrongUsage("请写明改什么：--to --title --text")
    show(call, [letters.amend_letter(call.store(), named(call, [id])[0], **said)])


@app.command("check", cls=Verb, help="逐句列出草稿现在说什么、依据哪几条留痕。")
def check(ctx: typer.Context, id: str = argument("编号", "公文草稿的编号")) -> None:
    """Show each sentence with the events it rests on."""
    call = call_of(ctx)
    content = letters.preview_letter(call.store(), named(call, [id])[0].id)
    value = [
        {"claim": one.claim, "text": one.text, "events": list(one.events)}
        for one in content.statements
    ]
    lines = [
        f"{one.text}　（{'留痕 ' + '、'.join(map(str, one.events)) if one.events else '本库统计'}）"
        for one in content.statements
    ]
    call.answer(value, lambda: say(*lines))


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
    files = [str(write_letter_sheet(call.store(), view, form, out)) for view in named(call, ids)]
    call.answer([{"file": file} for file in files], lambda: say(*files))


@app.command("sign", cls=Verb, help="签发：逐句重新核对，编文号、生成正式文件，不能撤销。")
def sign(
    ctx: typer.Context,
    ids: Ids,
    signer: str | None = option("--signer", "领导", "签发人，不写为可签发的第一位"),
    basis: str = option("--basis", "依据", "paper 纸质批件，OA，telephone 电话", "paper"),
    as_changed: bool = switch("--as-changed", "打印发文稿纸之后改动过的，按现稿签发"),
    at: At = None,
) -> None:
    """Sign drafts: numbers and papers."""
    call = call_of(ctx)
    store, views = call.store(), named(call, ids)
    leaders = rota.may_sign(store, [view.kind for view in views])
    signed = letters.sign_letters(
        store,
        [view.id for view in views],
        signer=signer or next((leader.name for leader in leaders), ""),
        basis=basis,
        press=press(),
        at=call.at(at),
        as_changed=as_changed,
    )
    show(call, signed)


@app.command("list", cls=Verb, help="列出公文，草稿在前。")
def list_letters(
    ctx: typer.Context,
    kind: str | None = option("--kind", "文种", "只列这一种"),
    status: str | None = option("--status", "状态", "待签发、已签发、已作废"),
) -> None:
    """List letters, drafts first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        kinds = [kind_of(kind)] if kind else []
        views = listing(reader, statuses=_statuses(status), kinds=kinds)
    show(call, views)


@app.command("export", cls=Verb, help="导出签发时生成的正式文件（.docx）；作废的每页印作废。")
def export(
    ctx: typer.Context,
    ids: Ids,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
) -> None:
    """Write the signed papers as they were signed; each export is on record."""
    call = call_of(ctx)
    files = [str(file) for file in write_letters(call.store(), _ids(named(call, ids)), out)]
    call.answer([{"file": file} for file in files], lambda: say(*files))


@app.command("answer", cls=Verb, help="登记专报、呈阅件上的领导批示。")
def answer(
    ctx: typer.Context,
    id: str = argument("编号", "公文的编号或文号"),
    leader: str = option("--leader", "领导", "批示的领导", ...),
    text: str = option("--text", "批示", "批示内容", ...),
    at: At = None,
) -> None:
    """Note the 批示 that came back."""
    call = call_of(ctx)
    view = named(call, [id])[0]
    done = letters.note_answer(call.store(), view.id, leader=leader, text=text, at=call.at(at))
    show(call, [done])


@app.command("void", cls=Verb, help="作废：文号保留、不再使用，不能撤销。")
def void(
    ctx: typer.Context,
    id: str = argument("编号", "公文的编号或文号"),
    reason: str = option("--reason", "理由", "作废的理由", ...),
) -> None:
    """Give a letter up."""
    call = call_of(ctx)
    view = named(call, [id])[0]
    show(call, [letters.void_letter(call.store(), view.id, reason=reason)])


def _ids(views: Sequence[LetterView]) -> list[int]:
    return [view.id for view in views]


def _statuses(typed: str | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    for code, word in STATUSES.items():
        if typed in (code, word):
            return (code,)
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(STATUSES.values())}")
