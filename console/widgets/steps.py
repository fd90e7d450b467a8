"""办理菜单: the lawful next steps of a matter, numbered, so that each is two keys away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

FULL_WIDTH_ZERO = ord("０")


SIGNS = "123456789abcdefgh"
"""What takes the first step, the second and so on."""


class StepMenu(ModalScreen[str | None], inherit_bindings=False):
    """The steps; a digit takes one, also when an input method widens it, a letter those beyond."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,.,。", "give_up", "返回", id="steps.back"),
    ]

    def __init__(self, title: str, steps: Sequence[tuple[str, str]]) -> None:
        """``steps`` are (value, label) in the order of their numbers."""
        super().__init__()
        self._title = title
        self._steps = tuple(steps)
        self._signs = SIGNS[: len(self._steps)]

    def compose(self) -> ComposeResult:
        """Lay out the numbered steps."""
        options = [
            Option(Text(f"{sign} {label}"), id=str(place))
            for place, (sign, (_, label)) in enumerate(zip(self._signs, self._steps, strict=True))
        ]
        with Vertical(classes="dialog"):
            yield Static(Text(self._title), classes="dialog-title")
            yield OptionList(*options, markup=False)
            way = "数字" if len(self._steps) < 10 else "数字或字母"
            yield Static(Text(f"按{way}办理 · Esc 返回"), classes="dialog-note")

    def on_key(self, event: events.Key) -> None:
        """Take the step of a digit."""
        typed = event.character or ""
        if typed and 0 <= ord(typed) - FULL_WIDTH_ZERO <= 9:
            typed = chr(ord(typed) - FULL_WIDTH_ZERO + ord("0"))
        if typed and typed in self._signs:
            event.stop()
            self.dismiss(self._steps[self._signs.index(typed)][0])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._steps[int(event.option.id or 0)][0])

    def action_give_up(self) -> None:
        """Take no step."""
        self.dismiss(None)
