"""The lines over the list: its counters, and the filter as it is typed and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from console.frame import UNICODE, Symbols
from console.widgets import Field
from rules.casework import QueueFilter
from rules.clocks import STEP_NAMES

if TYPE_CHECKING:
    from models.views import QueueCounts


FIELDS = {
    "unit": ("u", "单位", "dw"),
    "area": ("g", "网格", "wg", "属地", "sd"),
    "colour": ("c", "颜色", "ys"),
    "step": ("s", "步骤", "bz"),
    "channel": ("q", "渠道", "qd"),
    "urgency": ("j", "紧急", "jj"),
    "number": ("n", "编号", "bh"),
}

TYPED_COLOURS = {
    "red": ("红", "h", "r", "hong"),
    "yellow": ("黄", "y", "huang"),
    "blue": ("蓝", "b", "l", "lan"),
    "paused": ("挂起", "gq"),
    "next": ("将红", "jh", "转红"),
    "today": ("今红", "xh", "新红"),
    "pressing": ("特急", "tj"),
}

TYPED_STEPS = {
    "dispatch": ("派单", "待派", "交办", "pd"),
    "acknowledge": ("签收", "qs"),
    "contact": ("联系", "首次联系", "lx"),
    "progress": ("进度", "进度反馈", "jd"),
    "close": ("办结", "bj"),
    "judge": ("审核", "待审", "sh"),
    "receipt": ("督办单签收", "dqs"),
    "feedback": ("反馈", "督办单反馈", "fk"),
    "review": ("核查", "hc"),
}

TYPED_URGENCIES = {"一般": ("yb",), "紧急": ("jj",), "特急": ("tj",)}

_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
"""Full-width characters a Chinese input method may send, with the ones they stand for."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: a filter, and what of it could not be understood."""

    filter: QueueFilter
    fault: str = ""


def read_filter(text: str, channels: Sequence[str] = ()) -> Typed:
    """Read a typed filter; words without a field name are looked for together as one text.

    ``channels`` are the names a part of which ``q:`` may give.
    """
    found, words, fault = dict[str, Any](), list[str](), ""
    readers = _readers(channels)
    for word in text.translate(_NARROW).split():
        name, value = _field(word)
        if name is None:
            words.append(word)
        elif value:
            meant = readers[name](value)
            if meant is None:
                fault = f"没有{FIELDS[name][1]}“{value}”"
            else:
                found[name] = meant
    return Typed(QueueFilter(**found, text=" ".join(words)), fault)


def _field(word: str) -> tuple[str | None, str]:
    if word.startswith("@"):
        return "place", word[1:]
    name, colon, value = word.partition(":")
    for field, names in FIELDS.items():
        if colon and name.lower() in names:
            return field, value
    return None, word


def _readers(channels: Sequence[str]) -> dict[str, Callable[[str], str | None]]:
    return {
        "place": str,
        "unit": str,
        "area": str,
        "number": str.upper,
        "colour": lambda value: _code(value, TYPED_COLOURS),
        "step": lambda value: _code(value, TYPED_STEPS) or _code(value, _STEP_NAMES),
        "urgency": lambda value: _code(value, TYPED_URGENCIES),
        "channel": lambda value: next((name for name in channels if value in name), None),
    }


def _code(value: str, words: Mapping[str, Sequence[str]]) -> str | None:
    value = value.lower()
    return next((code for code, names in words.items() if value == code or value in names), None)


_STEP_NAMES = {code: (name,) for code, name in STEP_NAMES.items()}


class Counters(Widget):
    """One line; under a filter each number stands before its total in grey."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"counters--{name}" for name in ("red", "yellow", "blue", "dim", "chosen")
    }
    counts: reactive[tuple[QueueCounts, QueueCounts] | None] = reactive(None)
    colour: reactive[str | None] = reactive(None)
    place: reactive[str] = reactive("")
    symbols: Symbols = UNICODE

    def render(self) -> Text:
        """Return the line for the width there is."""
        if self.counts is None:
            return Text("")
        found, total = self.counts
        signs = self.symbols
        roomy = self.size.width >= 100
        chips = [
            ("red", f"{signs.red} 红", found.red, total.red),
            ("yellow", f"{signs.yellow} 黄", found.yellow, total.yellow),
            ("blue", f"{signs.blue} 蓝{' 时限内' if roomy else ''}", found.blue, total.blue),
            ("paused", "挂起", found.paused, total.paused),
            ("provisional", "暂定", found.provisional, total.provisional),
            ("next", "下一工作日转红" if roomy else "将转红", found.next, total.next),
        ]
        line = Text(" ", no_wrap=True, overflow="crop")
        for name, label, count, of in chips:
            if name == "provisional" and not of:
                continue
            self._chip(line, name, label, count, of if found is not total else None)
        room = self.size.width - line.cell_len - cell_len(self.place) - 1
        if room > 0:
            line.append(" " * room + self.place, self._look("dim"))
        return line

    def _chip(self, line: Text, name: str, label: str, count: int, of: int | None) -> None:
        look = self._look(name if name in ("red", "yellow", "blue") else "dim")
        if name == self.colour:
            look = look + self._look("chosen")
        line.append(f"{label} {count:,}", look)
        if of is not None:
            line.append(f"/{of:,}", self._look("dim"))
        line.append("   " if self.size.width >= 100 else "  ")

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"counters--{name}", partial=True)


PAUSE = 0.12
"""Seconds after the last keystroke before the list is asked for."""


class FilterBar(Horizontal):
    """Hidden while there is no filter; tells the screen what is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "到列表", show=False, id="filter.leave"),
    ]

    @dataclass
    class Changed(Message):
        """Another filter is wanted."""

        text: str

    class Left(Message):
        """Typing is over."""

    def compose(self) -> ComposeResult:
        """Lay out label, line and what could not be understood."""
        yield Static("筛选", id="filter-label")
        yield Field(placeholder="文字 · @地方 · u:单位 · c:颜色 · s:步骤 · q:渠道", compact=True)
        yield Static("", id="filter-fault")

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value.strip()

    def open(self) -> None:
        """Show the line and begin typing."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def clear(self) -> bool:
        """Take the filter away; return whether there was one."""
        typing = self.has_class("-open")
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.fault("")
        self.remove_class("-open")
        return typing

    def fault(self, line: str) -> None:
        """Say what of the filter is not understood."""
        self.query_one("#filter-fault", Static).update(Text(line))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._pause = getattr(self, "_pause", None)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self.post_message(self.Changed(self.text)))

    @on(Input.Submitted)
    def action_leave(self) -> None:
        """Keep the filter and go back to the list."""
        if not self.text:
            self.remove_class("-open")
        self.post_message(self.Left())
