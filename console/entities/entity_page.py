"""What the pane shows of a firm or of two names: the names over time, reasons, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from console.frame import Symbols, wrap
from console.widgets import Sheet
from rules.text import Masking

if TYPE_CHECKING:
    from models.entities import Course, EntityView, SuggestionView


BLANK = "\u00a0"
"""A blank that no folding takes away."""

INDENT = 5
"""Cells before a reason, where its weight stands."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is read for the pane: the row, how its names ran, what was said of them."""

    courses: Sequence[Course]
    suggestions: Sequence[SuggestionView]
    entity: EntityView | None = None


def entity_page(told: Told, width: int, signs: Symbols, masking: Masking) -> Content:
    """Return the page, to be shown in so many cells."""
    sheet = Sheet(width, signs.rule)
    if told.entity is not None:
        _firm(sheet, told.entity)
    elif told.suggestions:
        one = told.suggestions[0]
        sheet.line((f"{one.old_name} 与 {one.new_name}", Sheet.STRONG))
        sheet.fact("最早可知", f"{one.known_on:%Y-%m-%d}")
    _ran(sheet, told.courses, signs)
    for one in told.suggestions:
        _reasons(sheet, one, masking, width, whole=told.entity is not None)
    if told.entity is not None and told.entity.decisions:
        _decided(sheet, told.entity)
    return sheet.content()


def _firm(sheet: Sheet, one: EntityView) -> None:
    sheet.line((one.name, Sheet.STRONG))
    sheet.heading("名称沿革")
    for name in one.names:
        span = f" {name.span}" if name.span else ""
        sheet.line(name.written, (span, Sheet.DIM))
        left = f" · 已分开：{name.left_reason}" if name.left_at else ""
        said = f"  {name.source} · {name.confirmed_by}{name.confirmed_at:%Y-%m-%d}确认{left}"
        sheet.line((said, Sheet.DIM))


def _ran(sheet: Sheet, courses: Sequence[Course], signs: Symbols) -> None:
    """Draw the appeals of each name over the same time, one bar a span."""
    sheet.heading("诉求走势")
    if not courses:
        sheet.line(("近两年没有写这些名称的诉求", Sheet.DIM))
        return
    most = max(max(one.counts) for one in courses)
    for one in courses:
        sheet.line(
            one.written,
            (f"  {one.appeals}件 {one.first:%Y-%m-%d}至{one.last:%Y-%m-%d}", Sheet.DIM),
        )
        sheet.line((signs.wall, Sheet.DIM), (bar(one.counts, most, signs.bars), "$accent"))
    sheet.line(("同一时段自左至右；举报件、保密件不计", Sheet.DIM))


def bar(counts: Sequence[int], most: int, signs: str) -> str:
    """Return counts as one line of bars, the tallest for ``most``; one appeal is still seen."""
    top = len(signs) - 1
    bars = (signs[-(-count * top // most) if most else 0] for count in counts)
    return "".join(bars).replace(" ", BLANK)


def _reasons(
    sheet: Sheet, one: SuggestionView, masking: Masking, width: int, *, whole: bool
) -> None:
    sheet.heading(f"{one.label} · 分量{one.weight}")
    if whole:
        sheet.line(f"{one.old_name} 与 {one.new_name}")
    for reason in one.reasons:
        lines = wrap(masking.text(reason.text), width - INDENT)
        sheet.line((f"{reason.weight}".ljust(INDENT, BLANK), Sheet.DIM), lines[0])
        for line in lines[1:]:
            sheet.line(BLANK * INDENT + line)
    if one.decided_by:
        sheet.fact(one.decided_by, one.decided_reason or "未写理由")


def _decided(sheet: Sheet, one: EntityView) -> None:
    sheet.heading("处理决定")
    for told in one.decisions:
        sheet.line(told.kind, f" {told.number}")
        gone = f" · 已撤回：{told.revoked_reason}" if told.revoked_at else ""
        sheet.line((f"  {told.written} · {told.organ} · {told.day:%Y-%m-%d}{gone}", Sheet.DIM))
