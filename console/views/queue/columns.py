"""The columns of the queue, and a matter as the cells of its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from console.frame import COLOUR_NAMES, SHORT_STEPS, Symbols, colour_text, tail
from console.widgets import Cell, Column, Sheet
from rules import casework as law
from rules.clocks import STEP_NAMES, short_due
from rules.text import MASKED, Masking

if TYPE_CHECKING:
    from models.views import QueueRow
    from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of the queue in words, as at one moment.

    ``colour`` is None while paused and once closed; ``closed`` is when that was, empty before,
    ``late`` whether it was too late; ``outgoing`` is how its title leaves the house. ``merged``
    appeals are under it, ``lead`` is the number of what it is under (并单). Instants are in the
    bureau's zone.
    """

    id: int
    version: int
    kind: str
    subject_id: int
    ticket_id: int | None
    number: str
    title: str
    unit: str
    step: str
    step_name: str
    status: str
    colour: str | None
    level: int
    remaining: str
    due: str
    provisional: bool
    urgency: str
    channel: str
    nature: str
    area: str
    outgoing: Masking = MASKED
    closed: str = ""
    due_at: datetime | None = None
    closed_at: datetime | None = None
    late: bool = False
    for_analysis: bool = False
    merged: int = 0
    lead: str = ""

    @property
    def mark(self) -> str:
        """What stands before its title: how many are under it, or that it is under another."""
        return f"[并{self.merged}]" if self.merged else "[并入]" if self.lead else ""


DIGITS = 10
"""Cells of a number's end that tell it from others: month, day and the five digits."""

COLUMNS = (
    Column("颜色", 6, frozen=True),
    Column("余时", 14, frozen=True),
    Column("事项", 18, most=56),
    Column("单位", 10, most=12),
    Column("步骤", 4),
    Column("状态", 8),
    Column("编号", DIGITS),
    Column("到期", 11, later=True),
    Column("属地", 18, later=True),
    Column("渠道", 10, later=True),
    Column("性质", 4, later=True),
)

ORDERS = {
    "banded": "轻重缓急",
    "due": "到期先后",
    "received": "受理先后",
    "number": "编号",
    "unit": "单位",
    "step": "步骤",
}
"""The orders of the list by the word of ``models.queues``, in the order of ``[`` and ``]``."""

HEADINGS = {
    "颜色": "due",
    "余时": "due",
    "到期": "due",
    "单位": "unit",
    "步骤": "step",
    "编号": "number",
}
"""The order that a click on a heading gives."""

CHIPS = {
    **COLOUR_NAMES,
    "paused": "挂起",
    "next": "下一工作日转红",
    "today": "今日新红",
    "pressing": "特急或批示",
    "provisional": "暂定",
}


def cells(line: Line, symbols: Symbols) -> list[Cell]:
    """Return the cells of a matter, one for each of ``COLUMNS``."""
    shade = line.colour or ("red" if line.late else "dim")
    urgent = f"[{line.urgency}]" if line.urgency in ("特急", "紧急") else ""
    kind = "[督办单]" if line.kind == "order" else ""
    return [
        (colour_of(line, symbols), shade),
        (_remaining(line), shade),
        (f"{line.mark}{kind}{urgent}{line.title}", ""),
        _holder(line),
        (SHORT_STEPS.get(line.step, line.step_name), "dim"),
        (line.status, "dim"),
        (tail(line.number, DIGITS, ""), "dim"),
        (line.due, "dim"),
        (line.area, "dim"),
        (line.channel, "dim"),
        (line.nature, "dim"),
    ]


def colour_of(line: Line, symbols: Symbols) -> str:
    """Return a matter's colour as sign and word; of what is closed, whether it was in time."""
    if line.closed:
        return "逾期" if line.late else "按期"
    if line.for_analysis:
        return "分析"
    return colour_text(line.colour, line.level, symbols)


def _remaining(line: Line) -> str:
    """Return how long is left, or on which day a closed matter was closed."""
    if line.closed:
        return f"{line.closed.partition(' ')[0]} 办结"
    return line.remaining + ("暂" if line.provisional else "")


