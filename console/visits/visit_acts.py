"""What can be done with visits: each act asks for one line at a time, then works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session, coming_instant, typed_instant
from console.widgets import Asking, StepMenu
from models import bureau, visits
from rules.clocks import NATURES
from rules.errors import Refused
from rules.visits import SERVICES

if TYPE_CHECKING:
    from models.visits import VisitTaskView, VisitView

WHERE = "社区 单位 人员 时间，例如 虎泉社区 市司法局 李明、王芳 11-25 9:30"


class VisitActs:
    """The acts of the screen of visits."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def plan(self) -> None:
        """Ask where, who and when."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                place, unit, cadres, at = _where(session, line, coming_instant)
                made = visits.plan_visit(
                    session.store, place=place, unit_id=unit, cadres=cadres, at=at
                )
                return f"已安排走访#{made.id} {made.place} · u 撤销"

            self._screen.work(act, self.plan)

        self._screen.ask(Asking("安排走访", WHERE), said)

    def hold(self, one: VisitView | None) -> None:
        """Ask what was given, then how it went; for one told of already, of another visit."""
        if one is not None and one.done_at is None and one.void_at is None:
            self._given(f"登记走访#{one.id} {one.place}", partial(self._held, one))
            return

        def said(line: str) -> None:
            self._given("登记走访", partial(self._told, line))

        self._screen.ask(Asking("登记没有安排过的走访", WHERE), said)

    def _given(self, title: str, then: Callable[[str, str], None]) -> None:
        def given(services: str) -> None:
            asking = Asking(title, "情况，不写被走访的人；可不填", optional=True)
            self._screen.ask(asking, lambda summary: then(services, summary))

        prompt = f"服务，例如 {'、'.join(SERVICES[:3])}；可不填"
        self._screen.ask(Asking(title, prompt, optional=True), given)

    def _held(self, one: VisitView, services: str, summary: str) -> None:
        def act(session: Session) -> str:
            done = visits.hold_visit(session.store, one, services=services, summary=summary)
            return f"已登记走访#{done.id} · u 撤销 · 群众说了事按 s 收"

        self._screen.work(act, partial(self.hold, one))

    def _told(self, line: str, services: str, summary: str) -> None:
        def act(session: Session) -> str:
            place, unit, cadres, at = _where(session, line, typed_instant)
            done = visits.record_visit(
                session.store,
                place=place,
                unit_id=unit,
                cadres=cadres,
                at=at,
                services=services,
                summary=summary,
            )
            return f"已登记走访#{done.id} {done.place} · u 撤销 · 群众说了事按 s 收"

        self._screen.work(act, partial(self.hold, None))

    def collect(self, one: VisitView) -> None:
        """Ask what was told, of which nature it is, then by whom."""

        def said(content: str) -> None:
            menu = StepMenu("诉求性质", [(name, name) for name in NATURES])
            self._screen.ask(menu, partial(self._whose, one, content))

        self._screen.ask(Asking(f"走访#{one.id} 收诉求", "群众说的事；登记即给编号"), said)

    def _whose(self, one: VisitView, content: str, nature: str) -> None:
        def said(whose: str) -> None:
            def act(session: Session) -> str:
                reporter, _, phone = whose.strip().partition(" ")
                entered = visits.collect_appeal(
                    session.store, one, content, nature=nature, reporter=reporter, phone=phone
                )
                return f"已登记 {entered.number}，{entered.unit or '待派'} · 编号已给，不能撤销"

            self._screen.work(act, partial(self.collect, one))

        prompt = "姓名 电话，只记在这件诉求里；可不填"
        self._screen.ask(Asking("诉求人", prompt, optional=True), said)

    def task(self, one: VisitView) -> None:
        """Ask for unit, limit and what is to be done."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                words = line.split(maxsplit=2)
                if len(words) < 3:
                    raise Refused("写全三样：单位 时限 任务，例如 洪山区 10wd 修好楼道灯")
                unit, limit = _unit(session, words[0]), words[1]
                made = visits.add_visit_task(
                    session.store,
                    one,
                    unit,
                    words[2],
                    limit_text=None if limit in ("-", "按规则") else limit,
                )
                return f"已给{made.unit}布置任务#{made.id} · u 撤销"

            self._screen.work(act, partial(self.task, one))

        prompt = "单位 时限 任务，例如 洪山区 10wd 修好楼道灯；时限写 - 按规则"
        self._screen.ask(Asking(f"走访#{one.id} 布置任务", prompt), said)

    def finish(self, one: VisitView) -> None:
        """Ask which task, then what came of it."""

        def found(tasks: list[VisitTaskView]) -> None:
            left = {str(task.id): task for task in tasks if task.done_at is None}
            if not left:
                self._screen.told("没有在办的任务：按 t 布置", warning=True)
                return
            steps = [(id, f"#{id} {task.unit} {task.title}") for id, task in left.items()]
            menu = StepMenu("哪一项任务完成", steps)
            self._screen.ask(menu, lambda id: self._result(left[id]))

        self._screen.question(partial(_tasks, id=one.id), found)

    def _result(self, task: VisitTaskView) -> None:
        def said(result: str) -> None:
            def act(session: Session) -> str:
                done = visits.finish_visit_task(session.store, task, result)
                return f"任务#{done.id} {done.unit} 已完成 · u 撤销"

            self._screen.work(act, partial(self._result, task))

        self._screen.ask(Asking(f"{task.unit}：{task.title}", "办理结果"), said)

    def cancel(self, one: VisitView) -> None:
        """Ask why."""

        def said(reason: str) -> None:
            def act(session: Session) -> str:
                done = visits.cancel_visit(session.store, one, reason)
                return f"走访#{done.id} 已取消 · u 撤销"

            self._screen.work(act, partial(self.cancel, one))

        self._screen.ask(Asking(f"取消走访#{one.id} {one.place}", "理由"), said)


def _tasks(session: Session, id: int) -> list[VisitTaskView]:
    with session.reading("act") as reader:
        return visits.visit_tasks(reader, id)


def _where(
    session: Session, line: str, read: Callable[..., datetime]
) -> tuple[str, int, str, datetime]:
    words = line.split(maxsplit=3)
    if len(words) < 4:
        raise Refused("写全四样：社区 单位 人员 时间，例如 虎泉社区 市司法局 李明、王芳 11-25 9:30")
    at = read(words[3], session.now(), session.bureau.zone, day_alone=False)
    return words[0], _unit(session, words[1]), words[2], at


def _unit(session: Session, word: str) -> int:
    today = session.store.timekeeper().local(session.now()).date()
    with session.reading("act") as reader:
        found = bureau.UnitDirectory(reader).find(word, today)
    if found is None:
        raise Refused(f"没有单位“{word}”：请用名录里的名称、简称或代码")
    return found
