"""What can be done with councils on the screen: entered, heard, decided, made a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from console.casework import unit_choice
from console.frame import FullScreen, Session
from console.widgets import Asking, Choosing, StepMenu, Writing
from models import councils

if TYPE_CHECKING:
    from models.councils import CouncilView

SEPARATORS = re.compile(r"[\s、，,;；]+")


class CouncilActs:
    """The acts of the screen of councils; each asks for what it needs, then works."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def hold(self, typed: str = "", numbers: str = "", chair: str = "") -> None:
        """Ask for topic, appeals, chair and units of a council, one after the other."""

        def topic(said: str) -> None:
            self._ask(
                "会商的诉求", "工单编号，几件用顿号隔开；可不填", numbers, listed, optional=True
            )
            given["topic"] = said

        def listed(said: str) -> None:
            given["numbers"] = said
            self._ask("主持人", "谁主持，例如 李副市长", chair, chaired)

        def chaired(said: str) -> None:
            given["chair"] = said
            self._units([], held)

        def held(units: list[int]) -> None:
            def act(session: Session) -> str:
                done = councils.hold_council(
                    session.store,
                    topic=given["topic"],
                    chair=given["chair"],
                    units=units,
                    numbers=[one for one in SEPARATORS.split(given["numbers"]) if one],
                )
                return f"已登记会商#{done.id} · 按 p 登记各单位意见 · u 撤销"

            self._screen.work(act, lambda: self.hold(**given_again()))

        given: dict[str, str] = {}

        def given_again() -> dict[str, str]:
            return {
                "typed": given["topic"],
                "numbers": given["numbers"],
                "chair": given["chair"],
            }

        self._ask("登记会商 · 议题", "议什么，例如 两区交界处路灯归谁管护", typed, topic)

    def _units(self, chosen: list[int], then: Callable[[list[int]], object]) -> None:
        """Ask for the units, one after the other, until there are enough."""
        assert self._screen.session is not None
        units = self._screen.session.bureau.units
        choices = [unit_choice(one, one.id) for one in units if one.id not in chosen]

        def picked(id: int) -> None:
            now = [*chosen, id]
            names = "、".join(one.short_name for one in units if one.id in now)
            if len(now) < 2:
                self._units(now, then)
                return
            steps = [("", f"就这些：{names}"), ("more", "再加一个单位")]
            self._screen.ask(
                StepMenu("参加单位", steps),
                lambda more: self._units(now, then) if more else then(now),
            )

        title = f"参加单位 · 已选{len(chosen)}个"
        prompt = "单位名称的一部分或拼音首字母"
        self._screen.ask(Choosing(title, prompt, choices, numbered=True), picked)

    def speak(self, one: CouncilView) -> None:
        """Ask which unit, whether it agrees, and what it holds."""
        seats = [(str(seat.unit_id), seat.unit) for seat in one.seats]

        def unit(id: str) -> None:
            ways = [("agrees", "同意或说明情况"), ("dissents", "持不同意见"), ("absent", "未到会")]
            self._screen.ask(StepMenu(f"会商#{one.id} 意见", ways), lambda way: said(int(id), way))

        def said(id: int, way: str) -> None:
            if way == "absent":
                written(id, way, "")
            else:
                self._write(
                    "意见", "谁说的、怎么说，例如 我局只管路面", lambda t: written(id, way, t)
                )

        def written(id: int, way: str, text: str) -> None:
            def act(session: Session) -> str:
                councils.speak_at_council(
                    session.store,
                    one,
                    id,
                    opinion=text,
                    dissents=way == "dissents",
                    present=way != "absent",
                )
                return f"已登记会商#{one.id}的意见 · u 撤销"

            self._screen.work(act, lambda: self.speak(one))

        self._screen.ask(StepMenu(f"会商#{one.id} · 哪个单位", seats), unit)

    def decide(self, one: CouncilView) -> None:
        """Ask who is to handle it, and for the decision."""
        assert self._screen.session is not None
        choices = [unit_choice(unit, unit.id) for unit in self._screen.session.bureau.units]

        def picked(id: int) -> None:
            self._write("结论", "议定了什么，依据什么", lambda text: written(id, text))

        def written(id: int, text: str) -> None:
            def act(session: Session) -> str:
                councils.decide_council(session.store, one, decision=text, unit_id=id)
                return f"已登记会商#{one.id}结论 · 按 L 写入派单目录 · u 撤销"

            self._screen.work(act, lambda: self.decide(one))

        title, prompt = f"会商#{one.id} · 由哪个单位承办", "单位名称的一部分或拼音首字母"
        self._screen.ask(Choosing(title, prompt, choices, numbered=True), picked)

    def line(self, one: CouncilView) -> None:
        """Ask by which words the line is to fit; none: by the category of its appeals."""

        def worded(said: str) -> None:
            words = [word for word in SEPARATORS.split(said) if word]

            def act(session: Session) -> str:
                done = councils.line_from_council(session.store, one, words=words)
                return f"会商#{one.id}已写入派单目录第{done.line_number}条"

            self._screen.work(act, lambda: self.line(one))

        self._ask(
            f"会商#{one.id} 写入派单目录",
            "派单用词，几个用顿号隔开；不填按所议诉求的共同类别",
            "",
            worded,
            optional=True,
        )

    def _ask(
        self,
        title: str,
        prompt: str,
        value: str,
        then: Callable[[str], Any],
        *,
        optional: bool = False,
    ) -> None:
        self._screen.ask(Asking(title, prompt, value=value, optional=optional), then)

    def _write(self, title: str, prompt: str, then: Callable[[str], Any]) -> None:
        self._screen.ask(Writing(title, prompt), then)
