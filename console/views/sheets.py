"""A list written as it is shown into a workbook of its own; the trail keeps that it went out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from console import paper
from console.frame import Session, exports_dir
from models.store import private
from rules.errors import DubanError
from rules.paper import SheetColumn
from seed.putting import replacing

if TYPE_CHECKING:
    from console.paper import Book, Cell

T = TypeVar("T")

Sheet = tuple[tuple[SheetColumn, "Callable[[T], Cell]"], ...]
"""The columns of a workbook, each with its cell; everything in them is masked."""

MOST = 100_000
"""Rows one workbook takes; longer lists are narrowed first."""

MOST_DRAWN = 20
"""Bars of a chart that can still be read."""


@dataclass(frozen=True, slots=True)
class Summed(Generic[T]):
    """What further sheets count: rows by whose they are and of which of the ``kinds``."""

    title: str
    whose: Callable[[T], str]
    kind: Callable[[T], str]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Look(Generic[T]):
    """How a list looks as a workbook.

    The first ``named`` columns begin every page. ``shades`` says, for a column, which beginnings
    of its words are shaded how; the columns ``also`` are shaded with it.
    """

    named: int
    shades: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    also: Sequence[str] = ()
    summed: Summed[T] | None = None


def write_sheet(
    session: Session,
    name: str,
    sheet: Sheet[T],
    rows: Iterable[T],
    title: str,
    wanted: int,
    look: Look[T],
) -> tuple[int, Path]:
    """Write a list called ``name`` into a new workbook; return how many rows it has, and where.

    The export is an event of the trail. Raises ``DubanError`` for a list that is too long.
    """
    if wanted > MOST:
        raise DubanError(f"列表有{wanted:,}行，一次最多导出{MOST:,}行：请先筛选")
    bureau, now = session.store.policy.bureau.name, session.now()
    told = f"{title} · 数据 {now:%Y-%m-%d %H:%M:%S}"
    with _reserved(session, name) as path, replacing(path) as part, session.store.writing() as work:
        with paper.Book(title, bureau, now, part.parent) as book:
            written = _lay_out(book, name, told, sheet, rows, look)
            part.write_bytes(book.save())
        work.event("export.list", "store", None, payload={"rows": written, "file": path.name})
    return written, path


def _lay_out(
    book: Book, name: str, title: str, sheet: Sheet[T], rows: Iterable[T], look: Look[T]
) -> int:
    """Write the rows, and the sheet that counts them; return how many there are."""
    counted: Counter[tuple[str, str]] = Counter()
    cells = [cell for _, cell in sheet]
    lines = ([cell(row) for cell in cells] for row in _counting(rows, look.summed, counted))
    table = book.table(name, title, (), [column for column, _ in sheet], lines, named=look.named)
    for column, words in look.shades.items():
        book.shade_words(table, column, words, look.also)
    if look.summed is not None and counted:
        _summarize(book, title, look.summed, counted)
    return table.last - table.head


def _counting(
    rows: Iterable[T], summed: Summed[T] | None, counted: Counter[tuple[str, str]]
) -> Iterator[T]:
    """Yield rows and count them."""
    for row in rows:
        if summed is not None:
            counted[summed.whose(row), summed.kind(row)] += 1
        yield row


def _summarize(
    book: Book, title: str, summed: Summed[T], counted: Counter[tuple[str, str]]
) -> None:
    """Add the counts by kind and by whose the rows are, the most pressing first, and charts."""
    found = {kind for _, kind in counted}
    kinds = [kind for kind in summed.kinds if kind in found]
    whose = sorted(
        {one for one, _ in counted},
        key=lambda one: (*(-counted[one, kind] for kind in kinds), one),
    )
    totals = {kind: sum(counted[one, kind] for one in whose) for kind in kinds}
    by_kind = book.table(
        "汇总",
        "按类别汇总",
        [title],
        [SheetColumn("类别", 24), SheetColumn("件数", 12), SheetColumn("占比", 12)],
        [(kind, total, Fraction(total, counted.total())) for kind, total in totals.items()],
        named=1,
    )
    counts = {one: [counted[one, kind] for kind in kinds] for one in whose}
    by_whose = book.table(
        f"按{summed.title}",
        f"按{summed.title}汇总",
        [title],
        [SheetColumn(summed.title, 24), *(SheetColumn(kind, 9) for kind in (*kinds, "合计"))],
        [(one, *each, sum(each)) for one, each in counts.items()],
        named=1,
    )
    book.bars(by_whose, kinds[0])
    shown = range(min(len(whose), MOST_DRAWN))
    first = f"（前{MOST_DRAWN}）" if len(whose) > MOST_DRAWN else ""
    drawn = (
        paper.bars(book, by_kind, paper.Drawing("各类件数", "类别", ["件数"])),
        paper.bars(
            book,
            by_whose,
            paper.Drawing(f"各{summed.title}件数{first}", summed.title, kinds, shown, stacked=True),
        ),
    )
    book.drawings("图", title, drawn)


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
