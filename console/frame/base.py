"""What every full screen has: header, status line, hint line, a session, and Esc one step back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from console.frame.jobs import Refusal, Say, start
from console.frame.keys import FRAME, bindings
from console.frame.lines import Header, HintLine, StatusLine
from console.frame.session import Session, act_in_words
from models import casework

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.frame.config import Config
    from console.frame.keys import InputMethod
    from console.frame.theme import Symbols


class Host(Protocol):
    """The app, as far as a screen knows it; only the app itself knows every screen."""

    config: Config
    symbols: Symbols
    input_method: InputMethod
    session: Session | None
    waiting: int | None

    def recount(self) -> None:
        """Count anew what waits for a decision."""

    def open_ticket(self, ticket_id: int) -> None:
        """Show one appeal over the present screen."""

    def action_open(self, mode: str) -> None:
        """Go to the screen of an F key."""

    def action_help(self) -> None:
        """Show the live keys."""


class FullScreen(Screen[None], inherit_bindings=False):
    """A screen that begins once the session is open; ``TITLE`` stands in its header."""

    BINDINGS = bindings(FRAME)
    session: Session | None = None

    @dataclass
    class Reverted(Message):
        """An act was taken back, or done again."""

        told: str

    @dataclass
    class Done(Message):
        """An act is done; ``sentence`` says what came of it, and where its papers are."""

        sentence: str

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own body."""
        yield Header()
        yield from self.body()
        yield StatusLine()
        yield HintLine()

    def body(self) -> ComposeResult:
        """Lay out what stands between header and status line."""
        raise NotImplementedError

    def begin(self, session: Session) -> None:
        """Ask the store for what the screen shows first."""
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
        session = self.session
        if session is None or not self.may_write():
            return

        def job(say: Say) -> None:
            revert = casework.undo if kind == "undo" else casework.redo
            say(self.Reverted(f"{done}：{act_in_words(revert(session.store))} · {then}"))

        start(self, "write", job)

    @on(Reverted)
    def _reverted(self, message: Reverted) -> None:
        self.app.notify(message.told, markup=False)
        self.acted()
        self.host.recount()

    def work(self, act: Callable[[Session], str], group: str = "write") -> None:
        """Do an act in a worker; its sentence becomes a toast."""
        session = self.session
        if session is not None:
            start(self, group, lambda say: say(self.Done(act(session))))

    @on(Done)
    def _done(self, message: Done) -> None:
        self.app.notify(message.sentence, markup=False)
        self.done()

    def done(self) -> None:
        """Show what came of an act; nothing on a screen that has none of its own."""

    def on_screen_resume(self) -> None:
        """Begin, if the session was opened while another screen was shown."""
        self.meet(self.host.session)

    def meet(self, session: Session | None) -> None:
        """Take the session once it is open."""
        header = self.query_one(Header)
        header.title = self.title or ""
        header.waiting = self.host.waiting
        if session is None or self.session is not None:
            return
        self.session = session
        header.bureau = session.bureau
        self.tick(session.now())
        self.begin(session)

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
        assert self.session is not None
        if self.session.bureau.read_only:
            self.say("现在是只读方式：不带 --read-only 重新打开后才能办理")
        return not self.session.bureau.read_only

    def facts(self, data: datetime) -> None:
        """Say in the status line who works under which rules on data of what time."""
        assert self.session is not None
        bureau = self.session.bureau
        gate = "只读" if bureau.read_only or not bureau.roles - {"viewer", "auditor"} else "可写"
        self.query_one(
            StatusLine
        ).facts = f"{bureau.operator} · 规则第{bureau.policy}版 · 数据 {data:%H:%M:%S} · {gate}"

    def on_refusal(self, message: Refusal) -> None:
        """Show why a job of this screen was refused."""
        message.stop()
        self.app.notify(message.line, severity="warning", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Say so when characters of an input method arrive where keys are commands."""
        if self.host.input_method.composed(event):
            self.say("检测到中文输入法：命令可用数字键、F 键，或切换到英文")

    @property
    def host(self) -> Host:
        """The app, as far as this screen knows it."""
        return cast("Host", self.app)
