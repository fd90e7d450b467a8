"""What a step asks before it is taken, as its row in the table of steps says.

At most a choice or two and a text; nothing is written before all is said. A name or a limit stands
before the text it belongs to: ``3wd 需联合执法``, ``王科长：明天上午到场``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from rich.text import Text

from console import widgets
from console.casework.taking import Said
from console.frame import FullScreen
from console.widgets import Asking, Choice, Choosing, StepMenu
from rules import casework as law, clocks
from rules.errors import LimitError
from rules.text import half_width

if TYPE_CHECKING:
    from models.views import UnitChoice
    from rules.casework import Ask

T = TypeVar("T")

Then = Callable[[Said], None]

WRITTEN = ("text", "name", "limit")
"""The kinds of question that are answered on the line; every other is chosen from a list."""


def asks_of(kind: str, verb: str) -> tuple[Ask, ...]:
    """Return what a form asks for a step."""
    row = next(step for step in law.STEPS if (step.kind, step.verb) == (kind, verb))
    return tuple(ask for ask in row.asks if ask.on_form)


def line_of(kind: str, verb: str) -> tuple[Ask, ...]:
    """Return what the line of a step's form says, none where it has no line."""
    return tuple(ask for ask in asks_of(kind, verb) if ask.kind in WRITTEN)


def begun(kind: str, verb: str, text: str) -> Said:
    """Return what is said where a text stands in the line already."""
    return {line_of(kind, verb)[-1].name: text} if text else {}


class Forms:
    """The questions of one step, asked one after the other over a screen."""

    def __init__(self, screen: FullScreen, kind: str, verb: str, title: str, then: Then) -> None:
        """Ask nothing yet; ``then`` is told what was said, unless Esc is pressed."""
        self._screen = screen
        self._asks = asks_of(kind, verb)
        self._line = line_of(kind, verb)
        self._title = title
        self._then = then

    def ask(self, said: Said | None = None) -> None:
        """Ask what the step needs; ``said`` is what was said before and must not be lost."""
        self._next(self._asks, said or {})

    def _next(self, asks: Sequence[Ask], said: Said) -> None:
        """Ask the first of some questions that has no answer, then the rest."""
        for place, ask in enumerate(asks):
            if ask.kind in WRITTEN:
                if ask.without and not any(one.name in said for one in self._line):
                    self._whether(ask, said, lambda: self._write(said))
                else:
                    self._write(said)
                return
            if ask.name not in said:
                self._choose(ask, asks[place + 1 :], said)
                return
        self._then(said)

    def _choose(self, ask: Ask, rest: Sequence[Ask], said: Said) -> None:
        def picked(answer: Any) -> None:
            self._next(rest, {**said, ask.name: answer} if answer != "" else said)

        match ask.kind:
            case "unit":
                if ask.without:
                    self._whether(ask, said, lambda: self._unit(ask, picked))
                else:
                    self._unit(ask, picked)
            case "leader":
                session = self._screen.session
                assert session is not None
                leaders = [
                    (one.name, f"{one.post}{one.name}") for one in session.store.policy.leaders
                ]
                self._menu(leaders, picked, ask.label)
            case "choice":
                words = list(ask.choices.items())
                left_out = [("", ask.without)] if ask.without else []
                self._menu(words + left_out, picked, ask.label)
            case _:
                raise ValueError(f"no form asks for {ask.kind}")

    def _whether(self, ask: Ask, said: Said, go_on: Callable[[], None]) -> None:
        """Ask whether something optional is to be said; without it the step is taken."""

        def picked(answer: str) -> None:
            if answer:
                go_on()
            else:
                self._then(said)

        self._menu([("", ask.without), ("having", ask.having)], picked)

    def _unit(self, ask: Ask, picked: Callable[[int], None]) -> None:
        session = self._screen.session
        assert session is not None
        choices = [unit_choice(unit, unit.id) for unit in session.bureau.units]
        self._screen.ask(Choosing(self._title, ask.prompt, choices), picked)

    def _write(self, said: Said) -> None:
        """Ask for the line, the last question of every form."""
        last = self._line[-1] if self._line[-1].kind != "limit" else self._line[0]
        typed = write_line(self._line, said)
        begins = next((ask.begins for ask in self._line if ask.begins), "")
        optional = not any(ask.needed for ask in self._line) and not self._line[0].without
        several = any(ask.kind == "text" for ask in self._line)
        asking = (widgets.Writing if several else Asking)(
            self._title, last.prompt, value=typed or begins, optional=optional
        )
        self._screen.ask(asking, lambda text: self._then({**said, **read_line(self._line, text)}))

    def _menu(
        self, steps: Sequence[tuple[str, str]], then: Callable[[str], None], what: str = ""
    ) -> None:
        title = f"{self._title} · {what}" if what else self._title
        self._screen.ask(StepMenu(title, steps), then)


def write_line(line: Sequence[Ask], said: Said) -> str:
    """Return what was said as it was typed on the line."""
    first = next((ask for ask in line if ask.kind in ("limit", "name")), None)
    before = str(said.get(first.name) or "") if first is not None else ""
    written = [str(said[ask.name]) for ask in line if ask is not first and said.get(ask.name)]
    between = "：" if first is not None and first.kind == "name" and before and written else " "
    return between.join(part for part in (before, *written) if part)


def read_line(line: Sequence[Ask], text: str) -> dict[str, Any]:
    """Return what a line says: its limit or name first, then the rest."""
    kinds = {ask.kind: ask for ask in line}
    if len(line) == 1:
        return {line[0].name: text}
    if "name" in kinds:
        who, rest = _parted(_NAME_ENDS, text)
        return {kinds["name"].name: who, kinds["text"].name: rest}
    limit, (first, rest) = kinds["limit"], _parted(_BLANKS, text)
    first = half_width(first)
    if limit.needed or _is_limit(first):
        return {limit.name: first, kinds["text"].name: rest}
    return {limit.name: None, kinds["text"].name: text}


_NAME_ENDS = re.compile("[:：\\n]")
_BLANKS = re.compile(r"\s+")


def _parted(sign: re.Pattern[str], text: str) -> tuple[str, str]:
    """Return what stands before the first of a kind of sign, and what stands after it."""
    before, *after = sign.split(text.strip(), maxsplit=1)
    return before.strip(), after[0].strip() if after else ""


def _is_limit(word: str) -> bool:
    try:
        clocks.Limit.parse(word)
    except LimitError:
        return False
    return True


def unit_choice(unit: UnitChoice, value: T) -> Choice[T]:
    """Return a unit as a line of the picker, found by name, alias, code or initials."""
    shown = Text(unit.name, no_wrap=True).append(f"  {unit.code} {unit.initials}", "dim")
    words = " ".join((unit.name, unit.short_name, *unit.aliases, unit.code)).lower()
    return Choice(value, shown, words, unit.initials.lower(), head=unit.group)
