"""What is asked before a learnt file is taken in: its words, its units, the counts, a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from console.intake import columns
from console.intake.arriving import Agreed, Arrival, Done
from console.widgets import Asking, Confirming, StepMenu
from rules.intake import LABELS, LISTS

if TYPE_CHECKING:
    from textual.screen import Screen

    from console.frame import Session
    from seed.channels import UnknownUnit, UnknownWord


class Taking(Protocol):
    """The screen, as far as its questions know it."""

    session: Session | None

    def ask(self, question: Screen[Any], then: Callable[[Any], object]) -> None:
        """Put a question; ``then`` takes the answer, unless that is Esc or no."""

    def rehearse(self, arrival: Arrival, then: Callable[[Done], object]) -> None:
        """Count what would become of an arrival's rows."""

    def bring(self, arrival: Arrival, agreed: Agreed) -> None:
        """Take a file in as it was agreed."""


MOST_UNITS = 6
"""Units that are asked for; the others wait on the desk and are attached later."""

_REFUSE = "-"


class Acceptance:
    """One question after the other; Esc at any of them leaves everything as it was."""

    def __init__(self, screen: Taking, arrival: Arrival) -> None:
        """``arrival`` is what was on the screen."""
        self._screen = screen
        self._arrival = arrival
        self._aliases: dict[str, int] = {}
        self._told: list[str] = []

    def begin(self) -> None:
        """Ask for the words of which nobody has an idea, one by one."""
        unsure = self._arrival.unsure
        if unsure:
            self._ask_word(unsure[0])
        else:
            self._ask_unit(0)

    def _ask_word(self, word: UnknownWord) -> None:
        steps = [*((each, each) for each in LISTS[word.field]), ("", "没有说")]
        steps.append((_REFUSE, f"说不准：这{word.rows}行拒收"))
        title = f"{LABELS[word.field]}“{word.word}”（{word.rows}行）是说"
        self._screen.ask(StepMenu(title, steps), lambda ours: self._settle(word, ours))

    def _settle(self, word: UnknownWord, ours: str) -> None:
        arrival, draft = self._arrival, self._arrival.draft
        assert draft is not None
        if ours == _REFUSE:
            refused = arrival.refused | {(word.field, word.word)}
            self._arrival = replace(arrival, refused=refused)
        else:
            words = tuple(replace(w, likely=ours) if w == word else w for w in arrival.words)
            changed = draft.with_word(word.field, word.word, ours)
            self._arrival = replace(arrival, draft=changed, words=words)
        self.begin()

    def _ask_unit(self, place: int) -> None:
        """Ask who is meant by the units nobody knows; only an administrator can say so."""
        session = self._screen.session
        assert session is not None
        asked = [unit for unit in self._arrival.units if unit.near][:MOST_UNITS]
        if place >= len(asked) or "administrator" not in session.bureau.roles:
            self._screen.rehearse(self._arrival, self._confirm)
            return
        unit = asked[place]
        steps = [*((name, name) for name in unit.near), ("", "都不是：照收，单位以后再认")]
        title = f"承办单位“{unit.word}”（{unit.rows}行）不在名录中，是"
        self._screen.ask(StepMenu(title, steps), lambda name: self._name(unit, name, place))

    def _name(self, unit: UnknownUnit, name: str, place: int) -> None:
        unit_id = self._arrival.known.unit_id(name) if name else None
        if unit_id is not None:
            self._aliases[unit.word] = unit_id
            self._told.append(f"{unit.word}＝{name}")
        self._ask_unit(place + 1)

    def _confirm(self, done: Done) -> None:
        sentence = columns.agreed_sentence(self._arrival, done.result, self._told)
        self._screen.ask(
            Confirming(
                f"导入 {self._arrival.path.name}", sentence, act="导入", undo="导入以后不能撤销"
            ),
            lambda _: self._ask_name(),
        )

    def _ask_name(self) -> None:
        draft = self._arrival.draft
        assert draft is not None
        self._screen.ask(
            Asking(
                "这种表头以什么名称存下",
                "名称：字母、汉字、数字",
                value=draft.name,
                note="回车存下并导入，以后自动认出 · Esc 返回",
            ),
            lambda name: self._screen.bring(self._arrival, Agreed(name.strip(), self._aliases)),
        )
