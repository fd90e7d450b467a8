"""A page whose numbers can be stood on: the hand moves from one to the next, enter opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from console.frame import FIGURES, bindings, cut
from console.widgets.sheet import Page, Part, Sheet

SEPARATOR = 3
"""Cells between two sheets that stand side by side."""


HAND = "bold $duban-cursor-text on $duban-cursor"

PLAIN = "bold reverse"
"""How the number stood on is shown, with colours and without."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a line, and the word for what it opens."""

    text: str
    opens: str
    style: str = "bold"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands: its line, its first cell and the one behind it, what it opens."""

    line: int
    begin: int
    end: int
    opens: str


class FigureSheet(Sheet):
    """A sheet whose lines stay whole: each is cut at the width, and knows its numbers."""

    def __init__(self, width: int, rule: str = "─") -> None:
        """``width`` is how many cells a line takes."""
        super().__init__(width, rule)
        self.width = width
        self.spots: list[Spot] = []

    @property
    def lines(self) -> list[Content]:
        """What was written, line by line."""
        return self._lines

    def line(self, *parts: Part | Figure) -> None:
        """Add a line; a figure that finds no room is left out, as is what stands behind it."""
        shown: list[Part] = []
        at = 0
        for part in parts:
            text, style = (part, "") if isinstance(part, str) else _text_and_style(part)
            text = " ".join(text.splitlines())
            if not text:
                continue
            if at + cell_len(text) > self.width:
                if not isinstance(part, Figure):
                    shown.append((cut(text, self.width - at), style))
                break
            if isinstance(part, Figure):
                place = len(self._lines)
                self.spots.append(Spot(place, at, at + cell_len(text), part.opens))
            shown.append((text, style))
            at += cell_len(text)
        super().line(*shown)

    def beside(self, other: FigureSheet, wall: str) -> FigureSheet:
        """Return both sheets as one, this on the left."""
        joined = FigureSheet(self.width + SEPARATOR + other.width)
        empty = Content("")
        for place in range(max(len(self._lines), len(other._lines))):
            left = self._lines[place] if place < len(self._lines) else empty
            right = other._lines[place] if place < len(other._lines) else empty
            left = left.pad_right(self.width - left.cell_length)
            joined._lines.append(Content.assemble(left, (f" {wall} ", self.DIM), right))
        moved = self.width + SEPARATOR
        joined.spots = [
            *self.spots,
            *(Spot(s.line, s.begin + moved, s.end + moved, s.opens) for s in other.spots),
        ]
        joined.spots.sort(key=lambda spot: (spot.line, spot.begin))
        return joined


def halves(room: int) -> tuple[int, int]:
    """Return the widths of two sheets that stand side by side in so many cells."""
    left = (room - SEPARATOR) // 2
    return left, room - SEPARATOR - left


def _text_and_style(part: tuple[str, str] | Figure) -> tuple[str, str]:
    return (part.text, part.style) if isinstance(part, Figure) else part


class FigurePage(Page, inherit_bindings=False):
    """The page: tab and the arrows move between its numbers, enter opens the one stood on."""

    BINDINGS = bindings(FIGURES)
    DEFAULT_CSS = """
    FigurePage {
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        Static { width: 100%; text-wrap: nowrap; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Opened(Message):
        """A number was chosen; ``opens`` is its word."""

        opens: str

    def __init__(self, *, id: str | None = None) -> None:
        """Begin with an empty page."""
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()
        self._spots: Sequence[Spot] = ()

    @property
    def current(self) -> Spot | None:
        """The number stood on."""
        return self._spots[self.cursor] if self.cursor < len(self._spots) else None

    def show(self, sheet: FigureSheet) -> None:
        """Show a page; the hand stays on its number, if that is still there."""
        stood = self.current
        self._lines, self._spots = sheet.lines, sheet.spots
        again = (i for i, spot in enumerate(self._spots) if stood and spot.opens == stood.opens)
        self.set_reactive(FigurePage.cursor, next(again, 0))
        self._draw()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the hand on a number."""
        return max(0, min(cursor, len(self._spots) - 1))

    def watch_cursor(self) -> None:
        """Show where the hand is, and bring it into sight."""
        self._draw()
        if (spot := self.current) is not None:
            top, height = self.scroll_offset.y, self.scrollable_content_region.height
            if spot.line < top:
                self.scroll_to(y=max(0, spot.line - 2), animate=False, immediate=True)
            elif spot.line >= top + height:
                self.scroll_to(y=spot.line - height + 3, animate=False, immediate=True)

    def on_focus(self) -> None:
        """Show the hand."""
        self._draw()

    def on_blur(self) -> None:
        """Show no hand."""
        self._draw()

    def _draw(self) -> None:
        lines = list(self._lines)
        if (spot := self.current) is not None and self.has_focus:
            line = lines[spot.line]
            begin, end = (_sign_at(line.plain, cell) for cell in (spot.begin, spot.end))
            style = (
                "bold reverse" if self.app.no_color else "bold $duban-cursor-text on $duban-cursor"
            )
            lines[spot.line] = line.stylize(style, begin, end)
        self.query_one(Static).update(Content("\n").join(lines))

    # moving

    def action_step(self, by: int) -> None:
        """Go to the next number, or the one before."""
        self.cursor += by

    def action_across(self, by: int) -> None:
        """Go to the nearest number on a line below, or above."""
        here = self.current
        beyond = [s.line for s in self._spots if here and (s.line - here.line) * by > 0]
        if here is None or not beyond:
            self.scroll_relative(y=by, animate=False, immediate=True)
            return
        line = min(beyond) if by > 0 else max(beyond)
        near = [i for i, spot in enumerate(self._spots) if spot.line == line]
        self.cursor = min(near, key=lambda i: abs(self._spots[i].begin - here.begin))

    def action_page(self, by: int) -> None:
        """Go a page on, the hand to the first number in sight."""
        height = self.scrollable_content_region.height
        top = max(0, min(self.scroll_offset.y + by * (height - 1), self.max_scroll_y))
        self.scroll_to(y=top, animate=False, immediate=True)
        seen = range(int(top), int(top) + height)
        self.cursor = next((i for i, s in enumerate(self._spots) if s.line in seen), self.cursor)

    def action_first(self) -> None:
        """Go to the top, and to the first number."""
        self.cursor = 0
        self.scroll_home(animate=False, immediate=True)

    def action_last(self) -> None:
        """Go to the end, and to the last number."""
        self.cursor = len(self._spots) - 1
        self.scroll_end(animate=False, immediate=True)

    def action_open(self) -> None:
        """Open the number stood on."""
        if (spot := self.current) is not None:
            self.post_message(self.Opened(spot.opens))

    def on_click(self, event: events.Click) -> None:
        """Open the number that was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        line = at.y + int(self.scroll_offset.y)
        for place, spot in enumerate(self._spots):
            if spot.line == line and spot.begin <= at.x < spot.end:
                self.cursor = place
                self.action_open()


def _sign_at(text: str, cell: int) -> int:
    """Return the place of the sign that begins at a cell."""
    at = 0
    for place, sign in enumerate(text):
        if at >= cell:
            return place
        at += cell_len(sign)
    return len(text)
