"""A line to type, a numbered step, and when it happened; Esc gives back nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from console.widgets.dialogs import Dialog
from console.widgets.fields import Entry, Field
from console.widgets.when import WHEN, When, WhenLine, ask_when
from rules.text import half_width


class Asking(Dialog[str]):
    """Asks for one line of text; an empty one is refused unless ``optional``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give_up", "返回", id="asking.back"),
        Binding("tab", "app.focus_next", "下一栏", id="asking.next"),
        Binding("shift+tab", "app.focus_previous", "上一栏", id="asking.previous"),
    ]
    AUTO_FOCUS = "Field"
    KEYS: ClassVar[tuple[str, ...]] = ("回车办理",)

    def __init__(
        self,
        title: str,
        prompt: str,
        *,
        value: str = "",
        note: str = "",
        optional: bool = False,
        when: When | None = None,
    ) -> None:
        """``value`` is what stands in the field already, ``note`` says what enter will do.

        ``when`` is given the time at which it happened, where that is asked.
        """
        keys = (*self.KEYS, "Tab 发生时间") if when is not None else self.KEYS
        super().__init__(title, note or " · ".join((*keys, "Esc 返回")))
        self.prompt = prompt
        self.value = value
        self._optional = optional
        self._when = when

    def inside(self) -> ComposeResult:
        """Lay out the field, and the line of the time."""
        yield self.field()
        if self._when is not None:
            yield WhenLine(self._when)

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
        fault = self.query_one(WhenLine).fault() if self._when is not None else ""
        if not (said or self._optional):
            self.say("不能空着：请填写后回车")
        elif fault:
            self.say(fault)
        else:
            self.dismiss(said)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.take()


SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What takes the first step, the second and so on; those beyond are reached by the arrows."""


class StepMenu(Dialog[str]):
    """The steps; a digit takes one, also when an input method widens it, a letter those beyond."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,.,。", "give_up", "返回", id="steps.back"),
    ]

    def __init__(
        self, title: str, steps: Sequence[tuple[str, str]], when: When | None = None
    ) -> None:
        """``steps`` are (value, label) in the order of their numbers.

        ``when`` is given the time at which the step happened, where the menu has one.
        """
        way = "数字" if len(steps) < 10 else "数字或字母"
        super().__init__(title, f"按{way}办理 · Esc 返回")
        self._steps = tuple(steps)
        self._when = when
        self._signs = SIGNS[: len(self._steps)]

    def inside(self) -> ComposeResult:
        """Lay out the numbered steps."""
        options = [
            Option(Text(f"{sign} {label}"))
            for sign, (_, label) in zip(
                self._signs.ljust(len(self._steps)), self._steps, strict=True
            )
        ]
        if self._when is not None:
            options.append(Option(self._when.line, id=WHEN))
        yield OptionList(*options, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the step of a digit."""
        typed = half_width(event.character or "")
        if typed and typed in self._signs:
            event.stop()
            self.dismiss(self._steps[self._signs.index(typed)][0])
        elif typed == WHEN and self._when is not None:
            event.stop()
            self._ask_when(self._when)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == WHEN and self._when is not None:
            self._ask_when(self._when)
        else:
            self.dismiss(self._steps[event.option_index][0])

    def _ask_when(self, when: When) -> None:
        options = self.query_one(OptionList)
        ask_when(self, when, lambda: options.replace_option_prompt(WHEN, when.line))
