"""What a person decides on the problem under the cursor: each act asks, then works in a worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session
from console.widgets import Asking, Confirming, Picking, StepMenu
from models import problems, views
from rules.errors import DubanError
from rules.text import half_width

if TYPE_CHECKING:
    from models.insight import FindingView, ProblemNow

UNDO = "u 撤销"

NUMBERS = "工单编号，可写多个，空格或逗号隔开"

OTHERS = 60
"""Problems that are offered to be put into another."""

KEYS = 24
"""Key words by which a problem may be split."""


class FindingActs:
    """The acts of a screen on the problem that a finding is; its version is the one seen."""

    def __init__(
        self, screen: FullScreen, present: Callable[[ProblemNow], ProblemNow | None]
    ) -> None:
        """``screen`` asks and runs the work; ``present`` gives a problem as it is listed now."""
        self._screen, self._present = screen, present
        self._acts: dict[str, Callable[[ProblemNow], None]] = {
            "confirm": self._confirm,
            "refuse": self._refuse,
            "name": self._name,
            "link": self._link,
            "split": self._split,
            "join": self._join,
        }

    def take(self, act: str, finding: FindingView) -> None:
        """Take an act of those of ``gate.WRITES``, such as ``confirm``."""
        if finding.problem is None:
            self._screen.say("这一条不是共性问题：只有“问题”才能确认、命名、合并；可按 d 拟督办单")
            return
        self._acts[act](finding.problem)

    def _confirm(self, one: ProblemNow) -> None:
        def act(session: Session) -> str:
            problems.confirm_problem(session.store, one.id, one.version)
            return f"已确认 {one.name} · {UNDO}"

        self._screen.work(act)

    def _refuse(self, one: ProblemNow) -> None:
        def act(one: ProblemNow, reason: str, session: Session) -> str:
            problems.refuse_problem(session.store, one.id, one.version, reason=reason)
            return f"已否定 {one.name}，同样的来件不再提出 · {UNDO}"

        self._ask(one, f"否定 {one.name}", "为什么不是共性问题", act)

    def _name(self, one: ProblemNow) -> None:
        def act(one: ProblemNow, name: str, session: Session) -> str:
            problems.name_problem(session.store, one.id, one.version, name=name)
            return f"已命名 {name} · {UNDO}"

        self._ask(one, f"命名 {one.name}", "例如 丽发新城搅拌站", act, one.name)

    def _link(self, one: ProblemNow) -> None:
        def act(one: ProblemNow, numbers: str, session: Session) -> str:
            tickets = _tickets(session, numbers)
            done = problems.link_tickets(session.store, one.id, one.version, tickets=tickets)
            return f"已列入{done}件 {one.name} · {UNDO}"

        self._ask(one, f"列入 {one.name}", NUMBERS, act)

    def _split(self, one: ProblemNow) -> None:
        ways = (("tickets", "按工单编号拆出，不再自动归回"), ("key", "按关键词另立一个问题"))
        self._screen.ask(
            StepMenu(f"拆分 {one.name}", ways),
            lambda way: self._by_key(one) if way == "key" else self._by_number(one),
        )

    def _by_number(self, one: ProblemNow) -> None:
        def act(one: ProblemNow, numbers: str, session: Session) -> str:
            tickets = _tickets(session, numbers)
            done = problems.split_tickets(session.store, one.id, one.version, tickets=tickets)
            return f"已拆出{done}件 · {UNDO}"

        self._ask(one, f"拆出 {one.name}", NUMBERS, act)

    def _by_key(self, one: ProblemNow) -> None:
        def look(session: Session) -> list[tuple[int, str]]:
            with session.reading("act") as reader:
                shared = problems.spread_of(reader, one.id, keys=KEYS).keys
            return [(key.id, f"{key.text} {key.appeals}件") for key in shared]

        def act(key_id: int, session: Session) -> str:
            new = problems.split_by_key(session.store, one.id, one.version, key_id=key_id)
            return f"已另立第{new}号共性问题 · {UNDO}"

        def offer(found: list[tuple[int, str]]) -> None:
            if not found:
                self._screen.say("没有两件以上都有的关键词：请按工单编号拆出")
                return
            picking = Picking(f"拆分 {one.name} · 含哪个关键词的", found)
            self._screen.ask(picking, lambda key: self._screen.work(partial(act, key)))

        self._screen.question(look, offer)

    def _join(self, one: ProblemNow) -> None:
        def look(session: Session) -> list[tuple[tuple[int, int], str]]:
            with session.reading("act") as reader:
                found = problems.problems(reader, limit=OTHERS)
            return [
                ((other.id, other.version), f"{other.name} {other.appeals}件")
                for other in found
                if other.id != one.id
            ]

        def offer(found: list[tuple[tuple[int, int], str]]) -> None:
            if not found:
                self._screen.say("没有别的共性问题可以并入")
                return
            picking = Picking(f"并入 {one.name} · 哪一个和它是一回事", found)
            names = dict(found)
            self._screen.ask(picking, lambda other: self._agree(one, other, names[other]))

        self._screen.question(look, offer)

    def _agree(self, one: ProblemNow, other: tuple[int, int], name: str) -> None:
        def act(session: Session) -> str:
            id, version = other
            done = problems.join_problems(
                session.store, one.id, one.version, other=id, other_version=version
            )
            return f"已并入{done}件 {one.name} · {UNDO}"

        self._screen.ask(
            Confirming(
                f"合并到 {one.name}",
                f"{name}全部归入{one.name}，原来那个问题了结。",
                act="合并",
                undo="24小时内可按 u 撤销",
            ),
            lambda _: self._screen.work(act),
        )

    def _ask(
        self,
        one: ProblemNow,
        title: str,
        prompt: str,
        act: Callable[[ProblemNow, str, Session], str],
        value: str = "",
    ) -> None:
        """Ask for a line and act on the problem as it was seen.

        Where that is refused the list is read again, and the form stands once more, over it.
        """

        def ask(value: str, shown: Callable[[], ProblemNow]) -> None:
            def again(typed: str) -> None:
                self._screen.refused()
                ask(typed, lambda: self._present(one) or one)

            def said(typed: str) -> None:
                self._screen.work(partial(act, shown(), typed), partial(again, typed))

            self._screen.ask(Asking(title, prompt, value=value), said)

        ask(value, lambda: one)


def _tickets(session: Session, numbers: str) -> list[int]:
    """Return the tickets of typed numbers; ``DubanError`` names those that are none."""
    wanted = half_width(numbers).replace(",", " ").replace("、", " ").upper().split()
    if not wanted:
        raise DubanError("没有写工单编号：请写 WH20261120-00001 这样的编号")
    with session.store.reading() as reader:
        return views.ticket_ids(reader, wanted)
