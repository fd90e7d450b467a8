"""A look at a workbook before any reader gets it: what does not fit into memory is refused.

It also tells what readers do not: error values, formats of numbers, the epoch, hidden rows.
"""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.workbook.display import NumberFormat as NumberFormat, number_format as number_format
    from seed.workbook.limits import (
        MIB as MIB,
        MOST_OLD as MOST_OLD,
        Extent as Extent,
        WorkbookRefused as WorkbookRefused,
    )
    from seed.workbook.look import Look as Look, content_of as content_of, look_at as look_at
    from seed.workbook.marks import NO_RESULT as NO_RESULT, Mark as Mark, Marks as Marks
    from seed.workbook.parts import Parts as Parts

__getattr__, __dir__ = lazily(
    __name__,
    {
        "display": ("NumberFormat", "number_format"),
        "limits": ("MIB", "MOST_OLD", "Extent", "WorkbookRefused"),
        "look": ("Look", "content_of", "look_at"),
        "marks": ("NO_RESULT", "Mark", "Marks"),
        "parts": ("Parts",),
    },
)
