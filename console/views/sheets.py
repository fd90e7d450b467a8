"""A list written as it is shown into a workbook of its own; the trail keeps that it went out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

from console import paper
from console.frame import Session, exports_dir
from models.store import private
from rules.errors import DubanError
from rules.text import printable
from seed.putting import replacing

T = TypeVar("T")

Sheet = tuple[tuple[str, int, Callable[[T], str]], ...]
"""The columns of a workbook: heading, width, cell; everything in them is masked."""

MOST = 100_000
"""Rows one workbook takes; longer lists are narrowed first."""


def write_sheet(
    session: Session, name: str, sheet: Sheet[T], rows: Iterable[T], title: str, wanted: int
) -> tuple[int, Path]:
    """Write a list called ``name`` into a new workbook; return how many rows it has, and where.

    The export is an event of the trail. Raises ``DubanError`` for a list that is too long.
    """
    if wanted > MOST:
        raise DubanError(f"列表有{wanted:,}行，一次最多导出{MOST:,}行：请先筛选")
    with _reserved(session, name) as path, replacing(path) as part, session.store.writing() as work:
        with paper.long_list(part) as book:
            page = book.add_worksheet(name)
            bold = book.add_format({"bold": True})
            page.write_string(0, 0, f"{title} · 数据 {session.now():%Y-%m-%d %H:%M:%S}", bold)
            for place, (heading, width, _) in enumerate(sheet):
                page.set_column(place, place, width)
                page.write_string(1, place, heading, bold)
            page.freeze_panes(2, 0)
            written = 0
            for row in rows:
                for place, (_, _, text) in enumerate(sheet):
                    page.write_string(written + 2, place, printable(text(row)))
                written += 1
        work.event("export.list", "store", None, payload={"rows": written, "file": path.name})
    return written, path


@contextmanager
def _reserved(session: Session, name: str) -> Iterator[Path]:
    """Give a name that nobody else has, kept by an empty file until the whole one is there."""
    folder = exports_dir()
    stem = f"{name}-{session.now():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = next(
            path for n in count(1) if _new(path := folder / f"{stem}{f'-{n}' * (n > 1)}.xlsx")
        )
    except OSError as error:
        raise DubanError(f"不能写入 {folder}：请检查权限或磁盘空间") from error
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _new(path: Path) -> bool:
    try:
        private(path).close()
    except FileExistsError:
        return False
    return True
