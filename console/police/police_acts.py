"""What can be done with a group's messages: each act asks for one thing at a time, then works."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session, exports_dir
from console.police.group_entry import handed
from console.widgets import Asking, AskingWhen, StepMenu, When
from models import police
from rules.police import (
    CALL_110,
    CLUE,
    MESSAGE,
    Message,
    Times,
    alarm_in,
    clue_word,
    in_minutes,
    shown_twice,
)
from seed.sheets import Column, write_rows

if TYPE_CHECKING:
    from models.police import MessageView

KINDS = (
    ("message", "诉求"),
    ("visit", "诉求，要到场"),
    ("clue", "线索（只记编号、时间、回执）"),
    ("alarm", "警情"),
)


class PoliceActs:
    """The acts of the screen of the groups."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def register(self, group: str) -> None:
        """Ask what it is, first of all; 警情 ends there. Then for the group and what was said."""

        def chosen(kind: str) -> None:
            if kind == "alarm":
                self._screen.told(CALL_110, warning=True)
                return
            asking = Asking("哪个警务群", "群名称、社区或社区编码", value=group)
            self._screen.ask(asking, partial(self._grouped, kind))

        self._screen.ask(StepMenu("先看是什么：警情立即打110，不登记", KINDS), chosen)

    def _grouped(self, kind: str, group: str) -> None:
        when = self._when()
        if kind == "clue":
            asking = Asking("线索编号", "不填则自动编号", optional=True, when=when)
            self._screen.ask(asking, lambda word: self._clue(group, word, when))
            return
        asking = Asking("群内诉求", "内容；不写姓名电话", when=when)
        self._screen.ask(asking, lambda text: self._said(kind, group, text, when))

    def _clue(self, group: str, word: str, when: When) -> None:
        def act(session: Session) -> str:
            at = when.at or session.now()
            number = clue_word(word, "线索编号")
            made = police.record_message(
                session.store, Message(group, CLUE, at, clue_number=number)
            )
            return f"已登记线索 {made.clue_number}{_twice(session, at)} · 内容不进本系统 · u 撤销"

        self._screen.work(act, partial(self._grouped, "clue", group))

    def _said(self, kind: str, group: str, text: str, when: When) -> None:
        if word := alarm_in(text):
            steps = (("alarm", "是警情：打110，不登记"), ("calm", "看过，不是警情：登记"))

            def looked(chosen: str) -> None:
                if chosen == "alarm":
                    self._screen.told(CALL_110, warning=True)
                else:
                    self._keep(kind, group, text, when, calm=True)

            self._screen.ask(StepMenu(f"像警情（{word}）", steps), looked)
            return
        self._keep(kind, group, text, when, calm=False)

    def _keep(self, kind: str, group: str, text: str, when: When, *, calm: bool) -> None:
        def act(session: Session) -> str:
            at = when.at or session.now()
            made = police.record_message(
                session.store, Message(group, MESSAGE, at, text, kind == "visit"), calm=calm
            )
            return f"已登记 #{made.id} {made.group} {made.state}{_twice(session, at)} · u 撤销"

        self._screen.work(act, partial(self._grouped, kind, group))

    def tell(self, view: MessageView, word: str) -> None:
        """Ask when the police answered, came or told the result; enter says now."""
        when = self._when()

        def taken(_: bool) -> None:
            def act(session: Session) -> str:
                at = when.at or session.now()
                given = {"应答": Times(at), "到场": Times(None, at), "反馈": Times(None, None, at)}
                police.tell_times(session.store, view, given[word])
                used = in_minutes(round((at - view.at).total_seconds()))
                return f"#{view.id} 已登记{word}，用时{used}{_twice(session, at)} · u 撤销"

            self._screen.work(act, partial(self.tell, view, word))

        self._screen.ask(AskingWhen(f"#{view.id} 登记{word}", when), taken)

    def receipt(self, view: MessageView) -> None:
        """Ask by which number the competent organ took a clue."""

        def said(word: str) -> None:
            def act(session: Session) -> str:
                done = police.record_receipt(session.store, view, word)
                return f"线索 {done.clue_number} 回执 {done.clue_receipt} · u 撤销"

            self._screen.work(act, partial(self.receipt, view))

        self._screen.ask(Asking(f"线索 {view.clue_number} 的受理回执", "只写编号"), said)

    def hand_on(self, view: MessageView) -> None:
        """Ask for a unit, or none, and register the message as an appeal."""

        def said(unit: str) -> None:
            def act(session: Session) -> str:
                entry = handed(session.store, view, {"unit": unit})
                made = police.hand_on(session.store, view, entry)
                whom = f"已派{made.unit}" if made.unit else "待派"
                return f"#{view.id} 已转为 {made.number}，{whom}"

            self._screen.work(act, partial(self.hand_on, view))

        note = "登记即给编号，不能撤销 · Esc 返回"
        asking = Asking(f"#{view.id} 转为诉求", "派给哪个单位，可不填", note=note, optional=True)
        self._screen.ask(asking, said)

    def export(self, cells: list[list[str]], heads: list[str]) -> None:
        """Write the list as it is shown into a workbook."""

        def act(session: Session) -> str:
            local = session.now().astimezone(session.bureau.zone)
            path = exports_dir() / f"警务群-{local:%Y%m%d-%H%M%S}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_rows(
                path,
                [Column(head, head) for head in heads],
                cells,
                recorded=lambda rows: police.exported(session.store, path.name, rows),
            )
            return f"已导出{len(cells)}条：{path}"

        self._screen.work(act)

    def _when(self) -> When:
        session = self._screen.session
        assert session is not None
        return When(lambda: session.now().astimezone(session.bureau.zone))


def _twice(session: Session, at: datetime) -> str:
    """Say which of two equal wall times was taken, on a night on which clocks are put back."""
    zone = session.bureau.zone
    if not shown_twice(at, zone):
        return ""
    return f"（当夜这一刻有两次，按 {at.astimezone(zone):UTC%z} 的一次记）"
