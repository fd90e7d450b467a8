"""The queues of the desk, each with its count and how long the oldest has waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
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


ELSEWHERE = "review"
"""The line of what is decided on F5; to choose it goes there."""


class Piles(OptionList, inherit_bindings=False):
    """The list on the left; ``-`` and ``=`` move in it from anywhere on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "上一类", id="piles.up"),
        Binding("down,j", "cursor_down", "下一类", id="piles.down"),
        Binding("enter,l,right", "open", "看这一类", id="piles.open"),
    ]

    def show(self, waiting: Sequence[Waiting], key: str, reviews: Waiting, now: datetime) -> None:
        """Show the queues, ``key`` chosen, without saying that it was; last what waits on F5."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options([Option(_line(one, now), id=one.key) for one in waiting])
            name = replace(reviews, name=f"{reviews.name}F5")
            self.add_option(Option(_line(name, now), id=ELSEWHERE))
            self.highlighted = [one.key for one in waiting].index(key)

    def turn(self, by: int) -> None:
        """Go to another queue."""
        queues = self.option_count - 1
        if queues > 0:
            self.highlighted = ((self.highlighted or 0) + by) % queues

    async def action_open(self) -> None:
        """Put the hand on the matters of a queue, or go to F5."""
        option = self.highlighted_option
        elsewhere = option is not None and option.id == ELSEWHERE
        await self.run_action("app.open('review')" if elsewhere else "screen.to_rows")

    @on(OptionList.OptionHighlighted)
    def _onto(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id == ELSEWHERE:
            event.stop()

    @on(OptionList.OptionSelected)
    async def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == ELSEWHERE:
            event.stop()
            await self.action_open()


def _line(one: Waiting, now: datetime) -> Text:
    oldest = age(now - one.oldest_at) if one.oldest_at is not None else ""
    text = f"{fit(one.name, 8)}{fit(f'{one.count:,}' if one.count else '—', 6, align='right')}"
    return Text(f"{text}{fit(oldest, 7, align='right')}", "" if one.count else "dim")
