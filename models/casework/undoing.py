"""u and ctrl+r: taking back one's own last act, and doing it again (UX, undo).

Undo restores the rows an act changed as they were, with an event of its own; a batch as a batch.
It works for 24 hours, for whoever did it, while nobody has touched the same matters since. An undo
is itself an act, so that doing it again is to undo the undo. What signs, voids, publishes, reveals,
exports or imports is never written down as an act that can be taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models import tables
from models.clocks import forget_crossings, recall_worst, restore_clock
from models.store import WITHIN, Journal, LostRace, Model, Query, Work, retried, table, values_of
from models.tables import UndoEntry
from rules.casework import IDLE, act_name, verb_name
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Source, Store


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that can be taken back, or an undo that can be: its verb and on how many matters.

    ``numbers`` name the first of them.
    """

    id: int
    version: int
    verb: str
    matters: int
    recorded_at: datetime
    first_seq: int
    last_seq: int
    subjects: str
    numbers: tuple[str, ...] = ()

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        """The tickets it was done on."""
        return tuple(id for kind, id in json.loads(self.subjects) if kind == "ticket")


def undoable(source: Source, operator_id: int, now: datetime) -> Undoable | None:
    """Return what u would take back, the operator's newest act that still stands."""
    return source.first(_ACTS, operator=operator_id, since=now - WITHIN)


def undo(store: Store, *, session: bool = False, of: str = "") -> Undoable:
    """撤销: restore what was before the operator's last act; Refused says why it cannot be.

    ``session``: only acts of this process count; ``of`` is how the verb of the act must begin. An
    act that cannot be taken back is never passed over for an older one.
    """
    return _revert(store, _ACTS, "undo", session, of)


def redo(store: Store, *, session: bool = False) -> Undoable:
    """重做: take back the operator's last undo."""
    return _revert(store, _UNDONE, "redo", session)


_ENTRY = """
SELECT id, version, verb, matters, recorded_at, first_seq, last_seq, subjects FROM undo_entry
WHERE operator_id = :operator AND recorded_at >= :since AND reverted_at IS NULL
"""
_ACTS = Query(Undoable, f"{_ENTRY} AND kind IN ('act', 'redo') ORDER BY id DESC LIMIT 500")
_UNDONE = Query(
    Undoable,
    f"""{_ENTRY} AND kind = 'undo'
  AND id > coalesce(
      (SELECT max(id) FROM undo_entry WHERE operator_id = :operator AND kind = 'act'), 0)
ORDER BY id DESC LIMIT 500
""",
)

_NOTHING = {
    ("undo", False): "没有可撤销的操作：只能撤销自己24小时内的办理",
    ("undo", True): "打开以来没有可撤销的办理：更早的可用命令 duban ticket undo 撤销",
    ("redo", False): "没有可重做的操作：撤销之后又办理过，就不能重做了",
    ("redo", True): "没有可重做的操作：撤销之后又办理过，就不能重做了",
}


@retried
def _revert(
    store: Store, which: Query[Undoable], kind: str, session: bool, of: str = ""
) -> Undoable:
    journal = Journal("", kind)
    with store.writing(journal=journal) as work:
        found = work.read(which, operator=work.operator.id, since=work.now - WITHIN)
        mine = [one for one in found if not session or store.wrote(one.first_seq)]
        act = mine[0] if mine else None
        if kind == "undo":
            _refuse_passing_over(work, store, act, session)
        if act is None:
            raise Refused(_NOTHING[kind, session])
        if not act.verb.startswith(of):
            last = act_name(json.loads(act.subjects)[0][0], act.verb)
            raise Refused(f"最近一次办理是“{last}”，不是核查结论：要撤销它请按 u")
        journal.verb, journal.of_id = act.verb, act.id
        try:
            _restore(work, act, kind)
        except (LostRace, IntegrityError):
            raise Refused(_TOUCHED) from None
        return replace(act, numbers=_numbers(work, act))


def _refuse_passing_over(work: Work, store: Store, act: Undoable | None, session: bool) -> None:
    """Refuse where a later act of the operator cannot be taken back: it was the last one."""
    if act is None and not session:
        return
    after = act.last_seq if act is not None else store.opened_at
    for event in work.read(
        _LATER, login=work.operator.login, operator=work.operator.id, after=after, idle=[*IDLE]
    ):
        if not session or store.wrote(event.seq):
            name = verb_name(event.verb)
            raise Refused(f"最近一次办理是“{name}”，不能撤销：更早的也不从这里撤销")


@dataclass(frozen=True, slots=True)
class _Event:
    """An event of the operator outside every act that can be taken back."""

    seq: int
    verb: str


