"""What of the queue is chosen by a key: a colour, a state, my units, a view that was saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console import widgets
from console.frame import Header
from console.views.queue.matters import MattersList
from console.views.queue.snapshot import View
from console.views.queue.typed import NONE_OF_MINE
from console.views.queue.wishes import (
    MONTH,
    Wish,
    drop_wish,
    keep_wish,
    kept_wishes,
    read_wish,
)
from console.widgets import FilterBar
from rules.casework import COUNTED_STATES, QUEUE_STATES

if TYPE_CHECKING:
    from models.views import KeptView


PERIODS = (7, 30, 90, 365)

PAST = {"unsatisfied": "评价先后", "closed": "办结先后", "analysis": "受理先后"}
"""The states in which nothing has a colour; how they are ordered."""

BOTH = ("received", "number", "unit")
"""The orders that what is closed has too."""

MINE = "我的联系单位"


class ChosenQueue(MattersList):
    """A list of the queue that keys narrow beside what is typed."""

    def __init__(self) -> None:
        """Everything that runs is listed at first."""
        super().__init__()
        self._colour: str | None = None
        self._state = "open"
        self._days = MONTH
        self._mine = False

    def wanted(self) -> View:
        """Return what is typed, in the colour and state and of the units that keys have chosen."""
        view = super().wanted()
        typed = view.filter
        filter = replace(
            typed,
            colour=typed.colour or self._colour,
            state=typed.state if typed.state != self.START.state else self._state,
            days=self._days,
            units=typed.units or self._units(),
        )
        self._say_whose(bool(filter.units))
        return replace(view, filter=filter)

    def _units(self) -> tuple[int, ...]:
        assert self.session is not None
        return self.session.bureau.mine if self._mine else ()

    def _say_whose(self, mine: bool) -> None:
        """Show in the header whose units are listed, as long as it is not everybody's."""
        self.title = f"{self.TITLE} · {MINE}" if mine else self.TITLE
        self.query_one(Header).title = self.title or ""

    # a colour, a state, my units

    def action_colour(self, colour: str) -> None:
        """Show one colour of what runs, or all that runs."""
        self._colour = colour or None
        if not colour or self._state in PAST:
            self._state = "open"
        self._untype(colour=True, state=True)
        self.read(fresh=True)

    def action_state(self, state: str) -> None:
        """Show what a state holds; once more, what runs."""
        self._state = "open" if state == self._view.filter.state else state
        if self._state in PAST:
            self._colour = None
        self._untype(colour=self._state in PAST, state=True)
        self.read(fresh=True)

    def _untype(self, *, colour: bool, state: bool) -> None:
        """Let a key have the last word over what was typed before."""
        typed = self._typed.filter
        filter = replace(
            typed,
            colour=None if colour else typed.colour,
            state=self.START.state if state else typed.state,
        )
        self._typed = replace(self._typed, filter=filter)

    def action_states(self) -> None:
        """Offer the states, and for how long back those of the past are listed."""
        counted = [(state, QUEUE_STATES[state]) for state in COUNTED_STATES]
        periods = [(f"days {days}", f"不满意、已办结看{days}天内") for days in PERIODS]
        uncounted = [one for one in QUEUE_STATES.items() if one not in counted]
        self.ask(
            widgets.StepMenu("看哪些", [*counted, *periods, *uncounted]), self._state_or_period
        )

    def _state_or_period(self, chosen: str) -> None:
        _, _, days = chosen.partition("days ")
        if not days:
            self._state = "open"
            self.action_state(chosen)
            return
        self._days = int(days)
        if self._view.filter.state not in PAST:
            self._state = "closed"
        self.read(fresh=True)

    def action_mine(self) -> None:
        """Show the units I look after alone, or everybody's."""
        if self.session is None:
            return
        if not self.session.bureau.mine:
            self.say(NONE_OF_MINE)
            return
        self._mine = not self._view.filter.units
        self._typed = replace(self._typed, filter=replace(self._typed.filter, units=()))
        self.read(fresh=True)

    def action_fold(self) -> None:
        """Unfold the old matters, or fold them again."""
        self._view = replace(self._view, unfold=not self._view.unfold)
        self.read(fresh=True)

    def unfilter(self) -> bool:
        """Give up, one after the other: what is typed, the colour, the state, my units."""
        if super().unfilter():
            return True
        if self._colour is not None:
            self._colour = None
        elif self._state != "open":
            self._state = "open"
        elif self._mine:
            self._mine = False
        else:
            return False
        return True

    # views that are saved

    def action_views(self) -> None:
        """Offer the saved views, and to save what is listed now."""
        self.fetch("views", kept_wishes, self._offer_views)

    def _offer_views(self, kept: list[KeptView]) -> None:
        now = self.wish()
        steps = [(one.name, f"{one.name}  {read_wish(one.text).told}") for one in kept]
        save = ("", f"把现在的存为常用视图：{now.told}")
        known = {one.name: one.text for one in kept}

        def chosen(name: str) -> None:
            if name:
                self.fulfil(read_wish(known[name]))
            else:
                self._save_view(now)

        self.ask(widgets.StepMenu("常用视图", [*steps, save]), chosen)

    def _save_view(self, now: Wish) -> None:
        if self.may("keep_view"):
            self.ask(
                widgets.Asking("存为常用视图", "视图的名称，同名的会换成现在这个"),
                lambda name: self.work(lambda session: keep_wish(session, name, now)),
            )

    def action_drop_view(self) -> None:
        """Offer the saved views to be deleted."""
        self.fetch("views", kept_wishes, self._offer_to_drop)

    def _offer_to_drop(self, kept: list[KeptView]) -> None:
        if not kept:
            self.say("还没有存过常用视图：按 w 把现在的存下")
            return
        steps = [(one.name, f"{one.name}  {read_wish(one.text).told}") for one in kept]
        self.ask(widgets.StepMenu("删去哪个常用视图", steps), self._confirm_drop)

    def _confirm_drop(self, name: str) -> None:
        self.ask(
            widgets.Confirming(
                "删去常用视图", f"将删去“{name}”。", act="删去", undo="删去后要重新存"
            ),
            lambda _: self.work(lambda session: drop_wish(session, name)),
        )

    def wish(self) -> Wish:
        """Return what is listed now, as a view."""
        return Wish(
            typed=self.query_one(FilterBar).text,
            colour=self._colour,
            state=self._state,
            days=self._days,
            order=self.sorted_by,
            descending=self.descending,
            unfold=self._view.unfold,
            mine=self._mine,
        )

    def fulfil(self, wish: Wish) -> None:
        """List what a view wishes."""
        bar = self.query_one(FilterBar)
        bar.put(wish.typed)
        self._typed = self.understood(wish.typed)
        bar.fault(self._typed.fault)
        self._colour, self._state, self._days = wish.colour, wish.state, wish.days
        self.sorted_by, self.descending = wish.order, wish.descending
        self._mine = wish.mine
        self._view = replace(self._view, unfold=wish.unfold)
        self.table.focus()
        self.read(fresh=True)
