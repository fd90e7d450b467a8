"""What a step asks before it is taken: at most a choice and a line; nothing is written before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.desk.casework import Said
from console.widgets.asking import Asking
from console.widgets.choosing import Choosing
from console.widgets.steps import StepMenu

if TYPE_CHECKING:
    from console.screens.acting import ActingScreen


Then = Callable[[Said], None]


OUTCOMES = ("已解决", "部分解决", "未解决", "解释说明")


LIMIT = re.compile(r"\d{1,3}(wd|wh|h|m|d)")


RATINGS = ("满意", "基本满意", "不满意")


@dataclass(frozen=True, slots=True)
class Line:
    """A one-line form: what it asks, whether it may stay empty, what stands in it already."""

    prompt: str
    optional: bool = False
    value: str = ""


LINES = {
    "progress": Line("阶段性办理情况"),
    "reply": Line("承办单位的答复意见"),
    "assist": Line("协办单位的意见"),
    "send_back": Line("退回的理由"),
    "ask_return": Line("补充说明，可不填", optional=True),
    "refuse_return": Line("不同意的理由"),
    "arbitrate": Line("裁定的理由"),
    "ask_extension": Line("延长多久和理由，例如 3wd 需联合执法", value="5wd "),
    "refuse_extension": Line("不同意的理由"),
    "ask_pause": Line("挂起的理由：鉴定、检测、听证、诉讼 …"),
    "grant_pause": Line("批准依据：文书名称或文号"),
    "refuse_pause": Line("不同意的理由"),
    "rework": Line("重办的理由"),
    "reopen": Line("重新打开的理由"),
    "note": Line("要记住的事"),
    "instruct": Line("批示内容；可先写时限，例如 3wd 请市水务局牵头解决"),
    "fulfil": Line("落实情况"),
}
"""Steps that end with a line to type; those that choose first come to it afterwards."""


UNITS = {"dispatch", "transfer", "join", "arbitrate", "assist"}
"""Steps that name a unit."""


class Forms:
    """The questions of one step, asked one after the other over a screen."""

    def __init__(self, screen: ActingScreen, verb: str, title: str, then: Then) -> None:
        """``then`` is told what was said; it is not called where Esc was pressed."""
        self._screen = screen
        self._verb = verb
        self._title = title
        self._then = then

    def ask(self, said: Said | None = None) -> None:
        """Ask what the step needs; ``said`` is what was typed before and must not be lost."""
        said = said or Said()
        if self._verb in UNITS and said.unit_id is None:
            self._unit(said)
        elif self._verb == "grant_return" and said.unit_id is None:
            self._taker(said)
        elif (self._verb == "close" and said.outcome is None) or self._verb == "rate":
            self._words(said)
        elif self._verb == "ask_return" and said.code is None:
            self._code(said)
        elif self._verb == "urge":
            self._means(said)
        elif self._verb == "instruct" and said.leader is None:
            self._leader(said)
        elif self._verb in LINES:
            self._line(said)
        else:
            self._then(said)

    def _line(self, said: Said) -> None:
        line = LINES[self._verb]
        typed = " ".join(part for part in (said.limit, said.text) if part)

        def answered(text: str | None) -> None:
            if text is not None:
                self._then(_with(self._verb, said, text))

        asking = Asking(self._title, line.prompt, value=typed or line.value,
                        optional=line.optional)  # fmt: skip
        self._screen.app.push_screen(asking, answered)

    def _unit(self, said: Said) -> None:
        from console.screens.acting import unit_choice

        desk = self._screen.desk
        assert desk is not None

        def picked(unit: int | None) -> None:
            if unit is not None:
                self._on(replace(said, unit_id=unit))

        choices = [unit_choice(unit, unit.id) for unit in desk.bureau.units]
        prompt = "单位名称的一部分或拼音首字母"
        self._screen.app.push_screen(Choosing(self._title, prompt, choices), picked)

    def _taker(self, said: Said) -> None:
        """Ask who gets what a unit gives back: nobody yet, or another unit at once."""

        def picked(to: str | None) -> None:
            if to == "unit":
                self._unit(said)
            elif to is not None:
                self._then(said)

        self._menu([("", "回到待派，由中心另行派单"), ("unit", "直接改派其他单位 …")], picked)

    def _words(self, said: Said) -> None:
        """Ask for the outcome of a matter, or for the two ratings of a citizen."""
        words = _same(OUTCOMES if self._verb == "close" else RATINGS)
        if self._verb == "close":
            words.append(("", "按单位所报的结果"))

        def first(word: str | None) -> None:
            if word is None:
                return
            if self._verb == "close":
                self._then(replace(said, outcome=word or None))
            else:
                self._menu(_same(RATINGS), second(word), "工作满意")

        def second(word: str) -> Callable[[str | None], None]:
            return lambda how: self._then(replace(said, outcome=word, work=how)) if how else None

        self._menu(words, first, "办理结果" if self._verb == "close" else "群众满意")

    def _code(self, said: Said) -> None:
        from rules.casework import RETURN_CODES

        def picked(code: str | None) -> None:
            if code is not None:
                self._on(replace(said, code=code))

        self._menu(list(RETURN_CODES.items()), picked)

    def _means(self, said: Said) -> None:
        """Ask how units are reminded: by a text, or by telephone, and then who answered."""

        def picked(means: str | None) -> None:
            if means == "phone":
                asking = Asking(self._title, "接听人：答应的事，例如 王科长：明天上午到场",
                                value=_call(said))  # fmt: skip
                self._screen.app.push_screen(asking, called)
            elif means is not None:
                self._then(Said())

        def called(text: str | None) -> None:
            if text is not None:
                who, _, promised = text.replace(":", "：").partition("：")
                self._then(replace(said, text=who.strip(), promised=promised.strip()))

        if said.text is not None:
            picked("phone")
        else:
            self._menu([("text", "文字催办：每个单位一条，可复制"),
                        ("phone", "电话催办：登记接听人和答应的事")], picked)  # fmt: skip

    def _leader(self, said: Said) -> None:
        desk = self._screen.desk
        assert desk is not None
        leaders = desk.store.policy.leaders

        def picked(name: str | None) -> None:
            if name is not None:
                self._line(replace(said, leader=name))

        self._menu([(one.name, f"{one.post}{one.name}") for one in leaders], picked, "批示人")

    def _on(self, said: Said) -> None:
        """Go on to the line, if there is one to type."""
        self._line(said) if self._verb in LINES else self._then(said)

    def _menu(
        self, steps: Sequence[tuple[str, str]], then: Callable[[str | None], None], what: str = ""
    ) -> None:
        title = f"{self._title} · {what}" if what else self._title
        self._screen.app.push_screen(StepMenu(title, steps), then)


def _with(verb: str, said: Said, text: str) -> Said:
    """Return what was said with the line that was typed; a limit stands before its reason."""
    limit, _, rest = text.partition(" ")
    if verb == "ask_extension" or (verb == "instruct" and LIMIT.fullmatch(limit)):
        return replace(said, limit=limit, text=rest.strip())
    return replace(said, limit=None, text=text)


def _call(said: Said) -> str:
    """Return what was typed of a telephone call."""
    return f"{said.text}：{said.promised or ''}" if said.text else ""


def _same(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
