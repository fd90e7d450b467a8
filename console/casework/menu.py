"""办理菜单: every lawful next step of what is chosen, two keys away; the frequent ones in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.message import Message

from console.casework.acting import ActingScreen
from console.casework.taking import Lawful, Offer, offer
from console.frame import Say, start
from console.widgets import StepMenu

FAMILIES: dict[str, tuple[str, ...]] = {
    "extension": ("grant_extension", "refuse_extension", "ask_extension"),
    "pause": ("grant_pause", "refuse_pause", "resume", "ask_pause"),
    "close": ("close",),
    "note": ("note",),
    "urge": ("urge",),
}
"""The steps behind one key: what is asked for, or what answers it."""


class CaseworkScreen(ActingScreen):
    """A screen on which every step of an appeal can be taken."""

    FAMILIES: ClassVar[dict[str, tuple[str, ...]]] = FAMILIES

    @dataclass
    class Offered(Message):
        """It is known which steps may be taken on what is chosen."""

        offer: Offer

    @dataclass
    class Nothing(Message):
        """There is no appeal among what is chosen."""

    def action_steps(self, family: str = "") -> None:
        """Offer the lawful steps of what is chosen, all or those of one key."""
        session, (count, read) = self.session, self.which()
        if session is None or not count:
            self.say("没有可办的诉求：先把光标移到一件诉求上")
            return
        wanted = self.FAMILIES.get(family, ())

        def job(say: Say) -> None:
            chosen = read(session)
            say(self.Offered(offer(session, chosen, wanted)) if chosen else self.Nothing())

        start(self, "act", job)

    @on(Nothing)
    def _nothing(self) -> None:
        self.say("选中的不是诉求：督办单请到 F4 办理")

    @on(Offered)
    def _choose_step(self, message: Offered) -> None:
        found = message.offer
        chosen, steps = found.chosen, {step.verb: step for step in found.steps}
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        if not steps:
            self.say(f"{whom} {found.why}")
            return
        if len(steps) == 1 and found.single:
            step = next(iter(steps.values()))
            self.ask_and_take(step.verb, step.name, chosen)
            return

        def picked(verb: str | None) -> None:
            if verb is not None:
                self.ask_and_take(verb, steps[verb].name, chosen)

        title = f"办理 {whom} · {found.status}" if len(chosen) == 1 else f"办理 {whom}"
        labels = [(verb, _label(step, len(chosen))) for verb, step in steps.items()]
        self.app.push_screen(StepMenu(title, labels), picked)


def _label(step: Lawful, of: int) -> str:
    """Return a step's line in the menu; of many matters, on how many it may be taken."""
    return step.name if step.count == of or of == 1 else f"{step.name}（{step.count}件可办）"
