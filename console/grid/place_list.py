"""The rows of 网格: a place and those in it, with what they have in hand and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from console.widgets import Cell, Column
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from console.views import Sheet
    from models.grid import FoundPlace
    from models.views import PlaceDone, PlaceLine

NAME = "名称"

HAND = {"红": "red", "黄": "yellow", "蓝": "blue", "挂起": "paused"}
"""The headings of what a place has in hand."""

DONE = {
    "受理": "received",
    "办结": "closed",
    "解决率": "solved",
    "首次联系": "contacts",
    "满意率": "rated",
}
"""The headings of what a place did in the last months, and what opens behind each."""

COLUMNS = (
    Column(NAME, 12, most=26, frozen=True),
    Column("红", 5, align="right"),
    Column("黄", 5, align="right"),
    Column("蓝", 6, align="right"),
    Column("挂起", 4, align="right"),
    Column("受理", 8, align="right"),
    Column("办结", 8, align="right"),
    Column("解决率", 6, align="right"),
    Column("首次联系", 8, align="right"),
    Column("满意率", 6, align="right"),
)

FOUND = (
    Column(NAME, 30, most=60, frozen=True),
    Column("级别", 4),
    Column("编码", 15),
    Column("小区", 16, most=40, later=True),
)
"""The columns of places that were looked for."""

FIGURES = (NAME, *HAND, *DONE)
"""The headings that the hand goes to: the name leads into the place."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A place of the list; one that was only found has no ``line``, but ``facts`` of its own."""

    code: str
    name: str
    line: PlaceLine | None
    fair: Fraction
    facts: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """Its number in the list."""
        return int(self.code)

    def cells(self) -> list[Cell]:
        """Return its cells in ``COLUMNS``; in ``FOUND`` of a place that was only found."""
        if self.line is None:
            return [(self.name, ""), *((fact, "dim") for fact in self.facts)]
        shown: list[Cell] = [(self.name, "")]
        for kind in HAND.values():
            count = self.hand(kind)
            shade = "" if kind == "paused" else kind
            shown.append((f"{count:,}", shade if count else "dim"))
        return [*shown, *((word, "") for word in done_words(self))]

    def hand(self, kind: str) -> int:
        """Return how many matters of a kind it has in hand."""
        assert self.line is not None
        return self.line.paused if kind == "paused" else self.line.in_hand(kind)

    @property
    def done(self) -> PlaceDone:
        """What it did in the last months."""
        assert self.line is not None
        return self.line.done

    def counted(self, title: str) -> int:
        """Return how many appeals stand behind the number under a heading."""
        if title in HAND:
            return self.hand(HAND[title])
        what = DONE[title]
        return self.done.contacted if what == "contacts" else int(getattr(self.done, what))


def found_row(one: FoundPlace, fair: Fraction) -> GridRow:
    """Return a place that was looked for as a row."""
    ended = "（已撤销）" if one.valid_to is not None else ""
    facts = (one.level, one.code, "、".join(one.estates))
    return GridRow(one.code, f"{one.name}{ended}", None, fair, facts)


def done_words(row: GridRow) -> list[str]:
    """Return what a place did, in the order of ``DONE``."""
    done = row.done
    return [
        f"{done.received:,}",
        f"{done.closed:,}",
        share(done.solved_rate),
        took(done.contact_median),
        share(done.satisfaction(row.fair)),
    ]


def share(rate: Fraction | None) -> str:
    """Return a rate in words, a dash where nothing is counted."""
    return "—" if rate is None else f"{float(rate * 100):.1f}%"


_UNITS = ((86_400, "天"), (3_600, "小时"), (60, "分钟"))


def took(seconds: int | None) -> str:
    """Return how long something took, in two figures: it is known to a twentieth."""
    if seconds is None:
        return "—"
    size, word = next((unit for unit in _UNITS if seconds >= unit[0]), _UNITS[-1])
    length = max(1.0, seconds / size)
    exact = length < 10 and word != "分钟"
    return f"{length:.1f}{word}" if exact else f"{round(length)}{word}"


BOOK: Sheet[GridRow] = (
    (SheetColumn("编码", 18), lambda row: row.code),
    (SheetColumn(NAME, 26), lambda row: row.name),
    (SheetColumn("红", 8), lambda row: row.hand("red")),
    (SheetColumn("黄", 8), lambda row: row.hand("yellow")),
    (SheetColumn("蓝", 8), lambda row: row.hand("blue")),
    (SheetColumn("挂起", 8), lambda row: row.hand("paused")),
    (SheetColumn("近12个月受理", 14), lambda row: row.done.received),
    (SheetColumn("办结", 10), lambda row: row.done.closed),
    (SheetColumn("已解决", 10), lambda row: row.done.solved),
    (SheetColumn("首次联系（中位）", 16), lambda row: took(row.done.contact_median)),
    (SheetColumn("评价", 10), lambda row: row.done.rated),
    (SheetColumn("群众满意率", 12), lambda row: share(row.done.satisfaction(row.fair))),
)


def row_of(line: PlaceLine, fair: Fraction, own: bool = False) -> GridRow:
    """Return a place as a row; ``own``: it is the one whose places are listed."""
    return GridRow(line.place.code, "合计" if own else line.place.name, line, fair)
