"""The queues of the desk, each with its count and how long the oldest has waited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from console.frame import fit

if TYPE_CHECKING:
    from models.views import Waiting


def age(waited: timedelta) -> str:
    """Return how long somebody has waited: ``3天`` ``5小时`` ``20分``."""
    if waited.days > 0:
        return f"{waited.days}天"
    hours, rest = divmod(max(0, waited.seconds), 3600)
    return f"{hours}小时" if hours else f"{rest // 60}分"


class Piles(OptionList, inherit_bindings=False):
    """The list on the left; ``-`` and ``=`` move in it from anywhere on the screen."""

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
