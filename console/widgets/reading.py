"""A page of text over the screen, to be read and left."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Reading(ModalScreen[None], inherit_bindings=False):
    """Shows a title and a text, which is never read as markup; Esc leaves, y copies, o writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,ctrl+c", "leave", "返回", id="reading.back"),
        Binding("y,ｙ", "copy", "复制", id="reading.copy"),
        Binding("o,ｏ", "write", "导出", id="reading.write"),
        Binding("down,j", "scroll(1)", "下移", id="reading.down"),
        Binding("up,k", "scroll(-1)", "上移", id="reading.up"),
        Binding("pagedown,ctrl+d", "scroll(12)", "下一页", id="reading.page_down"),
        Binding("pageup,ctrl+u", "scroll(-12)", "上一页", id="reading.page_up"),
    ]

    def __init__(self, title: str, text: str, write: Callable[[], None] | None = None) -> None:
        """``text`` is shown with its blanks; ``write`` puts it on paper, where it can be."""
        super().__init__()
        self._write = write
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out title, text and note."""
        with Vertical(classes="dialog reading"):
            yield Static(Text(self._title), classes="dialog-title")
            with VerticalScroll(can_focus=False):
                yield Static(Content(self._text.replace(" ", "\u00a0")))
            paper = " · o 导出文件" if self._write is not None else ""
            yield Static(Text(f"Esc 返回 · y 复制{paper}"), classes="dialog-note")

    def action_scroll(self, by: int) -> None:
        """Move the text."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_copy(self) -> None:
        """Copy the text."""
        self.app.copy_to_clipboard(self._text)
        self.app.notify("已复制", markup=False)

    def action_write(self) -> None:
        """Put the text on paper, where it can be."""
        if self._write is not None:
            self._write()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
