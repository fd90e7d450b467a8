"""A framed question over a screen, a confirmation, a page to read; Esc gives back nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from console.frame import hang
from console.widgets.early import TypedEarly
from console.widgets.fields import Field
from rules.text import half_width

T = TypeVar("T")


class Dialog(TypedEarly, ModalScreen[T | None], Generic[T], inherit_bindings=False):
    """A framed question over a screen: its title, what it asks with, a note; Esc gives it up.

    It hears no key before it has been painted.
    """

    FRAME: ClassVar[str] = "dialog"

    def __init__(self, title: str, note: str) -> None:
        """``note`` says what enter will do."""
        super().__init__()
        self._title = title
        self._note = note
        self._answered = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Give an answer, once: what comes after it would take the screen beneath away."""
        if self._answered:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def compose(self) -> ComposeResult:
        """Lay out the title, the question itself and the note."""
        with Vertical(classes=self.FRAME):
            yield Static(Text(self._title), classes="dialog-title")
            yield from self.inside()
            if self._note:
                yield Static(Text(self._note), classes="dialog-note")

    def inside(self) -> ComposeResult:
        """Lay out what stands between title and note."""
        raise NotImplementedError

    def say(self, line: str) -> None:
        """Say in the place of the note why an answer cannot be taken."""
        self.query_one(".dialog-note", Static).update(Text(line))

    def action_give_up(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


class Confirming(Dialog[bool]):
    """Says what will happen; y or → and enter does it, n, Esc and enter do not.

    No digit answers it: digits choose in the lists below. The arrows and enter answer also while
    an input method keeps the letters.

    With ``type_this`` only typing exactly that and enter does it: for signing the count of the
    orders, for voiding the digits of the number, for publishing the count of the units.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n,ｎ,ctrl+c", "answer(False)", "取消", id="confirming.no"),
        Binding("y,ｙ", "answer(True)", "确定", id="confirming.yes"),
        Binding("right,tab", "turn(1)", "下一个按钮", id="confirming.right"),
        Binding("left,shift+tab", "turn(-1)", "上一个按钮", id="confirming.left"),
    ]

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        act: str = "确定",
        undo: str = "",
        type_this: str = "",
    ) -> None:
        """``undo`` says how it is undone, or that it cannot be; ``act`` names the button."""
        super().__init__(title, "")
        self._sentence = sentence
        self._undo = undo
        self._act = act
        self._type_this = type_this

    def inside(self) -> ComposeResult:
        """Lay out the sentence and the way to answer."""
        with VerticalScroll(classes="dialog-text", can_focus=False):
            yield Static(Text(self._sentence))
        if self._undo:
            yield Static(Text(self._undo), classes="dialog-undo")
        if self._type_this:
            yield Field(placeholder=f"输入 {self._type_this} 后回车确认 · Esc 取消")
        else:
            with Horizontal(classes="dialog-buttons"):
                yield from self.buttons()

    def buttons(self) -> Iterator[Button]:
        """Lay out the answers."""
        yield Button("取消 n", id="no", compact=True)
        yield Button(f"{self._act} y", id="yes", variant="warning", compact=True)

    def on_mount(self) -> None:
        """Put the focus where nothing is lost by pressing enter."""
        self.query_one("Input" if self._type_this else "#no").focus()

    def action_answer(self, yes: bool) -> None:
        """Answer, unless it must be typed."""
        if not (yes and self._type_this):
            self.dismiss(yes)

    def action_turn(self, by: int) -> None:
        """Go to another button."""
        self.focus_next(Button) if by > 0 else self.focus_previous(Button)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if half_width(event.value).strip() == self._type_this:
            self.dismiss(True)
        else:
            event.input.value = ""


class Scrolled(Dialog[T], Generic[T]):
    """A dialog over a text longer than itself, which the hand moves."""

    FRAME = "dialog reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "下移", id="scrolled.down"),
        Binding("up,k", "scroll(-1)", "上移", id="scrolled.up"),
        Binding("pagedown,ctrl+d", "scroll(12)", "下一页", id="scrolled.page_down"),
        Binding("pageup,ctrl+u", "scroll(-12)", "上一页", id="scrolled.page_up"),
    ]

    def action_scroll(self, by: int) -> None:
        """Move the text."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class Reading(Scrolled[None]):
    """Shows a title and a text in columns, which is never read as markup; Esc leaves, y copies."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,ctrl+c", "give_up", "返回", id="reading.back"),
        Binding("y,ｙ", "copy", "复制", id="reading.copy"),
    ]

    def __init__(self, title: str, text: str) -> None:
        """``text`` is shown with its blanks, and copied as it is."""
        super().__init__(title, "Esc 返回 · y 复制")
        self._text = text

    def inside(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll(can_focus=False):
            yield Static()

    def on_resize(self) -> None:
        """Fold the text at the width there is."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        scroll = self.query_one(VerticalScroll)
        told = hang(self._text, scroll.scrollable_content_region.width)
        scroll.query_one(Static).update(Content(told.replace(" ", "\u00a0")))

    def action_copy(self) -> None:
        """Copy the text."""
        self.app.copy_to_clipboard(self._text)
        self.query_one(".dialog-note", Static).update(Text("已复制 · Esc 返回"))
