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
from console.widgets.fields import Entry, Field
from rules.text import half_width


class Asking(Dialog[str]):
    """Asks for one line of text; an empty one is refused unless ``optional``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give_up", "返回", id="asking.back"),
    ]
    AUTO_FOCUS = "Field"
    NOTE: ClassVar[str] = "回车办理 · Esc 返回"

    def __init__(
        self,
        title: str,
        prompt: str,
        *,
        value: str = "",
        note: str = "",
        optional: bool = False,
    ) -> None:
        """``value`` is what stands in the field already, ``note`` says what enter will do."""
        super().__init__(title, note or self.NOTE)
        self.prompt = prompt
        self.value = value
        self._optional = optional

    def inside(self) -> ComposeResult:
        """Lay out the field."""
        yield self.field()

    def field(self) -> Entry:
        """Return the field that is typed in."""
        return Field(self.value, placeholder=self.prompt, select_on_focus=False)

    @property
    def said(self) -> str:
        """What is typed."""
        return self.query_one(Field).value

    def take(self) -> None:
        """Take what is typed, or say why it cannot be."""
        said = self.said.strip()
        if said or self._optional:
            self.dismiss(said)
        else:
            self.query_one(".dialog-note", Static).update(Text("不能空着：请填写后回车"))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.take()


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
        typed = half_width(event.character or "")
        if typed and typed in self._signs:
            event.stop()
            self.dismiss(self._steps[self._signs.index(typed)][0])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._steps[int(event.option.id or 0)][0])
