"""Choosing one of many by typing: units and leaders, help and palette are chosen so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from console.frame import Drawn, Host
from console.widgets.dialogs import Dialog
from console.widgets.fields import Field
from console.widgets.when import When, ask_when
from rules.text import half_width

T = TypeVar("T")

SHOWN = 200
"""Choices listed at once; typing narrows them."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """Something to choose: what it is, how it is shown, and the words it is found by.

    ``head`` begins a new group of the list. ``initials``, one or more apart by blanks, are found
    from their beginning on, ``words`` anywhere in them.
    """

    value: T
    shown: Text
    words: str
    initials: str = ""
    head: str = ""

    def found_by(self, typed: str) -> int | None:
        """Return how well the typed word finds this, 0 best; ``None`` if it does not.

        Whoever types all the initials means this, not what only begins with them.
        """
        initials = self.initials.split()
        if not typed or typed in initials:
            return 0
        if any(one.startswith(typed) for one in initials):
            return 1
        if typed in self.words:
            return 2 if self.words.startswith(typed) else 3
        return None


class PickField(Field):
    """A line to type in whose digits may be taken for numbers of the choices.

    What it says of a key says also when that was pressed, ``at`` on the clock of events: until it
    is heard a later key may have been pressed.
    """

    @dataclass
    class Digit(Message):
        """A digit was pressed that finds nothing as a word."""

        digit: int
        at: float

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

        at: float

    def __init__(self, placeholder: str, word: Callable[[str], bool] | None) -> None:
        """``word`` tells whether a text finds something, so that its digit is a letter of it.

        Without it every digit is a letter.
        """
        super().__init__(placeholder=placeholder)
        self._is_word = word

    async def _on_key(self, event: events.Key) -> None:
        """Hand on a digit, unless it goes on with a word."""
        typed, is_word = half_width(event.character or ""), self._is_word
        if is_word and typed.isdecimal() and not (self.value and is_word(self.value + typed)):
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(typed), event.time))

    async def action_submit(self) -> None:
        """Hand on enter, after what was typed before it."""
        self.post_message(self.Entered(cast(Host, self.app).pressed_at))


class Choosing(Dialog[T]):
    """A line to type in and the choices it leaves; enter takes one, Esc none.

    Where it is ``numbered`` a digit takes one of the first nine, unless the digit goes on with
    what is typed (the code of a unit), and 0 asks for the time, where there is one.
    """

    FRAME = "dialog wide one-line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give_up", "返回", id="choosing.back"),
        Binding("up", "move(-1)", "上一个", id="choosing.up"),
        Binding("down", "move(1)", "下一个", id="choosing.down"),
        Binding("pageup", "move(-10)", "上一页", id="choosing.page_up"),
        Binding("pagedown", "move(10)", "下一页", id="choosing.page_down"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        prompt: str,
        choices: Sequence[Choice[T]],
        *,
        note: str = "",
        numbered: bool = False,
        when: When | None = None,
    ) -> None:
        """``note`` stands under the list: what choosing will do.

        ``when`` is given the time at which what is chosen happened, where that is asked.
        """
        super().__init__(title, note or f"回车{'或数字' if numbered else ''}选定 · Esc 返回")
        self._prompt = prompt
        self.choices = choices
        self._numbered = numbered
        self._when = when
        self._left: list[Choice[T]] = []
        self._drawn: Drawn[list[Choice[T]]] = Drawn()
        self._pointed: Drawn[Choice[T]] = Drawn()

    def inside(self) -> ComposeResult:
        """Lay out the line and the list."""
        word = (lambda typed: bool(self.found(typed))) if self._numbered else None
        yield PickField(self._prompt, word)
        yield OptionList(markup=False)
        if self._when is not None:
            yield Static(self._when.line, classes="choosing-when")

    def on_mount(self) -> None:
        """Show everything there is to choose."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")

    @on(Input.Changed)
    def _typed(self) -> None:
        self.narrow()

    @on(PickField.Entered)
    def _entered(self, event: PickField.Entered) -> None:
        self.take(event.at)

    def narrow(self) -> None:
        """List what is found by what is typed."""
        self.list_again()

    def take(self, at: float) -> None:
        """Take the choice the hand is on, if it was seen to be there at a moment."""
        choice = self._here
        if choice is not None and self._pointed.at(at) == choice:
            self._give(choice, at)
        elif choice is not None:
            self._unseen()

    @property
    def _here(self) -> Choice[T] | None:
        """The choice the hand is on."""
        options = self.query_one(OptionList)
        place = options.highlighted
        id = None if place is None else options.get_option_at_index(place).id
        return None if id is None else self._left[int(id)]

    def _give(self, choice: Choice[T], at: float) -> None:
        """Give a choice back, if the list was seen as it is now when the key was pressed."""
        if self._drawn.at(at) == self._left:
            self.dismiss(choice.value)
        else:
            self._unseen()

    def _unseen(self) -> None:
        self.say("列表刚变过：看清以后再按")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        choice = self._here
        if choice is not None:
            self._pointed.put(self, choice)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self._give(self._left[int(event.option.id)], cast(Host, self.app).pressed_at)

    def action_move(self, by: int) -> None:
        """Move over the choices while typing goes on."""
        options = self.query_one(OptionList)
        for _ in range(abs(by)):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()

    @on(PickField.Digit)
    def _numbered_one(self, event: PickField.Digit) -> None:
        when = self._when
        if 0 < event.digit <= len(self._left):
            self._give(self._left[event.digit - 1], event.at)
        elif event.digit == 0 and when is not None:
            line = self.query_one(".choosing-when", Static)
            ask_when(self, when, lambda: line.update(when.line))

    def found(self, typed: str) -> list[Choice[T]]:
        """Return the choices that a text finds, the best first."""
        word = "".join(half_width(typed).split()).lower()
        ranked = [(rank, c) for c in self.choices if (rank := c.found_by(word)) is not None]
        if word:
            ranked.sort(key=lambda pair: pair[0])
        return [choice for _, choice in ranked]

    def list_again(self) -> None:
        """List anew what is found by what is typed."""
        self._narrow(self.query_one(Field).value)

    def _narrow(self, typed: str) -> None:
        self._left = self.found(typed)[:SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(grouped=not typed.strip()))
        options.highlighted = next(
            (i for i, option in enumerate(options.options) if not option.disabled), None
        )
        self._drawn.put(self, self._left)

    def _options(self, grouped: bool) -> list[Option]:
        listed: list[Option] = []
        head = ""
        for place, choice in enumerate(self._left):
            if grouped and choice.head != head:
                head = choice.head
                listed.append(Option(Text(head, "bold"), disabled=True))
            number = f"{place + 1 if place < 9 else ' '} " if self._numbered else ""
            listed.append(Option(Text(number, "dim").append_text(choice.shown), id=str(place)))
        return listed or [Option(Text("没有符合的"), disabled=True)]
