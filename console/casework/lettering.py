"""拟制公文 from where the hand is: the kinds that a matter or an order gives facts for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session
from console.widgets import Picking, StepMenu, Writing
from models import letters
from rules.casework import LETTER_NAMES
from rules.paper import LETTERS

if TYPE_CHECKING:
    from models.letters import Asked

LIST = ""
"""What is chosen to see the letters that are there."""


def offer_letters(screen: FullScreen, about: Asked, name: str) -> None:
    """Offer what can be drafted about a matter or an order, and the list of letters."""

    def chosen(kind: str) -> None:
        if kind == LIST:
            screen.host.action_over("letters")
        elif LETTERS[kind].upward:
            _ask_leader(screen, about, kind, name)
        else:
            _draft(screen, about, kind)

    def offered(found: Sequence[tuple[str, str]]) -> None:
        steps = [*((kind, f"拟{noun}") for kind, noun in found), (LIST, "看已有的公文")]
        screen.ask(StepMenu(f"公文 {name}", steps), chosen)

    screen.question(partial(_possible, about), offered)


def _possible(about: Asked, session: Session) -> list[tuple[str, str]]:
    return letters.possible(session.store, about, list(LETTERS))


def _ask_leader(screen: FullScreen, about: Asked, kind: str, name: str) -> None:
    """Ask whom an upward letter goes to, then what its author says; each names the matter."""
    title = f"公文 {name} · {LETTER_NAMES[kind]}"

    def picked(recipient: str) -> None:
        screen.ask(
            Writing(f"{title}呈{recipient}", "情况和建议，一行一段"),
            lambda words: _draft(screen, about, kind, recipient, words),
        )

    def asked(leaders: Sequence[str]) -> None:
        choices = [(leader, leader) for leader in leaders]
        screen.ask(Picking(f"{title}呈送哪位领导", choices), picked)

    screen.question(_leaders, asked)


def _leaders(session: Session) -> list[str]:
    """Return the leaders of the policy with their posts, the city's first."""
    policy = session.store.policy
    return [f"{one.post}{one.name}" for one in policy.leaders_of("city", "principal", "deputy")]


def _draft(
    screen: FullScreen, about: Asked, kind: str, recipient: str | None = None, words: str = ""
) -> None:
    def act(session: Session) -> str:
        made = letters.draft_letter(session.store, kind, about, recipient=recipient, words=words)
        return f"已拟{made.noun} {made.name} · 按 w 看公文，在那里修改、签发"

    screen.work(act)
