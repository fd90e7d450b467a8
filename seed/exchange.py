"""The exchange form going out: empty to be filled, full of tickets, or with what was refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from rules.casework import Appeal, Reject
from rules.clocks import sheet_due
from rules.intake import INSTANTS, LABELS
from rules.paper import pixels
from rules.text import file_name, harmless, harmless_line
from seed.channels import NATURES, OUTCOMES, RATINGS, URGENCIES
from seed.putting import ExportFileError, NameTaken, replacing
from seed.sheets import Column, Forms, Written, workbook, write_header, write_rows

WRITABLE = (".csv", ".tsv", ".xlsx", ".jsonl")

LINE, REASON = "行号", "拒收原因"

_WIDTHS = {"title": 36, "content": 60, "reply": 60, "category": 28, "address": 28, "number": 20}

_LISTS: Mapping[str, Sequence[str]] = {
    "nature": NATURES,
    "urgency": URGENCIES,
    "confidential": ("是", "否"),
    "outcome": OUTCOMES,
    "result_rating": RATINGS,
    "work_rating": RATINGS,
}

_MOMENT = "年-月-日 时:分:秒，按本单位所在时区"

_NOTES: Mapping[str, str] = {
    "number": "已有工单编号的才填；空着则由督办台编号",
    "channel": "如 12345电话、城市留言板；空着记为 其他",
    "external_id": "来源系统自己的编号，再次导入时凭它认出同一件",
    "category": "一级/二级/三级",
    "title": "标题和内容至少填一项",
    "content": "标题和内容至少填一项",
    "object": "被反映的企业、场所或项目",
    "confidential": "是 或 否；举报件空着即为保密",
    "grid": "网格编码（4、6、9、12或15位）或地名",
    "unit": "单位代码、名称或简称；认不出的单位会被拒收",
    "co_units": "多个单位用顿号隔开",
    "attachments": "文件路径或网址，多个用分号或换行隔开；只记位置和校验值，导出时不写",
    "received_at": _MOMENT,
    "due_at": "只在来源已定时限时填；空着则按规则计算",
    "updated_at": "来源系统里这一行的更新时间；旧的不会覆盖新的",
}

_PRINTED_ROWS = 20

_FILLED_ROWS = 5000  # of the template that carry lists and formats


def write_template(path: Path) -> None:
    """Write the empty exchange form as .csv, .tsv or .xlsx; the workbook also explains it."""
    if path.suffix.lower() == ".xlsx":
        with replacing(path) as part:
            _template_book(part)
    elif path.suffix.lower() in (".csv", ".tsv"):
        write_rows(path, _columns(), ())
    else:
        raise ExportFileError("模板请存为 .xlsx、.csv 或 .tsv")


def write_tickets(
    path: Path,
    appeals: Iterable[Appeal],
    *,
    zone: tzinfo,
    recorded: Callable[[int], None] | None = None,
) -> int:
    """Write ``appeals`` in exchange form by the suffix of ``path`` and return their number.

    Instants are written in ``zone``; what must be masked is masked by the caller. ``recorded`` is
    given the number before the file appears: what it raises leaves none.
    """
    aware = path.suffix.lower() == ".jsonl"
    rows = (_row(appeal, zone, aware) for appeal in appeals)
    return write_rows(path, _columns(), rows, recorded=recorded)


class Reread(Protocol):
    """A file whose rows can be read again as they stand in it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its own column names, in order."""
        ...

    def originals(self, lines: Set[int]) -> Mapping[int, Mapping[str, str]]:
        """Return the rows at some lines."""
        ...


def keep_rejects(
    path: Path, reading: Reread, rejects: Sequence[Reject], folder: Path | None = None
) -> Path:
    """Write the refused rows of ``path`` under a free name; return it.

    They go to the current folder where no other is given: that of the file may not be ours.
    """
    suffix = path.suffix.lower() if path.suffix.lower() in WRITABLE else ".csv"
    for n in count():
        name = file_name(path.stem, f"-拒收{n or ''}{suffix}")
        free = ((folder or Path()) / name).resolve()
        if not os.path.lexists(free):
            with suppress(NameTaken):
                write_rejects(free, reading, rejects)
                return free
    raise AssertionError("numbers end")


def write_rejects(path: Path, reading: Reread, rejects: Iterable[Reject]) -> int:
    """Write refused rows as they stood, each with its line and the reason; return their number.

    Once put right, the file can be imported as it is.
    """
    refused = list(rejects)
    originals = reading.originals({each.line for each in refused})
    names = (*map(harmless_line, reading.columns), LINE, REASON)
    columns = [Column(name, name) for name in names]
    return write_rows(path, columns, _refused(refused, originals, reading.columns), fresh=True)


def _refused(
    rejects: Iterable[Reject],
    originals: Mapping[int, Mapping[str, str]],
    columns: Sequence[str],
) -> Iterator[Sequence[Written]]:
    """Yield the cells of each refused row; cells beyond the header join the reason."""
    for each in rejects:
        raw = originals.get(each.line, each.raw)
        beyond = [harmless(text) for name, text in raw.items() if name not in columns]
        reason = each.reason + (f"；表头以外的内容：{' | '.join(beyond)}" if beyond else "")
        cells = [harmless(raw.get(name, "")) for name in columns]
        yield (*cells, str(each.line), reason)


def _columns() -> list[Column]:
    """Return the columns of the exchange form."""
    return [Column(label, name, _WIDTHS.get(name, 16)) for name, label in LABELS.items()]


def _row(appeal: Appeal, zone: tzinfo, aware: bool) -> list[Written]:
    """Return an appeal's cells in the form's order."""
    return [_cell(appeal, name, zone, aware) for name in LABELS]


def _cell(appeal: Appeal, name: str, zone: tzinfo, aware: bool) -> Written:
    """Return one field as a cell; a date that came without a time goes as a date."""
    value = getattr(appeal, name)
    if isinstance(value, tuple):
        return "、".join(value)
    if not isinstance(value, datetime):
        return value if value is None or isinstance(value, bool) else str(value)
    local = value.astimezone(zone)
    if name in appeal.date_only:
        return local.date()
    if aware:
        return local
    plain = local.replace(tzinfo=None)
    return sheet_due(plain) if name == "due_at" else plain


def _template_book(path: Path) -> None:
    """Write the form with lists to choose from, and a second sheet that says how to fill it."""
    with workbook(path) as book:
        forms = Forms.of(book)
        _form_sheet(book.add_worksheet("诉求"), forms)
        _notes_sheet(book.add_worksheet("说明"), forms)


def _form_sheet(sheet: Any, forms: Forms) -> None:
    """Lay out the sheet to be filled: identifiers are text, so that no digit is lost."""
    columns = _columns()
    write_header(sheet, forms, columns)
    sheet.print_area(0, 0, _PRINTED_ROWS, len(columns) - 1)
    for place, column in enumerate(columns):
        form = forms.moment if column.key in INSTANTS else forms.text
        sheet.set_column_pixels(place, place, pixels(column.width), form)
        if choices := _LISTS.get(column.key):
            rule = {"validate": "list", "source": list(choices), "error_type": "warning"}
            sheet.data_validation(1, place, _FILLED_ROWS, place, rule)


def _notes_sheet(sheet: Any, forms: Forms) -> None:
    """Explain every column."""
    heads = (Column("列名", "label"), Column("英文列名", "key"), Column("填法", "note", 70))
    write_header(sheet, forms, heads)
    for line, (name, label) in enumerate(LABELS.items(), start=1):
        for place, text in enumerate((label, name, _note(name))):
            sheet.write_string(line, place, text, forms.wrapped)
    sheet.print_area(0, 0, len(LABELS), len(heads) - 1)


def _note(name: str) -> str:
    """Say how a column is filled."""
    if name in _NOTES:
        return _NOTES[name]
    if choices := _LISTS.get(name):
        return f"从中选填：{'、'.join(choices)}"
    return _MOMENT if name in INSTANTS else ""
