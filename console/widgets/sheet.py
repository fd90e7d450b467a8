"""A page of text put together line by line; nothing in it is ever read as markup."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.frame import PAGE, bindings

Part = tuple[str, str] | str


class Sheet:
    """Lines of a page, each of parts with a style; styles name theme variables."""

    DIM = "$duban-dim"
    STRONG = "bold"

    def __init__(self, width: int, rule: str = "─") -> None:
        """``width`` is how long the rules of headings are."""
        self._width = width
        self._rule = rule
        self._lines: list[Content] = []

    def line(self, *parts: Part) -> None:
        """Add a line; empty parts are left out."""
        self._lines.append(Content.assemble(*(part for part in parts if part and part[0])))

    def heading(self, title: str) -> None:
        """Add a heading with its rule, after a blank line."""
        if self._lines:
            self.line("")
        rest = max(2, self._width - cell_len(title) - 4)
        self.line(
            (f"{self._rule} ", self.DIM),
            (title, "bold $accent"),
            (f" {self._rule * rest}", self.DIM),
        )

    def fact(self, label: str, value: str) -> None:
        """Add a line with a label, unless there is nothing to say."""
        if value:
            self.line((f"{label} ", self.DIM), value)

    def text(self, text: str) -> None:
        """Add running text, its own lines kept."""
        for line in text.splitlines():
            self.line(line)

    def content(self) -> Content:
        """Return the page."""
        return Content("\n").join(self._lines)


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A page of text that the hand can move in."""

    BINDINGS = bindings(PAGE)

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(markup=False)

    def action_page_up(self) -> None:
        """Move a page up."""
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Move a page down."""
        self.scroll_page_down(animate=False)

    def put(self, content: Content | Text) -> None:
        """Show a text instead of the one before."""
        self.query_one(Static).update(content)
