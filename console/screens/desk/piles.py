"""The queues of the desk: each with how many wait and how long the oldest has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from console.cells import fit
from console.screens.desk.columns import age

if TYPE_CHECKING:
    from models.views import Waiting


class Piles(OptionList, inherit_bindings=False):
    """The list on the left; ``[`` and ``]`` move in it from anywhere on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "上一类", id="piles.up"),
        Binding("down,j", "cursor_down", "下一类", id="piles.down"),
        Binding("enter,l,right", "screen.to_rows", "看这一类", id="piles.open"),
    ]

    def show(self, waiting: Sequence[Waiting], key: str, now: datetime) -> None:
        """Show the queues, ``key`` chosen, without saying that it was."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options([Option(_line(one, now), id=one.key) for one in waiting])
            self.highlighted = [one.key for one in waiting].index(key)

    def turn(self, by: int) -> None:
        """Go to another queue."""
        if self.option_count:
            self.highlighted = ((self.highlighted or 0) + by) % self.option_count


def _line(one: Waiting, now: datetime) -> Text:
    oldest = age(now - one.oldest_at) if one.oldest_at is not None else ""
    text = f"{fit(one.name, 8)}{fit(f'{one.count:,}' if one.count else '—', 6, align='right')}"
    return Text(f"{text}{fit(oldest, 7, align='right')}", "" if one.count else "dim")
