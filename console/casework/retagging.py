"""The questions of 修改登记: which tag, what it should be, what becomes of limits that run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from console import widgets
from console.casework.forms import row_of
from console.casework.taking import Chosen, Said
from models import views
from rules.casework import COLUMN_NAMES, LIMITS_AFTER

if TYPE_CHECKING:
    from console.frame import FullScreen, Session

TAGS = ("urgency", "nature", "category", "channel")
"""What may be amended here, the commonest first."""


class Retagging:
    """One tag amended over a screen; ``then`` is told what was said, unless Esc is pressed.

    What becomes of the limits is asked where they would be others; of one matter each answer says
    when it would be due.
    """

    def __init__(
        self, screen: FullScreen, title: str, chosen: Sequence[Chosen], then: Callable[[Said], None]
    ) -> None:
        """Ask nothing yet."""
        self._screen = screen
        self._title = title
        self._chosen = chosen
        self._then = then

    def ask(self, said: Said) -> None:
        """Ask for the tag, then what else must be known; ``said`` was said before."""
        choices = [(name, COLUMN_NAMES[name]) for name in TAGS]
        self._pick("改哪一项", choices, lambda name: self._value(name, said))

    def _value(self, name: str, said: Said) -> None:
        """Ask what a tag should be."""

        def offer(words: Sequence[str]) -> None:
            listed = [(word, word) for word in words]
            self._pick(COLUMN_NAMES[name], listed, lambda word: self._limits({**said, name: word}))

        if name == "category":
            self._screen.question(_categories, offer)
        elif name == "channel":
            assert self._screen.session is not None
            offer(self._screen.session.bureau.channels)
        else:
            asks = {ask.name: ask for ask in row_of("ticket", "amend").asks}
            offer(tuple(asks[name].choices))

    def _limits(self, said: Said) -> None:
        """Ask what becomes of the limits, if that is a question at all."""
        tags = {name: said[name] for name in TAGS if name in said}
        if len(self._chosen) > 1:
            self._choose(dict.fromkeys(LIMITS_AFTER, ""), said)
            return
        ticket_id = self._chosen[0].ticket_id
        self._screen.question(
            lambda session: views.foresee_limits(session.store, ticket_id, tags),
            lambda told: self._choose(told, said) if told else self._then(said),
        )

    def _choose(self, told: Mapping[str, str], said: Said) -> None:
        choices = [
            (how, f"{words}：{told[how]}" if told[how] else words)
            for how, words in LIMITS_AFTER.items()
        ]
        self._pick("时限", choices, lambda how: self._because({**said, "limits": how}))

    def _because(self, said: Said) -> None:
        """Ask what was wrong, where crossings are to be annulled for it."""
        if said["limits"] != "dispatch":
            self._then(said)
            return
        asking = widgets.Writing(self._title, "原登记错在哪里")
        self._screen.ask(asking, lambda text: self._then({**said, "reason": text}))

    def _pick(
        self, label: str, choices: Sequence[tuple[str, str]], then: Callable[[str], None]
    ) -> None:
        self._screen.ask(widgets.Picking(f"{self._title} · {label}", choices), then)


def _categories(session: Session) -> tuple[str, ...]:
    with session.store.reading() as reader:
        return views.category_paths(reader)
