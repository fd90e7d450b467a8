"""``duban report``: 民情专报 from the draft to what the citizens were told; their ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from console.command import (
    At,
    Call,
    Verb,
    argument,
    call_of,
    chosen_period,
    option,
    say,
    switch,
    verb_group,
)
from console.frame import WrongUsage
from console.letters import write_letters
from console.paper import press
from console.reports.daily_verb import daily_app
from console.reports.report_course import course_app
from console.reports.report_files import (
    LEDGERS,
    ids_of,
    ledger_notes,
    write_report_ledger,
    write_report_sheet,
)
from console.reports.report_named import ONE, REPORT, named_reports, show_reports
from models import letters, reports, rota
from models.orders import SheetForm
from models.reports import About, ReportView, report_list
from models.views import ticket_ids
from rules.reports import A_WEEK
from rules.text import MASKED

app = verb_group("民情专报：拟制、签发、报送、批示、落实、告知群众，台账和每日快报。")
app.add_typer(course_app)
app.add_typer(daily_app)

Ids = Annotated[list[str], typer.Argument(metavar="编号", help="专报的编号（12）或文号，可写多个")]


@app.command("list", cls=Verb, help="列出民情专报，草稿在前。")
def list_reports(ctx: typer.Context) -> None:
    """List reports, drafts first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        views = report_list(reader)
    show_reports(call, views)


@app.command("draft", cls=Verb, help="拟制：写明共性问题、类别加时段，或工单；数字取自本库。")
def draft(
    ctx: typer.Context,
    to: str = option("--to", "报送", "报送给谁，例如 市委、市政府领导", ...),
    problem: int | None = option("--problem", "编号", "共性问题的编号，见 duban problem list"),
    category: str | None = option("--category", "类别", "一级/二级/三级，下级一并计入"),
    week: str | None = option("--week", "周", "类别的时段：last 或 2018-W45"),
    month: str | None = option("--month", "月", "类别的时段：last 或 2018-10"),
    tickets: str | None = option("--tickets", "工单", "工单编号，逗号分开"),
    title: str | None = option("--title", "标题", "不写按内容拟"),
    causes: str | None = option("--causes", "原因", "拟稿人写的原因，换行分段"),
    proposals: str | None = option("--proposals", "建议", "拟稿人写的建议，换行分条"),
    at: At = None,
) -> None:
    """Draft one report."""
    call = call_of(ctx)
    view = reports.draft_report(
        call.store(),
        _about(call, problem, category, week, month, tickets),
        recipient=to,
        title=title,
        causes=causes,
        proposals=proposals,
        at=call.at(at),
    )
    show_reports(call, [view])


def _about(
    call: Call,
    problem: int | None,
    category: str | None,
    week: str | None,
    month: str | None,
    tickets: str | None,
) -> About:
    if sum(one is not None for one in (problem, category, tickets)) != 1:
        raise WrongUsage("请写一项：--problem 编号，--category 类别，或 --tickets 工单编号")
    if category is not None:
        period = chosen_period(call, week, month)
        return About(category=category.strip("/"), since=period.from_at, until=period.to_at)
    if tickets is None:
        return About(problem_id=problem)
    numbers = [word for word in tickets.replace("，", ",").split(",") if word.strip()]
    with call.store().reading() as reader:
        return About(ticket_ids=tuple(ticket_ids(reader, numbers)))


@app.command("amend", cls=Verb, help="修改草稿：标题、报送、原因、建议。")
def amend(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    to: str | None = option("--to", "报送", "报送给谁"),
    title: str | None = option("--title", "标题", "标题"),
    causes: str | None = option("--causes", "原因", "原因，换行分段"),
    proposals: str | None = option("--proposals", "建议", "建议，换行分条"),
) -> None:
    """Change a draft."""
    call = call_of(ctx)
    given = {"recipient": to, "title": title, "causes": causes, "proposals": proposals}
    said = {field: text for field, text in given.items() if text is not None}
    if not said:
        raise WrongUsage("请写明改什么：--to --title --causes --proposals")
    show_reports(call, [reports.amend_report(call.store(), named_reports(call, [id])[0], **said)])


@app.command(
    "show", cls=Verb, help="一份专报：草稿逐句列出现在说什么、依据什么；已签发的列出去向和批示。"
)
def show(ctx: typer.Context, id: str = argument("编号", ONE)) -> None:
    """Show a report: each sentence of a draft with what it rests on, then its course."""
    call = call_of(ctx)
    [view] = named_reports(call, [id])
    value = call.objects(REPORT, [view])[0] | _course(call, view)
    if view.letter.status == "draft":
        content = reports.preview_report(call.store(), view)
        value["sentences"] = [
            {
                "claim": one.claim,
                "text": one.text,
                "events": list(one.events),
                "tickets": list(one.tickets),
            }
            for one in content.statements
        ]
    call.answer(value, lambda: say(*_lines(call, view, value)))


def _course(call: Call, view: ReportView) -> dict[str, Any]:
    """Return what became of a report, for programs."""
    kept = view.kept
    return {
        "sent": [
            {"to": s.recipient, "means": s.means, "at": call.iso(s.at)} for s in view.sendings
        ],
        "instructions": [
            {
                "leader": one.leader,
                "words": one.words,
                "at": call.iso(one.at),
                "limit": one.limit_text,
                "due_at": call.iso(one.due_at),
                "ticket": one.ticket,
                "done": one not in view.open_answers,
            }
            for one in view.answers
        ],
        "orders": [
            {"name": one.name, "unit": one.unit, "status": one.status} for one in view.orders
        ],
        "adopted": {"at": call.iso(kept.adopted_at), "words": kept.adopted_words},
        "carried_out": {"at": call.iso(kept.done_at), "words": kept.done_words},
        "told": {"at": call.iso(kept.told_at), "words": kept.told_words},
    }


