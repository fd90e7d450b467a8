"""The line in which the filter of a list is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from console.widgets.fields import Field
from rules.text import half_width

PAUSE = 0.12
"""Seconds after the last keystroke before the list is asked for."""


class FilterBar(Horizontal):
    """Hidden while there is no filter; tells the screen what is wanted."""

    DEFAULT_CSS = """
    FilterBar {
        display: none; height: 1;
        &.-open { display: block; }
        Input { width: 1fr; color: $duban-bar-text; background: $duban-bar; }
        #filter-label { width: 7; color: $accent; text-style: bold; padding-left: 1; }
        #filter-fault { width: auto; color: $duban-yellow; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "到列表", show=False, id="filter.leave"),
    ]

    @dataclass
    class Changed(Message):
        """Another filter is wanted."""

        text: str

    class Left(Message):
        """Typing is over."""

    def __init__(self, hint: str) -> None:
        """``hint`` says in the empty line what may be typed."""
        super().__init__()
        self._hint = hint
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out label, line and what could not be understood."""
        yield Static("筛选", id="filter-label")
        yield Field(placeholder=self._hint, compact=True)
        yield Static("", id="filter-fault")

    @property
    def text(self) -> str:
        """What is typed, full-width signs as their half-width twins."""
        return half_width(self.query_one(Input).value).strip()

    def open(self) -> None:
        """Show the line and begin typing."""
        self.add_class("-open")
        self.query_one(Input).focus()

    @property
    def typing(self) -> bool:
        """Whether somebody types in it now."""
        return self.query_one(Input).has_focus

    def put(self, text: str) -> None:
        """Show a filter that was typed before, or none, without saying that it changed."""
        with self.prevent(Input.Changed):
            self.query_one(Input).value = text
        self.fault("")
        self.set_class(bool(text), "-open")

    def clear(self) -> bool:
        """Take the filter away; return whether there was one."""
        was = self.has_class("-open")
        self.put("")
        return was

    def fault(self, line: str) -> None:
        """Say what of the filter is not understood."""
        self.query_one("#filter-fault", Static).update(Text(line))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self.post_message(self.Changed(self.text)))

    @on(Input.Submitted)
    def action_leave(self) -> None:
        """Keep the filter and go back to the list."""
        if not self.text:
            self.remove_class("-open")
        self.post_message(self.Left())
