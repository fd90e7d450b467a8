"""What the pane shows of a promise: what, by whom, by when, its dates, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from console.frame import Symbols
from console.widgets import Sheet
from rules.clocks import long_instant, plain_due
from rules.text import MASKED

if TYPE_CHECKING:
    from models.receptions import PledgeMoved, PledgeView


def pledge_page(
    row: PledgeView,
    moved: Sequence[PledgeMoved],
    width: int,
    signs: Symbols,
    now: datetime,
    zone: ZoneInfo,
) -> Content:
    """Return the page of a masked promise, to be shown in so many cells."""
    sheet = Sheet(width, signs.rule)
    sheet.line((f"{row.noun}#{row.id}", Sheet.STRONG), f"  {row.stands(now)}")
    for line in row.text.split("\n"):
        sheet.line(line)
    for name, value in (
        ("责任单位", row.unit),
        ("责任人", row.person),
        ("兑现期限", plain_due(row.due_at.astimezone(zone))),
        ("接访领导", row.leader),
        ("接访", f"{row.day.isoformat()} {row.place}"),
        ("机关", row.organ),
        ("诉求", row.number),
        ("承诺", _when(row.made_at, zone)),
        ("签字", _when(row.signed_at, zone) or "未登记，按 s"),
        ("兑现", _when(row.kept_at, zone)),
        ("未兑现", _when(row.broken_at, zone)),
        ("作废", row.void_at and f"{_when(row.void_at, zone)} {row.void_reason}"),
    ):
        if value:
            sheet.fact(name, value)
    if row.verdict_words:
        sheet.heading("结果")
        sheet.line(row.verdict_words)
    if row.evidence:
        sheet.fact("凭据", row.evidence)
    if moved:
        sheet.heading(f"改期 {len(moved)}次")
    for one in moved:
        until = plain_due(one.due_after.astimezone(zone))
        sheet.line(f"{one.leader}同意改到 {until}：{MASKED.text(one.reason)}")
    return sheet.content()


def _when(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return None if instant is None else long_instant(instant.astimezone(zone))
