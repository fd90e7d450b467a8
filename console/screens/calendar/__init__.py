"""日历: the versions in the store, a rehearsal of another, loading it and taking it back."""

from console.screens.calendar.screen import CalendarScreen

__all__ = ["CalendarScreen"]
