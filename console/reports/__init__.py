"""民情专报: their screen, their files, their commands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.reports.report_acts import offer_report as offer_report
    from console.reports.screen import ReportsScreen as ReportsScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "report_acts": ("offer_report",),
        "screen": ("ReportsScreen",),
    },
)
