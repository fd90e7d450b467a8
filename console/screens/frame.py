"""What every full screen has: header, status line, hint line, a desk, and Esc one step back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from console.jobs import Refusal, Say, start
from console.keys import FRAME, bindings
from console.widgets.header import Header
from console.widgets.lines import HintLine, StatusLine

if TYPE_CHECKING:
    from console.app import Console
    from console.desk import Desk


class DeskScreen(Screen[None], inherit_bindings=False):
    """A screen that begins once the desk is open; ``TITLE`` stands in its header."""

    BINDINGS = bindings(FRAME)
    desk: Desk | None = None

    @dataclass
    class Reverted(Message):
        """An act was taken back, or done again."""

        told: str

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own body."""
        yield Header()
        yield from self.body()
        yield StatusLine()
        yield HintLine()

    def body(self) -> ComposeResult:
        """Lay out what stands between header and status line."""
        raise NotImplementedError

    def begin(self, desk: Desk) -> None:
        """Ask the desk for what the screen shows first."""
        raise NotImplementedError

    def step_back(self) -> bool:
        """Take one step back within the screen; False if there is none to take."""
        return False

    def action_zoom(self) -> None:
        """Give one pane the whole width, and take it back; nothing on a screen of one pane."""

    def acted(self) -> None:
        """Show what an act changed; nothing on a screen that shows none."""

    def action_undo(self) -> None:
        """Take back the operator's last act."""
        self._revert("undo", "已撤销", "Ctrl+R 重做")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._revert("redo", "已重做", "u 撤销")

    def _revert(self, kind: str, done: str, then: str) -> None:
        desk = self.desk
        if desk is None or not self.may_write():
            return

        def job(say: Say) -> None:
            from console.desk import casework

            act = casework.undo(desk) if kind == "undo" else casework.redo(desk)
            say(self.Reverted(f"{done}：{act} · {then}"))

        start(self, "write", job)

    @on(Reverted)
    def _reverted(self, message: Reverted) -> None:
        self.app.notify(message.told, markup=False)
        self.acted()
        self.console.recount()

    def on_screen_resume(self) -> None:
        """Begin, if the desk was opened while another screen was shown."""
        self.meet(self.console.desk)

    def meet(self, desk: Desk | None) -> None:
        """Take the desk once it is open."""
        header = self.query_one(Header)
        header.title = self.title or ""
        header.waiting = self.console.waiting
        if desk is None or self.desk is not None:
            return
        self.desk = desk
        header.bureau = desk.bureau
        self.tick(desk.now())
        self.begin(desk)

    def count(self, waiting: int) -> None:
        """Show how many decisions wait."""
        self.query_one(Header).waiting = waiting

    def tick(self, now: datetime) -> None:
        """Show the time."""
        self.query_one(Header).now = now

    def say(self, news: str) -> None:
        """Put a line of news into the status line."""
        self.query_one(StatusLine).news = news

    def may_write(self) -> bool:
        """Return whether this store is open for writing; say so if it is not."""
        assert self.desk is not None
        if self.desk.bureau.read_only:
            self.say("现在是只读方式：不带 --read-only 重新打开后才能办理")
        return not self.desk.bureau.read_only

    def facts(self, data: datetime) -> None:
        """Say in the status line who works under which rules on data of what time."""
        assert self.desk is not None
        bureau = self.desk.bureau
        gate = "只读" if bureau.read_only or not bureau.roles - {"viewer", "auditor"} else "可写"
        self.query_one(StatusLine).facts = (
            f"{bureau.operator} · 规则第{bureau.policy}版 · 数据 {data:%H:%M:%S} · {gate}"
        )

    def on_refusal(self, message: Refusal) -> None:
        """Show why a job of this screen was refused."""
        message.stop()
        self.app.notify(message.line, severity="warning", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Say so when characters of an input method arrive where keys are commands."""
        if self.console.input_method.composed(event):
            self.say("检测到中文输入法：命令可用数字键、F 键，或切换到英文")

    @property
    def console(self) -> Console:
        """The app, by its own type."""
        return cast("Console", self.app)
