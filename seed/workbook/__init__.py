"""A look at a workbook before any reader gets it: what would not fit into memory is refused."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.workbook.limits import WorkbookRefused as WorkbookRefused
    from seed.workbook.look import look_at as look_at

__getattr__, __dir__ = lazily(
    __name__,
    {
        "limits": ("WorkbookRefused",),
        "look": ("look_at",),
    },
)
