"""What the pane shows of a campaign: its ground, tasks with bars, sessions, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from console.campaigns.standing import bar, colour_of_view, mark
from console.frame import Symbols
from console.widgets import Sheet
from rules.clocks import short_due
from rules.text import MASKED

if TYPE_CHECKING:
    from models.campaigns import (
        AppealLine,
        CampaignView,
        ExtensionView,
        SessionView,
        TaskView,
    )

SHADES = {"red": "$duban-red", "yellow": "$duban-yellow", "blue": "$duban-blue"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is read for the pane."""

    campaign: CampaignView
    tasks: Sequence[TaskView]
    sessions: Sequence[SessionView]
    extensions: Sequence[ExtensionView]
    appeals: Sequence[AppealLine]


def campaign_page(told: Told, width: int, signs: Symbols, now: datetime, zone: ZoneInfo) -> Content:
    """Return the page, to be shown in so many cells."""
    sheet, one = Sheet(width, signs.rule), told.campaign
    sheet.line((one.name, Sheet.STRONG))
    if one.theme:
        sheet.line(MASKED.text(one.theme))
    for name, value in (
        ("牵头领导", one.leader),
        ("牵头单位", one.lead_unit),
        ("期限", short_due(one.due_at.astimezone(zone)) if one.due_at else "未定"),
        ("依据", one.basis),
        ("结项", f"{one.closed_at.astimezone(zone):%Y-%m-%d}" if one.closed_at else None),
    ):
        if value:
            sheet.fact(name, value)
    _tasks(sheet, told.tasks, signs, now, zone)
    _sessions(sheet, told.sessions, zone)
    for moved in told.extensions:
        whose = f"任务“{moved.task}”" if moved.task else "专题"
        until = short_due(moved.due_after.astimezone(zone))
        sheet.line((f"{whose}展期至 {until}：{MASKED.text(moved.reason)}", Sheet.DIM))
    _appeals(sheet, one, told.appeals)
    if one.summary:
        sheet.heading("结果")
        sheet.line(MASKED.text(one.summary))
    return sheet.content()


def _tasks(
    sheet: Sheet, tasks: Sequence[TaskView], signs: Symbols, now: datetime, zone: ZoneInfo
) -> None:
    sheet.heading(f"任务 {len(tasks)}项")
    if not tasks:
        sheet.line(("没有任务：按 t 下达", Sheet.DIM))
    for task in tasks:
        colour = colour_of_view(task, now)
        state = mark(task, now, signs) or task.state
        sheet.line(
            (f"#{task.id} {task.unit}", Sheet.STRONG),
            (f"  {bar(task.percent, signs)}  ", "$accent"),
            (state, SHADES.get(colour or "", Sheet.DIM)),
        )
        sheet.line(f"  {MASKED.text(task.title)}")
        due = f"  截止 {short_due(task.due_at.astimezone(zone))}"
        said = f" · {MASKED.text(task.told)}" if task.told else ""
        why = f" · 未完成：{MASKED.text(task.undone_reason)}" if task.undone_reason else ""
        sheet.line((f"{due}{said}{why}", Sheet.DIM))


def _sessions(sheet: Sheet, sessions: Sequence[SessionView], zone: ZoneInfo) -> None:
    if not sessions:
        return
    sheet.heading("在线接访")
    for held in sessions:
        day = f"{held.held_at.astimezone(zone):%Y-%m-%d}"
        sheet.line(
            (f"{day} {held.leader} {held.kind}", Sheet.STRONG), f" {MASKED.text(held.topic)}"
        )
        for answer in held.answers[:5]:
            linked = f"（{answer.ticket}）" if answer.ticket else ""
            sheet.line(f"  问：{MASKED.text(answer.question)}{linked}")
            sheet.line((f"  答：{MASKED.text(answer.answer)}", Sheet.DIM))
        if len(held.answers) > 5:
            sheet.line((f"  另有{len(held.answers) - 5}问", Sheet.DIM))


def _appeals(sheet: Sheet, one: CampaignView, appeals: Sequence[AppealLine]) -> None:
    sheet.heading(f"诉求 {one.tickets:,}件 · 在办{one.open:,}件")
    for appeal in appeals:
        sheet.line(
            f"{appeal.number} {appeal.title}", (f"  {appeal.unit} {appeal.state}", Sheet.DIM)
        )
    if one.tickets > len(appeals):
        sheet.line((f"只列出最近{len(appeals)}件，按 i 打开全部", Sheet.DIM))
    elif not appeals:
        sheet.line(("没有诉求：用 duban campaign add 归入", Sheet.DIM))
