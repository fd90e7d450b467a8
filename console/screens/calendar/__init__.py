"""日历: the versions in the store, a rehearsal of another, loading it and taking it back."""

from __future__ import annotations

from console.screens.calendar.screen import CalendarScreen

__all__ = ["CalendarScreen"]
