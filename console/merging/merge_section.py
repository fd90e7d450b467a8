"""并单 on the page of an appeal: its lead and what is under it, who was told, who left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rules.casework import listed_title, status_label
from rules.clocks import short_instant
from rules.merging import KINDS

if TYPE_CHECKING:
    from console.widgets import Sheet
    from models.merging import Member
    from rules.text import Masking

MOST = 12
"""How many of those under a lead a page names."""


def write_merge(
    sheet: Sheet, ticket_id: int, members: Sequence[Member], zone: tzinfo, masking: Masking
) -> None:
    """Write what an appeal is merged with; nothing where it never was."""
    if not members:
        return
    under = [one for one in members if one.present]
    own = next((one for one in under if one.ticket_id == ticket_id), None)
    sheet.heading("并单" if own is None else "并单 · 并入件")
    if own is not None:
        sheet.line(
            "随主件办理：时限、答复以主件为准，评价单独计  ", ("M 拆分、告知、异议", sheet.DIM)
        )
    elif under:
        untold = sum(one.told_at is None for one in under)
        told = f"，{untold}位诉求人还没告知" if untold else "，诉求人都已告知"
        kinds = "、".join(sorted({KINDS[one.kind] for one in under}))
        sheet.line(f"主件：并入{len(under)}件（{kinds}）{told}  ", ("M 拆分、告知", sheet.DIM))
    for one in members[:MOST]:
        _member(sheet, one, zone, masking)
    if len(members) > MOST:
        sheet.line((f"另有{len(members) - MOST}件：duban merge list 编号 看全部", sheet.DIM))


def _member(sheet: Sheet, one: Member, zone: tzinfo, masking: Masking) -> None:
    def at(instant: datetime) -> str:
        return short_instant(instant.astimezone(zone))

    shown = masking.about(one).text(listed_title(one.title, one.nature, one.confidential))
    if one.left_at is not None:
        why = masking.about(one).text(one.objection or one.left_reason or "")
        label = "异议" if one.objection else "拆分"
        sheet.line((f"{one.number} {label} {at(one.left_at)}：{why}", sheet.DIM))
        return
    told = f"已告知 {at(one.told_at)}" if one.told_at else "未告知"
    rated = f" 评价{one.result_rating}" if one.result_rating else ""
    status = status_label("ticket", one.state)
    sheet.line(
        f"{one.number} {shown}  ",
        (f"{KINDS[one.kind]} {at(one.joined_at)}并入 {status} {told}{rated}", sheet.DIM),
    )
