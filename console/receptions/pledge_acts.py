"""What can be done with promises: each act asks for one line, then works."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session, exports_dir, typed_due
from console.receptions.day_report_paper import write_published, write_report
from console.receptions.pledge_paper import write_pledges
from console.widgets import Asking
from models import bureau, receptions
from rules.errors import Refused

if TYPE_CHECKING:
    from models.receptions import PledgeView


class PledgeActs:
    """The acts of the screen of promises."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def promise(self) -> None:
        """Ask where and by whom, by when and what; the paper can be printed at once."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                words = line.split(maxsplit=3)
                if len(words) < 4:
                    raise Refused(
                        "写全四样：接访点 单位 期限 事项，例如 洪山区中心 洪山区 10wd 修好泵房"
                    )
                place, unit, due, text = words
                store, now = session.store, session.now()
                with session.reading("act") as reader:
                    where = receptions.reception_named(reader, place)
                    unit_id = bureau.UnitDirectory(reader).named(
                        unit, store.timekeeper().local(now).date()
                    )
                made = receptions.make_pledge(
                    store,
                    where,
                    unit_id=unit_id,
                    due_at=typed_due(due, now, store.timekeeper()),
                    text=text,
                )
                return f"已登记{made.noun}#{made.id} {made.unit} · u 撤销 · 按 p 打印，签好按 s"

            self._screen.work(act, self.promise)

        prompt = "接访点 单位 期限 承诺事项，例如 洪山区中心 洪山区 10wd 修好泵房"
        self._screen.ask(Asking("登记承诺", prompt), said)

    def print(self, rows: Sequence[PledgeView]) -> None:
        """Print the papers of some promises into one file."""

        def act(session: Session) -> str:
            with session.reading("act") as reader:
                views = receptions.pledges_of_ids(reader, [row.id for row in rows])
            path = write_pledges(session.store, views, exports_dir() / "接访")
            return f"已写{len(views)}份：{path} · 领导和单位签好后按 s"

        self._screen.work(act)

    def sign(self, rows: Sequence[PledgeView]) -> None:
        """Write down that the papers of some promises are signed."""

        def act(session: Session) -> str:
            signed = receptions.sign_pledges(session.store, rows)
            which = f"{signed[0].noun}#{signed[0].id}" if len(signed) == 1 else f"{len(signed)}份"
            return f"已登记{which}签字 · u 撤销"

        self._screen.work(act)

    def keep(self, row: PledgeView) -> None:
        """Ask how it was kept, then what proves it."""

        def told(words: str) -> None:
            def said(evidence: str) -> None:
                def act(session: Session) -> str:
                    done = receptions.keep_pledge(
                        session.store, row, words=words, evidence=evidence
                    )
                    return f"{done.noun}#{done.id} {done.stands(session.now())} · u 撤销"

                self._screen.work(act, partial(told, words))

            prompt = "验收单、照片、群众签收等的名称或编号"
            self._screen.ask(Asking(f"{row.noun}#{row.id} 兑现的凭据", prompt), said)

        self._screen.ask(Asking(f"{row.noun}#{row.id} 怎样兑现的", "做了什么"), told)

    def give_up(self, row: PledgeView) -> None:
        """Ask why it is not kept."""

        def said(reason: str) -> None:
            def act(session: Session) -> str:
                done = receptions.break_pledge(session.store, row, reason=reason)
                return f"{done.noun}#{done.id} 已登记未兑现 · u 撤销 · 以后兑现了按 c"

            self._screen.work(act, partial(self.give_up, row))

        self._screen.ask(Asking(f"{row.noun}#{row.id} 没有兑现", "原因"), said)

    def extend(self, row: PledgeView) -> None:
        """Ask until when, who gives it, and why."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                words = line.split(maxsplit=2)
                if len(words) < 3:
                    raise Refused(f"写全三样：新期限 同意的领导 理由，领导只能是{row.leader}")
                due = typed_due(words[0], session.now(), session.store.timekeeper())
                done = receptions.extend_pledge(
                    session.store, row, due, leader=words[1], reason=words[2]
                )
                return f"{done.noun}#{done.id} 已改期 · u 撤销"

            self._screen.work(act, partial(self.extend, row))

        prompt = f"新期限 同意的领导 理由，例如 2027-01-29 {row.leader} 设备到货推迟"
        note = f"只有作出承诺的{row.leader}可以同意 · 回车办理 · Esc 返回"
        self._screen.ask(Asking(f"{row.noun}#{row.id} 改期", prompt, note=note), said)

    def void(self, row: PledgeView) -> None:
        """Ask why it was written down by mistake."""

        def said(reason: str) -> None:
            def act(session: Session) -> str:
                receptions.void_pledge(session.store, row, reason=reason)
                return f"{row.noun}#{row.id} 已作废 · u 撤销"

            self._screen.work(act, partial(self.void, row))

        self._screen.ask(Asking(f"作废{row.noun}#{row.id}", "理由，如 重复登记"), said)

    def report(self, day: date) -> None:
        """Write the report of a reception day."""

        def act(session: Session) -> str:
            with session.reading("act") as reader:
                found = receptions.report_of_day(reader, day, session.now())
            return f"已写接访报告：{write_report(session.store, found, _place_of(day))}"

        self._screen.work(act)

    def publish(self, day: date) -> None:
        """Ask for the count of places, then publish the report of a reception day."""

        def found(places: int) -> None:
            def said(count: str) -> None:
                def act(session: Session) -> str:
                    if count.strip() != str(places):
                        raise Refused(f"{day} 有{places}个接访点：输入这个数才发布")
                    return f"已发布：{write_published(session.store, day, _place_of(day))}"

                self._screen.work(act, partial(self.publish, day))

            note = "发布后不能撤销 · 回车发布 · Esc 返回"
            prompt = f"输入接访点数 {places} 确认"
            self._screen.ask(Asking(f"发布 {day} 接访报告", prompt, note=note), said)

        self._screen.question(partial(_places, day=day), found)


def _places(session: Session, day: date) -> int:
    with session.reading("act") as reader:
        return len(receptions.receptions_on(reader, day))


def _place_of(day: date) -> Path:
    return exports_dir() / "接访" / f"大接访情况通报-{day}.docx"
