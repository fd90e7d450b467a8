"""What the workers of the desk say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from console.desk import Chosen
from console.desk.decisions import Detail, Pile

if TYPE_CHECKING:
    from models.orders import OrderView


@dataclass
class PileRead(Message):
    """A queue was read."""

    run: int
    pile: Pile


@dataclass
class DetailRead(Message):
    """What to know of the matter under the cursor is known."""

    key: str
    detail: Detail


@dataclass
class Suggested(Message):
    """The units suggested for the chosen matters are known."""

    place: int
    groups: dict[tuple[int, str], list[tuple[Chosen, str]]]
    without: list[Chosen]


@dataclass
class OrdersRead(Message):
    """The papers to decide on were read."""

    key: str
    place: int
    orders: list[OrderView]


@dataclass
class Done(Message):
    """An act is done; ``sentence`` is its toast."""

    sentence: str
