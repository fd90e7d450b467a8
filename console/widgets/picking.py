"""A short list to pick from, by digit, pinyin initials, typing or arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import on
from textual.message import Message
from textual.widgets import OptionList

from console.frame import Say, start
from console.widgets.choosing import Choice, Choosing
from console.widgets.when import When
from seed import reference

T = TypeVar("T")

PROMPT = "数字、拼音首字母或文字"


class Picking(Choosing[T]):
    """A few choices in a small frame; their initials come from a worker, once it is open."""

    FRAME: ClassVar[str] = "dialog"

    @dataclass
    class Heard(Message):
        """The initials of the choices are known."""

        initials: list[str]

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[T, str]],
        *,
        note: str = "",
        when: When | None = None,
    ) -> None:
        """``choices`` are (value, label) in the order of their numbers."""
        listed = [Choice(value, Text(label), label.lower()) for value, label in choices]
        super().__init__(title, PROMPT, listed, note=note, numbered=True, when=when)

    def on_mount(self) -> None:
        """Keep the frame as high as it is, however much typing leaves; learn the initials."""
        self.query_one(OptionList).styles.min_height = min(len(self.choices), 12)
        words = [choice.words for choice in self.choices]

        def job(say: Say) -> None:
            say(self.Heard([_initials(word) for word in words]))

        start(self, "initials", job)

    @on(Heard)
    def _heard(self, news: Heard) -> None:
        self.choices = [
            replace(choice, initials=initials)
            for choice, initials in zip(self.choices, news.initials, strict=True)
        ]
        self.narrow()


def _initials(label: str) -> str:
    """Return the initials of a label from each of its signs on: 部长张明 is found by ``zm``."""
    return reference.initials(*(label[at:] for at in range(len(label))))
