"""A text of several lines: the field it is typed in, and the question that asks for one."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from console.widgets.fields import BURST, Entry
from console.widgets.questions import Asking
from rules.text import printable


class TextField(TextArea, Entry):
    """A field of several lines: enter sends the text, Ctrl+N or a paste begins a new line.

    Most terminals send one and the same key for enter with and without ctrl, shift or alt: Ctrl+N
    always arrives. Where a terminal does not mark what is pasted, its line breaks arrive as enter
    in one burst with the text around them, and are taken for line breaks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n,ctrl+j,shift+enter,ctrl+enter,alt+enter", "new_line", "换行"),
    ]
    cursor_blink = reactive(False, init=False)

    class Submitted(Message):
        """The text is to be taken."""

    def __init__(self, text: str, placeholder: str) -> None:
        """Begin with ``text``, the cursor behind it; ``placeholder`` shows while there is none."""
        super().__init__(printable(text), placeholder=placeholder, highlight_cursor_line=False)
        self._typed_at = float("-inf")

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """Keep what can be read of what was typed or pasted."""
        return super().edit(replace(edit, text=printable(edit.text)))

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    async def _on_key(self, event: events.Key) -> None:
        """Send the text on enter, unless the enter was pasted."""
        pasted = event.time - self._typed_at < BURST
        if event.key == "enter" and not pasted:
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        else:
            self._typed_at = event.time


class Writing(Asking):
    """Asks for a text of one line or several; an empty one is refused unless ``optional``."""

    AUTO_FOCUS = "TextField"
    KEYS = ("回车办理", "Ctrl+N 换行")

    def field(self) -> Entry:
        """Return the field that is typed in."""
        return TextField(self.value, self.prompt)

    @property
    def said(self) -> str:
        """What is typed."""
        return self.query_one(TextField).text

    @on(TextField.Submitted)
    def _sent(self) -> None:
        self.take()