_LATER = Query(
    _Event,
    """
SELECT e.seq, e.verb FROM event e
WHERE e.seq > :after AND e.operator = :login AND e.verb NOT IN (:idle)
  AND NOT EXISTS (SELECT 1 FROM undo_entry u WHERE u.operator_id = :operator
                  AND e.seq BETWEEN u.first_seq AND u.last_seq)
ORDER BY e.seq DESC LIMIT 100
""",
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A matter by its number."""

    id: int
    number: str


_TICKETS = Query(_Named, "SELECT id, number FROM ticket WHERE id IN (:ids)")
_ORDERS = Query(
    _Named,
    """
SELECT id, coalesce(number, '草稿#' || id) AS number FROM supervision_order WHERE id IN (:ids)
""",
)


def _numbers(work: Work, act: Undoable, most: int = 1) -> tuple[str, ...]:
    """Return the numbers of the first matters of an act."""
    subjects = [tuple(subject) for subject in json.loads(act.subjects)]
    found: list[str] = []
    for kind, query in (("ticket", _TICKETS), ("order", _ORDERS)):
        ids = sorted(id for one, id in subjects if one == kind)[:most]
        found += [one.number for one in work.read(query, ids=ids)] if ids else []
    return tuple(found[:most])


_TOUCHED = "此后同一件又有新的办理，不能再撤销：请按现在的状态继续办理"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an act did to the rows, as they were."""

    images: str


_KEPT = Query(_Kept, "SELECT images FROM undo_entry WHERE id = :id")


def _restore(work: Work, act: Undoable, kind: str) -> None:
    kept = work.read(_KEPT, id=act.id)[0]
    matters: list[list[Any]] = json.loads(act.subjects)
    for subject_kind, id in matters:
        if not _untouched(work, subject_kind, id, act.last_seq):
            raise Refused(_TOUCHED)
    restore(work, json.loads(kept.images))
    recall_worst(work, [id for kind, id in matters if kind == "ticket"])
    journal, work.journal = work.journal, None  # that an act was reverted is no part of the undo
    work.update(UndoEntry, act.id, act.version, reverted_at=work.now)
    work.journal = journal
    for subject_kind, id in matters:
        payload = {"verb": act.verb, "from": act.first_seq, "to": act.last_seq}
        work.event(f"{subject_kind}.{kind}", subject_kind, id, payload=payload)


def _untouched(work: Work, subject_kind: str, id: int, seq: int) -> bool:
    """Return whether a matter is as it was at ``seq``: later acts on it have all been taken back.

    A look at whose it is changes nothing.
    An act and the undo that follows it cancel, and so do an undo and its redo.
    """
    standing: list[int] = []
    for act in work.read(_SINCE, kind=subject_kind, id=id, seq=seq, operator=work.operator.id):
        if act.id is None:
            return False
        if standing and standing[-1] == act.of_id:
            standing.pop()
        else:
            standing.append(act.id)
    return not standing


@dataclass(frozen=True, slots=True)
class _Act:
    """An act of the operator since, and what it took back; no ``id``: somebody else's."""

    id: int | None
    of_id: int | None


_SINCE = Query(
    _Act,
    """
SELECT DISTINCT a.id, a.of_id FROM event e
LEFT JOIN undo_entry a ON a.operator_id = :operator AND e.seq BETWEEN a.first_seq AND a.last_seq
WHERE e.subject_kind = :kind AND e.subject_id = :id AND e.seq > :seq
  AND e.verb NOT IN ('ticket.look', 'ticket.look_confidential', 'ticket.handover')
ORDER BY a.id
""",
)

Key = tuple[str, int]


def restore(work: Work, images: list[list[Any]]) -> None:
    """Take changes back, the last first; ``LostRace`` if a row is gone or changes meanwhile.

    A row put in is taken out, one taken out is put in again (under another id where its own is
    taken by now), a changed one gets back its former values.
    """
    models = _models()
    moved: dict[Key, int] = {}
    clocks: dict[int, None] = {}
    for name, id, before, after, _ in reversed(images):
        model, t = models[name]
        if before is None:
            _take_out(work, model, t, id)
            if name == "deadline":
                clocks.pop(id, None)
        elif after is None:
            new = _put_back(work, model, t, _pointed(t, values_of(t, before), moved))
            moved[name, id] = new
            if name == "deadline":
                clocks[new] = None
        else:
            now = moved.get((name, id), id)
            seen = _version(work, t, now)
            work.update(model, now, seen, **_pointed(t, values_of(t, before), moved))
            if name == "deadline":
                clocks[now] = None
    for id in clocks:
        restore_clock(work, id)


def _version(work: Work, t: Table, id: int) -> int:
    """Return a row's present version, 0 for one that is gone or of a table without versions."""
    if "version" not in t.c:
        return 0
    return int(work.conn.execute(select(t.c.version).where(t.c.id == id)).scalar() or 0)


def _take_out(work: Work, model: Model, t: Table, id: int) -> None:
    if t.name == "deadline":
        forget_crossings(work, id)
    work.delete(model, id, _version(work, t, id) or None)


def _put_back(work: Work, model: Model, t: Table, values: dict[str, Any]) -> int:
    taken = work.conn.execute(t.select().where(t.c.id == values["id"])).first()
    if taken is not None:
        del values["id"]
    return work.insert(model, **values)


def _pointed(t: Table, values: dict[str, Any], moved: dict[Key, int]) -> dict[str, Any]:
    """Let foreign keys follow rows that came back under another id."""
    if not moved:
        return values
    for column in values:
        for key in t.c[column].foreign_keys:
            values[column] = moved.get((key.column.table.name, values[column]), values[column])
    kind = values.get("subject_kind") if t.name == "deadline" else None
    if kind in (
        "instruction",
        "campaign",
        "campaign_task",
        "group_message",
        "pledge",
        "cell_matter",
    ):
        subject = values.get("subject_id")
        values["subject_id"] = moved.get((kind, subject or 0), subject)
    return values


@cache
def _models() -> dict[str, tuple[Model, Table]]:
    models: list[type[SQLModel]] = [
        getattr(tables, name) for name in tables.__all__ if name != "RUNNING"
    ]
    return {table(model).name: (model, table(model)) for model in models}
