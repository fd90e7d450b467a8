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
from rules import casework as law, clocks
from rules.errors import LimitError
from rules.text import half_width

if TYPE_CHECKING:
    from console.widgets import Choice
    from models.views import UnitChoice
    from rules.bureau import LeaderPolicy
    from rules.casework import Ask, Step

T = TypeVar("T")

Then = Callable[[Said], None]

WRITTEN = ("text", "name", "limit")
"""The kinds of question that are answered on the line; every other is chosen from a list."""


def row_of(kind: str, verb: str) -> Step:
    """Return the first row of a step: what a form asks is the same in each."""
    return next(step for step in law.STEPS if (step.kind, step.verb) == (kind, verb))


def asks_of(kind: str, verb: str) -> tuple[Ask, ...]:
    """Return what a form asks for a step."""
    return tuple(ask for ask in row_of(kind, verb).asks if ask.on_form)


def line_of(kind: str, verb: str) -> tuple[Ask, ...]:
    """Return what the line of a step's form says, none where it has no line."""
    return tuple(ask for ask in asks_of(kind, verb) if ask.kind in WRITTEN)


def begun(kind: str, verb: str, text: str) -> Said:
    """Return what is said where a text stands in the line already."""
    return {line_of(kind, verb)[-1].name: text} if text else {}


class Forms:
    """The questions of one step, asked one after the other over a screen; each takes the time."""

    def __init__(self, screen: FullScreen, kind: str, verb: str, title: str, then: Then) -> None:
        """Ask nothing yet; ``then`` is told what was said, unless Esc is pressed."""
        assert screen.session is not None
        self._screen = screen
        self._session = screen.session
        self._asks = asks_of(kind, verb)
        self._line = line_of(kind, verb)
        self._ends_with_when = row_of(kind, verb).asks_when
        self._title = title
        self._then = then
        self._when = widgets.When(self._session.now)

    def ask(self, said: Said | None = None, *, again: bool = False) -> None:
        """Ask what the step needs; ``said`` is what was said before and must not be lost.

        ``again``: it was refused, and what can be put right is asked once more, at least the time.
        """
        known = dict(said or {})
        self._when.at = known.pop("at", None)
        self._ends_with_when |= again
        self._next(self._asks, known)

    def _next(self, asks: Sequence[Ask], said: Said) -> None:
        """Ask the first of some questions that has no answer, then the rest."""
        for place, ask in enumerate(asks):
            if ask.kind in WRITTEN and not self._left(said):
                continue
            if ask.kind in WRITTEN:
                if ask.without and not any(one.name in said for one in self._line):
                    self._whether(ask, said, lambda: self._write(said))
                else:
                    self._write(said)
                return
            if ask.name not in said:
                self._choose(ask, asks[place + 1 :], said)
                return
        if self._ends_with_when:
            asking = widgets.AskingWhen(self._title, self._when)
            self._screen.ask(asking, lambda _: self._take(said))
        else:
            self._take(said)

    def _take(self, said: Said) -> None:
        self._then({**said, **self._when.said})

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
                self._screen.question(
                    lambda session: getattr(session.store.policy, ask.among),
                    lambda leaders: self._leader(leaders, ask, picked),
                )
            case "choice":
                left_out = [("", ask.without)] if ask.without else []
                self._pick([*ask.choices.items(), *left_out], ask, picked)
            case _:
                raise ValueError(f"no form asks for {ask.kind}")

    def _leader(
        self, leaders: Sequence[LeaderPolicy], ask: Ask, then: Callable[[str], None]
    ) -> None:
        """Ask which leader; where there is none to name and none is needed, nothing."""
        named = [(one.name, f"{one.post}{one.name}") for one in leaders]
        if ask.needed:
            self._pick(named, ask, then)
        elif named:
            self._pick([*named, ("", ask.without)], ask, then)
        else:
            then("")

    def _pick(
        self, choices: Sequence[tuple[str, str]], ask: Ask, then: Callable[[str], None]
    ) -> None:
        title = f"{self._title} · {ask.label}"
        self._screen.ask(widgets.Picking(title, choices, when=self._when), then)

    def _whether(self, ask: Ask, said: Said, go_on: Callable[[], None]) -> None:
        """Ask whether something optional is to be said; without it the step is taken."""

        def picked(answer: str) -> None:
            if answer:
                go_on()
            else:
                self._take(said)

        steps = [("", ask.without), ("having", ask.having)]
        self._screen.ask(widgets.StepMenu(self._title, steps, self._when), picked)

    def _unit(self, ask: Ask, picked: Callable[[int], None]) -> None:
        choices = [unit_choice(unit, unit.id) for unit in self._session.bureau.units]
        picker = widgets.Choosing(self._title, ask.prompt, choices, numbered=True, when=self._when)
        self._screen.ask(picker, picked)

    def _left(self, said: Said) -> tuple[Ask, ...]:
        """Return what the line asks; a text that is said to be none is not asked."""
        return tuple(
            ask
            for ask in self._line
            if not (ask.kind == "text" and ask.name in said and said[ask.name] is None)
        )

    def _write(self, said: Said) -> None:
        """Ask for what is written, the last questions of every form; each text for itself."""
        self._write_lines(lines_of(self._left(said)), said)

    def _write_lines(self, lines: Sequence[Sequence[Ask]], said: Said) -> None:
        if lines:
            self._write_line(lines[0], said, lambda known: self._write_lines(lines[1:], known))
        else:
            self._take(said)

    def _write_line(self, line: Sequence[Ask], said: Said, then: Then) -> None:
        last = line[-1] if line[-1].kind != "limit" else line[0]
        typed = write_line(line, said)
        begins = next((ask.begins for ask in line if ask.begins), "")
        optional = not any(ask.needed for ask in line) and not line[0].without
        several = any(ask.kind == "text" for ask in line)
        asking = (widgets.Writing if several else widgets.Asking)(
            self._title, last.prompt, value=typed or begins, optional=optional, when=self._when
        )
        self._screen.ask(asking, lambda text: then({**said, **read_line(line, text)}))


def lines_of(line: Sequence[Ask]) -> list[tuple[Ask, ...]]:
    """Return what is written on one line each: a limit or a name goes with the text beside it."""
    found: list[tuple[Ask, ...]] = []
    for ask in line:
        last = found[-1] if found else ()
        differ = len(last) == 1 and (last[0].kind == "text") != (ask.kind == "text")
        if differ and (ask.kind == "text" or ask is line[-1]):
            found[-1] = (*last, ask)
        else:
            found.append((ask,))
    return found


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
    """Whether a word is a limit in its short form: 三天内 may be a leader's own words."""
    try:
        clocks.Limit.parse(word)
    except LimitError:
        return False
    return word.isascii()


def unit_choice(unit: UnitChoice, value: T) -> Choice[T]:
    """Return a unit as a line of the picker, found by name, alias, code or initials."""
    initials = unit.initials.partition(" ")[0]
    shown = Text(unit.name, no_wrap=True).append(f"  {unit.code} {initials}", "dim")
    words = " ".join((unit.name, unit.short_name, *unit.aliases, unit.code)).lower()
    return widgets.Choice(value, shown, words, unit.initials.lower(), head=unit.group)
