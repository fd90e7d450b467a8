"""末位预警: the flags with their evidence; a digit or enter drafts the order one asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from models import ranking

if TYPE_CHECKING:
    from models.ranking import FlagView


class FlagList(ModalScreen["FlagView | None"], inherit_bindings=False):
    """Who must be supervised; gives back the flag an order is to be drafted for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,f,ｆ", "give_up", "返回", id="flags.back"),
        Binding("d,ｄ", "draft", "拟制督办单", id="flags.draft"),
        Binding("j", "move(1)", "下一项", id="flags.down"),
        Binding("k", "move(-1)", "上一项", id="flags.up"),
    ]

    def __init__(self, flags: Sequence[FlagView]) -> None:
        """``flags`` in the order they are listed."""
        super().__init__()
        self._flags = tuple(flags)

    def compose(self) -> ComposeResult:
        """Lay out the flags, each with its evidence."""
        options = [Option(_as_text(flag), id=str(at)) for at, flag in enumerate(self._flags)]
        with Vertical(classes="dialog wide"):
            yield Static(Text(f"预警 {len(self._flags)} 项"), classes="dialog-title")
            if options:
                yield OptionList(*options, markup=False)
            else:
                yield Static(Text("没有连续末位的单位，也没有长期未解决的突出诉求"))
            yield Static(Text("d 或回车拟制督办单 · Esc 返回"), classes="dialog-note")

    def action_move(self, by: int) -> None:
        """Go to the next flag or the one before."""
        for options in self.query(OptionList):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_draft(self) -> None:
        """Give back the flag under the cursor."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                self.dismiss(self._flags[options.highlighted])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._flags[event.option_index])

    def action_give_up(self) -> None:
        """Draft nothing."""
        self.dismiss(None)


def _as_text(flag: FlagView) -> Text:
    guess = " · 预判（含未发布的月份）" if flag.provisional else ""
    order = f" · 已拟 {flag.order}" if flag.order else ""
    told = Text(f"{flag.unit} · {ranking.RULES[flag.rule]}{guess}{order}", "bold")
    for line in flag.evidence:
        told.append(f"\n  {line}", "not bold")
    return told
