"""Acts that more than one screen offers: to dispatch, and to draft orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.message import Message

from console.desk import Chosen, Desk
from console.jobs import Say, start
from console.screens.frame import DeskScreen
from console.widgets.choosing import Choice, Choosing
from console.widgets.confirming import Confirming

if TYPE_CHECKING:
    from models.casework import Done
    from models.choices import UnitChoice
    from models.orders.drafting import Drafted

MANY = 20
"""An act on more matters than this asks first (UX.md, danger classes)."""

Which = tuple[int, Callable[[Desk], list[Chosen]]]
"""How many matters an act would fall on, and how to read them in a worker."""


class ActingScreen(DeskScreen):
    """A screen whose matters can be acted on."""

    @dataclass
    class ToDispatch(Message):
        """So many matters that it is asked first are known, and where they are to go."""

        chosen: list[Chosen]
        unit: UnitChoice

    @dataclass
    class ToDraft(Message):
        """The matters to draft orders on are known."""

        chosen: list[Chosen]

    @dataclass
    class Dispatched(Message):
        """Matters went to a unit."""

        done: Done
        unit: str

    @dataclass
    class DraftsMade(Message):
        """Drafts were made."""

        drafted: Drafted

    def which(self) -> Which:
        """Return what an act would fall on."""
        raise NotImplementedError

    def acted(self) -> None:
        """Show what an act changed."""
        raise NotImplementedError

    # to dispatch

    def action_dispatch(self) -> None:
        """Hand matters to a unit chosen by typing."""
        self.pick_unit(self.which())

    def pick_unit(self, which: Which) -> None:
        """Let a unit be typed for matters; the picker is there at once."""
        desk, (count, read) = self.desk, which
        if desk is None or not self.may_write():
            return
        if not count:
            self.say("没有可派单的诉求：先把光标移到一件诉求上")
            return

        def picked(unit: UnitChoice | None) -> None:
            if unit is not None:
                start(self, "act", lambda say: say(self.ToDispatch(read(desk), unit)))

        note = f"回车即派出这{count}件，承办单位的时限从现在起算 · Esc 返回"
        if count > MANY:
            note = f"回车后再确认一次才派出这{count}件 · Esc 返回"
        choices = [unit_choice(unit) for unit in desk.bureau.units]
        prompt = "单位名称的一部分或拼音首字母"
        title = f"派单 · {count}件 → 承办单位"
        self.app.push_screen(Choosing(title, prompt, choices, note=note), picked)

    @on(ToDispatch)
    def _confirm_dispatch(self, message: ToDispatch) -> None:
        chosen, unit = message.chosen, message.unit

        def answered(yes: bool | None) -> None:
            if yes:
                self._dispatch(chosen, unit)

        if len(chosen) <= MANY:
            self._dispatch(chosen, unit)
            return
        sentence = f"将把{len(chosen)}件诉求派给{unit.name}，承办单位的时限从现在起算。"
        undo = "派出后可以再转派，但已起算的时限留痕不删。"
        self.app.push_screen(Confirming("批量派单", sentence, act="派出", undo=undo), answered)

    def _dispatch(self, chosen: list[Chosen], unit: UnitChoice) -> None:
        desk = self.desk
        if desk is None or not chosen:
            self.say("标记的都不是诉求，没有派单")
            return

        def job(say: Say) -> None:
            say(self.Dispatched(desk.dispatch(chosen, unit.id), unit.short_name))

        start(self, "write", job)

    @on(Dispatched)
    def _dispatched(self, message: Dispatched) -> None:
        done = message.done
        self.app.notify(f"已派给{message.unit} {len(done.done)}件", markup=False)
        self._name_skipped([f"{number}：{reason}" for number, reason in done.skipped])
        self.acted()

    # to draft orders

    def action_draft(self) -> None:
        """Draft orders, one per lead unit."""
        desk, (count, read) = self.desk, self.which()
        if desk is not None and count and self.may_write():
            start(self, "act", lambda say: say(self.ToDraft(read(desk))))

    @on(ToDraft)
    def _confirm_draft(self, message: ToDraft) -> None:
        chosen, desk = message.chosen, self.desk
        if not chosen or desk is None:
            self.say("没有可拟督办单的诉求：先把光标移到一件诉求上")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                ids = [one.ticket_id for one in chosen]
                start(self, "write", lambda say: say(self.DraftsMade(desk.draft(ids))))

        undo = "只拟草稿，不编文号；已有未销号督办单的诉求会跳过并列出。草稿可以作废。"
        self.app.push_screen(
            Confirming("拟制督办单", _by_unit(chosen), act="拟稿", undo=undo), answered
        )

    @on(DraftsMade)
    def _drafts_made(self, message: DraftsMade) -> None:
        drafted = message.drafted
        if drafted.orders:
            self.app.notify(f"已拟{len(drafted.orders)}份督办单 · F4 查看签发", markup=False)
        self._name_skipped([f"{one.number}：{one.reason}" for one in drafted.skipped])
        self.acted()

    def _name_skipped(self, skipped: Sequence[str]) -> None:
        if skipped:
            more = f"\n… 等{len(skipped)}件" if len(skipped) > 5 else ""
            self.app.notify(
                "\n".join(skipped[:5]) + more,
                title=f"跳过{len(skipped)}件",
                severity="warning",
                timeout=12,
                markup=False,
            )


def unit_choice(unit: UnitChoice) -> Choice[UnitChoice]:
    """Return a unit as a line of the picker, found by name, alias, code or initials."""
    shown = Text(unit.name, no_wrap=True).append(f"  {unit.code} {unit.initials}", "dim")
    words = " ".join((unit.name, unit.short_name, *unit.aliases, unit.code)).lower()
    return Choice(unit, shown, words, unit.initials.lower(), head=unit.group)


def _by_unit(chosen: Sequence[Chosen]) -> str:
    units = Counter(one.unit for one in chosen if one.unit)
    listed = "、".join(f"{unit} {count}件" for unit, count in units.most_common(6))
    more = " 等" if len(units) > 6 else ""
    left = sum(not one.unit for one in chosen)
    waiting = f"；另有{left}件尚未派单，不拟" if left else ""
    orders = f"将对{len(chosen) - left}件诉求拟{len(units)}份督办单，每个主办单位一份"
    return f"{orders}：{listed}{more}{waiting}。"
