"""时限核算单: the line-by-line derivation of a due instant, for whoever asks "why then?"."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from rules.clockwork import Clock


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the receipt: a date or a heading, what it is, and what follows from it."""

    label: str
    name: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Halt:
    """挂起 as the receipt tells it; ``to_at`` None is a pause that has not ended."""

    from_at: datetime
    to_at: datetime | None
    reason: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A granted 延期 as the receipt tells it, with when it was asked for and granted."""

    limit_text: str
    reason: str = ""
    asked_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """The versions a clock was made under: of the bureau's policy and of the calendar."""

    policy: int
    calendar: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The derivation of one clock.

    ``clock`` is the outcome after pauses and extensions. ``winner`` names the limit entry that
    applied, ``losers`` the fitting ones it beat; both are empty for a limit given in words.
    ``original_due_at`` is the due instant without extensions.
    """

    title: str
    clock: Clock
    original_due_at: datetime
    rows: tuple[Row, ...]
    winner: str = ""
    losers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The receipt as text, its columns aligned by display width."""
        first = max(_width(row.label) for row in self.rows)
        second = max((_width(row.name) for row in self.rows if row.detail), default=0)
        return (self.title, *(_line(row, first, second) for row in self.rows))


def _line(row: Row, first: int, second: int) -> str:
    name = _padded(row.name, second) if row.detail else row.name
    return f"{_padded(row.label, first)}  {name}  {row.detail}".rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
