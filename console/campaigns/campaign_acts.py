"""What can be done with campaigns: each act asks for one line at a time, then works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from console.campaigns.campaign_book import write_task_books
from console.frame import FullScreen, Session, exports_dir, typed_due
from console.widgets import Asking, StepMenu
from models import bureau, campaigns
from rules.errors import Refused

if TYPE_CHECKING:
    from models.campaigns import CampaignView, TaskView

WHOLE = 0
"""Stands for the campaign itself where a task is chosen."""


class CampaignActs:
    """The acts of the screen of campaigns."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def start(self) -> None:
        """Ask for a name, then for its deadline and ground."""

        def named(name: str) -> None:
            prompt = "期限和依据，例如 2026-12-31 市政府第12次常务会"
            self._screen.ask(Asking(f"设立专题“{name}”", prompt), partial(self._led, name))

        self._screen.ask(Asking("设立专题", "专题的名称"), named)

    def _led(self, name: str, said: str) -> None:
        typed, _, basis = said.strip().partition(" ")

        def begin(leader: str) -> None:
            def act(session: Session) -> str:
                due = _due(session, typed)
                view = campaigns.start_campaign(
                    session.store, name, due_at=due, basis=basis, leader=leader
                )
                return f"已设立专题“{view.name}”· u 撤销 · 按 t 下达任务"

            self._screen.work(act, self.start)

        self._screen.ask(Asking(f"专题“{name}”的牵头领导", "可不填", optional=True), begin)

    def task(self, one: CampaignView) -> None:
        """Ask for unit, limit and what is to be done."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                words = line.split(maxsplit=2)
                if len(words) < 3:
                    raise Refused("写全三样：单位 时限 任务，例如 洪山区 10wd 完成泵房改造")
                unit = _unit(session, words[0])
                made = campaigns.add_task(session.store, one, unit, words[2], limit_text=words[1])
                return f"已给{made.unit}下达任务#{made.id} · u 撤销"

            self._screen.work(act, partial(self.task, one))

        prompt = "单位 时限 任务，例如 洪山区 10wd 完成泵房改造"
        self._screen.ask(Asking(f"下达任务：{one.name}", prompt), said)

    def progress(self, one: CampaignView) -> None:
        """Ask of which task, then how far it is."""
        self._choose(one, "登记进展：哪一项", self._told)

    def _told(self, one: CampaignView, task: TaskView) -> None:
        def said(line: str) -> None:
            def act(session: Session) -> str:
                percent, _, text = line.strip().partition(" ")
                if not percent.rstrip("%％").isdecimal():
                    raise Refused("先写进度再写情况，例如 60 已改造六处；办完写 100")
                whole = int(percent.rstrip("%％"))
                done = campaigns.tell_progress(session.store, task, percent=whole, text=text)
                return f"任务#{done.id} {done.unit} {done.percent}% {done.state} · u 撤销"

            self._screen.work(act, partial(self._told, one, task))

        prompt = "进度和情况，例如 60 已改造六处；办完写 100"
        self._screen.ask(Asking(f"{task.unit}：{task.title}", prompt), said)

    def session(self, one: CampaignView) -> None:
        """Ask who received citizens on line and about what, then for one question."""

        def said(line: str) -> None:
            leader, _, topic = line.strip().partition(" ")
            prompt = "问题 答：答复，例如 何时通水 答：周五前；可不填，多的用命令行"
            asking = Asking(f"{leader} 在线接访", prompt, optional=True)
            self._screen.ask(asking, partial(self._hold, one, leader, topic))

        prompt = "领导 主题，例如 周正副市长 供水保障"
        self._screen.ask(Asking(f"登记在线接访：{one.name}", prompt), said)

    def _hold(self, one: CampaignView, leader: str, topic: str, said: str) -> None:
        def act(session: Session) -> str:
            question, mark, answer = said.replace("答:", "答：").partition("答：")
            if said and not mark:
                raise Refused("问答写成一行：问题 答：答复")
            asked = [campaigns.Asked(question.strip(), answer.strip())] if said else []
            campaigns.hold_session(
                session.store,
                one,
                kind=campaigns.SESSION_KINDS[0],
                held_at=session.now(),
                leader=leader,
                topic=topic,
                asked=asked,
            )
            return f"已登记{leader}在线接访，{len(asked)}问 · u 撤销"

        self._screen.work(act, partial(self.session, one))

    def extend(self, one: CampaignView) -> None:
        """Ask whether the campaign or a task, then until when and why."""
        self._choose(one, "展期：专题还是哪一项任务", self._later, whole=True)

    def _later(self, one: CampaignView, task: TaskView | None) -> None:
        def said(line: str) -> None:
            def act(session: Session) -> str:
                typed, _, reason = line.strip().partition(" ")
                due = _due(session, typed)
                if task is None:
                    campaigns.extend_campaign(session.store, one, due, reason)
                else:
                    campaigns.extend_task(session.store, task, due, reason)
                return f"已展期至 {typed} · 诉求的时限不变 · u 撤销"

            self._screen.work(act, partial(self._later, one, task))

        whose = f"任务#{task.id} {task.title}" if task else f"专题“{one.name}”"
        prompt = "新期限 理由，例如 2027-01-29 设备到货推迟"
        self._screen.ask(Asking(f"展期：{whose}", prompt), said)

    def close(self, one: CampaignView) -> None:
        """Ask what came of it; then, one after the other, why tasks are not done."""
        self._screen.question(partial(_undone, id=one.id), lambda undone: self._summed(one, undone))

    def _summed(self, one: CampaignView, undone: list[TaskView]) -> None:
        def said(summary: str) -> None:
            self._reasons(one, summary, undone, {})

        note = f"还有{len(undone)}项没有完成，接着逐项写原因" if undone else ""
        asking = Asking(f"专题“{one.name}”结项", "专题的结果", note=note)
        self._screen.ask(asking, said)

    def _reasons(
        self, one: CampaignView, summary: str, undone: list[TaskView], given: dict[int, str]
    ) -> None:
        left = [task for task in undone if task.id not in given]
        if left:
            task = left[0]
            title = f"任务#{task.id} {task.unit}“{task.title}”没有完成"
            self._screen.ask(
                Asking(title, "未完成的原因"),
                lambda why: self._reasons(one, summary, undone, {**given, task.id: why}),
            )
            return

        def act(session: Session) -> str:
            done = campaigns.close_campaign(session.store, one, summary=summary, reasons=given)
            return f"专题“{done.name}”已结项 · u 撤销 · 报告用 duban campaign report {done.id}"

        self._screen.work(act, partial(self.close, one))

    def export(self, one: CampaignView) -> None:
        """Write the tasks, a workbook for each unit."""

        def act(session: Session) -> str:
            with session.store.reading() as reader:
                tasks = campaigns.tasks_of(reader, one.id)
            if not tasks:
                raise Refused("没有任务：先按 t 下达")
            folder = exports_dir() / "专题"
            files = write_task_books(session.store, one, tasks, folder, by_unit=True)
            return f"已写任务表{len(files)}份：{folder} · 收回用 duban campaign progress --file"

        self._screen.work(act)

    def _choose(
        self,
        one: CampaignView,
        title: str,
        then: Callable[..., object],
        *,
        whole: bool = False,
    ) -> None:
        """Ask which of the tasks that are not done, or the campaign itself."""

        def found(tasks: list[TaskView]) -> None:
            steps = [(WHOLE, f"专题“{one.name}”的期限")] if whole else []
            steps += [(task.id, f"#{task.id} {task.unit} {task.title}") for task in tasks]
            if not steps:
                self._screen.told("没有在办的任务：按 t 下达", warning=True)
                return
            known = {task.id: task for task in tasks}
            choices = [(str(id), words) for id, words in steps]
            menu = StepMenu(title, choices)
            self._screen.ask(menu, lambda id: then(one, known.get(int(id))))

        self._screen.question(partial(_undone, id=one.id), found)


def _undone(session: Session, id: int) -> list[TaskView]:
    with session.reading("act") as reader:
        return [task for task in campaigns.tasks_of(reader, id) if task.done_at is None]


def _due(session: Session, typed: str) -> datetime:
    return typed_due(typed, session.now(), session.store.timekeeper())


def _unit(session: Session, word: str) -> int:
    today = session.store.timekeeper().local(session.now()).date()
    with session.reading("act") as reader:
        return bureau.UnitDirectory(reader).named(word, today)
