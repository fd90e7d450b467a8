"""末位预警 and 突出诉求: who must be supervised, with evidence that can be opened line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from console.frame import Session
from console.ranking.behind import Behind, behind
from console.ranking.columns import FIGURES, UNSATISFIED, Row
from console.widgets import Confirming, Dialog
from models import ranking
from rules.ranking import parse_period

if TYPE_CHECKING:
    from models.ranking import FlagView

Look = Callable[["FlagView", int, Callable[[Behind], object]], object]
"""Finds what a line of a flag's evidence rests on, and hands it on."""

Show = Callable[[Behind], object]
"""Opens it."""


def rests_on(session: Session, flag: FlagView, line: int) -> Behind:
    """Return what a line of evidence rests on: its appeals, or a month's unsatisfied ones."""
    if flag.rests_on:
        return Behind(f"预警 · {flag.unit} · {flag.evidence[line]}", flag.rests_on[line])
    key, unit_id = flag.months[line]
    view = ranking.edition_of(session.store, parse_period(key, session.bureau.zone))
    (own,) = (one for one in view.rows if one.unit_id == unit_id)
    row = Row(unit_id, (), own.unit, (unit_id,), own.tally)
    return behind(session, view, row, FIGURES[UNSATISFIED])


class FlagList(Dialog["FlagView"]):
    """Who must be supervised; gives back the flag an order is to be drafted for."""

    FRAME = "dialog wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,f,ｆ", "give_up", "返回", id="flags.back"),
        Binding("d,ｄ", "draft", "拟制督办单", id="flags.draft"),
        Binding("j", "move(1)", "下一条", id="flags.down"),
        Binding("k", "move(-1)", "上一条", id="flags.up"),
    ]

    def __init__(
        self, month: str, flags: Sequence[FlagView], look: Look, show: Callable[[Behind], object]
    ) -> None:
        """``flags`` of a month as they are listed; ``show`` opens what ``look`` has found."""
        acts = "回车看依据的诉求 · d 拟制督办单 · " if flags else ""
        super().__init__(f"预警 {month} · {len(flags)}项", f"{acts}Esc 返回")
        self._flags = tuple(flags)
        self._look, self._show = look, show
        self._lines = [(flag, at) for flag in self._flags for at in range(len(flag.evidence))]
        self._wanted: tuple[FlagView, int] | None = None

    def inside(self) -> ComposeResult:
        """Lay out the flags, each over the lines of its evidence."""
        options: list[Option] = []
        for flag in self._flags:
            options.append(Option(_heading(flag), disabled=True))
            options += [Option(Text(f"  {line}")) for line in flag.evidence]
        if options:
            yield OptionList(*options, markup=False)
        else:
            yield Static(Text("没有连续末位的单位、长期未解决的突出诉求、换名再现的受处理主体"))

    def _line(self) -> tuple[FlagView, int] | None:
        """Return the line of evidence under the cursor."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                above = options.options[: options.highlighted]
                return self._lines[sum(not option.disabled for option in above)]
        return None

    def action_move(self, by: int) -> None:
        """Go to the next line or the one before."""
        for options in self.query(OptionList):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        self._wanted = self._line()
        if self._wanted is not None:
            self.say("正在读取")
            self._look(*self._wanted, partial(self._found, self._wanted))

    def _found(self, wanted: tuple[FlagView, int], found: Behind) -> None:
        if wanted is self._wanted and self.is_current:
            self.say(self._note)
            self._show(found)

    def action_draft(self) -> None:
        """Give back the flag under the cursor, once the act is confirmed."""
        if (line := self._line()) is None:
            return
        flag = line[0]
        there = f"此预警已有 {flag.order}。" if flag.order else ""
        question = Confirming(
            "拟制督办单",
            f"{there}为{flag.unit}新拟一份督办单草稿（{ranking.RULES[flag.rule]}），依据：\n"
            + "\n".join(flag.evidence),
            act="拟制",
            undo="草稿在 F4 里修改、签发或作废",
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(flag)

        self.app.push_screen(question, answered)


def _heading(flag: FlagView) -> Text:
    guess = f" · {flag.guess}" if flag.provisional else ""
    order = f" · 已拟 {flag.order}" if flag.order else ""
    return Text(f"{flag.unit} · {ranking.RULES[flag.rule]}{guess}{order}", "bold")
