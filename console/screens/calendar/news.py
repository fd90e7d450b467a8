"""What the workers of the calendar screen say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from console.desk.calendar import Tried

if TYPE_CHECKING:
    from models.clocks import CalendarView


@dataclass
class Shelved(Message):
    """The versions were read."""

    versions: tuple[CalendarView, ...]


@dataclass
class Rehearsed(Message):
    """A calendar was tried out."""

    tried: Tried


@dataclass
class Done(Message):
    """A calendar was loaded or taken back; ``sentence`` says which."""

    sentence: str
