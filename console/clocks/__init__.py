"""Deadlines as a person meets them: the calendar, the calculator, the sweep, the self-test."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.clocks.rehearsed import (
        agreed as agreed,
        as_object as as_object,
        show as show,
        summary as summary,
    )
    from console.clocks.screen import CalendarScreen as CalendarScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "rehearsed": ("agreed", "as_object", "show", "summary"),
        "screen": ("CalendarScreen",),
    },
)
