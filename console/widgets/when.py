"""When an act happened: now, or a time typed as people say it, shown back before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from console.widgets.dialogs import Dialog
from console.widgets.fields import Field
from rules import clocks

EXAMPLES = "可写 昨天15:00、3小时前"

WHEN = "0"
"""What asks for the time where digits choose."""


class When:
    """The time of one act, shared by the questions of its form: now, until another is typed."""

    def __init__(self, now: Callable[[], datetime], at: datetime | None = None) -> None:
        """``now`` gives the present in the bureau's zone, ``at`` is what was said before."""
        self._now = now
        self.at = at

    @property
    def said(self) -> dict[str, Any]:
        """What is said of the time, as a step takes it; nothing where it is now."""
        return {} if self.at is None else {"at": self.at}

    @property
    def typed(self) -> str:
        """The time as it may be typed."""
        return "" if self.at is None else clocks.long_instant(self._local(self.at))

    @property
    def told(self) -> str:
        """The time as a menu shows it: ``发生时间：现在``, ``发生于 11-25 周三 15:00``."""
        return "发生时间：现在" if self.at is None else self.words(self.at)

    @property
    def happened(self) -> str:
        """What the result of an act says of the time; nothing where it is now."""
        return "" if self.at is None else f"（{self.words(self.at)}）"

    @property
    def line(self) -> Text:
        """The line of a menu by which another time is asked for."""
        return Text(f"{WHEN} {self.told}", "dim" if self.at is None else "bold")

    def read(self, typed: str) -> datetime | None:
        """Return what is typed as an instant, None for now; ``MomentError`` says why it is none."""
        if not typed.strip():
            return None
        now = self._now()
        at = clocks.typed_moment(typed, now, self._zone(now))
        if at > now:
            raise clocks.MomentError(f"{self.words(at)}，还没有到：请写已经发生的时间")
        return at

    def words(self, at: datetime) -> str:
        """Return an exact time in words, the year only where it is another."""
        local = self._local(at)
        same = local.year == self._now().year
        return f"发生于 {(clocks.short_instant if same else clocks.long_instant)(local)}"

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone(self._now()))

    @staticmethod
    def _zone(now: datetime) -> Any:
        assert now.tzinfo is not None
        return now.tzinfo


class WhenLine(Horizontal):
    """The line a time is typed in, and beside it how it is understood."""

    def __init__(self, when: When) -> None:
        """Begin with the time that was said before."""
        super().__init__(classes="dialog-when")
        self._when = when

    def compose(self) -> ComposeResult:
        """Lay out label, field and what is understood."""
        yield Static("发生时间", classes="when-label")
        yield Field(self._when.typed, placeholder="现在", compact=True, select_on_focus=False)
        yield Static(EXAMPLES, classes="when-told", markup=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        try:
            at = self._when.read(event.value)
        except clocks.MomentError:
            at = None
        told = EXAMPLES if at is None else self._when.words(at)
        self.query_one(".when-told", Static).update(Text(told))

    def fault(self) -> str:
        """Keep the time that is typed; return why it cannot be, or nothing."""
        field = self.query_one(Field)
        try:
            self._when.at = self._when.read(field.value)
        except clocks.MomentError as error:
            field.focus()
            return str(error)
        return ""


class AskingWhen(Dialog[bool]):
    """Asks for nothing but the time; enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give_up", "返回", id="when.back"),
    ]
    AUTO_FOCUS = "Field"

    def __init__(self, title: str, when: When, *, note: str = "回车办理 · Esc 返回") -> None:
        """``when`` is given the time, ``note`` says what enter will do."""
        super().__init__(title, note)
        self._when = when

    def inside(self) -> ComposeResult:
        """Lay out the line of the time."""
        yield WhenLine(self._when)

    @on(Input.Submitted)
    def _take(self) -> None:
        if fault := self.query_one(WhenLine).fault():
            self.say(fault)
        else:
            self.dismiss(True)


def ask_when(question: Dialog[Any], when: When, then: Callable[[], object]) -> None:
    """Ask for the time over a question that goes on afterwards, showing the time."""

    def asked(taken: bool | None) -> None:
        if taken:
            then()

    asking = AskingWhen("发生时间", when, note="回车确定，留空为现在 · Esc 返回")
    question.app.push_screen(asking, asked)
