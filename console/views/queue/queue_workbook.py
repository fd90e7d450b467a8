"""The list as a workbook: the columns and the order of the screen, everything masked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console import paper
from console.frame import COLOUR_NAMES, UNICODE, Session, exports_dir
from console.views.queue.columns import Line
from rules.errors import DubanError
from rules.text import MASKED

MOST = 100_000
"""Rows one workbook takes; longer lists are narrowed first."""

HEADINGS = (
    ("颜色", 8),
    ("余时", 16),
    ("编号", 20),
    ("事项", 50),
    ("单位", 16),
    ("步骤", 10),
    ("状态", 12),
    ("到期", 14),
    ("暂定", 6),
    ("紧急程度", 10),
    ("属地", 24),
    ("渠道", 14),
    ("性质", 8),
)


def write_sheet(
    session: Session, lines: Iterable[Line], title: str, count: int
) -> tuple[int, Path]:
    """Write the lines into a new workbook; return how many rows it has, and where it is.

    The export is an event of the trail. Raises ``DubanError`` for a list that is too long.
    """
    if count > MOST:
        raise DubanError(f"列表有{count:,}件，一次最多导出{MOST:,}件：请先筛选")
    path = _path(session)
    with session.store.writing() as work:
        with paper.long_list(path) as book:
            sheet = book.add_worksheet("督办队列")
            bold = book.add_format({"bold": True})
            sheet.write_string(0, 0, f"{title} · 数据 {session.now():%Y-%m-%d %H:%M:%S}", bold)
            for place, (heading, width) in enumerate(HEADINGS):
                sheet.set_column(place, place, width)
                sheet.write_string(1, place, heading, bold)
            sheet.freeze_panes(2, 0)
            rows = 0
            for line in lines:
                for place, text in enumerate(_texts(line)):
                    sheet.write_string(rows + 2, place, paper.harmless(text))
                rows += 1
        work.event("export.list", "store", None, payload={"rows": rows, "file": path.name})
    return rows, path


def _texts(line: Line) -> tuple[str, ...]:
    colour = COLOUR_NAMES.get(line.colour or "", "挂起") + UNICODE.levels[line.level]
    return (
        colour,
        line.remaining,
        line.number,
        MASKED.text(line.title),
        line.unit,
        line.step_name,
        line.status,
        line.due,
        "暂定" if line.provisional else "",
        line.urgency,
        line.area,
        line.channel,
        line.nature,
    )


def _path(session: Session) -> Path:
    folder = exports_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DubanError(f"不能在 {folder} 建文件夹：请检查权限或磁盘空间") from error
    stem = f"督办队列-{session.now():%Y%m%d-%H%M%S}"
    taken = 1
    path = folder / f"{stem}.xlsx"
    while path.exists():
        taken += 1
        path = folder / f"{stem}-{taken}.xlsx"
    return path
