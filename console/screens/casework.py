"""办理菜单: every lawful next step of one appeal, two keys away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from console.desk import chosen_of
from console.jobs import Say, start
from console.screens.acting import ActingScreen, Which
from console.widgets.asking import Asking
from console.widgets.steps import StepMenu

if TYPE_CHECKING:
    from models.tickets import TicketView

OFFERED = ("dispatch", "transfer", "acknowledge", "contact", "reply", "close", "rate")
"""Steps that can be taken here; the others are recorded by files."""
OUTCOMES = ("已解决", "部分解决", "未解决", "解释说明")
RATINGS = ("满意", "基本满意", "不满意")


class CaseworkScreen(ActingScreen):
    """A screen with one appeal in hand."""

    @dataclass
    class ToStep(Message):
        """The appeal in hand was read, with its lawful next steps."""

        view: TicketView

    @dataclass
    class Stepped(Message):
        """A step was taken."""

        number: str
        name: str

    def in_hand(self) -> int | None:
        """Return the id of the appeal in hand."""
        raise NotImplementedError

    def action_steps(self) -> None:
        """Open the menu of steps."""
        desk, ticket_id = self.desk, self.in_hand()
        if desk is not None and ticket_id is not None:
            start(self, "act", lambda say: say(self.ToStep(desk.ticket(ticket_id))))

    @on(ToStep)
    def _choose_step(self, message: ToStep) -> None:
        view = message.view
        steps = [(verb, name) for verb, name in view.next_steps if verb in OFFERED]
        if not steps:
            self.say(f"{view.number} {view.status}：现在没有可办的步骤")
            return
        names = dict(steps)

        def picked(verb: str | None) -> None:
            if verb is not None:
                self._ask(view, verb, names[verb])

        self.app.push_screen(StepMenu(f"办理 {view.number} · {view.status}", steps), picked)

    def _ask(self, view: TicketView, verb: str, name: str) -> None:
        """Ask for what a step needs to know, then take it."""

        def take(*said: str) -> None:
            self._take(view, verb, name, *said)

        match verb:
            case "dispatch" | "transfer":
                self.pick_unit(_which(view))
            case "reply":
                asking = Asking(f"登记答复 · {view.number}", "承办单位的答复意见")
                self.app.push_screen(asking, lambda said: take(said) if said else None)
            case "close":
                self._pick(f"办结 · {view.number} · 办理结果", OUTCOMES, take)
            case "rate":
                self._pick(
                    f"评价 · {view.number} · 群众满意",
                    RATINGS,
                    lambda result: self._pick("工作满意", RATINGS, lambda how: take(result, how)),
                )
            case _:
                take()

    def _pick(self, title: str, words: tuple[str, ...], then: Callable[[str], None]) -> None:
        menu = StepMenu(title, [(word, word) for word in words])
        self.app.push_screen(menu, lambda word: then(word) if word is not None else None)

    def _take(self, view: TicketView, verb: str, name: str, *said: str) -> None:
        desk = self.desk
        if desk is None or not self.may_write():
            return

        def job(say: Say) -> None:
            desk.step(verb, view, *said)
            say(self.Stepped(view.number, name))

        start(self, "write", job)

    @on(Stepped)
    def _stepped(self, message: Stepped) -> None:
        self.app.notify(f"{message.number} 已登记{message.name}", markup=False)
        self.acted()


def _which(view: TicketView) -> Which:
    return 1, lambda desk: [chosen_of(view)]
