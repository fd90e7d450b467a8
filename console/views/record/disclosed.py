"""Who saw telephone numbers, exported, copied and drew handouts: by person and day, over F8."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console.frame import DISCLOSED, Session, bindings
from console.widgets import Cell, Column, FigureTable, ListScreen
from models import store, views
from rules.casework import DISCLOSURES
from rules.clocks import day_start

if TYPE_CHECKING:
    from models.store import Disclosed

KINDS = {title: kind for kind, (title, _) in DISCLOSURES.items()}

COLUMNS = (
    Column("日期", 12, frozen=True),
    Column("经办人", 10, frozen=True),
    *(Column(title, max(6, 2 * len(title)), align="right") for title in KINDS),
)

USUAL = timedelta(days=30)
"""How long a span is where none is asked for, up to the end of today."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are counted: aware instants from the first up to the end of the last."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, filter: views.TrailFilter, now: datetime, zone: ZoneInfo) -> Span:
        """Return the days of a filter; an end that it leaves open is today's, or a month ago."""
        tomorrow = day_start(now.astimezone(zone).date() + timedelta(days=1), zone)
        until = filter.until or tomorrow
        return cls(filter.since or until - USUAL, until)

    def days(self, zone: ZoneInfo) -> str:
        """Return the days as a filter takes them: ``2026-11-01..2026-11-20``."""
        last = self.until - timedelta(seconds=1)
        return "..".join(f"{one.astimezone(zone):%Y-%m-%d}" for one in (self.since, last))


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line: counts of a person on a day, of a person, or of all; ``asked`` finds the events."""

    day: str
    name: str
    counts: Counter[str]
    asked: str

    @property
    def cells(self) -> list[Cell]:
        """A cell for each of ``COLUMNS``."""
        tone = "" if self.name and self.day[:1].isdigit() else "head"
        numbers = (self.counts[kind] for kind in KINDS.values())
        return [
            (self.day, tone),
            (self.name, tone),
            *((str(n), "" if n else "dim") for n in numbers),
        ]


def count_rows(found: Sequence[Disclosed], days: str) -> Iterator[CountRow]:
    """Yield the lines of a span: all together, each person's sum, then each day."""
    if not found:
        return
    yield CountRow("合计", "全部人员", _sum(found), f"d:{days}")
    for login, name in sorted({(one.login, one.name) for one in found}):
        own = [one for one in found if one.login == login]
        yield CountRow("小计", name, _sum(own), f"r:{login} d:{days}")
    for one in found:
        yield CountRow(f"{one.day}", one.name, one.counts, f"r:{one.login} d:{one.day}")


def _sum(rows: Sequence[Disclosed]) -> Counter[str]:
    return sum((one.counts for one in rows), Counter[str]())


class DisclosedScreen(ListScreen[CountRow]):
    """The counts of a span; one that is opened gives F8 what finds its events."""

    TITLE = "查看与导出"
    BINDINGS = bindings(DISCLOSED)
    EMPTY = "这几天没有人查看联系方式，也没有导出 · Esc 返回留痕"
    CSS = "DisclosedScreen #span { height: auto; padding: 0 1; text-style: bold; }"

    def __init__(self, span: Span, zone: ZoneInfo, narrow: Callable[[str], object]) -> None:
        """``narrow`` takes what finds the events of a number that is opened."""
        super().__init__()
        self._span, self._zone, self._narrow = span, zone, narrow

    def body(self) -> ComposeResult:
        """Lay out the span and the table."""
        days = self._span.days(self._zone)
        yield Static(f"{days} 各人次数（在留痕里按 d: 换时段）", id="span", markup=False)
        signs = self.host.symbols
        yield FigureTable(
            COLUMNS,
            lambda row: row.cells,
            KINDS,
            next(iter(KINDS)),
            mark=signs.mark,
            ellipsis=signs.ellipsis,
            id="list",
            nothing=self.nothing,
        )

    def begin(self, session: Session) -> None:
        """Count."""
        span, zone = self._span, self._zone

        def read(session: Session) -> list[CountRow]:
            with session.reading("disclosed") as reader:
                found = store.disclosures(reader, zone, span.since, span.until)
            return list(count_rows(found, span.days(zone)))

        self.fetch("list", read, self._show)

    def action_refresh(self) -> None:
        """Count again."""
        if self.session is not None:
            self.begin(self.session)

    def _show(self, rows: list[CountRow]) -> None:
        known = dict(enumerate(rows, 1))
        self.table.show(array("q", known), known)

    @on(FigureTable.FigureOpened)
    def _figure_opened(self, news: FigureTable.FigureOpened) -> None:
        row: CountRow | None = self.table.row(news.id)
        if row is None:
            return
        if not row.counts[KINDS[news.title]]:
            self.say(f"{row.day} {row.name} {news.title} 0次：没有可打开的留痕")
            return
        self.dismiss()
        self._narrow(f"v:{news.title} {row.asked}")
