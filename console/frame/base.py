"""What every full screen has: header, status and hint line, a session, questions, acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from console.frame.bound import bindings, shown
from console.frame.gate import barred
from console.frame.jobs import Again, Refusal, start
from console.frame.keys import FRAME
from console.frame.lines import Header, HintLine, StatusLine
from console.frame.seen import Questions, Seen
from console.frame.session import Session, act_in_words
from models import casework

if TYPE_CHECKING:
    from console.frame.config import Config
    from console.frame.inputmethod import InputMethod
    from console.frame.theme import Symbols
    from models.store import Reader


T = TypeVar("T")


class Host(Protocol):
    """The app, as far as a screen knows it; only the app itself knows every screen."""

    config: Config
    symbols: Symbols
    input_method: InputMethod
    session: Session | None
    waiting: int | None

    emergency: str
    writing: bool
    pressed_at: float
    """When the key was pressed, or the mouse, that is being heard; on the clock of events."""

    def write(self, act: Callable[[], T], then: Callable[[T], object], again: Again | None) -> None:
        """Do what changes the store in a worker; ``then`` takes what came of it."""

    def tell(self, line: str, *, warning: bool = False) -> None:
        """Say in the status line what came of an act; it stands there until the next key."""

    def recount(self) -> None:
        """Count anew what waits for a decision."""

    def open_ticket(self, ticket_id: int) -> None:
        """Show one appeal over the present screen."""

    def open_matters(self, origin: str, given: Callable[[Reader], Sequence[int]]) -> None:
        """Show the matters behind a number over the present screen.

        ``origin`` says where the number stands: 排名 第47周 · 洪山区 · 不满意件. ``given`` finds
        the matters in a worker, each by its leading deadline, a closed appeal by minus its id.
        """

    def open_order(self, order_id: int) -> None:
        """Show one order among the others."""

    def open_unit(self, unit_id: int) -> None:
        """Show one unit over the present screen."""

    def action_open(self, mode: str) -> None:
        """Go to the screen of an F key."""

    def open_over(self, name: str, kind: str, id: int) -> None:
        """Show a screen of the palette, the cursor on one matter of a kind."""

    def action_over(self, name: str) -> None:
        """Show a screen that no F key leads to: ``about``, ``calendar``, ``letters`` ..."""

    def leave_for(self, signal: int) -> None:
        """Leave in order, told to by a signal."""

    def action_palette(self, typed: str = "") -> None:
        """Look for what is typed wherever it is."""

    def action_help(self) -> None:
        """Show the live keys."""


class FullScreen(Seen, Screen[None], inherit_bindings=False):
    """A screen that begins once the session is open; ``TITLE`` stands in its header."""

    BINDINGS = bindings(FRAME)
    session: Session | None = None
    _later: Again | None = None

    def __init__(self) -> None:
        """No question is being looked up."""
        super().__init__()
        self._questions = Questions()

    @dataclass
    class Fetched(Message):
        """A job has brought what was asked for; ``then`` takes it."""

        then: Callable[[Any], object]
        brought: Any

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

    def cover(self) -> bool:
        """Mask again what was shown for a reason; False if nothing was."""
        return False

    def unit_here(self) -> int | None:
        """Return the unit the hand is on, None where it is on none."""
        return None

    def action_zoom(self) -> None:
        """Give one pane the whole width, and take it back; nothing on a screen of one pane."""

    def acted(self) -> None:
        """Show what an act changed; nothing on a screen that shows none."""

    def refused(self) -> None:
        """Show what is true now, where an act was refused; nothing on a screen that shows none."""

    def hears(self, event: events.InputEvent) -> bool:
        """Return whether a key may be heard now; say so where a question is being looked up."""
        if not super().hears(event):
            return False
        if self._questions.hears(event):
            return True
        self.say("正在读取：看清以后再按键 · Esc 不办了")
        return False

    def action_undo(self) -> None:
        """Take back the operator's last act."""
        self._revert("undo", "已撤销", "Ctrl+R 重做")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._revert("redo", "已重做", "u 撤销")

    def _revert(self, kind: str, done: str, then: str) -> None:
        def revert(session: Session) -> str:
            act = casework.undo if kind == "undo" else casework.redo
            return f"{done}：{act_in_words(act(session.store, session=True))} · {then}"

        def reverted(told: str) -> None:
            self.told(told)
            self.acted()
            self.host.recount()

        self.write(revert, reverted)

    def work(self, act: Callable[[Session], str], again: Again | None = None) -> None:
        """Do an act in a worker; its sentence, what came of it and where, is told.

        ``again`` opens the form once more with what was typed for it, where the store failed.
        """

        def worked(sentence: str) -> None:
            self.told(sentence)
            self.done()

        self.write(act, worked, again)

    def write(
        self, act: Callable[[Session], T], then: Callable[[T], object], again: Again | None = None
    ) -> None:
        """Do what changes the store, one act after the other; ``then`` takes what came of it.

        It is heard of even if this screen is gone by then.
        """
        session = self.session
        if session is None:
            return
        if self.host.writing:
            self.told("上一步还没办完：请稍候再按", warning=True)
            return
        reopen = partial(self._reopen, again) if again is not None else None
        self.host.write(lambda: act(session), then, reopen)

    def _reopen(self, again: Again) -> None:
        """Open a form once more, at once or when the person comes back to this screen."""
        if self.is_current:
            again()
        else:
            self._later = again

    def question(
        self, job: Callable[[Session], T], then: Callable[[T], object], again: Again | None = None
    ) -> None:
        """Look something up before asking or acting; ``then`` takes it while it is still wanted."""
        wanted = self._questions.begin()

        def answered(found: T) -> None:
            if wanted() and self.is_current:
                then(found)

        self.fetch("act", job, answered, again)

    def fetch(
        self,
        group: str,
        job: Callable[[Session], T],
        then: Callable[[T], object],
        again: Again | None = None,
    ) -> None:
        """Do a job in a worker; ``then`` takes what it brought, back on the screen."""
        session = self.session
        if session is not None:
            start(self, group, lambda say: say(self.Fetched(then, job(session))), again)

    @on(Fetched)
    def _fetched(self, message: Fetched) -> None:
        message.stop()
        message.then(message.brought)

    def ask(self, question: Screen[T | None], then: Callable[[T], object]) -> None:
        """Put a question over this screen; ``then`` takes the answer, unless that is Esc or no."""

        def answered(answer: T | None) -> None:
            if answer is not None and answer is not False:
                then(answer)

        self.app.push_screen(question, answered)

    def go_to(self, kind: str, id: int) -> None:
        """Put the cursor on one matter of a kind, once it is read; nothing on most screens."""

    def done(self) -> None:
        """Show what came of an act; nothing on a screen that has none of its own."""

    def on_screen_resume(self) -> None:
        """Begin, if the session was opened while another screen was shown."""
        begun = self.session is not None
        self.meet(self.host.session)
        if begun:
            self.resumed()
        if self._later is not None:
            again, self._later = self._later, None
            again()

    def resumed(self) -> None:
        """Show what changed while another screen was shown; nothing unless the screen says so."""

    def meet(self, session: Session | None) -> None:
        """Take the session once it is open."""
        header = self.query_one(Header)
        header.title = self.title or ""
        header.waiting, header.emergency = self.host.waiting, self.host.emergency
        if session is None or self.session is not None:
            return
        self.session = session
        header.bureau = self.query_one(HintLine).bureau = session.bureau
        self.tick(session.now())
        self.begin(session)

    def count(self, waiting: int, emergency: str = "") -> None:
        """Show how many decisions wait, and that 特殊时期 lasts."""
        for header in self.query(Header):
            header.waiting, header.emergency = waiting, emergency

    def tick(self, now: datetime) -> None:
        """Show the time."""
        for header in self.query(Header):  # none while the screen is still being laid out
            header.now = now

    def say(self, news: str) -> None:
        """Put a line of news into the status line."""
        self.query_one(StatusLine).news = news

    def told(self, line: str, *, warning: bool = False) -> None:
        """Say what came of an act, wherever the person is by now; a next key takes it away."""
        self.host.tell(line, warning=warning)

    def result(self, line: str, *, warning: bool = False) -> None:
        """Put what came of an act into the status line, or take it away."""
        for status in self.query(StatusLine):
            status.warning, status.result = warning, line
            return
        if line:  # the screen is still being laid out
            self.call_after_refresh(self.result, line, warning=warning)

    def may(self, action: str) -> bool:
        """Return whether an action that no key leads to may be taken; say so if it may not."""
        assert self.session is not None
        why = barred(action, self.session.bureau)
        if why:
            self.told(why, warning=True)
        return not why

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
        if message.group == "act":
            self._questions.pending = False
        self.told(message.line, warning=True)
        if message.again is not None:
            message.again()

    def on_key(self, event: events.Key) -> None:
        """Say so when a key does nothing here, and when an input method sends its characters."""
        if self.host.input_method.composed(event):
            self.say("检测到中文输入法：命令可用数字键、F 键，或切换到英文")
        elif not self.active_bindings.keys() & set(event.aliases):
            name = event.character if event.is_printable else shown(event.key)
            self.say(f"{name} 在这里没有作用：按 ? 看这里能用的键")

    @property
    def host(self) -> Host:
        """The app, as far as this screen knows it."""
        return cast("Host", self.app)
