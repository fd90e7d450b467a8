"""The columns of the trail: the same on the screen, in a workbook and on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.frame import Symbols, tail
from console.widgets import Cell, Column, Sheet

if TYPE_CHECKING:
    from models.views import EventLine, WholeEvent


DIGITS = 10
"""Cells of a number's end that tell it from others: month, day and the five digits."""

COLUMNS = (
    Column("录入时间", 11, frozen=True),
    Column("发生时间", 11),
    Column("经办人", 6),
    Column("做了什么", 24),
    Column("哪一件", DIGITS + 2),
    Column("单位", 8),
    Column("理由", 10, most=60),
)


def cells(line: EventLine, now: datetime, symbols: Symbols) -> list[Cell]:
    """Return the cells of an event, one for each of ``COLUMNS``; ``now`` is local."""
    happened = line.happened_at
    number = line.kind in ("ticket", "order")
    return [
        (moment(line.recorded_at, now), "dim"),
        (moment(happened, now) if happened else "", "dim"),
        (line.who, ""),
        (" ".join(line.text.split()), ""),
        (tail(line.subject, DIGITS + 2, symbols.ellipsis) if number else line.subject, "dim"),
        (line.unit, ""),
        (" ".join(line.reason.split()), "dim"),
    ]


def moment(instant: datetime, now: datetime) -> str:
    """Return an instant of this year to the minute, an older one as its day."""
    local = instant.astimezone(now.tzinfo)
    return f"{local:%m-%d %H:%M}" if local.year == now.year else f"{local:%Y-%m-%d}"


def plain(line: EventLine, zone: ZoneInfo) -> str:
    """Return an event in one line of text, for the clipboard."""
    told = (exact(line.recorded_at, zone), line.who, line.text, line.subject, line.unit)
    return "  ".join(part for part in (*told, line.reason) if part)


def exact(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant to the second."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def whole(event: WholeEvent, zone: ZoneInfo, sheet: Sheet) -> None:
    """Write everything that an event holds; a hash stands as it is, to be compared."""
    line = event.line
    sheet.line((f"第{line.seq:,}条", "bold $accent"), "  ", (line.subject, sheet.DIM))
    sheet.line((line.text, "bold"))
    sheet.fact("理由", line.reason)
    sheet.fact("录入", exact(line.recorded_at, zone))
    sheet.fact("发生", exact(line.at, zone))
    sheet.fact(
        "经办", line.who if line.who == event.operator else f"{line.who}（{event.operator}）"
    )
    sheet.fact("单位", line.unit)
    if event.told:
        sheet.heading("所记内容")
        for label, text in event.told:
            sheet.fact(label, text)
    sheet.heading("凭据")
    sheet.fact("规则", f"第{event.policy}版" if event.policy else "")
    sheet.fact("日历", f"第{event.calendar}版" if event.calendar else "")
    sheet.fact("批号", event.batch)
    sheet.fact("校验值", event.hash)
    sheet.fact("上一条", event.prev_hash)
    sheet.fact("封记", event.seal)
