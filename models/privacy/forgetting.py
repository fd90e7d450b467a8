"""What is erased of an appeal, table by table; nothing of it is written down anywhere.

The citizen's row goes, and so do their own words and what answered them. Texts of the office
(reasons, judgements, reminders) stay, without what is known of the citizen. Numbers, times,
units, outcomes and ratings stay, so that what was counted still counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from models.clocks import reword_pauses
from models.intake import without_personal
from models.privacy.retention import Closed
from models.store import FORGET_PAIRS, WITHIN, Model, Query, Work, each_of
from models.tables import (
    Accused,
    Attachment,
    Callback,
    Conflict,
    Exclusion,
    Extension,
    Flag,
    ImportRow,
    Instruction,
    Letter,
    Merged,
    Note,
    Objection,
    Person,
    Pledge,
    PledgeExtension,
    Reminder,
    Reply,
    ReturnRequest,
    Review,
    Round,
    SupervisionOrder,
    Ticket,
    UnitReport,
)
from rules.text import MASKED, mask_text, strike

GONE = "（保存期满，原文已清除）"
"""What stands where the words of a citizen, or an answer to them, stood."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Personal:
    """An appeal's own words and what is known of its citizen."""

    id: int
    version: int
    nature: str
    title: str
    object: str | None
    grid: str | None
    area: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    id_number: str | None
    confidential: bool

    @property
    def known(self) -> tuple[str, ...]:
        """The values that must not stand in any text."""
        values = (self.reporter, self.phone, self.address, self.id_number)
        return tuple(value for value in values if value)

    @property
    def new_title(self) -> str:
        """What the appeal is called from now on."""
        return f"{self.nature}{GONE}"

    def without(self, said: str) -> str:
        """Return a text of the office without this citizen and this title."""
        own = MASKED.about(self)
        for title in (self.title, own.text(self.title), mask_text(self.title)):
            if title:
                said = said.replace(title, self.new_title)
        nobody = MASKED.about(replace(self, confidential=True))
        return nobody.text(strike(said, self.known))


@dataclass(frozen=True, slots=True)
class _Said:
    """A text of the office on an appeal."""

    id: int
    version: int
    ticket_id: int
    said: str


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a file said of an appeal."""

    id: int
    version: int
    values_json: str


@dataclass(frozen=True, slots=True)
class _Undoable:
    """An act that could be taken back, or once could."""

    id: int
    old: bool
    subjects: str


_PERSONAL = Query(
    _Personal,
    """
