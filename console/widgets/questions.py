"""A line to type, a numbered step; Esc gives back nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from console.widgets.dialogs import Dialog
from console.widgets.fields import Field


class Asking(Dialog[str]):
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
        super().__init__(title, note or "回车办理 · Esc 返回")
        self._prompt = prompt
        self._value = value
        self._optional = optional

    def inside(self) -> ComposeResult:
        """Lay out the line."""
        yield Field(self._value, placeholder=self._prompt, select_on_focus=False)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        said = event.value.strip()
        if said or self._optional:
            self.dismiss(said)
        else:
            self.query_one(".dialog-note", Static).update(Text("不能空着：请填写后回车"))


FULL_WIDTH_ZERO = ord("０")

SIGNS = "123456789abcdefgh"
"""What takes the first step, the second and so on."""


class StepMenu(Dialog[str]):
    """The steps; a digit takes one, also when an input method widens it, a letter those beyond."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,.,。", "give_up", "返回", id="steps.back"),
    ]

    def __init__(self, title: str, steps: Sequence[tuple[str, str]]) -> None:
        """``steps`` are (value, label) in the order of their numbers."""
        way = "数字" if len(steps) < 10 else "数字或字母"
        super().__init__(title, f"按{way}办理 · Esc 返回")
        self._steps = tuple(steps)
        self._signs = SIGNS[: len(self._steps)]

    def inside(self) -> ComposeResult:
        """Lay out the numbered steps."""
        options = [
            Option(Text(f"{sign} {label}"), id=str(place))
            for place, (sign, (_, label)) in enumerate(zip(self._signs, self._steps, strict=True))
        ]
        yield OptionList(*options, markup=False)

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
