"""Asking before what cannot be undone, or touches many: one sentence, 取消 in focus."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from console.widgets.field import Field


class Confirming(ModalScreen[bool], inherit_bindings=False):
    """Says what will happen; y or 1 does it, n, 0 and Esc do not.

    With ``type_this`` only typing exactly that and enter does it: for signing the count of the
    orders, for voiding the digits of the number, for publishing the count of the units.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n,0,ｎ,０,ctrl+c", "answer(False)", "取消", id="confirming.no"),
        Binding("y,1,ｙ,１", "answer(True)", "确定", id="confirming.yes"),
        Binding("left,right,tab,shift+tab", "turn", "换按钮", id="confirming.turn"),
    ]

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        act: str = "确定",
        undo: str = "",
        type_this: str = "",
    ) -> None:
        """``undo`` says how it is undone, or that it cannot be; ``act`` names the button."""
        super().__init__()
        self._words = (title, sentence, undo)
        self._act = act
        self._type_this = type_this

    def compose(self) -> ComposeResult:
        """Lay out the sentence and the way to answer."""
        title, sentence, undo = self._words
        with Vertical(classes="dialog"):
            yield Static(Text(title), classes="dialog-title")
            yield Static(Text(sentence), classes="dialog-text")
            if undo:
                yield Static(Text(undo), classes="dialog-undo")
            if self._type_this:
                yield Field(placeholder=f"输入 {self._type_this} 后回车确认 · Esc 取消")
            else:
                with Horizontal(classes="dialog-buttons"):
                    yield Button("取消 (n/0)", id="no")
                    yield Button(f"{self._act} (y/1)", id="yes", variant="warning")

    def on_mount(self) -> None:
        """Put the focus where nothing is lost by pressing enter."""
        self.query_one("Input" if self._type_this else "#no").focus()

    def action_answer(self, yes: bool) -> None:
        """Answer, unless it must be typed."""
        if not (yes and self._type_this):
            self.dismiss(yes)

    def action_turn(self) -> None:
        """Go to the other button."""
        self.focus_next(Button)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip() == self._type_this:
            self.dismiss(True)
        else:
            event.input.value = ""
