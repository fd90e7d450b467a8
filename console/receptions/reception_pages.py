"""What the panes of 大接访 show: the figures of a day, a place, a party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from console.frame import Symbols
from console.widgets import Sheet
from models.receptions import sum_of

if TYPE_CHECKING:
    from models.receptions import MeetingView, PlaceFigures, ReceptionView

_HEADS = ("批次", "人次", "现场", "承诺", "转办", "移送")
_WIDE = 6


def _figures(one: PlaceFigures) -> str:
    counts = (
        one.batches,
        one.people,
        one.solved,
        one.pledged,
        one.referred,
        one.transferred,
    )
    return "".join(f"{count:>{_WIDE},}" for count in counts)


def _fit(text: str, cells: int) -> str:
    """Return a text cut or filled to so many cells."""
    kept = ""
    for sign in text:
        if cell_len(kept + sign) > cells:
            break
        kept += sign
    return kept + " " * (cells - cell_len(kept))


def day_page(day: date, places: Sequence[PlaceFigures], width: int, signs: Symbols) -> Content:
    """Return the figures of a day: together, then place by place in the order of the plan."""
    sheet, total = Sheet(width, signs.rule), sum_of(places, day)
    sheet.line((f"{day} 接访", Sheet.STRONG))
    sheet.line(f"{len(places)}个接访点 {total.batches:,}批 {total.people:,}人次")
    sheet.line(
        f"集体访{total.collective:,}批{total.collective_people:,}人次"
        f" · 首访{total.first:,} · 重访{total.again:,}"
    )
    if total.lawsuit:
        sheet.line(f"移送里涉法涉诉{total.lawsuit:,}批")
    sheet.line("")
    name = max(8, width - _WIDE * len(_HEADS))
    heads = "".join(" " * (_WIDE - cell_len(head)) + head for head in _HEADS)
    sheet.line((_fit("接访点", name) + heads, Sheet.DIM))
    for one in places:
        sheet.line(_fit(one.place, name) + _figures(one))
    sheet.line((_fit("合计", name) + _figures(total), Sheet.STRONG))
    return sheet.content()


def place_page(
    place: ReceptionView, figures: PlaceFigures | None, width: int, signs: Symbols, zone: ZoneInfo
) -> Content:
    """Return a place: who receives there, which units sit there, its figures."""
    sheet = Sheet(width, signs.rule)
    sheet.line((place.place, Sheet.STRONG))
    opens = f"{place.held_at.astimezone(zone):%Y-%m-%d %H:%M}"
    closes = f"—{place.ends_at.astimezone(zone):%H:%M}" if place.ends_at else ""
    for name, value in (
        ("时间", opens + closes),
        ("接访领导", f"{place.post or ''}{place.leader}"),
        ("层级", place.rank or ""),
        ("主办单位", place.organ or ""),
        ("到场单位", "、".join(place.units)),
        ("状态", place.state),
    ):
        sheet.fact(name, value)
    if figures is None:
        return sheet.content()
    sheet.heading(f"{figures.batches:,}批 {figures.people:,}人次")
    for name, count in (
        ("集体访", figures.collective),
        ("首访", figures.first),
        ("重访", figures.again),
        ("现场解决", figures.solved),
        ("承诺", figures.pledged),
        ("转办", figures.referred),
        ("移送", figures.transferred),
        ("涉法涉诉", figures.lawsuit),
    ):
        sheet.fact(name, f"{count:,}")
    return sheet.content()


def meeting_page(one: MeetingView, width: int, signs: Symbols, zone: ZoneInfo) -> Content:
    """Return a party: how they came, what came of it, the matter it is."""
    sheet = Sheet(width, signs.rule)
    sheet.line((f"第{one.serial}批 {one.title}", Sheet.STRONG))
    kind = "集体访 " if one.collective else ""
    visit = "重访" if one.again else "首访"
    hint = "（从前来过，请核对，按 e 改）" if one.seen_before else ""
    for name, value in (
        ("时间", f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"),
        ("来访", f"{kind}{one.people}人 {visit}{hint}"),
        ("结果", one.outcome_word),
        ("处理说明", one.outcome_words or ""),
        ("移送", one.transferred_to or ""),
        ("责任单位", one.unit or ""),
        ("包案领导", one.leader_in_charge or ""),
        ("涉法涉诉", "是" if one.lawsuit else ""),
        ("信访编号", one.petition_number or ""),
        ("工单", f"{one.ticket}{'（原有）' if one.known_before else ''}"),
    ):
        sheet.fact(name, value)
    sheet.line(("回车打开这件诉求", Sheet.DIM))
    return sheet.content()
