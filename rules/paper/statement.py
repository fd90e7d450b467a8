"""What a paper says: sentences with what each rests on, and the values its template is filled with.

A paper is put together from statements (DESIGN §8): typed facts that hold at one instant, each
with the events of the trail it rests on, so that it can be proved, and refused once it is untrue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

Row = Mapping[str, str]

Value = str | tuple[str, ...] | tuple[Row, ...]
"""What one field of a template holds: a line, several paragraphs, or the rows of a table."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a paper, true at the instant the paper is put together for.

    ``claim`` names what it says (``lateness``), ``field`` is the field of the template it is
    printed in (``事实``), ``events`` the numbers of the trail's events it rests on, ``tickets`` the
    appeals it speaks of. One that is ``joined`` goes on in the paragraph of the one before it.
    """

    claim: str
    text: str
    field: str
    events: tuple[int, ...] = ()
    tickets: tuple[str, ...] = ()
    joined: bool = False


def paragraphs(statements: Iterable[Statement], field: str) -> tuple[str, ...]:
    """Return the paragraphs of a field, each the texts of the statements joined in it."""
    found: list[str] = []
    for one in statements:
        if one.field == field and one.joined and found:
            found[-1] += one.text
        elif one.field == field:
            found.append(one.text)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a paper of one ``kind`` says: the value of each field, and the sentences proved.

    ``at`` is the instant it holds at, aware UTC: the paper's own time.
    """

    kind: str
    values: Mapping[str, Value]
    statements: tuple[Statement, ...] = ()
    at: datetime | None = None

    def line(self, field: str) -> str:
        """Return a field that is one line."""
        value = self.values[field]
        return value if isinstance(value, str) else "".join(map(str, value))

    def lines(self, field: str) -> tuple[str, ...]:
        """Return a field that is paragraphs."""
        value = self.values[field]
        return tuple(line for line in value if isinstance(line, str))

    def rows(self, field: str) -> tuple[Row, ...]:
        """Return a field that is rows of a table."""
        return tuple(row for row in self.values[field] if not isinstance(row, str))
