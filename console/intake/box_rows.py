"""The rows of a new appeal's form: a label, what is typed, and beside it how that is understood."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from console.widgets import BURST, Entry, Field, TextField
from rules.intake import Box

MOST_LINES = 200
"""Lines that are pasted into a box; more are a table."""


class TablePasted(Message):
    """So many lines were pasted into a box: a table, which does not belong there."""

    def __init__(self, lines: int) -> None:
        """``lines`` are those pasted."""
        super().__init__()
        self.lines = lines


def _is_table(field: Entry, event: events.Paste) -> None:
    """Keep a table that is pasted out of a box, and say so."""
    lines = event.text.strip().count("\n") + 1
    if lines > MOST_LINES:
        event.stop()
        event.prevent_default()
        field.post_message(TablePasted(lines))


class BoxLine(Field):
    """A box of one line; pasted lines become one, marked as pasted by the terminal or not.

    What was chosen is chosen anew by typing: it is marked as the hand comes to the box.
    """

    def __init__(self, box: Box) -> None:
        """Begin empty."""
        replaced = box.kind in ("choice", "category", "unit")
        super().__init__(placeholder=box.prompt, compact=True, select_on_focus=replaced)
        self._typed_at = float("-inf")

    def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, unless it is a table."""
        _is_table(self, event)

    async def _on_key(self, event: events.Key) -> None:
        """Take an enter or a tab that follows a sign at once for a part of what is pasted."""
        pasted = event.time - self._typed_at < BURST
        if pasted and event.key in ("enter", "tab"):
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(" ")
        if event.is_printable or pasted:
            self._typed_at = event.time


class BoxText(TextField):
    """A box of several lines."""

    def __init__(self, box: Box) -> None:
        """Begin empty."""
        super().__init__("", box.prompt)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, unless it is a table."""
        _is_table(self, event)


class BoxRow(Horizontal):
    """One box of the form."""

    def __init__(self, box: Box) -> None:
        """``box`` is its row in the table of boxes."""
        super().__init__(id=f"box-{box.name}", classes="box-row")
        self.box = box
        self._field = BoxText(box) if box.kind == "text" else BoxLine(box)
        self._field.add_class("box")
        self._told = ("", False)

    def compose(self) -> ComposeResult:
        """Lay out label, field and what is said of it."""
        yield Static(Text(self.box.label), classes="box-label")
        yield self._field
        yield Static("", classes="box-told", markup=False)

    @property
    def field(self) -> Entry:
        """Where it is typed."""
        return self._field

    @property
    def typed(self) -> str:
        """What is typed."""
        field = self._field
        return field.text if isinstance(field, TextField) else field.value

    def put(self, text: str) -> None:
        """Write a text into the box, the hand behind it."""
        field = self._field
        if isinstance(field, TextField):
            field.load_text(text)
            field.move_cursor(field.document.end)
        else:
            field.value = text
            field.cursor_position = len(field.value)

    def tell(self, line: str, *, fault: bool = False) -> None:
        """Say beside the box how it is understood, or what is wrong with it."""
        if (line, fault) == self._told:
            return
        self._told = line, fault
        self.set_class(fault, "-fault")
        self.query_one(".box-told", Static).update(line)
