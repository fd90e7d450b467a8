"""What stands in the tables, row by row: each with its subject and its digest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from models.store.readable import readable
from models.store.rows import Row
from models.store.seals import SEALED, Belongs, SubjectKey, digest_of, sealed_columns

Cells = Callable[[str], Iterator[Sequence[Row]]]
"""Runs a SELECT and yields its rows in lists, as the driver gives them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, each as its subject (None: it has lost it), its key and its digest."""

    table: str
    found: Sequence[tuple[SubjectKey | None, Any, int]]


def standing(
    cells: Cells,
    key: str,
    only: Iterable[SubjectKey] | None = None,
    missing: Collection[str] = (),
) -> Iterator[Rows]:
    """Yield every sealed row; ``only``: those of some subjects. Tables ``missing`` are left out."""
    kinds: dict[str, list[int]] | None = None
    if only is not None:
        kinds = {}
        for kind, id in only:
            kinds.setdefault(kind, []).append(id)
    for name, belongs in SEALED.items():
        if name in missing or (belongs.through or name) in missing:
            continue
        t = SQLModel.metadata.tables[name]
        columns = sealed_columns(t)
        digest = digest_of(t, key.encode(), columns)
        for sql in _selects(t, belongs, columns, kinds):
            for chunk in cells(sql):
                yield Rows(name, [_told(row, digest) for row in chunk])


def _told(row: Row, digest: Callable[[Sequence[Any]], int]) -> tuple[SubjectKey | None, Any, int]:
    kind, id, own, *cells = row
    subject = (kind, id) if isinstance(kind, str) and isinstance(id, int) else None
    return subject, own, digest(cells)


def _selects(
    t: Table, belongs: Belongs, columns: Sequence[str], kinds: dict[str, list[int]] | None
) -> Iterator[str]:
    """Yield the texts that read a table: whole, or by the subjects asked for."""
    kind, id, joined = _owner(belongs)
    own = next(iter(t.primary_key.columns)).name
    told = ", ".join(f'x."{name}"' for name in columns)
    whole = f'SELECT {kind}, {id}, x."{own}", {told} FROM {readable(t).name} x{joined}'
    if kinds is None:
        yield whole
        return
    for asked, ids in kinds.items():
        if belongs.kind not in ("", asked) and belongs.other is None:
            continue
        if belongs.column == "":
            yield whole
            continue
        for start in range(0, len(ids), 500):
            some = ", ".join(map(str, ids[start : start + 500]))
            yield f"{whole} WHERE {kind} = '{asked}' AND {id} IN ({some})"


def _owner(belongs: Belongs) -> tuple[str, str, str]:
    """Return SQL for kind and id of a row's subject, and the join it needs."""
    if belongs.column == "":
        return f"'{belongs.kind}'", "0", ""
    if belongs.through == "round":
        return "'ticket'", "y.ticket_id", f" LEFT JOIN round y ON y.id = x.{belongs.column}"
    if belongs.through == "deadline":
        return (
            "CASE WHEN y.ticket_id IS NULL THEN y.subject_kind ELSE 'ticket' END",
            "coalesce(y.ticket_id, y.subject_id)",
            f" LEFT JOIN deadline y ON y.id = x.{belongs.column}",
        )
    own = f"x.{belongs.column}"
    if belongs.other is None:
        return (f"'{belongs.kind}'" if belongs.kind else "x.subject_kind"), own, ""
    kind, id, _ = _owner(belongs.other)
    return (
        f"CASE WHEN {own} IS NULL THEN {kind} ELSE '{belongs.kind}' END",
        f"coalesce({own}, {id})",
        "",
    )
