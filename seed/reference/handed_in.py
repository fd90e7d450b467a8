"""A file of days off in whatever form it comes: a notice's text, Word, a web page, ICS, JSON."""

from __future__ import annotations

from pathlib import Path

from models.store import plain_file
from rules.errors import CalendarError
from seed.reference.announced import announced
from seed.reference.document import MOST, document_text
from seed.reference.holidays import YearNotice, read_notice
from seed.reference.icalendar import calendar_years


def holidays_of(path: Path, year: int | None = None) -> list[YearNotice]:
    """Read a file of days off, whatever its form; ``year`` for a notice that names none.

    CalendarError says what could not be read; nothing of such a file is taken.
    """
    with plain_file(path) as file:
        content = file.read(MOST + 1)
    return holidays_in(content, path.name, year)


def holidays_in(content: bytes, name: str, year: int | None = None) -> list[YearNotice]:
    """Read days off from the bytes of a file of this name, or from what was pasted."""
    text = document_text(content, name, CalendarError)
    start = text.lstrip("\ufeff \t\r\n")[:500].lower()
    if start.startswith("{"):
        return [read_notice(text, name)]
    if start.startswith("begin:vcalendar"):
        return calendar_years(text, name)
    return [announced(text, name, year)]
