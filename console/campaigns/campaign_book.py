"""专题任务表 as a workbook: what each unit is to do, cells for it to fill; taken back as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.paper import Book
from models.campaigns import exported
from rules.campaigns import COLUMNS
from rules.clocks import long_instant, short_due
from rules.paper import SheetColumn
from rules.text import file_name
from seed.putting import papers

if TYPE_CHECKING:
    from models.campaigns import CampaignView, TaskView
    from models.store import Store

SHOWN = ("截止",)
"""What stands beside, for the unit to know: it is not read back."""

_WIDTHS = (9, 16, 40, 8, 46, 17, 8, 17)

_OPEN = {"进度": "text", "进展情况": "long", "日期": "moment", "完成": "text"}

_LEAST = 34.0  # points of a row that a unit writes in


def task_workbook(
    campaign: CampaignView,
    tasks: Sequence[TaskView],
    bureau: str,
    made: datetime,
    local: Callable[[datetime], datetime],
) -> bytes:
    """Return the .xlsx; ``made`` and what ``local`` gives are in the bureau's zone."""
    title = f"“{campaign.name}”专题任务表"
    book = Book(title, bureau, made)
    columns = [
        SheetColumn(name, width) for name, width in zip((*COLUMNS, *SHOWN), _WIDTHS, strict=True)
    ]
    table = book.table(
        "任务表",
        title,
        [
            f"{bureau}　制表 {long_instant(made)}　共{len(tasks)}项",
            "填进度（0到100）、进展情况、日期；办完的在“完成”写 是。填好原样交回。",
        ],
        columns,
        [
            (
                task.id,
                task.unit,
                task.title,
                task.percent,
                task.told,
                None,
                "是" if task.done_at else None,
                short_due(local(task.due_at)),
            )
            for task in tasks
        ],
        named=3,
        bottom=_LEAST,
    )
    for row, task in enumerate(tasks, table.first):
        if task.done_at is None:
            for name, kind in _OPEN.items():
                value = {"进度": task.percent, "进展情况": task.told}.get(name)
                table.sheet.write(row, table.at(name), value, book.faces.open[kind])
    table.sheet.protect("", {"format_columns": True, "format_rows": True})
    return book.save()


def write_task_books(
    store: Store,
    campaign: CampaignView,
    tasks: Sequence[TaskView],
    folder: Path,
    *,
    by_unit: bool,
) -> list[Path]:
    """Write the tasks of a campaign, a file for each unit or one of all, each once on record."""
    keeper, files = store.timekeeper(), list[Path]()
    made = keeper.local(store.now())
    units = dict.fromkeys(task.unit for task in tasks) if by_unit else {"": None}
    with papers(folder) as written:
        for unit in units:
            own = [task for task in tasks if unit in ("", task.unit)]
            content = task_workbook(campaign, own, store.policy.bureau.name, made, keeper.local)
            name = file_name(f"{campaign.name}任务表{f'-{unit}' if unit else ''}", ".xlsx")
            files.append(written.add(name, content))
        exported(store, campaign, [file.name for file in files])
    return files
