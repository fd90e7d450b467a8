"""What an act changed, row by row, as it was before: the book from which u restores (UX, undo).

An image is one change of one row: ``[table, id, before, after, version]``. ``before`` is null for
a row that was put in, ``after`` for one that was taken out; otherwise both hold the changed
columns alone. Instants are ISO text. Rows that hold a citizen's data are never written down: an
act that changes one cannot be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Table, delete, insert, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models.tables import Act, Person
from models.trail import canonical

if TYPE_CHECKING:
    from models.work import Work

WITHIN = timedelta(hours=24)
"""How long an act can be taken back."""

Image = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None, int | None]


@dataclass(slots=True)
class Journal:
    """The book of one act; ``kind`` is act, undo or redo, ``of_id`` what an undo reverts."""

    verb: str
    kind: str = "act"
    of_id: int | None = None
    images: list[Image] = field(default_factory=list)
    subjects: dict[tuple[str, int], None] = field(default_factory=dict)
    personal: bool = False

    def mark(self) -> tuple[int, bool]:
        """Return how far the book has come, for :meth:`back_to`."""
        return len(self.images), self.personal

    def back_to(self, mark: tuple[int, bool]) -> None:
        """Forget what was written since, because it was rolled back."""
        del self.images[mark[0] :]
        self.personal = mark[1]

    def before(self, work: Work, t: Table, id: int, columns: list[str]) -> dict[str, Any]:
        """Return the present values of the columns about to change."""
        if t.name == Person.__tablename__:
            self.personal = True
            return {}
        if not columns:
            return {}
        row = work.conn.execute(select(*(t.c[c] for c in columns)).where(t.c.id == id)).first()
        return {} if row is None else dict(zip(columns, row, strict=True))

    def note(
        self,
        t: Table,
        id: int,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        version: int | None,
    ) -> None:
        """Write down one change of one row."""
        if t.name == Person.__tablename__:
            self.personal = True
        else:
            self.images.append((t.name, id, _told(before), _told(after), version))

    def keep(self, work: Work, first_seq: int, last_seq: int) -> None:
        """Keep the act, if it can be taken back; what is a day old is forgotten."""
        t = Act.__table__  # type: ignore[attr-defined]  # set by the SQLModel metaclass
        stale = work.now - WITHIN
        own = t.c.operator_id == work.operator.id
        work.conn.execute(delete(t).where(own, t.c.recorded_at < stale))
        if self.personal or not self.images or not self.subjects:
            return
        work.conn.execute(insert(t).values(
            operator_id=work.operator.id, kind=self.kind, of_id=self.of_id, verb=self.verb,
            matters=len(self.subjects), recorded_at=work.now, first_seq=first_seq,
            last_seq=last_seq, subjects=canonical([list(s) for s in self.subjects]),
            images=canonical(self.images),
        ))  # fmt: skip


def values_of(t: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Return an image's columns as the table takes them."""
    return {name: _value(t, name, value) for name, value in told.items()}


def _told(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, datetime | date) else value
        for name, value in values.items()
    }


def _value(t: Table, name: str, value: Any) -> Any:
    kind = t.c[name].type
    if value is None:
        return None
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
