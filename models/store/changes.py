"""How the rows of a transaction are changed: undo, versions and seals follow every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, select, update

from models.store.bulk import (
    MADE_HARMLESS,
    Model,
    bulk_into,
    cells_of,
    fresh_ids,
    kept_rows,
    many_at_once,
    table,
)
from models.store.counts import Pair
from models.store.errors import LostRace
from models.store.failures import LOST
from models.store.journal import Journal
from models.store.pairs import PAIRS, TICKETS, pairs_of
from models.store.prepared import changing, inserting, reading
from models.store.readable import as_kept, kept_of, names_of, readable, whole_rows
from models.store.seals import SEALED, sealed_columns
from models.store.sums import Sums
from rules.text import printable

Changed = tuple[int, int, Mapping[str, Any], Mapping[str, Any]]
"""One row to change: id, version seen, what it holds now, what it is to hold."""

_CHUNK = 5000

_AT_ONCE = 500
"""Rows of one INSERT with its values written out: engines bound the number of parameters."""


def _harmless(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with every text of theirs harmless, whatever door it came by."""
    return {n: printable(v) if isinstance(v, str) else v for n, v in values.items()}


def _known(t: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return harmless values of columns; ``KeyError`` for one that the table has not."""
    if unknown := [name for name in values if name not in t.c]:
        raise KeyError(f"{t.name} has no {', '.join(unknown)}")
    return _harmless(values)


class Changes:
    """The only place where rows change; :class:`models.store.Work` is the whole transaction."""

    conn: Connection
    journal: Journal | None
    sums: Sums
    writes: int
    _texts: dict[date | None, str | None]

    @property
    def sqlite(self) -> bool:
        """Whether this is the one-file engine."""
        return self.conn.dialect.name == "sqlite"

    def belongs(self, table: str, id: int, kind: str, subject_id: int) -> None:
        """Say whose a round or clock is that was read: its rows' seals need not ask again."""
        self.sums.owners[table, id] = kind, subject_id

    def insert(self, model: Model, **values: Any) -> int:
        """Insert one row and return its id."""
        self.writes += 1
        t = table(model)
        values = _known(t, values)
        id = self._inserted(t, values)
        if t.name == TICKETS and self.sqlite:
            pairs = pairs_of(values["title"], values.get("object"))
            self.conn.exec_driver_sql(f"INSERT INTO {PAIRS}", (id, pairs))
        if self.journal is not None:
            version = values.get("version", 1) if "version" in t.c else None
            self.journal.note(t, id, None, values, version)
        return id

    def _inserted(self, t: Table, values: dict[str, Any]) -> int:
        if t.name in SEALED and readable(t) is not t:
            id = int(self.conn.execute(inserting(t, "id"), values).scalar_one())
            whole = {"version": 1, **values, "id": id}
            self.sums.add(t, list(whole), list(whole.values()), born=True)
            return id
        if t.name in SEALED:
            row = self.conn.execute(inserting(t, *names_of(t)), values).one()
            self.sums.add(t, names_of(t), row, born=True)
            return int(row._mapping.get("id") or 0) if "id" in t.c else 0
        key = self.conn.execute(inserting(t), values).inserted_primary_key
        return int(key[0]) if key is not None and isinstance(key[0], int) else 0

    def update(
        self,
        model: Model,
        id: int,
        seen_version: int,
        known: Mapping[str, Any] = MappingProxyType({}),
        /,
        **changes: Any,
    ) -> None:
        """Change the row whose version was seen; raises ``LostRace`` if somebody was first.

        ``known`` are values that the row is known to hold now: undo does not read them again. A
        table without versions goes by the id alone.
        """
        t = table(model)
        changes = _known(t, changes)
        before = self._before(t, id, list(changes), known)
        self.writes += 1
        next_version = {"version": seen_version + 1} if "version" in t.c else {}
        told = {**next_version, **changes, "row_id": id, "row_version": seen_version}
        if t.name in SEALED and readable(t) is t:
            row = self.conn.execute(changing(t, *names_of(t)), told).first()
            if row is None:
                raise LostRace(LOST)
            self._exchanged(t, row, before)
        else:
            for was in self._whole(t, [id] if t.name in SEALED else []):
                self._follow(t, was, changes)
            if self.conn.execute(changing(t), told).rowcount != 1:
                raise LostRace(LOST)
        if self.journal is not None:
            self.journal.note(t, id, before, changes, next_version.get("version"))

    def _before(
        self, t: Table, id: int, columns: Sequence[str], known: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what the columns about to change hold; what is known is not read."""
        found = {c: known[c] for c in columns if c in known}
        missing = [c for c in columns if c not in known]
        if missing and (self.journal is not None or t.name in SEALED):
            row = self.conn.execute(reading(t, *missing), {"row_id": id}).first()
            found |= {} if row is None else dict(zip(missing, row, strict=True))
        return found

    def _exchanged(self, t: Table, row: Row[Any], before: Mapping[str, Any]) -> None:
        """Let the seals follow one row that is now ``row`` and held ``before``."""
        names = names_of(t)
        self.sums.take(t, names, [before.get(n, cell) for n, cell in zip(names, row, strict=True)])
        self.sums.add(t, names, row)

    def update_rows(self, model: Model, columns: Sequence[str], rows: Sequence[Changed]) -> None:
        """Change the same columns of several rows at once, each under the rule of ``update``."""
        if len(rows) == 1:
            id, version, known, changes = rows[0]
            self.update(model, id, version, known, **changes)
            return
        t = table(model)
        rows = [(id, version, known, _harmless(c)) for id, version, known, c in rows]
        self.writes += 1
        stood = self._stood(t, rows)
        result = self.conn.execute(
            update(t)
            .where(t.c.id == bindparam("row_id"), t.c.version == bindparam("row_version"))
            .values(
                version=bindparam("next_version"),
                **{name: bindparam(f"to_{name}") for name in columns},
            ),
            [
                {"row_id": id, "row_version": version, "next_version": version + 1}
                | {f"to_{name}": changes[name] for name in columns}
                for id, version, _, changes in rows
            ],
        )
        if result.rowcount != len(rows):
            raise LostRace(LOST)
        for id, version, known, changes in rows:
            was = stood.get(id, known)
            self._follow(t, was, changes)
            if self.journal is not None:
                before = {name: was[name] for name in columns}
                self.journal.note(t, id, before, dict(changes), version + 1)

    def _stood(self, t: Table, rows: Sequence[Changed]) -> dict[int, Mapping[str, Any]]:
        """Return the rows about to change as they stand, where what is known of them is less."""
        names = sealed_columns(t) if t.name in SEALED else ()
        unknown = [
            id for id, _, known, changes in rows if any(n not in known for n in (*names, *changes))
        ]
        return {int(row["id"]): row for row in self._whole(t, unknown)}

    def _whole(self, t: Table, ids: Sequence[int]) -> Iterable[Mapping[str, Any]]:
        """Yield whole rows by their ids."""
        seen = readable(t)
        for start in range(0, len(ids), _CHUNK):
            chosen = select(seen).where(seen.c.id.in_(ids[start : start + _CHUNK]))
            yield from (dict(row) for row in self.conn.execute(chosen).mappings())

    def _follow(self, t: Table, was: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        """Let the seals follow one row that is known as it was."""
        if t.name in SEALED:
            names = [n for n in names_of(t) if n in was]
            self.sums.take(t, names, [was[n] for n in names])
            self.sums.add(t, names, [changes.get(n, was[n]) for n in names])

    def update_many(
        self, model: Model, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Set ``columns`` of very many rows; each is (key, version seen, values in column order).

        Versions go up by one; ``LostRace`` if any row has another version by now. A table without
        versions goes by the key alone. Not for undo.
        """
        if not rows:
            return
        self.writes += 1
        t = table(model)
        rows = [tuple(printable(c) if isinstance(c, str) else c for c in row) for row in rows]
        if t.name in SEALED:
            names = cells_of(t, columns)
            now = kept_rows(t, columns, (row[2:] for row in rows), self._texts)
            coming = {row[0]: cells for row, cells in zip(rows, now, strict=True)}
            places = [names.index(c) for c in columns]
            self.sums.changed(t, names, self._changed(t, names, places, coming))
        many_at_once(self.conn, model, columns, rows, self._texts)

    def _changed(
        self,
        t: Table,
        names: Sequence[str],
        places: Sequence[int],
        coming: Mapping[Any, Sequence[Any]],
    ) -> Iterator[Pair]:
        """Yield rows as they are, and as they will be with other cells in some places."""
        for was in kept_of(self.conn, t, names, list(coming), self._texts):
            now = list(was)
            for place, value in zip(places, coming[was[0]], strict=True):
                now[place] = value
            yield was, now

    def insert_new(
        self, model: Model, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Insert rows; one whose key is there already stays as it is. Not for undo."""
        t = table(model)
        names = cells_of(t, columns)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            params = {f"c{i}_{j}": cell for i, row in enumerate(some) for j, cell in enumerate(row)}
            marks = ", ".join(
                f"({', '.join(f':c{i}_{j}' for j in range(len(columns)))})"
                for i in range(len(some))
            )
            self.writes += 1
            sql = (
                f"INSERT INTO {t.name} ({', '.join(columns)}) VALUES {marks} "
                f"ON CONFLICT DO NOTHING RETURNING {', '.join(names)}"
            )
            for cells in self._run(sql, params).all():
                self.sums.add(t, names, cells, born=True)

    def change_where(self, model: Model, sets: str, where: str, **params: Any) -> int:
        """Change rows by SQL written out, such as ``kept = :kept``; return how many. Not for undo.

        Lists in ``params`` expand inside ``IN (:name)``.
        """
        changing = f"UPDATE {table(model).name} SET {sets}"
        return self._by_condition(model, changing, where, _harmless(params))

    def change_each(self, model: Model, sets: str, ids: Sequence[int], **params: Any) -> int:
        """Change very many rows by their ids under the rule of ``change_where``."""
        return sum(
            self.change_where(
                model, sets, f"id IN ({', '.join(map(str, ids[start : start + _CHUNK]))})", **params
            )
            for start in range(0, len(ids), _CHUNK)
        )

    def delete_where(self, model: Model, where: str, **params: Any) -> int:
        """Take out rows by a condition written out; return how many. Not for undo."""
        return self._by_condition(model, f"DELETE FROM {table(model).name}", where, params)

    def _by_condition(
        self, model: Model, statement: str, where: str, params: dict[str, Any]
    ) -> int:
        t = table(model)
        if t.name not in SEALED:
            self.writes += 1
            return int(self._run(f"{statement} WHERE {where}", params).rowcount)
        names, sql = cells_of(t, ()), f"{statement} WHERE {where}"
        was = self._by_id(t, names, self._run(whole_rows(t, names, where), params).all())
        if not was:
            return 0
        self.writes += 1
        if readable(t) is not t or statement.startswith("DELETE"):
            self._run(sql, params)
            now = {row[0]: row for row in kept_of(self.conn, t, names, list(was), self._texts)}
        else:
            told = ", ".join(f'"{name}"' for name in names)
            now = self._by_id(t, names, self._run(f"{sql} RETURNING {told}", params).all())
        self.sums.changed(t, names, ((was[id], row) for id, row in now.items()))
        for id in was.keys() - now.keys():
            self.sums.take(t, names, was[id])
        return len(was)

    def _by_id(
        self, t: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> dict[int, Sequence[Any]]:
        return {row[0]: row for row in as_kept(self.conn, t, names, rows, self._texts)}

    def _run(self, sql: str, params: dict[str, Any]) -> Any:
        raise NotImplementedError

    def delete(self, model: Model, id: int, seen_version: int | None) -> None:
        """Take out a row whose version was seen: only undo does, the trail keeps what was."""
        t = table(model)
        whole = (
            [t.c.id == id] if seen_version is None else [t.c.id == id, t.c.version == seen_version]
        )
        row = self.conn.execute(select(t).where(*whole)).first()
        if row is None:
            raise LostRace(LOST)
        self.conn.execute(delete(t).where(t.c.id == id))
        if t.name in SEALED:
            self.sums.take(t, names_of(t), row)
        if self.journal is not None:
            self.journal.note(t, id, dict(row._mapping), None, seen_version)

    def allocate(self, model: Model, n: int) -> list[int]:
        """Return ``n`` fresh ids of a table, before its rows exist; safe on both engines."""
        return fresh_ids(self.conn, table(model), n)

    def bulk(self, model: Model, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert many rows by the driver's fastest way; ``rows`` are tuples in column order."""
        t = table(model)
        sums = self.sums if t.name in SEALED else None
        if sums is not None and "id" in sealed_columns(t) and "id" not in columns:
            rows = list(rows)  # a seal covers the ids that other rows point at
            ids = self.allocate(model, len(rows))
            columns, rows = ("id", *columns), [(id, *r) for id, r in zip(ids, rows, strict=True)]
        if t.name not in MADE_HARMLESS:
            rows = (tuple(printable(c) if isinstance(c, str) else c for c in row) for row in rows)
        bulk_into(self.conn, t, columns, rows, self._texts, sums)
