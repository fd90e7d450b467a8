"""民情专报 and their ledger as files: previewed, written, exported on record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import exports_dir
from console.orders import made, paper_name, sheet_paper
from console.paper import Book, Cell, inert
from models import letters, reports
from rules.clocks import chinese_date, short_due
from rules.paper import SheetColumn
from rules.reports import A_WEEK
from rules.text import MASKED
from seed.putting import one_paper

if TYPE_CHECKING:
    from models.orders import SheetForm
    from models.reports import Ledger, ReportView
    from models.store import Store


def report_paper(store: Store, report: ReportView) -> bytes:
    """Return the paper of a report: the signed one itself, or what a draft would be now."""
    if report.letter.sha256 is None:
        return made(store, reports.preview_report(store, report)).paper
    with store.reading() as reader:
        return letters.signed_letter(reader, report.letter.id)[1]


def folder_of_reports() -> Path:
    """Return where reports are written from the screens."""
    return exports_dir() / "民情专报"


def write_report_sheet(store: Store, report: ReportView, form: SheetForm, folder: Path) -> Path:
    """Write the sheet on which a draft is approved; it appears once it is on record."""
    issued = made(store, reports.preview_report(store, report)).paper
    return one_paper(
        folder,
        lambda keep: reports.circulate_report(
            store,
            report.letter,
            form,
            lambda sheet: sheet_paper(sheet, issued),
            lambda name, content: keep(paper_name(name), content),
        ),
    )


COLUMNS: tuple[tuple[str, float, Callable[[ReportView, Ledger], Cell]], ...] = (
    ("文号", 17, lambda one, _: one.letter.number),
    ("标题", 30, lambda one, _: MASKED.text(one.letter.title)),
    ("签发日期", 11, lambda one, of: _day(of, one)),
    ("签发人", 8, lambda one, _: one.letter.signer),
    ("报送", 20, lambda one, of: _sent(of, one)),
    ("批示", 32, lambda one, of: _answers(of, one)),
    ("批示时限", 13, lambda one, of: _due(of, one)),
    ("督办单", 16, lambda one, _: "、".join(order.name for order in one.orders)),
    ("采纳", 18, lambda one, of: _noted(of, one.kept.adopted_at, one.kept.adopted_words)),
    ("落实", 24, lambda one, of: _noted(of, one.kept.done_at, one.kept.done_words)),
    ("告知群众", 18, lambda one, of: _noted(of, one.kept.told_at, one.kept.told_words)),
    ("状态", 10, lambda one, _: one.stage),
)
"""Heading, width and cell of each column of the ledger."""


def _day(ledger: Ledger, report: ReportView) -> Cell:
    signed = ledger.local(report.letter.signed_at)
    return signed.date() if signed is not None else None


def _sent(ledger: Ledger, report: ReportView) -> str:
    return "\n".join(
        f"{_short(ledger, one.at)} {one.recipient}（{one.means}）" for one in report.sendings
    )


def _answers(ledger: Ledger, report: ReportView) -> str:
    return "\n".join(
        f"{_short(ledger, one.at)} {one.leader}：{MASKED.text(one.words)}" for one in report.answers
    )


def _due(ledger: Ledger, report: ReportView) -> str:
    told = []
    for one in report.answers:
        due = ledger.local(one.due_at)
        if due is not None:
            late = one in report.open_answers and due < ledger.made_at
            told.append(f"{short_due(due)}{'（逾期）' if late else ''}")
    return "\n".join(told)


def _noted(ledger: Ledger, at: datetime | None, words: str | None) -> str:
    return f"{_short(ledger, at)} {MASKED.text(words)}" if words else ""


def _short(ledger: Ledger, at: datetime | None) -> str:
    local = ledger.local(at)
    return f"{local:%Y-%m-%d}" if local is not None else ""


def ledger_notes(ledger: Ledger) -> list[str]:
    """Return what a reader of the ledger must know: how many, and how many a week."""
    weeks = "、".join(f"{week.month}.{week.day}周{count}份" for week, count in ledger.weeks[-4:])
    return [
        f"{ledger.bureau}　{chinese_date(ledger.made_at.date())}编制，共{len(ledger.reports)}份",
        f"近四周签发（未作废）：{weeks}；样板每周{A_WEEK}份",
    ]


def report_workbook(ledger: Ledger) -> bytes:
    """Return the ledger as a workbook."""
    title = "民情报告台账"
    book = Book(title, ledger.bureau, ledger.made_at)
    book.table(
        title,
        title,
        ledger_notes(ledger),
        [SheetColumn(head, width) for head, width, _ in COLUMNS],
        [[cell(one, ledger) for _, _, cell in COLUMNS] for one in ledger.reports],
        named=2,
    )
    return book.save()


def ledger_csv(ledger: Ledger) -> bytes:
    """Return the ledger as .csv with a byte order mark; no cell can run."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([head for head, _, _ in COLUMNS])
    for one in ledger.reports:
        cells = (cell(one, ledger) for _, _, cell in COLUMNS)
        writer.writerow([inert("" if c is None else str(c)) for c in cells])
    return out.getvalue().encode("utf-8-sig")


LEDGERS = {".xlsx": report_workbook, ".csv": ledger_csv}
"""How the ledger is written, by the suffix of its file."""


def write_report_ledger(store: Store, ledger: Ledger, path: Path) -> Path:
    """Write the ledger; the file appears once it is on record."""
    render = LEDGERS[path.suffix.lower()]
    return one_paper(
        path.parent, lambda keep: reports.export_ledger(store, ledger, path.name, render, keep)
    )


def ids_of(views: Sequence[ReportView]) -> list[int]:
    """Return the letters of reports."""
    return [one.letter.id for one in views]
