"""A matter to be verified in four parts: appeal, reply, what was before, like cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from console.casework import Sections
from console.frame import REVIEW, Symbols, colour_text
from console.widgets import Part, Sheet
from rules.casework import CAUSES, VERDICTS
from rules.clocks import short_instant
from rules.text import stock_phrase

if TYPE_CHECKING:
    from models.views import DeadlineView, LikeCase, ReviewCase, ReviewCounts, RoundView

BROAD, WIDE = 140, 100
"""Cells from which four, and three, parts stand beside each other."""

KEYS = tuple((key.keys, key.label) for key in REVIEW if key.keys.isdigit())
"""The digits and what each does."""


class CasePages(Sections):
    """Writes the parts of one matter onto a sheet."""

    def __init__(self, case: ReviewCase, zone: ZoneInfo, symbols: Symbols, sheet: Sheet) -> None:
        """What of ``case`` must not be seen is masked already."""
        super().__init__(case.ticket, zone, symbols, sheet)
        self._case = case

    def appeal(self) -> None:
        """What the citizen wrote, where it lies, whom it is about."""
        view, sheet = self._view, self._sheet
        tags = " ".join(filter(None, (view.nature, view.channel, view.urgency)))
        sheet.heading("诉求")
        sheet.line((view.title or "（无标题）", "bold"))
        sheet.line((tags, sheet.DIM))
        sheet.text(view.content or view.title)

    def answer(self) -> None:
        """What the unit answered, when, who for it, and what is said of it: 套话."""
        sheet, round = self._sheet, self._view.round
        replies = self._case.replies
        sheet.heading(f"答复 {self._at(round.replied_at)}".rstrip())
        sheet.fact("主办", round.unit or "待派")
        sheet.fact("首办", round.first_handler)
        sheet.fact("协办", "、".join(round.co_units))
        for reply in replies:
            stock = f"【套话：{reply.stock}】" if reply.stock else ""
            back = "【已退回】" if reply.accepted is False else ""
            sheet.line("")
            sheet.line(
                (f"{reply.unit} {self._at(reply.at)} ", sheet.DIM),
                (stock, "bold $duban-yellow"),
                (back, "$duban-yellow"),
            )
            sheet.text(reply.text)
        if not replies:
            found = stock_phrase(round.reply)
            sheet.line((f"【套话：{found}】" if found else "", "bold $duban-yellow"))
            sheet.text(round.reply or "没有答复")
        sheet.line((self._case.signs, "$duban-yellow"))
        for label, at in (
            ("交办", round.dispatched_at),
            ("签收", round.acknowledged_at),
            ("联系", round.contacted_at),
            ("办结", round.closed_at),
        ):
            sheet.fact(label, self._at(at))
        sheet.fact("结果", round.outcome)

    def _at(self, instant: datetime | None) -> str:
        """Return an instant to the minute: a verdict never turns on seconds."""
        return "" if instant is None else short_instant(self._minute(instant))

    def before(self) -> None:
        """The rounds with their ratings, the calls, earlier verdicts, papers."""
        sheet = self._sheet
        sheet.heading("历次")
        for one in self._view.rounds:
            self._handled(one)
        self.ratings()
        self._calls()
        self.reviews(settled=True)
        self.orders()

    def _handled(self, one: RoundView) -> None:
        """One handling in two lines."""
        rated = one.result_rating or "未评价"
        outcome = f"（{one.outcome}）" if one.outcome else ""
        now = "本轮" if one.n == self._view.round.n else ""
        self._sheet.line(
            (f"第{one.n}轮{now} ", "bold"),
            (f"{rated}{outcome}", "$duban-red" if rated == "不满意" else ""),
        )
        closed = f"办结 {self._at(one.closed_at)}" if one.closed_at else one.status
        self._sheet.line((f"{one.unit or '待派'} {closed}", self._sheet.DIM))
        if one.reply and not now:
            self._sheet.text(one.reply)

    def _calls(self) -> None:
        if not self._case.calls:
            return
        self._sheet.heading("回访")
        for one in self._case.calls:
            recording = f" 录音{one.recording}" if one.recording else ""
            said = f"：{one.said}" if one.said else ""
            self._sheet.line(
                (f"{self._at(one.at)} 第{one.round}轮 ", self._sheet.DIM),
                (one.result, "" if one.result == "接通" else "$duban-yellow"),
                said,
                (f" {one.caller}{recording}", self._sheet.DIM),
            )

    def like(self) -> None:
        """What the same unit did with the like, and how that was rated."""
        sheet = self._sheet
        sheet.heading("同单位同类件")
        if not self._case.alike:
            sheet.line(("近来没有同类的已评价办结件", sheet.DIM))
        for one in self._case.alike:
            self._like(one)

    def _like(self, one: LikeCase) -> None:
        bad = one.result_rating == "不满意"
        verdict = f" {VERDICTS[one.verdict]}" if one.verdict in VERDICTS else ""
        self._sheet.line((one.title, ""))
        self._sheet.line(
            (f"{self._at(one.closed_at)} {one.outcome} ".replace("  ", " "), self._sheet.DIM),
            (one.result_rating, "$duban-red" if bad else ""),
            (verdict, self._sheet.DIM),
        )


Writer = Callable[[CasePages], None]


def parts_of(width: int) -> tuple[tuple[Writer, ...], ...]:
    """Return what stands on each page at a width, the pages from left to right."""
    appeal, answer = CasePages.appeal, CasePages.answer
    before, like, facts = CasePages.before, CasePages.like, CasePages.facts
    if width >= BROAD:
        return (appeal, facts), (answer,), (before,), (like,)
    if width >= WIDE:
        return (appeal, facts), (answer,), (before, like)
    return ((appeal, answer, before, like, facts),)


def head(case: ReviewCase | None, counts: ReviewCounts | None, width: int) -> Content:
    """Return the lines over a matter: how much there is to do, and which one this is."""
    told = "正在数" if counts is None else _counted(counts)
    late = counts is not None and counts.late
    left: list[Part] = [(told, "bold")]
    if late and counts is not None:
        left.append((f" · 超时{counts.late:,}", "bold $duban-red"))
    if case is None:
        return Content.assemble(*left)
    ticket, round = case.ticket, case.ticket.round
    closing = f"  {ticket.closing.kept}" if ticket.closing is not None else ""
    named = f"{ticket.number}  第{round.n}轮  {round.unit or '待派'}"
    which: list[Part] = [(named, "bold $accent"), (closing, Sheet.DIM)]
    room = width - sum(cell_len(part[0]) for part in (*left, *which))
    gap = " " * room if room >= 2 else "\n"
    return Content.assemble(*left, gap, *(part for part in which if part[0]))


def _counted(counts: ReviewCounts) -> str:
    return f"我已核{counts.mine:,} · 待核{counts.waiting:,} · 他人在核{counts.others:,}"


def foot(case: ReviewCase, zone: ZoneInfo, symbols: Symbols, width: int) -> Content:
    """Return what stands under a matter: its rating, calls, whose number, its own clock."""
    round = case.ticket.round
    rated: list[Part] = [
        ("评价 ", Sheet.DIM),
        (f"结果{round.result_rating or '未评'}", "bold $duban-red"),
        f" · 工作{round.work_rating}" if round.work_rating else "",
        (f" {_day(case, zone)}", Sheet.DIM),
    ]
    told = (rated, _called(case), _number(case), _clock(case.clock, symbols))
    return flowing(told, width, "   ")


def flowing(pieces: Iterable[Sequence[Part]], width: int, gap: str) -> Content:
    """Return pieces on as many lines as they need, none of them broken."""
    lines: list[list[Part]] = [[]]
    taken = 0
    for piece in pieces:
        size = sum(cell_len(part if isinstance(part, str) else part[0]) for part in piece)
        if lines[-1] and taken + cell_len(gap) + size > width:
            lines.append([])
            taken = 0
        if lines[-1]:
            lines[-1].append(gap)
            taken += cell_len(gap)
        lines[-1] += [part for part in piece if part and part[0]]
        taken += size
    return Content("\n").join(Content.assemble(*line) for line in lines)


def _day(case: ReviewCase, zone: ZoneInfo) -> str:
    return short_instant(case.review.opened_at.astimezone(zone).replace(second=0))


def _called(case: ReviewCase) -> list[Part]:
    if case.connected:
        told = "已接通"
    else:
        told = f"{case.unreached}次未接通" if case.unreached else "还没有"
    return [("回访 ", Sheet.DIM), told]


def _number(case: ReviewCase) -> list[Part]:
    """Return whose number 8 would show; of a confidential matter nobody's."""
    if case.ticket.confidential:
        return [("保密件不拨打", "$duban-yellow")]
    return [("电话 ", Sheet.DIM), case.ticket.citizen.phone or "没有留"]


def _clock(clock: DeadlineView | None, symbols: Symbols) -> list[Part]:
    if clock is None:
        return [("核查没有时限", Sheet.DIM)]
    shade = f"$duban-{clock.colour}" if clock.colour else Sheet.DIM
    state = f"{colour_text(clock.colour, clock.level, symbols)} {clock.remaining}"
    return [("核查 ", Sheet.DIM), (state, shade)]


def remarked(cause: str | None, text: str) -> Content:
    """Return what goes with the next verdict, in a line."""
    told = [f"原因 {CAUSES[cause]}"] if cause else []
    told += [f"备注 {text}"] if text else []
    return Content.assemble(("下一结论附 ", Sheet.DIM), (" · ".join(told), "bold $duban-mark"))


def keys(width: int) -> Content:
    """Return the digits and what each does."""
    return flowing(([(digit, "bold $accent"), name] for digit, name in KEYS), width, "  ")
