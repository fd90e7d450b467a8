"""核对稿 as a workbook: a cover that says until when to object, and a sheet for each unit."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from console.paper import Book, Cell
from console.ranking.standings import heading
from rules.clocks import long_instant, sheet_due
from rules.errors import DubanError
from rules.paper import SheetColumn
from seed.putting import put

if TYPE_CHECKING:
    from models.review import Draft, DraftLine
    from rules.ranking import Standing

COLUMNS = (
    SheetColumn("工单编号", 19),
    SheetColumn("事项", 44),
    SheetColumn("办结时限", 17),
    SheetColumn("办结时间", 17),
    SheetColumn("是否按时", 11),
    SheetColumn("群众评价", 10),
    SheetColumn("核查结论", 18),
    SheetColumn("剔除", 6),
)

FIGURES = (
    "应办结",
    "按时",
    "延期内",
    "逾期",
    "未结",
    "有效评价",
    "不满意件",
    "群众满意率",
    "工作满意率",
)


def write_draft(draft: Draft, path: Path) -> None:
    """Write the draft to an .xlsx file."""
    if path.suffix.lower() != ".xlsx":
        raise DubanError("核对稿是工作簿：文件名请用 .xlsx 结尾")
    put(path, draft_workbook(draft))


def draft_workbook(draft: Draft) -> bytes:
    """Return the workbook: the cover, then the units by code."""
    view = draft.view
    book = Book(f"{heading(view)}（核对稿）", view.bureau, view.made_at)
    _cover(book, draft)
    for unit in draft.units:
        _sheet(book, draft, unit)
    return book.save()


def _cover(book: Book, draft: Draft) -> None:
    view, windows = draft.view, draft.windows
    joined = "" if windows.joined.key == view.period.key else f"（并入{windows.joined.label}）"
    notes = [
        f"{view.bureau}　核对稿{_time(draft, windows.draft_at)} 发出{joined}",
        f"数据异议请于 {_time(draft, windows.data_until)} 前提出，过期不收；"
        "写明单位、工单编号、理由和提出人。",
        "派单异议、评价异议各按其期限提出；异议期间时限照走。",
        "本稿未发布，位次以发布的通报为准；表内不含诉求人信息，保密件和举报件不写内容。",
    ]
    if draft.withheld:
        notes.append(
            f"另有{draft.withheld}轮因反映本单位，依避让规定不列在该单位表内，仍计入数字。"
        )
    columns = [
        SheetColumn("序号", 6),
        SheetColumn("单位", 26),
        *(SheetColumn(f, 11) for f in FIGURES),
    ]
    rows = [(n, unit.unit, *_figures(unit)) for n, unit in enumerate(draft.units, 1)]
    table = book.table("封面", f"{heading(view)}（核对稿）", notes, columns, rows, named=2)
    for title in ("逾期", "未结", "不满意件"):
        book.bars(table, title)


def _sheet(book: Book, draft: Draft, unit: Standing) -> None:
    told = "　".join(f"{n} {_words(v)}" for n, v in zip(FIGURES, _figures(unit), strict=True))
    table = book.table(
        f"{unit.code} {unit.unit}",
        f"{unit.unit} {draft.view.period.label}",
        [f"数据异议截止 {_time(draft, draft.windows.data_until)}", told],
        COLUMNS,
        [_cells(draft, line) for line in draft.lines[unit.unit_id]],
        named=1,
    )
    book.shade_words(table, "是否按时", {"逾期": "red"})
    book.shade_words(table, "群众评价", {"不满意": "yellow"})


def _cells(draft: Draft, line: DraftLine) -> tuple[Cell, ...]:
    zone = draft.zone
    return (
        line.number,
        line.title,
        sheet_due(line.due_at and line.due_at.astimezone(zone)),
        line.closed_at and line.closed_at.astimezone(zone),
        line.kept,
        line.rating,
        line.verdict,
        "是" if line.excluded else "",
    )


def _figures(unit: Standing) -> tuple[int | Fraction | None, ...]:
    t = unit.tally
    return (
        t.due,
        t.on_time,
        t.after_extension,
        t.late,
        t.open,
        t.rated,
        t.unsatisfied,
        unit.result_rate,
        unit.work_rate,
    )


def _words(value: int | Fraction | None) -> str:
    if isinstance(value, Fraction):
        return f"{float(value):.2%}"
    return "—" if value is None else str(value)


def _time(draft: Draft, instant: datetime) -> str:
    return long_instant(instant.astimezone(draft.zone), ends=True)
