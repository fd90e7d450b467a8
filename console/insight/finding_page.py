"""A finding as the page beside the list tells it: every number on it opens its appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.frame import Symbols, wrap
from console.widgets import AXIS, Figure, FigureSheet, day_lines, day_width
from rules.insight import KINDS

if TYPE_CHECKING:
    from models.insight import AppealLine, FindingView, Share

HEIGHT = 6
"""Lines of the curve over its ground line."""

SHARES = 8
"""Units, channels or districts that are told one by one."""

STATES = {"likely": "待确认", "confirmed": "已确认", "closed": "已了结", "refused": "已否定"}

TICKET = "ticket:"
"""Before the id of an appeal, in the word of a figure that opens one."""

ALL = "全部"


class FindingPage:
    """Writes a finding onto a sheet; ``behind`` are the appeals of each number by its word."""

    def __init__(self, finding: FindingView, width: int, symbols: Symbols) -> None:
        """Write what the finding itself tells."""
        self.sheet = FigureSheet(width, symbols.rule)
        self.behind: dict[str, tuple[int, ...]] = {ALL: finding.ticket_ids}
        self._finding, self._symbols, self._width = finding, symbols, width
        self._told()
        self._curve()
        for title, shares in (
            ("承办单位", finding.units),
            ("渠道", finding.channels),
            ("区", finding.districts),
            ("专题", finding.campaigns),
        ):
            self._shares(title, shares)

    def appeals(self, lines: Sequence[AppealLine], zone: tzinfo) -> None:
        """Add its appeals, the newest first."""
        self.sheet.heading(f"诉求 {self._finding.count:,}件")
        for one in lines:
            day = one.received_at.astimezone(zone)
            self.sheet.line(
                (f"{day:%m-%d} ", FigureSheet.DIM),
                Figure(one.number, f"{TICKET}{one.ticket_id}"),
                f" {one.title}",
                (f" {one.unit or '待派'} {one.channel}", FigureSheet.DIM),
            )
        if left := self._finding.count - len(lines):
            more = Figure(f"{self._finding.count:,}", ALL)
            self.sheet.line((f"另有{left:,}件，全部 ", FigureSheet.DIM), more, " 件")

    def _told(self) -> None:
        finding, dim = self._finding, FigureSheet.DIM
        self.sheet.line((finding.name, "bold $accent"))
        state = f" · {STATES[finding.problem.state]}" if finding.problem else ""
        self.sheet.line(
            (KINDS[finding.kind] + state, dim),
            ("   诉求 ", dim),
            Figure(f"{finding.count:,}", ALL),
            (" 件", dim),
        )
        for line in wrap(finding.sentence.partition("：")[2] or finding.sentence, self._width):
            self.sheet.line(line)
        if finding.words:
            self.sheet.line("")
            for line in wrap(f"关键词 {'、'.join(finding.words)}", self._width):
                self.sheet.line((line, dim))

    def _curve(self) -> None:
        days, counts = zip(*self._finding.curve, strict=True)
        self.sheet.heading(f"每日件数 {self._day(days[0])}至{self._day(days[-1])}")
        lines = day_lines(counts, HEIGHT, self._width, self._symbols)
        for line in lines[:-1]:
            self.sheet.line((line, "$duban-blue"))
        self.sheet.line((lines[-1], FigureSheet.DIM))
        self._under(days)

    def _under(self, days: Sequence[date]) -> None:
        """Add the dates of Mondays, and where it could first have been known."""
        wide = day_width(len(days), self._width)
        shown = days[-((self._width - AXIS) // wide) :]
        labels = [" "] * (len(shown) * wide)
        for at, day in enumerate(shown):
            word = f"{day:%m-%d}"
            room = at * wide + len(word) <= len(labels)
            if day.weekday() == 0 and room:
                labels[at * wide : at * wide + len(word)] = word
        self.sheet.line((" " * AXIS + "".join(labels), FigureSheet.DIM))
        if self._finding.known_on in shown:
            before = AXIS + shown.index(self._finding.known_on) * wide
            mark, told = self._symbols.red, f"{self._day(self._finding.known_on)}即可发现"
            beside = before + 2 + 2 * len(told) <= self._width
            parts = (
                (" " * before, mark, " ", told)
                if beside
                else (" " * max(0, before - 2 * len(told)), told, " ", mark)
            )
            self.sheet.line(("".join(parts), "bold $duban-red"))

    def _shares(self, title: str, shares: Sequence[Share]) -> None:
        """Add names with their numbers, as many on a line as find room."""
        if not shares:
            return
        more = f"等{len(shares)}个" if len(shares) > SHARES else ""
        self.sheet.heading(f"{title}{more}")
        line: list[Figure | str] = []
        at = 0
        for share in shares[:SHARES]:
            opens, count = f"{title} {share.name}", f"{len(share.ticket_ids):,}"
            self.behind[opens] = share.ticket_ids
            size = cell_len(share.name) + len(count) + 4
            if line and at + size > self._width:
                self.sheet.line(*line)
                line, at = [], 0
            line += [f"{share.name} ", Figure(count, opens), "   "]
            at += size
        self.sheet.line(*line)

    @staticmethod
    def _day(day: date) -> str:
        return f"{day.month}月{day.day}日"
