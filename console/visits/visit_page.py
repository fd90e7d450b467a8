"""What the pane shows of a visit: what was given, told, left to do, and its community's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from console.frame import Symbols, colour_text
from console.visits.month_page import HEAD, LEGEND, signs_of, week_lines
from console.widgets import Sheet
from rules.clocks import long_instant, short_due
from rules.text import MASKED

if TYPE_CHECKING:
    from models.visits import ToldAppeal, VisitTaskView, VisitView

SHADES = {"red": "$duban-red", "yellow": "$duban-yellow", "blue": "$duban-blue"}


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """What is read for the pane; ``month`` is shown of the community, with its ``visits``."""

    visit: VisitView
    tasks: Sequence[VisitTaskView]
    appeals: Sequence[ToldAppeal]
    month: date
    visits: Sequence[VisitView]


def colour_at(one: VisitView | VisitTaskView, now: datetime) -> str | None:
    """Return the colour of the clock that runs; None where none does."""
    if one.red_at is None or one.yellow_at is None or getattr(one, "stopped_at", None):
        return None
    if now > one.red_at:
        return "red"
    return "yellow" if now >= one.yellow_at else "blue"


def visit_page(
    told: ToldVisit, width: int, signs: Symbols, now: datetime, zone: ZoneInfo
) -> Content:
    """Return the page, to be shown in so many cells."""
    sheet, one = Sheet(width, signs.rule), told.visit
    sheet.line((f"走访#{one.id} {one.place}", Sheet.STRONG), (f"  {one.state(now)}", Sheet.DIM))
    until = f"—{one.ends_at.astimezone(zone):%H:%M}" if one.ends_at else ""
    sheet.fact("时间", f"{long_instant(one.at.astimezone(zone))}{until}")
    sheet.fact("单位", one.unit)
    sheet.fact("人员", "、".join(one.cadres.splitlines()))
    sheet.fact("服务", MASKED.text("、".join(one.services.splitlines())))
    if one.summary:
        sheet.heading("情况")
        sheet.text(MASKED.text(one.summary))
    _appeals(sheet, told)
    _tasks(sheet, told.tasks, signs, now, zone)
    sheet.heading(f"{one.place} {told.month:%Y年%m月}")
    sheet.line((HEAD, Sheet.DIM))
    for week in week_lines(told.month, signs_of(told.visits, now, zone)):
        sheet.line(week)
    sheet.line((LEGEND, Sheet.DIM))
    return sheet.content()


def _appeals(sheet: Sheet, told: ToldVisit) -> None:
    sheet.heading(f"诉求 {told.visit.appeals}件 · 在办{told.visit.open}件")
    for appeal in told.appeals[:20]:
        beside = f"  {appeal.unit} {appeal.state}"
        sheet.line(f"{appeal.number} {appeal.title}", (beside, Sheet.DIM))
    if len(told.appeals) > 20:
        sheet.line((f"另有{len(told.appeals) - 20}件，按 i 打开全部", Sheet.DIM))
    if not told.appeals:
        sheet.line(("没有：群众说了事按 s 收", Sheet.DIM))


def _tasks(
    sheet: Sheet, tasks: Sequence[VisitTaskView], signs: Symbols, now: datetime, zone: ZoneInfo
) -> None:
    sheet.heading(f"任务 {len(tasks)}项")
    for task in tasks:
        colour = colour_at(task, now)
        state = colour_text(colour, 0, signs) if colour else task.state
        sheet.line(
            (f"#{task.id} {task.unit} ", Sheet.STRONG), (state, SHADES.get(colour or "", Sheet.DIM))
        )
        sheet.line(f"  {MASKED.text(task.title)}")
        result = f" · {MASKED.text(task.result)}" if task.result else ""
        sheet.line((f"  截止 {short_due(task.due_at.astimezone(zone))}{result}", Sheet.DIM))
    if not tasks:
        sheet.line(("没有：按 t 布置", Sheet.DIM))
