"""How a group's message stands: its colour, its times, and the page beside the list."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from console.frame import SHORT_STEPS, Symbols, colour_text
from console.widgets import Sheet
from rules.clocks import colour_of, long_instant
from rules.police import CLUE, in_minutes
from rules.text import MASKED

if TYPE_CHECKING:
    from models.police import MessageView

SHADES = {"red": "$duban-red", "yellow": "$duban-yellow", "blue": "$duban-blue"}


def colour_of_message(view: MessageView, now: datetime) -> str | None:
    """Return the colour of its clock that turns red first; None where none runs."""
    if view.red_at is None or view.yellow_at is None:
        return None
    return colour_of(view.at, view.yellow_at, view.red_at, now)


def remaining(view: MessageView, now: datetime) -> str:
    """Return how long its clock still runs, or since when it is late: ``余2分10秒``."""
    if view.due_at is None:
        return ""
    left = round((view.due_at - now).total_seconds())
    return f"{'余' if left >= 0 else '超'}{in_minutes(abs(left))}"


def took(since: datetime, until: datetime | None) -> str:
    """Return how long something took: ``42秒``; empty of what has not happened."""
    return in_minutes(round((until - since).total_seconds())) if until is not None else ""


def message_page(
    view: MessageView, width: int, signs: Symbols, now: datetime, zone: ZoneInfo
) -> Content:
    """Return the page of one message, to be shown in so many cells."""
    sheet = Sheet(width, signs.rule)
    sheet.line((f"#{view.id} {view.group}", Sheet.STRONG))
    colour = colour_of_message(view, now)
    if colour is not None and view.step is not None:
        name = f"{colour_text(colour, 0, signs)} {SHORT_STEPS[view.step]}"
        sheet.line((f"{name} {remaining(view, now)}", SHADES[colour]))
    else:
        sheet.line((view.state, Sheet.DIM))
    sheet.line("")
    if view.kind == CLUE:
        sheet.fact("线索编号", view.clue_number or "")
        sheet.fact("收到", long_instant(view.at.astimezone(zone)))
        sheet.fact("受理回执", view.clue_receipt or "未回：按 c 登记")
        sheet.line("")
        sheet.line(("线索的内容不进本系统，只留编号、时间和回执", Sheet.DIM))
        return sheet.content()
    sheet.line(MASKED.text(view.text))
    sheet.heading("办理")
    sheet.fact("发言", long_instant(view.at.astimezone(zone)))
    for name, at in (
        ("应答", view.answered_at),
        ("到场", view.arrived_at),
        ("反馈", view.told_at),
    ):
        if at is not None:
            clock = long_instant(at.astimezone(zone))
            sheet.line((f"{name} ", Sheet.DIM), clock, (f"  用时{took(view.at, at)}", Sheet.DIM))
    sheet.fact("需到场", "是" if view.wants_visit else "")
    sheet.fact("转诉求", view.ticket or "")
    sheet.heading("警务群")
    sheet.fact("社区", view.code)
    sheet.fact("派出所", view.station or "")
    sheet.fact("社区民警", view.officer)
    sheet.fact("带班领导", view.leader or "")
    return sheet.content()
