"""核查情况 of a period: a row for each unit, every number of which opens its appeals."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console.frame import REVIEWED, Session, bindings
from console.widgets import Cell, Column, FigureTable, ListScreen
from models import review, views
from rules.casework import REVIEW_COUNTS

if TYPE_CHECKING:
    from models.review import UnitReviews
    from rules.ranking import Period

COUNTS = {title: name for name, title in REVIEW_COUNTS.items()}

COLUMNS = (
    Column("单位", 18, frozen=True),
    *(Column(title, max(5, 2 * len(title)), align="right") for title in COUNTS),
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line: a unit's counts, or with ``id`` 0 those of all units together."""

    id: int
    name: str
    units: tuple[int, ...]
    counts: dict[str, int]

    @property
    def cells(self) -> list[Cell]:
        """A cell for each of ``COLUMNS``."""
        tone = "head" if self.id == 0 else ""
        numbers = (self.counts[title] for title in COUNTS)
        return [(self.name, tone), *((str(n), "" if n else "dim") for n in numbers)]


def review_rows(found: Sequence[UnitReviews]) -> Iterator[ReviewRow]:
    """Yield the lines of a period: all units together first."""
    each = [
        ReviewRow(
            one.unit_id,
            one.unit,
            (one.unit_id,),
            {title: getattr(one, name) for title, name in COUNTS.items()},
        )
        for one in found
    ]
    if len(each) > 1:
        total = {title: sum(row.counts[title] for row in each) for title in COUNTS}
        yield ReviewRow(0, "全部单位", tuple(row.id for row in each), total)
    yield from each


class ReviewedScreen(ListScreen[ReviewRow]):
    """The reviews of a period by unit, over the ranking."""

    TITLE = "核查情况"
    BINDINGS = bindings(REVIEWED)
    EMPTY = "这一期没有核查 · Esc 返回排名"
    CSS = "ReviewedScreen #period { height: auto; padding: 0 1; text-style: bold; }"

    def __init__(self, period: Period) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._period = period

    def body(self) -> ComposeResult:
        """Lay out the period and the table."""
        sums = "应核＝已核＋待核，已核＝维持＋改评＋剔除＋重办＋转督办"
        told = f"{self._period.label} {sums}"
        yield Static(told, id="period", markup=False)
        signs = self.host.symbols
        yield FigureTable(
            COLUMNS,
            lambda row: row.cells,
            COUNTS,
            "应核",
            mark=signs.mark,
            ellipsis=signs.ellipsis,
            id="list",
            nothing=self.nothing,
        )

    def begin(self, session: Session) -> None:
        """Read the period."""
        period = self._period

        def read(session: Session) -> list[ReviewRow]:
            with session.reading("reviewed") as reader:
                return list(review_rows(review.review_figures(reader, period)))

        self.fetch("list", read, self._show)

    def action_refresh(self) -> None:
        """Read it again."""
        if self.session is not None:
            self.begin(self.session)

    def _show(self, rows: list[ReviewRow]) -> None:
        known = {row.id: row for row in rows}
        self.table.show(array("q", known), known)

    @on(FigureTable.FigureOpened)
    def _figure_opened(self, news: FigureTable.FigureOpened) -> None:
        row: ReviewRow | None = self.table.row(news.id)
        if row is None:
            return
        if not row.counts[news.title]:
            self.say(f"{row.name} {news.title} 0件：没有可打开的诉求")
            return
        period, count, units = self._period, COUNTS[news.title], row.units

        def behind(session: Session) -> tuple[int, ...]:
            with session.reading("figure") as reader:
                found = review.reviews_behind(reader, period, count, units)
            return tuple(dict.fromkeys(found))

        origin = f"{period.label} · {row.name} · 核查{news.title}"
        self.question(behind, partial(self._open, origin))

    def _open(self, origin: str, ticket_ids: tuple[int, ...]) -> None:
        self.host.open_matters(origin, partial(views.matter_ids, ticket_ids=ticket_ids))