SELECT t.id, t.version, t.nature, t.title, t.object, t.grid, t.area,
       p.reporter, p.phone, p.address, p.id_number, t.confidential
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN (:ids)
""",
)
_REMEMBERED = Query(
    _Remembered, "SELECT id, version, values_json FROM import_row WHERE ticket_id IN (:ids)"
)
_UNDO = Query(
    _Undoable, "SELECT id, recorded_at < :since AS old, subjects FROM undo_entry ORDER BY id"
)


def _own(table: str, column: str) -> str:
    """Return the text for a column of a table that names the ticket."""
    return (
        f"SELECT q.id, q.version, q.ticket_id, q.{column} AS said FROM {table} q "
        f"WHERE q.ticket_id IN (:ids) AND q.{column} IS NOT NULL ORDER BY q.id"
    )


def _by(table: str, column: str, link: str) -> str:
    """Return the text for a column of a table that is linked to the ticket."""
    return (
        f"SELECT q.id, q.version, x.ticket_id, q.{column} AS said FROM {table} q JOIN {link} "
        f"WHERE x.ticket_id IN (:ids) AND q.{column} IS NOT NULL ORDER BY q.id"
    )


_ROUND, _CLOCK = "round x ON x.id = q.round_id", "deadline x ON x.id = q.deadline_id"
_PROMISED = "pledge x ON x.id = q.pledge_id"
_REMINDED, _ON_PAPER = (
    "reminder_ticket x ON x.reminder_id = q.id",
    "order_ticket x ON x.order_id = q.id",
)

REWORDED: tuple[tuple[Model, str, Query[_Said]], ...] = (
    (Reply, "judged_reason", Query(_Said, _by("reply", "judged_reason", _ROUND))),
    (ReturnRequest, "reason", Query(_Said, _by("return_request", "reason", _ROUND))),
    (Extension, "reason", Query(_Said, _by("extension", "reason", _CLOCK))),
    (Review, "reason", Query(_Said, _own("review", "reason"))),
    *(
        (Exclusion, column, Query(_Said, _own("exclusion", column)))
        for column in ("reason", "evidence", "decision")
    ),
    (Accused, "words", Query(_Said, _own("accused", "words"))),
    (Merged, "left_reason", Query(_Said, _own("merged", "left_reason"))),
    (Merged, "objection", Query(_Said, _own("merged", "objection"))),
    (Attachment, "removed_reason", Query(_Said, _own("attachment", "removed_reason"))),
    (Instruction, "content", Query(_Said, _own("instruction", "content"))),
    *(
        (Pledge, column, Query(_Said, _own("pledge", column)))
        for column in ("text", "verdict_words", "evidence", "void_reason")
    ),
    (PledgeExtension, "reason", Query(_Said, _by("pledge_extension", "reason", _PROMISED))),
    (Objection, "reason", Query(_Said, _own("objection", "reason"))),
    (Objection, "raised_by", Query(_Said, _own("objection", "raised_by"))),
    (Objection, "decision", Query(_Said, _own("objection", "decision"))),
    (UnitReport, "evidence", Query(_Said, _own("unit_report", "evidence"))),
    (UnitReport, "decision", Query(_Said, _own("unit_report", "decision"))),
    (Flag, "evidence", Query(_Said, _own("flag", "evidence"))),
    *(
        (Letter, column, Query(_Said, _own("letter", column)))
        for column in ("title", "words", "answer", "void_reason")
    ),
    (Reminder, "text", Query(_Said, _by("reminder", "text", _REMINDED))),
    (Reminder, "promised", Query(_Said, _by("reminder", "promised", _REMINDED))),
    *(
        (SupervisionOrder, column, Query(_Said, _by("supervision_order", column, _ON_PAPER)))
        for column in ("title", "cause", "demands", "details", "feedback", "void_reason")
    ),
)
"""Texts of the office, from which the citizen goes; the papers are drafts that were given up."""

PAUSES = (
    Query(_Said, _by("pause", "reason", _CLOCK)),
    Query(_Said, _by("pause", "approval", _CLOCK)),
)

_OF_TICKETS = "ticket_id IN (:ids)"
_OF_ROUNDS = f"round_id IN (SELECT id FROM round WHERE {_OF_TICKETS})"

WORDS: tuple[tuple[Model, str, str], ...] = (
    (Round, "reply = :gone", f"reply IS NOT NULL AND {_OF_TICKETS}"),
    (Reply, "text = :gone, text_key = ''", _OF_ROUNDS),
    (Note, "text = :gone", _OF_TICKETS),
    (
        Attachment,
        "place = :gone, sha256 = NULL, size = NULL, removed_at = coalesce(removed_at, :now)",
        _OF_TICKETS,
    ),
    (Callback, "said = NULL, note = NULL, recording = NULL", _OF_ROUNDS),
    (
        UnitReport,
        "text = NULL, text_key = NULL, "
        "taken = CASE WHEN decided_at IS NULL THEN 'dropped' ELSE taken END, "
        "decided_at = coalesce(decided_at, :now)",
        _OF_TICKETS,
    ),
    (
        Conflict,
        "ours = NULL, theirs = NULL, "
        "kept = CASE WHEN decided_at IS NULL THEN :kept ELSE kept END, "
        "decided_at = coalesce(decided_at, :now)",
        _OF_TICKETS,
    ),
)
"""What goes whole, table by table; a difference that nobody decided has no object any more."""


def forget(work: Work, appeals: Sequence[Closed]) -> dict[str, int]:
    """Erase the personal data of appeals; return how many rows of each kind there were.

    ``LostRace`` if one of them changes meanwhile.
    """
    if work.sqlite:
        work.conn.execute(text("PRAGMA secure_delete = ON"))  # freed pages are written over
    seen = {one.id: one.version for one in appeals}
    counts: dict[str, int] = {}
    ids = list(seen)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        found = {one.id: one for one in work.read(_PERSONAL, ids=some)}
        _count(counts, "person", sum(1 for one in found.values() if one.known))
        _count(counts, "text", _reword(work, some, found))
        _count(counts, "import_row", _forget_files(work, some))
        rows = [_emptied(work, one, seen[one.id]) for one in found.values()]
        work.update_many(Ticket, ("title", "content", "object", "grid", "area", "erased_at"), rows)
        said = {"ids": some, "gone": GONE, "kept": True, "now": work.now}
        for model, sets, where in WORDS:
            work.change_where(model, f"{sets}, version = version + 1", where, **said)
        work.delete_where(Person, _OF_TICKETS, ids=some)
    _count(counts, "undo_entry", _forget_acts(work, set(ids)))
    if work.sqlite:
        work.conn.exec_driver_sql(FORGET_PAIRS)
    return counts


def _emptied(work: Work, one: _Personal, seen: int) -> tuple[Any, ...]:
    """Return the row that remains of an appeal; a grid that is no code is a place in words."""
    code = one.grid is not None and one.grid.isdecimal()
    place = (one.grid, one.area) if code else (None, None)
    thing = one.object and one.without(one.object)
    return (one.id, seen, one.new_title, GONE, thing, *place, work.now)


def _reword(work: Work, ids: list[int], found: dict[int, _Personal]) -> int:
    changed = 0
    for model, column, query in REWORDED:
        rows = _reworded(work, query, ids, found)
        work.update_many(model, (column,), rows)
        changed += len(rows)
    for query, reword in zip(PAUSES, ("reason", "approval"), strict=True):
        rows = _reworded(work, query, ids, found)
        reword_pauses(work, reword, rows)
        changed += len(rows)
    return changed


def _reworded(
    work: Work, query: Query[_Said], ids: list[int], found: dict[int, _Personal]
) -> list[tuple[int, int, str]]:
    """Return the texts that change; one that tells of several appeals loses all of them."""
    told: dict[int, _Said] = {}
    texts: dict[int, str] = {}
    for one in work.read(query, ids=ids):
        told[one.id] = one
        texts[one.id] = found[one.ticket_id].without(texts.get(one.id, one.said))
    return [(id, one.version, texts[id]) for id, one in told.items() if texts[id] != one.said]


def _forget_files(work: Work, ids: list[int]) -> int:
    rows = [
        (one.id, one.version, *without_personal(one.values_json))
        for one in work.read(_REMEMBERED, ids=ids)
    ]
    work.update_many(ImportRow, ("digest", "values_json"), rows)
    return len(rows)


def _forget_acts(work: Work, ids: set[int]) -> int:
    """Forget the acts on these appeals, whose images hold what was, and all that are too old."""
    gone = [
        one.id
        for one in work.read(_UNDO, since=work.now - WITHIN)
        if one.old or any(kind == "ticket" and id in ids for kind, id in json.loads(one.subjects))
    ]
    each_of(work.conn, "DELETE FROM undo_entry WHERE id IN ({ids})", gone)
    return len(gone)


def _count(counts: dict[str, int], name: str, more: int) -> None:
    counts[name] = counts.get(name, 0) + more
