"""The tags of a template, set into paragraphs and rows of an official page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from console.paper.page import OfficialPage

NEVER = datetime(2000, 1, 1)
"""When a template was made: its papers bear their own time."""


def value(word: str) -> str:
    """Return the tag that prints a field, or a column of a row (``行.工单编号``)."""
    return "{{ " + word + " }}"


@contextmanager
def each(page: OfficialPage, name: str, field: str) -> Iterator[str]:
    """Repeat the paragraphs drawn inside for each item of a field; gives the item's tag."""
    page.paragraph("{%p for " + f"{name} in {field}" + " %}")
    yield value(name)
    page.paragraph("{%p endfor %}")


@contextmanager
def where(page: OfficialPage, test: str) -> Iterator[None]:
    """Keep the paragraphs and tables drawn inside only where a field holds something."""
    page.paragraph("{%p if " + test + " %}")
    yield
    page.paragraph("{%p endif %}")


def row_tag(tag: str, cells: int) -> tuple[str, ...]:
    """Return a table row that holds one tag of rows: it goes when the template is filled."""
    return ("{%tr " + tag + " %}", *[""] * (cells - 1))
