"""A one-line form: nothing is written before enter, and Esc gives back nothing."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from console.widgets.field import Field


class Asking(ModalScreen[str | None], inherit_bindings=False):
    """Asks for one line of text; an empty one is refused unless ``optional``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give_up", "返回", id="asking.back"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        prompt: str,
        *,
        value: str = "",
        note: str = "",
        optional: bool = False,
    ) -> None:
        """``value`` is what stands in the line already, ``note`` says what enter will do."""
        super().__init__()
        self._words = (title, prompt, note or "回车办理 · Esc 返回")
        self._value = value
        self._optional = optional

    def compose(self) -> ComposeResult:
        """Lay out the question and its line."""
        title, prompt, note = self._words
        with Vertical(classes="dialog"):
            yield Static(Text(title), classes="dialog-title")
            yield Field(self._value, placeholder=prompt, select_on_focus=False)
            yield Static(Text(note), classes="dialog-note")

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        said = event.value.strip()
        if said or self._optional:
            self.dismiss(said)
        else:
            self.query_one(".dialog-note", Static).update(Text("不能空着：请填写后回车"))

    def action_give_up(self) -> None:
        """Say nothing."""
        self.dismiss(None)
