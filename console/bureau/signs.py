"""Signs of gaming on a unit's page: pointed at with the city's share, never judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.bureau.gathering import of_tickets
from console.bureau.unitpage import UnitPage
from console.frame import Session
from console.widgets import Figure, FigureSheet
from models import review
from rules.ranking import Period, last_complete

if TYPE_CHECKING:
    from rules.review import Sign

TITLE = "值得留意（只供人判断）"

Found = tuple[Period, "Sequence[Sign]"]
"""The last complete month, and the signs of a unit in it."""


def read_signs(session: Session, unit_id: int) -> Found:
    """Return the signs of a unit in the last complete month."""
    store = session.store
    keeper = store.timekeeper()
    month = last_complete("month", store.now(), keeper.zone)
    with session.reading("signs") as reader:
        return month, review.unit_signs(reader, keeper, month, unit_id)


def write_signs(page: UnitPage, found: Found) -> None:
    """Write each sign, its number open to its appeals, beside the city's share."""
    month, signs = found
    page.sheet.heading(f"{month.label} {TITLE}")
    for sign in signs:
        count = len(sign.found)
        word = f"{month.label} {sign.name}"
        number: Figure | tuple[str, str] = ("0", FigureSheet.DIM)
        if count:
            page.behind[word] = of_tickets(sign.found)
            number = Figure(str(count), word)
        before, shares = f"{sign.name} ", sign.words.removeprefix(f"{sign.name} {count}")
        page.sheet.line((before, FigureSheet.DIM), number, (shares, FigureSheet.DIM))