def _lines(call: Call, view: ReportView, value: dict[str, Any]) -> list[str]:
    told = [f"{view.name}　{view.stage}　{MASKED.text(view.letter.title)}"]
    for one in value.get("sentences", ()):
        basis = f"留痕 {'、'.join(map(str, one['events']))}" if one["events"] else "本库统计"
        told.append(f"{one['text']}　（{basis}，诉求{len(one['tickets'])}件）")
    told += [f"报送　{call.clock(s.at)} {s.recipient}（{s.means}）" for s in view.sendings]
    for answer in view.answers:
        due = f"，{call.due(answer.due_at)}前" if answer.due_at else ""
        where = f"，记在 {answer.ticket}" if answer.ticket else ""
        told.append(f"批示　{call.clock(answer.at)} {answer.leader}：{answer.words}{due}{where}")
    told += [f"督办　{one.name} {one.unit}" for one in view.orders]
    kept = view.kept
    for name, at, words in (
        ("采纳", kept.adopted_at, kept.adopted_words),
        ("落实", kept.done_at, kept.done_words),
        ("告知群众", kept.told_at, kept.told_words),
    ):
        if words:
            told.append(f"{name}　{call.clock(at)} {words}")
    return told


@app.command("sheet", cls=Verb, help="打印草稿的发文稿纸（.docx），附拟发全文，送领导审批。")
def sheet(
    ctx: typer.Context,
    ids: Ids,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
    opinion: str = option("--opinion", "意见", "拟办意见", ""),
) -> None:
    """Write the sheet on which each draft is approved; each is on record."""
    call = call_of(ctx)
    form = SheetForm(opinion)
    files = [
        str(write_report_sheet(call.store(), one, form, out)) for one in named_reports(call, ids)
    ]
    call.answer([{"file": file} for file in files], lambda: say(*files))


@app.command("sign", cls=Verb, help="签发：逐句重新核对，编文号和期号、生成正式文件，不能撤销。")
def sign(
    ctx: typer.Context,
    ids: Ids,
    signer: str | None = option("--signer", "领导", "签发人，不写为可签发的第一位"),
    basis: str = option("--basis", "依据", "paper 纸质批件，OA，telephone 电话", "paper"),
    as_changed: bool = switch("--as-changed", "打印发文稿纸之后改动过的，按现稿签发"),
) -> None:
    """Sign drafts: numbers and papers."""
    call = call_of(ctx)
    store, views = call.store(), named_reports(call, ids)
    leaders = rota.may_sign(store, ["report"])
    reports.sign_reports(
        store,
        ids_of(views),
        signer=signer or next((leader.name for leader in leaders), ""),
        basis=basis,
        press=press(),
        as_changed=as_changed,
    )
    show_reports(call, named_reports(call, [str(one.id) for one in views]))


@app.command("void", cls=Verb, help="作废：文号保留、不再使用，不能撤销。")
def void(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    reason: str = option("--reason", "理由", "作废的理由", ...),
) -> None:
    """Give a report up."""
    call = call_of(ctx)
    [view] = named_reports(call, [id])
    letters.void_letter(call.store(), view.letter.id, reason=reason)
    show_reports(call, named_reports(call, [str(view.id)]))


@app.command("export", cls=Verb, help="导出签发时生成的正式文件（.docx）；作废的每页印作废。")
def export(
    ctx: typer.Context,
    ids: Ids,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
) -> None:
    """Write the signed papers as they were signed; each export is on record."""
    call = call_of(ctx)
    files = [
        str(file) for file in write_letters(call.store(), ids_of(named_reports(call, ids)), out)
    ]
    call.answer([{"file": file} for file in files], lambda: say(*files))


@app.command(
    "ledger", cls=Verb, help="民情报告台账：文号、报送、批示、采纳、落实、告知；每周份数。"
)
def ledger(
    ctx: typer.Context,
    year: int | None = option("--year", "年份", "只列这一年签发的", None, min=2000, max=2999),
    out: Path | None = option("--out", "文件", "另写成 .xlsx 或 .csv"),
) -> None:
    """Show the ledger, and write it where asked; that is on record."""
    call = call_of(ctx)
    if out is not None and out.suffix.lower() not in LEDGERS:
        raise WrongUsage(f"台账写成 {' 或 '.join(LEDGERS)}：{out.name} 请改后缀")
    found = reports.report_ledger(call.store(), year)
    if out is not None:
        write_report_ledger(call.store(), found, out)
    rows = [
        one | _course(call, view)
        for one, view in zip(call.objects(REPORT, found.reports), found.reports, strict=True)
    ]
    value = {
        "rows": rows,
        "weeks": [{"week": f"{week}", "signed": count} for week, count in found.weeks],
        "model_a_week": A_WEEK,
        "file": str(out) if out is not None else None,
    }

    def shown() -> None:
        for note in ledger_notes(found):
            say(note)
        call.table(REPORT, found.reports)
        if out is not None:
            say(f"已写入 {out}")

    call.answer(value, shown)
