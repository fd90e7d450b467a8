"""核对稿 as a workbook: a cover that says until when to object, and a sheet for each unit."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.paper import Book
from console.ranking.standings import heading
from rules.clocks import long_instant
from rules.errors import DubanError
from seed.putting import put

if TYPE_CHECKING:
    from models.review import Draft, DraftLine
    from rules.ranking import Standing

HEADS = ("工单编号", "事项", "办结时限", "办结时间", "是否按时", "群众评价", "核查结论", "剔除")

WIDTHS = (21.0, 36.0, 17.0, 17.0, 17.0, 10.0, 18.0, 7.0)

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
    sheet = book.sheet("封面", [6.0, 24.0, *([11.0] * len(FIGURES))])
    sheet.merge_range(0, 0, 0, 8, f"{heading(view)}（核对稿）", book.title)
    sheet.set_row(0, 28)
    joined = "" if windows.joined.key == view.period.key else f"（并入{windows.joined.label}）"
    lines = [
        f"{view.bureau}　核对稿{_time(draft, windows.draft_at)} 发出{joined}",
        f"数据异议请于 {_time(draft, windows.data_until)} 前提出，过期不收；"
        "写明单位、工单编号、理由和提出人。",
        "派单异议、评价异议各按其期限提出；异议期间时限照走。",
        "本稿未发布，位次以发布的通报为准；表内不含诉求人信息，保密件和举报件不写内容。",
    ]
    if draft.withheld:
        lines.append(
            f"另有{draft.withheld}轮因反映本单位，依避让规定不列在该单位表内，仍计入数字。"
        )
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line)
    top = len(lines) + 2
    for at, title in enumerate(("序号", "单位", *FIGURES)):
        sheet.write_string(top, at, title, book.head)
    for row, unit in enumerate(draft.units, 1):
        for at, cell in enumerate((row, unit.unit, *_figures(unit))):
            book.put(sheet, top + row, at, cell)


def _sheet(book: Book, draft: Draft, unit: Standing) -> None:
    sheet = book.sheet(f"{unit.code} {unit.unit}", WIDTHS)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{unit.unit} {draft.view.period.label}", book.title)
    sheet.set_row(0, 28)
    until = _time(draft, draft.windows.data_until)
    sheet.write_string(1, 0, f"数据异议截止 {until}")
    told = "　".join(f"{n} {_words(v)}" for n, v in zip(FIGURES, _figures(unit), strict=True))
    sheet.write_string(2, 0, told)
    for at, title in enumerate(HEADS):
        sheet.write_string(3, at, title, book.head)
    for row, line in enumerate(draft.lines[unit.unit_id], 4):
        for at, cell in enumerate(_cells(draft, line)):
            book.put(sheet, row, at, cell)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)


def _cells(draft: Draft, line: DraftLine) -> tuple[Any, ...]:
    return (
        line.number,
        line.title,
        "" if line.due_at is None else _time(draft, line.due_at),
        "" if line.closed_at is None else _time(draft, line.closed_at),
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
