"""Deadlines as a person meets them: the calendar, the calculator, the sweep, the self-test."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.clocks.rehearsed import (
        agreed as agreed,
        answer as answer,
        as_object as as_object,
        summary as summary,
    )
    from console.clocks.screen import CalendarScreen as CalendarScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "rehearsed": ("agreed", "answer", "as_object", "summary"),
        "screen": ("CalendarScreen",),
    },
)
