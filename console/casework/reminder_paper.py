"""催办 on paper: the words of a reminder as a page to print or fax; it bears no number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console import paper

if TYPE_CHECKING:
    from models.casework import Reminded


NAME = "催办通知"


def reminder_paper(reminder: Reminded, bureau: str, made: datetime) -> bytes:
    """Return the page of one reminder: whom it goes to, the appeals, who reminds and when."""
    to, *lines, signed = reminder.text.splitlines()
    page = paper.OfficialPage(f"{NAME} {reminder.unit}", bureau, made)
    page.paragraph(paper.Span(NAME, paper.BIAO, paper.TITLE), align=paper.CENTRE, line=35)
    page.blank()
    page.paragraph(to, align=paper.LEFT)
    for line in lines:
        page.body(line)
    page.blank()
    for part in signed.split("　"):
        page.paragraph(part, align=paper.RIGHT, right=32)
    return page.save()


def write_reminders(
    reminders: Sequence[Reminded], bureau: str, made: datetime, folder: Path
) -> list[Path]:
    """Write one page a unit into a folder; a second reminder has a name of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for reminder in reminders:
        path = folder / f"{NAME}-{reminder.unit}-{made:%Y%m%d}-{reminder.id}.docx"
        path.write_bytes(reminder_paper(reminder, bureau, made))
        written.append(path)
    return written
