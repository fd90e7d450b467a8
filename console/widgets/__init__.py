"""Parts of screens that know nothing of the store: they show what they are given."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.widgets.choosing import Choice as Choice, Choosing as Choosing
    from console.widgets.dialogs import (
        Confirming as Confirming,
        Dialog as Dialog,
        Reading as Reading,
        Scrolled as Scrolled,
    )
    from console.widgets.early import TypedEarly as TypedEarly
    from console.widgets.fields import BURST as BURST, Entry as Entry, Field as Field
    from console.widgets.figure_table import FigureTable as FigureTable
    from console.widgets.figures import (
        Figure as Figure,
        FigurePage as FigurePage,
        FigureSheet as FigureSheet,
        halves as halves,
    )
    from console.widgets.filter_bar import FilterBar as FilterBar
    from console.widgets.list_screen import ListScreen as ListScreen
    from console.widgets.palette import (
        help_screen as help_screen,
        palette_screen as palette_screen,
        run_command as run_command,
    )
    from console.widgets.picking import Picking as Picking
    from console.widgets.plot import (
        AXIS as AXIS,
        SLOT as SLOT,
        bar_lines as bar_lines,
        day_lines as day_lines,
        day_width as day_width,
        short_count as short_count,
        slots as slots,
        under as under,
    )
    from console.widgets.questions import Asking as Asking, StepMenu as StepMenu
    from console.widgets.rows import Cell as Cell, Column as Column
    from console.widgets.sheet import Page as Page, Part as Part, Sheet as Sheet
    from console.widgets.table import VirtualTable as VirtualTable
    from console.widgets.textfield import TextField as TextField, Writing as Writing
    from console.widgets.when import AskingWhen as AskingWhen, When as When

__getattr__, __dir__ = lazily(
    __name__,
    {
        "choosing": ("Choice", "Choosing"),
        "dialogs": ("Confirming", "Dialog", "Reading", "Scrolled"),
        "early": ("TypedEarly",),
        "fields": ("BURST", "Entry", "Field"),
        "figure_table": ("FigureTable",),
        "figures": ("Figure", "FigurePage", "FigureSheet", "halves"),
        "filter_bar": ("FilterBar",),
        "list_screen": ("ListScreen",),
        "palette": ("help_screen", "palette_screen", "run_command"),
        "picking": ("Picking",),
        "plot": (
            "AXIS",
            "SLOT",
            "bar_lines",
            "day_lines",
            "day_width",
            "short_count",
            "slots",
            "under",
        ),
        "questions": ("Asking", "StepMenu"),
        "rows": ("Cell", "Column"),
        "sheet": ("Page", "Part", "Sheet"),
        "table": ("VirtualTable",),
        "textfield": ("TextField", "Writing"),
        "when": ("AskingWhen", "When"),
    },
)
