"""What every paper is built on: pages of GB/T 9704-2012, workbooks, equal bytes."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.paper.as_text import PaperLine as PaperLine, lines_of as lines_of
    from console.paper.charts import Drawing as Drawing, bars as bars, courses as courses
    from console.paper.defaults import default_template as default_template
    from console.paper.marking import in_every_head as in_every_head, void_copy as void_copy
    from console.paper.page import (
        BODY as BODY,
        CENTRE as CENTRE,
        LEFT as LEFT,
        LINE as LINE,
        RIGHT as RIGHT,
        SMALL as SMALL,
        SPREAD as SPREAD,
        THICK as THICK,
        THIN as THIN,
        TITLE as TITLE,
        WIDTH as WIDTH,
        OfficialPage as OfficialPage,
        Span as Span,
        fill_cell as fill_cell,
        rule as rule,
        shape as shape,
        write as write,
    )
    from console.paper.page_chart import BarChart as BarChart, place_chart as place_chart
    from console.paper.printing import Press as Press, press as press
    from console.paper.reckoning import blocks_of as blocks_of, reckon as reckon
    from console.paper.settling import settle as settle
    from console.paper.workbook import Book as Book, Cell as Cell, Table as Table
    from console.paper.writing import (
        BIAO as BIAO,
        FANG as FANG,
        HEI as HEI,
        KAI as KAI,
        frozen_zip as frozen_zip,
        inert as inert,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "as_text": ("PaperLine", "lines_of"),
        "charts": ("Drawing", "bars", "courses"),
        "page_chart": ("BarChart", "place_chart"),
        "defaults": ("default_template",),
        "marking": ("in_every_head", "void_copy"),
        "page": (
            "BODY",
            "CENTRE",
            "LEFT",
            "LINE",
            "OfficialPage",
            "RIGHT",
            "SMALL",
            "SPREAD",
            "Span",
            "THICK",
            "THIN",
            "TITLE",
            "WIDTH",
            "fill_cell",
            "rule",
            "shape",
            "write",
        ),
        "printing": ("Press", "press"),
        "reckoning": ("blocks_of", "reckon"),
        "settling": ("settle",),
        "workbook": ("Book", "Cell", "Table"),
        "writing": (
            "BIAO",
            "FANG",
            "HEI",
            "KAI",
            "frozen_zip",
            "inert",
        ),
    },
)
