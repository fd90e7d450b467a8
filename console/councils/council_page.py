"""What the pane shows of a council, an account, an order to act first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from console.widgets import Sheet
from rules.casework import kept_back
from rules.clocks import Limit, plain_due

if TYPE_CHECKING:
    from models.councils import AccountView, CouncilView, FirstView, SeatView
    from rules.text import Masking

Local = Callable[[datetime], datetime]


def council_page(sheet: Sheet, one: CouncilView, local: Local) -> None:
    """Lay out who sat, what each held, what was decided, over which appeals."""
    sheet.line((f"会商#{one.id} {one.topic}", Sheet.STRONG))
    sheet.fact("时间", f"{local(one.held_at):%Y-%m-%d %H:%M}")
    sheet.fact("地点", one.place)
    sheet.fact("主持", one.chair)
    sheet.heading("参加单位")
    for seat in one.seats:
        sheet.line(_seat(seat))
    sheet.heading("所议诉求")
    sheet.line("、".join(ticket.number for ticket in one.tickets) or "没有列诉求")
    sheet.heading("结论")
    if one.decision is None:
        sheet.line(("还没有结论：按 c 登记", Sheet.DIM))
        return
    sheet.line(one.decision)
    sheet.fact("承办", one.unit or "")
    if one.dissenting:
        sheet.fact("保留", "、".join(one.dissenting))
    line = f"派单目录第{one.line_number}条" if one.line_number else "还没有写入派单目录：按 L"
    sheet.line((line, Sheet.DIM))


def _seat(seat: SeatView) -> str:
    """Return in a line whether a unit came and what it held."""
    if not seat.present:
        return f"{seat.unit}（未到会）"
    who = f"（{seat.person}）" if seat.person else ""
    dissent = "不同意见：" if seat.dissents else ""
    return f"{seat.unit}{who}：{dissent}{seat.opinion or '还没有登记意见'}"


def account_page(sheet: Sheet, one: AccountView, local: Local, masking: Masking) -> None:
    """Lay out why an appeal is on account, who signed and approved, until when."""
    kept, mask = kept_back(one.nature, one.confidential), masking.about(one)
    sheet.line((f"挂账 {one.number}", Sheet.STRONG))
    sheet.fact("单位", one.unit)
    sheet.fact("理由", "" if kept else mask.text(one.reason))
    sheet.fact("打算", "" if kept else mask.text(one.plan))
    sheet.fact("签字", f"{one.head}（{one.basis}）")
    sheet.fact("申请", f"{local(one.asked_at):%Y-%m-%d} 挂{Limit.parse(one.limit_text).label}")
    sheet.fact("批准", one.leader or "还没有批")
    if one.began_at is not None:
        sheet.fact("开始", f"{local(one.began_at):%Y-%m-%d} 已告知诉求人")
    if one.until_at is not None:
        again = "，已展期一次" if one.renewed_at is not None else ""
        sheet.fact("到期", f"{plain_due(local(one.until_at))}{again}")
    if one.ended_at is not None:
        said = "" if kept else mask.text(one.end_words or "")
        sheet.fact("了结", f"{local(one.ended_at):%Y-%m-%d} {said}")
    sheet.line(("按 i 打开诉求，在那里批复、告知、展期、销账", Sheet.DIM))


def first_page(sheet: Sheet, one: FirstView, local: Local, masking: Masking) -> None:
    """Lay out who acts first and why, and whose it turned out to be."""
    kept = kept_back(one.nature, one.confidential)
    sheet.line((f"先办后议 {one.number}", Sheet.STRONG))
    sheet.fact("先办", one.unit)
    sheet.fact("理由", "" if kept else masking.about(one).text(one.reason))
    sheet.fact("指定", f"{local(one.ordered_at):%Y-%m-%d} {one.leader or ''}")
    if one.settled_at is None:
        sheet.line(("归属待议：列入会商，或按 i 打开诉求登记议定归属", Sheet.DIM))
        return
    by = f"，会商#{one.council_id}" if one.council_id else ""
    sheet.fact("归属", f"{one.owner}（{local(one.settled_at):%Y-%m-%d}议定{by}）")
