"""What an act changed, written down so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Table, delete
from sqlmodel.sql.sqltypes import UTCDateTime

from models.store.bulk import table
from models.store.trail import canonical
from models.tables import Person, UndoEntry

WITHIN = timedelta(hours=24)
"""How long an act can be taken back."""

PRUNED_EVERY = 32
"""Acts after which those that nobody can take back any more are forgotten."""

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
            self.images.append((t.name, id, _written(before), _written(after), version))

    def entry(self) -> dict[str, Any] | None:
        """Return the act as columns of its entry, None where it cannot be taken back."""
        if self.personal or not self.images or not self.subjects:
            return None
        return {
            "kind": self.kind,
            "of_id": self.of_id,
            "verb": self.verb,
            "matters": len(self.subjects),
            "subjects": canonical([list(s) for s in self.subjects]),
            "images": canonical(self.images),
        }


def forget(conn: Connection, operator_id: int, now: datetime) -> None:
    """Forget an operator's acts that nobody can take back any more."""
    t = table(UndoEntry)
    own = t.c.operator_id == operator_id
    conn.execute(delete(t).where(own, t.c.recorded_at < now - WITHIN))


def values_of(t: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Return an image's columns as the table takes them."""
    return {name: _value(t, name, value) for name, value in told.items()}


def _written(values: dict[str, Any] | None) -> dict[str, Any] | None:
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
