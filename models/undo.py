"""u and ctrl+r: taking back one's own last act, and doing it again (UX, undo).

Undo restores the rows an act changed as they were, with an event of its own; a batch as a batch.
It works for 24 hours, for whoever did it, while nobody has touched the same matters since. An undo
is itself an act, so that doing it again is to undo the undo. What signs, voids, publishes, reveals,
exports or imports is never written down as an act that can be taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rules.errors import Refused

if TYPE_CHECKING:
    from models.lookups import Rows
    from models.store import Store
    from models.work import Work


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that can be taken back, or an undo that can be: its verb and on how many matters."""

    id: int
    version: int
    verb: str
    matters: int
    recorded_at: datetime


def undoable(rows: Rows, operator_id: int, now: datetime) -> Undoable | None:
    """Return what u would take back, the operator's newest act that still stands."""
    return _newest(rows, _ACTS, operator_id, now)


def undo(store: Store) -> Undoable:
    """撤销: restore what was before the operator's last act; Refused says why it cannot be."""
    return _revert(store, _ACTS, "undo", "没有可撤销的操作：只能撤销自己24小时内的办理")


def redo(store: Store) -> Undoable:
    """重做: take back the operator's last undo."""
    return _revert(store, _UNDONE, "redo", "没有可重做的操作：撤销之后又办理过，就不能重做了")


_COLUMNS = "id, version, verb, matters, recorded_at"
_ACTS = """operator_id = :o AND recorded_at >= :since AND reverted_at IS NULL
           AND kind IN ('act', 'redo')"""
_UNDONE = """operator_id = :o AND recorded_at >= :since AND reverted_at IS NULL AND kind = 'undo'
             AND id > coalesce((SELECT max(id) FROM act WHERE operator_id = :o AND kind = 'act'),
                               0)"""


def _newest(rows: Rows, which: str, operator_id: int, now: datetime) -> Undoable | None:
    from models.undoing import WITHIN

    sql = f"SELECT {_COLUMNS} FROM act WHERE {which} ORDER BY id DESC LIMIT 1"
    found = rows(sql, o=operator_id, since=now - WITHIN)
    return Undoable(*found[0]) if found else None


def _revert(store: Store, which: str, kind: str, nothing: str) -> Undoable:
    from models.errors import LostRace
    from models.journal import Journal

    journal = Journal("", kind)
    with store.writing(journal=journal) as work:
        act = _newest(work.rows, which, work.operator.id, work.now)
        if act is None:
            raise Refused(nothing)
        journal.verb, journal.of_id = act.verb, act.id
        try:
            _restore(work, act, kind)
        except LostRace:
            raise Refused(_TOUCHED) from None
    return act


_TOUCHED = "此后同一件又有新的办理，不能再撤销：请按现在的状态继续办理"


def _restore(work: Work, act: Undoable, kind: str) -> None:
    from models.tables import Act
    from models.undoing import restore

    first, last, subjects, images = work.rows(
        "SELECT first_seq, last_seq, subjects, images FROM act WHERE id = :id", id=act.id
    )[0]
    matters: list[list[Any]] = json.loads(subjects)
    for subject_kind, id in matters:
        if not _untouched(work, subject_kind, id, last):
            raise Refused(_TOUCHED)
    restore(work, json.loads(images))
    journal, work.journal = work.journal, None  # that an act was reverted is no part of the undo
    work.update(Act, act.id, act.version, reverted_at=work.now)
    work.journal = journal
    for subject_kind, id in matters:
        work.event(f"{subject_kind}.{kind}", subject_kind, id,
                   payload={"verb": act.verb, "from": first, "to": last})  # fmt: skip


def _untouched(work: Work, subject_kind: str, id: int, seq: int) -> bool:
    """Return whether a matter is as it was at ``seq``: later acts on it have all been taken back.

    An act and the undo that follows it cancel, and so do an undo and its redo.
    """
    standing: list[int] = []
    for act_id, of_id in work.rows(
        _SINCE, k=subject_kind, id=id, seq=seq, operator=work.operator.id
    ):
        if act_id is None:
            return False
        if standing and standing[-1] == of_id:
            standing.pop()
        else:
            standing.append(act_id)
    return not standing


_SINCE = """
SELECT DISTINCT a.id, a.of_id FROM event e
LEFT JOIN act a ON a.operator_id = :operator AND e.seq BETWEEN a.first_seq AND a.last_seq
WHERE e.subject_kind = :k AND e.subject_id = :id AND e.seq > :seq ORDER BY a.id
"""
