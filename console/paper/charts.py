"""Native charts of a table that can be told apart without colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.paper.workbook import Book, Table
from seed.sheets import FACE

BAR, WIDEST, EDGE = 18, 900, 90  # pixels: of a bar with its gap, of a chart, of titles and axis

_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "#404040"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#7A5C00", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#BFCBD9"}},
    {"pattern": {"pattern": "percent_20", "fg_color": "#404040", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#FFFFFF"}},
    {"pattern": {"pattern": "dark_horizontal", "fg_color": "#808080", "bg_color": "#FFFFFF"}},
)

_MARKS = ("circle", "square", "triangle", "diamond", "x", "star")

_DASHES = ("solid", "dash", "round_dot", "long_dash_dot", "square_dot", "long_dash")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart shows of a table: columns as series, along the column that names its lines.

    ``lines`` counts from the first line, all where that is not said. ``most`` is where the axis
    ends, ``form`` how its numbers are written.
    """

    title: str
    along: str
    series: Sequence[str]
    lines: range | None = None
    stacked: bool = False
    form: str = "0"
    least: float = 0
    most: float | None = None


def bars(book: Book, table: Table, drawing: Drawing) -> tuple[Any, int]:
    """Return a chart of lying bars, the first line on top, and its height in pixels."""
    kind = {"type": "bar", "subtype": "stacked"} if drawing.stacked else {"type": "bar"}
    chart = book.workbook.add_chart(kind)
    first, last = _extent(table, drawing)
    for n, name in enumerate(drawing.series):
        chart.add_series(
            {
                "name": _place(table, table.head, name),
                "categories": _range(table, drawing.along, first, last),
                "values": _range(table, name, first, last),
                "border": {"color": "#000000", "width": 0.75},
                "gap": 40,
                "data_labels": {
                    "value": not drawing.stacked,
                    "num_format": drawing.form,
                    "font": {"name": FACE, "size": 9},
                },
                **_FILLS[n % len(_FILLS)],
            }
        )
    chart.set_y_axis({"reverse": True, "interval_unit": 1, **_words()})
    chart.set_x_axis(
        {
            "min": drawing.least,
            "max": drawing.most,
            "num_format": "0%" if "%" in drawing.form else "0",
            "major_gridlines": {"visible": True, "line": {"color": "#C0C0C0", "width": 0.5}},
            "label_position": "high",
            **_words(),
        }
    )
    rows = (last - first + 1) * (1 if drawing.stacked else len(drawing.series))
    return _finished(chart, drawing, EDGE + BAR * max(4, rows) + 40 * drawing.stacked)


def courses(book: Book, table: Table, drawing: Drawing) -> tuple[Any, int]:
    """Return a chart of lines, one for each series, each with its own mark and dash."""
    chart = book.workbook.add_chart({"type": "line"})
    first, last = _extent(table, drawing)
    for n, name in enumerate(drawing.series):
        mark = {"type": _MARKS[n % len(_MARKS)], "size": 7, "fill": {"color": "#FFFFFF"}}
        chart.add_series(
            {
                "name": _place(table, table.head, name),
                "categories": _range(table, drawing.along, first, last),
                "values": _range(table, name, first, last),
                "line": {"color": "#303030", "width": 1.5, "dash_type": _DASHES[n % len(_DASHES)]},
                "marker": {**mark, "border": {"color": "#303030"}},
            }
        )
    chart.set_y_axis(
        {"min": drawing.least, "max": drawing.most, "num_format": drawing.form, **_words()}
    )
    chart.set_x_axis(_words())
    return _finished(chart, drawing, 420)


def _extent(table: Table, drawing: Drawing) -> tuple[int, int]:
    if drawing.lines is None:
        return table.first, table.last
    return table.first + drawing.lines.start, table.first + drawing.lines.stop - 1


def _place(table: Table, row: int, title: str) -> list[Any]:
    return [table.sheet.get_name(), row, table.at(title)]


def _range(table: Table, title: str, first: int, last: int) -> list[Any]:
    return [table.sheet.get_name(), first, table.at(title), last, table.at(title)]


def _words() -> dict[str, Any]:
    return {"num_font": {"name": FACE, "size": 8}}


def _finished(chart: Any, drawing: Drawing, height: int) -> tuple[Any, int]:
    chart.set_title(
        {"name": drawing.title, "name_font": {"name": FACE, "size": 12}, "overlay": False}
    )
    if len(drawing.series) > 1:
        chart.set_legend({"position": "bottom", "font": {"name": FACE, "size": 9}})
    else:
        chart.set_legend({"none": True})
    chart.set_size({"width": WIDEST, "height": height})
    return chart, height
