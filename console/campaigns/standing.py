"""How a campaign or a task stands: a bar of its progress, its colour by the clock that leads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console.frame import UNICODE, Symbols, colour_text

if TYPE_CHECKING:
    from models.campaigns import CampaignView, TaskView

CELLS = 10
"""Cells of a bar."""


def bar(percent: int, signs: Symbols = UNICODE) -> str:
    """Return progress as a bar and a number: ``███░░░░░░░ 30%``."""
    full = round(percent * CELLS / 100)
    return f"{signs.bars[-1] * full}{'.' * (CELLS - full)} {percent}%"


def colour_of_view(view: CampaignView | TaskView, now: datetime) -> str | None:
    """Return the colour of the clock that runs; None where none does."""
    if view.red_at is None or view.yellow_at is None or getattr(view, "stopped_at", None):
        return None
    if now > view.red_at:
        return "red"
    return "yellow" if now >= view.yellow_at else "blue"


def mark(view: CampaignView | TaskView, now: datetime, symbols: Symbols) -> str:
    """Return its colour as sign and word; empty where no clock runs."""
    colour = colour_of_view(view, now)
    return colour_text(colour, 0, symbols) if colour else ""