def _holder(line: Line) -> Cell:
    """Return who holds the matter: its unit, nobody yet, or the centre, which judges replies."""
    if line.unit:
        return line.unit, ""
    if line.for_analysis:
        return "来源方", "dim"
    return ("待派", "yellow") if line.step == "dispatch" else ("本中心", "dim")


def plain(line: Line, symbols: Symbols) -> str:
    """Return a matter in one line of text, for the clipboard, where everything is masked."""
    colour = colour_of(line, symbols)
    parts = (
        line.number,
        colour,
        line.remaining,
        line.outgoing.text(line.title),
        line.unit,
        line.step_name,
        f"办结{line.closed}" if line.closed else f"到期{line.due}" if line.due else "",
    )
    return "  ".join(part for part in parts if part)


def line_of(row: QueueRow, keeper: Timekeeper, now: datetime, masking: Masking = MASKED) -> Line:
    """Return a matter in words, what could name a citizen as ``masking`` shows it."""
    masking = masking.about(row)
    closed, paused = row.closed_at, row.paused_at is not None
    still = paused or closed is not None or row.for_analysis
    colour = None if still else keeper.colour(row.blue_at, row.yellow_at, row.red_at, now)
    red = colour == "red"
    level = keeper.level(row.limit_text, row.started_at, row.due_at, now) if red else 0
    due = keeper.local(row.due_at)
    return Line(
        id=row.id,
        version=row.version,
        kind=row.kind,
        subject_id=row.subject_id,
        ticket_id=row.ticket_id,
        number=row.number,
        title=masking.text(law.listed_title(row.title, row.nature, row.confidential)),
        unit=row.unit,
        step=row.step,
        step_name=STEP_NAMES.get(row.step, row.step),
        status=status_of(row),
        colour=colour,
        level=level,
        remaining=remaining_of(row, keeper, now),
        due="" if row.for_analysis else short_due(due),
        provisional=bool(row.provisional),
        urgency=row.urgency,
        channel=row.channel,
        nature=row.nature,
        area=masking.text(row.area),
        outgoing=masking if masking.on else MASKED.about(row),
        closed="" if closed is None else _day(keeper.local(closed), keeper.local(now)),
        due_at=None if row.for_analysis else due,
        closed_at=None if closed is None else keeper.local(closed),
        late=row.late,
        for_analysis=row.for_analysis,
        merged=row.merged if row.kind == "ticket" else 0,
        lead=row.lead or "",
    )


def _day(closed: datetime, now: datetime) -> str:
    """Return when a matter was closed, without the time of day where that is another year."""
    return f"{closed:%m-%d %H:%M}" if closed.year == now.year else f"{closed:%Y-%m-%d}"


def status_of(row: QueueRow) -> str:
    """Return where a matter stands, in Chinese."""
    if row.closed_at is not None:
        facts = {"unsatisfied"} if row.in_review else set[str]()
        return law.status_label(row.kind, row.state, facts=facts)
    if row.on_account:
        return "挂账"
    return "挂起" if row.paused_at is not None else law.status_label(row.kind, row.state)


def remaining_of(row: QueueRow, keeper: Timekeeper, now: datetime) -> str:
    """Return how long is left, how a closed matter kept its limit, or when others received it."""
    if row.closed_at is not None:
        return "逾期办结" if row.late else "按期办结"
    if row.paused_at is not None:
        return "挂账" if row.on_account else "挂起"
    if row.for_analysis:
        received, today = keeper.local(row.started_at), keeper.local(now)
        return f"{received:%m-%d} 受理" if received.year == today.year else f"{received:%Y-%m-%d}"
    return keeper.remaining(row.limit_text, row.due_at, now)


def summary(line: Line) -> Content:
    """Return what is said beside the list of a matter that is no appeal."""
    sheet = Sheet(0)
    sheet.line((line.number, "bold $accent"), f"  {line.status}")
    sheet.line((line.title, "bold"))
    sheet.fact("单位", line.unit)
    sheet.fact(line.step_name, f"{line.remaining}  到期 {line.due}")
    sheet.line("")
    sheet.line(("回车打开", Sheet.DIM))
    return sheet.content()
