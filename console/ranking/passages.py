"""What a bulletin is made of before it is laid out: passages of sentences, tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from console.paper import BarChart

Variant = Literal["leader", "circular", "public"]

VARIANTS: dict[Variant, str] = {"leader": "领导版", "circular": "通报版", "public": "公开版"}
"""For whom a bulletin is: what stands in each is decided by its passages."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """A paragraph; ``lead`` is its opening in another face."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its title; ``widths`` in mm, ``lefts`` the columns that are set left."""

    title: str
    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lefts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts beside each other."""

    charts: tuple[BarChart, ...]


Block = Sentences | Grid | Charts


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered part of a bulletin, or one of its annexes."""

    title: str
    blocks: tuple[Block, ...]


NUMERALS = "一二三四五六七八九十"

LINE_CELLS = 50
"""Cells of a line in large type."""


def listed(items: Sequence[str], most: int, unit: str = "个单位") -> str:
    """Return the first of some items, and how many there are where not all are named."""
    told = "、".join(items[:most])
    return told if len(items) <= most else f"{told}等{len(items)}{unit}"


def fitting(lead: str, items: Sequence[str], unit: str) -> str:
    """Return as many items as one line in large type has room for, one at least."""
    for most in range(len(items), 1, -1):
        line = lead + listed(items, most, unit)
        if cell_len(line) <= LINE_CELLS:
            return line
    return lead + listed(items, 1, unit)


def joined(*parts: str) -> str:
    """Return sentences that say something, one after the other."""
    return "".join(filter(None, parts))


def columns(items: Iterable[tuple[str, ...]], across: int, width: int) -> list[tuple[str, ...]]:
    """Return rows of ``across`` items each, read from left to right; the last is filled up."""
    found = list(items)
    empty = ("",) * width
    rows = []
    for at in range(0, len(found), across):
        some = found[at : at + across]
        some += [empty] * (across - len(some))
        rows.append(tuple(cell for item in some for cell in item))
    return rows
