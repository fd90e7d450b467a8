"""One place as its page tells of it: every number stands for matters and can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from console.frame import SHORT_STEPS, Symbols, colour_word, fit
from console.grid.place_book import (
    Given,
    PlaceBeside,
    PlaceTold,
    of_hand,
    of_months,
    of_problem,
)
from console.grid.place_list import share, took
from console.widgets import (
    AXIS,
    SLOT,
    Figure,
    FigureSheet,
    bar_lines,
    short_count,
    slots,
    under,
)
from rules.clocks import STEP_NAMES

if TYPE_CHECKING:
    from models.grid import CellCounts, Move
    from models.views import PlaceDone, StepInHand

SHADES = {"red": "bold $duban-red", "yellow": "$duban-yellow", "blue": "$duban-blue"}

HEIGHT = 4
"""Lines of a plot over its ground line."""

KINDS = {
    "red": "红",
    "yellow": "黄",
    "blue": "蓝",
    "next": "下一工作日转红",
    "late": "超期未结",
    "paused": "挂起",
}

DONE = {
    "received": "受理",
    "closed": "办结",
    "solved": "已解决",
    "contacts": "首次联系",
    "rated": "评价",
    "satisfied": "满意",
    "fair": "基本满意",
    "unsatisfied": "不满意",
}

BECAME = {"split": "分为", "merged": "并入", "moved": "改隶为"}

CELLS = "网格自办"
"""The word of a figure that opens what the cells of a place settled themselves."""

Line = list[Figure | tuple[str, str] | str]


class PlacePage:
    """Writes the parts of a place's page; ``behind`` finds what each number stands for."""

    def __init__(self, told: PlaceTold, symbols: Symbols, width: int) -> None:
        """Write onto a new sheet of so many cells."""
        self.sheet = FigureSheet(width, symbols.rule)
        self.behind: dict[str, Given] = {}
        self._told = told
        self._symbols = symbols
        self._figures = told.figures
        self._line = told.figures.line
        self._code = told.figures.line.place.code
        self._until = datetime.max.replace(tzinfo=told.moment.now.tzinfo)

    def head(self, beside: PlaceBeside | None) -> None:
        """What the list of the grid says of it."""
        place, dim = self._line.place, FigureSheet.DIM
        facts = [place.level, place.code]
        self.sheet.line(
            (place.name, "bold $accent"), "  ", (self._symbols.separator.join(facts), dim)
        )
        homes = "未登记" if place.households is None else f"{place.households:,}户"
        told: Line = [("住户 ", dim), homes]
        if place.followers is not None:
            told += [("  关注 ", dim), f"{place.followers:,}户"]
        if place.level == "网格":
            told += [("  网格员 ", dim), place.officer or "未登记"]
        self.sheet.line(*told)
        if place.valid_to is not None:
            self.sheet.line((f"{place.valid_to:%Y-%m-%d}后撤销，历史诉求仍在这里", "$duban-yellow"))
        for move in beside.onward if beside is not None else ():
            self._moved(f"{BECAME.get(move.kind, '并入')} ", move.name, move)
        for move in beside.origins if beside is not None else ():
            self._moved("来自 ", move.name, move)

    def _moved(self, word: str, name: str, move: Move) -> None:
        day = f"{move.on_day:%Y-%m-%d}起"
        self.sheet.line((f"{day}{word}", FigureSheet.DIM), f"{name} {move.successor}")

    def in_hand(self) -> None:
        """What it has in hand, by colour and step."""
        line: Line = []
        self.sheet.heading("在办")
        for colour, shade in SHADES.items():
            word = colour_word(colour, self._symbols)
            count = self._line.in_hand(colour)
            line += [(f"{word} ", shade), self._hand(count, colour, shade), "   "]
        self.sheet.line(*line)
        self.sheet.line(
            "超期 ",
            self._hand(self._line.in_hand("late"), "late", "bold $duban-red"),
            "   下一工作日转红 ",
            self._hand(self._line.in_hand("next"), "next"),
            "   挂起 ",
            self._hand(self._line.paused, "paused"),
        )
        if self._line.steps:
            titles = [fit(title, 8, align="right") for title in ("红", "黄", "蓝", "将转红")]
            self.sheet.line((fit("步骤", 8) + "".join(titles), FigureSheet.DIM))
        for step in self._line.steps:
            self._step(step)

    def _step(self, step: StepInHand) -> None:
        line: Line = [fit(SHORT_STEPS.get(step.step, STEP_NAMES.get(step.step, step.step)), 8)]
        for kind in ("red", "yellow", "blue", "next"):
            count = getattr(step, kind)
            line.append(" " * (8 - len(f"{count:,}")))
            line.append(self._hand(count, kind, SHADES.get(kind, "bold"), step.step))
        self.sheet.line(*line)

    def done(self) -> None:
        """What it did in the last months together."""
        done, dim = self._line.done, FigureSheet.DIM
        self.sheet.heading(f"近{len(self._figures.begins)}个月")
        self.sheet.line(
            "受理 ",
            self._months(done.received, "received"),
            "   办结 ",
            self._months(done.closed, "closed"),
            "   已解决 ",
            self._months(done.solved, "solved"),
            (f" {share(done.solved_rate)}", dim),
        )
        median = took(done.contact_median)
        about = "" if done.contact_median is None else "约"
        self.sheet.line(
            "首次联系 ", self._months(done.contacted, "contacts"), f" 次，中位{about}{median}"
        )
        line: Line = ["评价"]
        for what in ("satisfied", "fair", "unsatisfied"):
            shade = "bold $duban-red" if what == "unsatisfied" else "bold"
            line += [f" {DONE[what]} ", self._months(getattr(done, what), what, shade)]
        self.sheet.line(*line, f"   满意率 {share(done.satisfaction(self._told.fair))}")

    def plots(self) -> None:
        """How many appeals came in each month, and how satisfied citizens were."""
        months = self._figures.months[-slots(self.sheet.width) :]
        begins = self._figures.begins[-len(months) :]
        most = max((one.received for one in months), default=0)
        self.sheet.heading("每月受理")
        shares = [Fraction(one.received, most) if most else None for one in months]
        self._plot(begins, shares, short_count(most))
        self._numbers("受理", begins, months, "received")
        self._numbers("办结", begins, months, "closed")
        self.sheet.heading("每月群众满意率")
        rates = [one.satisfaction(self._told.fair) for one in months]
        self._plot(begins, rates, "100%")
        line: Line = [(fit("比率", AXIS), FigureSheet.DIM)]
        for begin, rate in zip(begins, rates, strict=True):
            word = "—" if rate is None else f"{round(rate * 100)}%"
            line += self._under(word, begin, "rated")
        self.sheet.line(*line)
        self._numbers("不满意", begins, months, "unsatisfied")

    def _plot(
        self, begins: Sequence[datetime], shares: Sequence[Fraction | None], whole: str
    ) -> None:
        for drawn in bar_lines(shares, HEIGHT, self._symbols, whole):
            self.sheet.line(drawn)
        words = "".join("".join(under(f"{begin.month}月")) for begin in begins)
        self.sheet.line((fit("", AXIS) + words, FigureSheet.DIM))

    def _numbers(
        self, title: str, begins: Sequence[datetime], months: Sequence[PlaceDone], what: str
    ) -> None:
        line: Line = [(fit(title, AXIS), FigureSheet.DIM)]
        for begin, month in zip(begins, months, strict=True):
            line += self._under(short_count(getattr(month, what), SLOT - 1), begin, what)
        self.sheet.line(*line)

    def _under(self, word: str, begin: datetime, what: str) -> Line:
        """Return a number under its bar, with the blanks around it."""
        before, shown, behind = under(word)
        begins = self._figures.begins
        later = [one for one in begins if one > begin]
        until = later[0] if later else self._until
        opens = f"{begin.year}年{begin.month}月 {DONE[what]}"
        return [
            before,
            self._figure(shown, opens, of_months(self._code, what, begin, until)),
            behind,
        ]

    def beside(self, beside: PlaceBeside) -> None:
        """What repeats there, and what its cells settled themselves."""
        self.sheet.heading("近30天反复反映的问题")
        if not beside.problems:
            self.sheet.line(("没有两件以上的共性问题", FigureSheet.DIM))
        for one in beside.problems:
            given = of_problem(self._code, one.id, self._told.moment.now)
            count = self._figure(f"{one.appeals:,}", f"{one.name}#{one.id}", given)
            state = "已确认" if one.state == "confirmed" else "待确认"
            self.sheet.line(" " * (5 - len(f"{one.appeals:,}")), count, f"件  {state}  {one.name}")

        self._cells(beside.cells)

    def _cells(self, cells: CellCounts) -> None:
        """What the cells settled themselves: apart from appeals, and in no rate."""
        self.sheet.heading("近30天网格自办、自发现（另列，不是诉求）")
        counts = {
            "自办": cells.own,
            "自发现": cells.seen,
            "在办": cells.open,
            "超期": cells.late,
            "办结": cells.done,
            "上报单位": cells.passed,
        }
        line: Line = []
        for word, count in counts.items():
            shown = Figure(f"{count:,}", CELLS) if count else ("0", FigureSheet.DIM)
            line += [f"{word} ", shown, "  "]
        self.sheet.line(*line)

    def waiting(self, line: str) -> None:
        """Say of what stands beside why it is not there."""
        self.sheet.heading("近30天反复反映的问题")
        self.sheet.line((line, FigureSheet.DIM))

    def _hand(
        self, count: int, kind: str, style: str = "bold", step: str | None = None
    ) -> Figure | tuple[str, str]:
        words = KINDS[kind] if step is None else f"{STEP_NAMES.get(step, step)} {KINDS[kind]}"
        given = of_hand(self._code, self._told.moment, kind, step)
        return self._figure(f"{count:,}", words, given, style)

    def _months(self, count: int, what: str, style: str = "bold") -> Figure | tuple[str, str]:
        begins = self._figures.begins
        given = of_months(self._code, what, begins[0], self._until)
        return self._figure(f"{count:,}", f"近{len(begins)}个月 {DONE[what]}", given, style)

    def _figure(
        self, text: str, opens: str, given: Given, style: str = "bold"
    ) -> Figure | tuple[str, str]:
        """Return a number that opens what it stands for; behind nought there is nothing."""
        if text in ("0", "—"):
            return text, FigureSheet.DIM
        self.behind[opens] = given
        return Figure(text, opens, style)
