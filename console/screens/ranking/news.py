"""What the workers of the ranking screen say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from console.desk.ranking import Board

if TYPE_CHECKING:
    from models.ranking import FlagView


@dataclass
class BoardRead(Message):
    """The ranking of the period that was asked for."""

    run: int
    board: Board


@dataclass
class Nothing(Message):
    """There is no period in that direction."""


@dataclass
class Flagged(Message):
    """Who must be supervised."""

    flags: list[FlagView]


@dataclass
class Done(Message):
    """An act is done; ``sentence`` says what, and where its files are."""

    sentence: str
