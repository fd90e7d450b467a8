"""What the workers of the orders screen say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from console.desk.orders import OrderList

if TYPE_CHECKING:
    from console.documents.as_text import Line


@dataclass
class Listed(Message):
    """The orders under the filter that was asked for."""

    run: int
    list: OrderList


@dataclass
class PaperRead(Message):
    """The paper of an order, as lines."""

    order_id: int
    lines: list[Line]


@dataclass
class Done(Message):
    """An act on orders is done; ``sentence`` says what and where its papers are."""

    sentence: str
