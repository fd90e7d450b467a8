"""Seals: for each subject one sum over the digests of its rows, so that an edit of a row is found.

A row's digest is keyed BLAKE2b, 512 bits, over the table's name and the row's cells in the order of
the table's columns; a seal is the sum of the digests modulo 2**512. Whoever changes a row takes
its digest as it was from the sum and adds it as it is: no other row is read. Left out are
versions, ids that nothing refers to, what the sweep keeps up by itself, and the absent cells at the
end of a row: a column added later, at the end, changes no seal of rows that have none.

What the sum cannot prove stands in docs/trust.md.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import b2a_base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Date, LargeBinary, Table
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

FORM = 2
"""The form of an event that can carry a seal; the first build's events are form 1."""

MODULUS = 1 << 512

SubjectKey = tuple[str, int]

DigestOf = Callable[[Sequence[Any]], int]


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose seal covers the rows of a table: the ``kind`` of subject and the column of its id.

    ``through`` names the table that the column points to where that row in turn belongs to the
    subject; ``other`` is where a row belongs whose own column is empty.
    """

    kind: str
    column: str
    through: str | None = None
    other: Belongs | None = None


_ROUND = Belongs("ticket", "round_id", "round")
_CLOCK = Belongs("ticket", "deadline_id", "deadline")
_TICKET = Belongs("ticket", "ticket_id")
_STORE = Belongs("store", "")

SEALED: dict[str, Belongs] = {
    "ticket": Belongs("ticket", "id"),
    "person": _TICKET,
    "round": _TICKET,
    "round_unit": _ROUND,
    "deadline": Belongs("ticket", "ticket_id", other=Belongs("", "subject_id")),
    "pause": _CLOCK,
    "extension": _CLOCK,
    "limit_change": _ROUND,
    "return_request": _ROUND,
    "reply": _ROUND,
    "rating": _ROUND,
    "callback": _ROUND,
    "review": _TICKET,
    "call": _TICKET,
    "exclusion": _TICKET,
    "merged": _TICKET,
    "accused": _TICKET,
    "attachment": _TICKET,
    "note": _TICKET,
    "conflict": _TICKET,
    "unit_report": _TICKET,
    "reminder_ticket": _TICKET,
    "retention_hold": _TICKET,
    "instruction": Belongs("ticket", "ticket_id", other=Belongs("instruction", "id")),
    "reminder": Belongs("reminder", "id"),
    "supervision_order": Belongs("order", "id"),
    "order_ticket": Belongs("order", "order_id"),
    "paper": Belongs("", "subject_id"),
    "letter": Belongs("letter", "id"),
    "circulation": Belongs("", "subject_id"),
    "paper_template": Belongs("template", "id"),
    "edition": Belongs("edition", "id"),
    "edition_row": Belongs("edition", "edition_id"),
    "bulletin_remark": Belongs("remark", "id"),
    "objection": Belongs("objection", "id"),
    "flag": Belongs("flag", "id"),
    "dispatch_line": Belongs("line", "number"),
    "line_use": _TICKET,
    "dispute": _TICKET,
    "dispute_opinion": _TICKET,
    "dispatch_measure": Belongs("measure", "id"),
    "dispatch_look": _TICKET,
    "problem": Belongs("problem", "id"),
    "problem_ticket": Belongs("problem", "problem_id"),
    "entity": Belongs("entity", "id"),
    "entity_name": Belongs("entity", "entity_id"),
    "entity_decision": Belongs("decision", "id"),
    "alias_suggestion": Belongs("alias", "id"),
    "report": Belongs("report", "id"),
    "report_ticket": Belongs("report", "report_id"),
    "report_sending": Belongs("report", "report_id"),
    "report_answer": Belongs("report", "report_id"),
    "campaign": Belongs("campaign", "id"),
    "campaign_task": Belongs("campaign_task", "id"),
    "campaign_progress": Belongs("campaign_task", "task_id"),
    "campaign_session": Belongs("campaign", "campaign_id"),
    "campaign_answer": Belongs("campaign", "campaign_id"),
    "campaign_extension": Belongs("campaign", "campaign_id"),
    "emergency": Belongs("emergency", "id"),
    "emergency_ticket": _TICKET,
    "reception": Belongs("reception", "id"),
    "reception_unit": Belongs("reception", "reception_id"),
    "meeting": Belongs("reception", "reception_id"),
    "pledge": Belongs("pledge", "id"),
    "pledge_extension": Belongs("pledge", "pledge_id"),
    "cell_matter": Belongs("cell_matter", "id"),
    "opinion_topic": Belongs("opinion_topic", "id"),
    "opinion": Belongs("opinion_topic", "topic_id"),
    "police_group": Belongs("police_group", "id"),
    "group_message": Belongs("group_message", "id"),
    "visit": Belongs("visit", "id"),
    "visit_appeal": Belongs("visit", "visit_id"),
    "visit_task": Belongs("visit_task", "id"),
    "council": Belongs("council", "id"),
    "council_unit": Belongs("council", "council_id"),
    "council_ticket": Belongs("council", "council_id"),
    "act_first": _TICKET,
    "suspended_account": _TICKET,
    "duty": Belongs("duty", "id"),
    "import_profile": Belongs("profile", "id"),
    "erasure": Belongs("erasure", "id"),
    "erasure_ticket": Belongs("erasure", "erasure_id"),
    "unit": Belongs("unit", "id"),
    "unit_alias": Belongs("unit", "unit_id"),
    "operator": Belongs("operator", "id"),
    "role": Belongs("operator", "operator_id"),
    "operator_unit": Belongs("operator", "operator_id"),
    "policy": Belongs("policy", "version"),
    "calendar": Belongs("calendar", "version"),
    "crossing": Belongs("sweep", ""),
    "setting": _STORE,
    "unit_group": _STORE,
    "grid": _STORE,
    "grid_past": _STORE,
    "grid_move": _STORE,
    "channel": _STORE,
    "category": _STORE,
}
"""Every table whose rows a seal covers; a kind of "" stands in the row's own ``subject_kind``."""

KEPT_BY_ITSELF = frozenset({"counter", "event", "trail_head"})
"""What verify compares by itself: numbers given, the chain, its head."""

BOOKKEEPING = frozenset(
    {
        "lease",
        "review_lease",
        "undo_entry",
        "saved_view",
        "operator_visit",
        "import_batch",
        "import_row",
        "link_key",
        "appeal_key",
        "firm_name",
        "firm_appeal",
        "link_mark",
        "problem_key",
    }
)
"""What proves nothing of a matter: leases, undo, views, visits, the memory of files and words."""

RECKONED = frozenset({"queue_count"})
"""Tables that follow from the others: verify reckons them anew, a restore fills them."""

DERIVED: dict[str, frozenset[str]] = {
    "deadline": frozenset({"next_at", "worst_colour", "grid", "channel", "urgency"}),
    "ticket": frozenset({"worst_colour"}),
    "round": frozenset({"grid"}),
}
"""Columns that the sweep keeps up without a word on the matter, or that repeat the ticket's."""

_SUBJECTS_OF_CLOCKS = frozenset(
    {"supervision_order", "review", "instruction", "pledge", "cell_matter", "group_message"}
) | {"visit_task", "suspended_account", "meeting", "duty"}


@cache
def sealed_columns(t: Table) -> tuple[str, ...]:
    """Return the columns of a table that a digest covers, in the order of the table."""
    left_out = set(DERIVED.get(t.name, ()))
    if "version" in t.c and not t.c.version.primary_key:
        left_out.add("version")
    if not _pointed_at(t):
        left_out.add("id")
    return tuple(c.name for c in t.columns if c.name not in left_out)


def _pointed_at(t: Table) -> bool:
    if t.name in _SUBJECTS_OF_CLOCKS:
        return True
    return any(
        key.column.table.name == t.name
        for other in SQLModel.metadata.tables.values()
        for key in other.foreign_keys
    )


def digest_of(t: Table, key: bytes, given: Sequence[str]) -> DigestOf:
    """Return what makes the digest of a row whose cells stand in the order of ``given``.

    A column that is not given is absent. Cells may come as either driver gives them.
    """
    cells_of = covered(t, tuple(given))
    start = keyed(t, key)

    def digest(row: Sequence[Any]) -> int:
        mine = start.copy()
        mine.update(ascii(without_end(cells_of(row))).encode())
        return int.from_bytes(mine.digest(), "little")

    return digest


def picker(t: Table, given: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what takes the covered cells out of a new row; what it does not bring is None.

    Truths are truths in it, instants are SQLite's texts.
    """
    names, end = sealed_columns(t), len(given)
    pick = itemgetter(*(given.index(n) if n in given else end for n in names))
    if set(names) <= set(given):
        return pick
    return lambda row: pick((*row, None))


KEY_CHANGED = (
    "库的封记密钥（设置 seal_key）被改动，各行无从核对：请立即报告管理员，用最近的备份恢复"
)


def usable(key: str) -> bool:
    """Whether a key of the settings can be one: a hash takes no longer one."""
    return len(key.encode()) <= blake2b.MAX_KEY_SIZE


def keyed(t: Table, key: bytes) -> blake2b:
    """Return the hash with which the digest of every row of a table begins."""
    start = blake2b(key=key)
    start.update(t.name.encode() + b"\0")
    return start


def without_end(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return cells up to the last that is not absent."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


@cache
def covered(
    t: Table, given: tuple[str, ...], *, kept: bool = False
) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what takes the covered cells out of a row, the same on both engines.

    ``kept``: instants and dates in it are texts already, as SQLite keeps them.
    """
    place = {name: i for i, name in enumerate(given)}
    parts = []
    for name in sealed_columns(t):
        kind = t.c[name].type
        if name not in place:
            parts.append("None")
            continue
        cell = f"c[{place[name]}]"
        if isinstance(kind, Boolean):
            parts.append(f"truth[{cell}]")
        elif isinstance(kind, LargeBinary):
            parts.append(f"content({cell})")
        elif isinstance(kind, UTCDateTime | Date) and not kept:
            parts.append(f"moment({cell})")
        else:
            parts.append(cell)
    known = {"truth": _TRUTH, "content": _content, "moment": _moment}
    # written out once for each table: an import takes every row through it
    made: Callable[[Sequence[Any]], tuple[Any, ...]] = eval(
        f"lambda c: ({', '.join(parts)},)", known
    )
    return made


class _Truths(dict[Any, Any]):
    """Truths, as SQLite keeps them too; what is none stays as it is and gives another digest."""

    def __missing__(self, told: Any) -> Any:
        return told


_TRUTH = _Truths({None: None, 0: False, 1: True})


def _moment(value: Any) -> str | None:
    """Return an instant or a date as SQLite keeps it."""
    if isinstance(value, datetime):
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.isoformat(" ", "microseconds")[:26]
    return value.isoformat() if isinstance(value, date) else value


def _content(value: Any) -> Any:
    """Return the digest of what a paper holds; a text in its place is no content."""
    return blake2b(value).hexdigest() if isinstance(value, bytes | memoryview) else value


def written(seal: int) -> str:
    """Return a seal as events carry it."""
    return b2a_base64((seal % MODULUS).to_bytes(64, "little"), newline=False).decode("ascii")


def read_seal(told: str) -> int:
    """Return the number of a written seal; ``ValueError`` for what is none."""
    return int.from_bytes(b64decode(told, validate=True), "little")


def subject_of(belongs: Belongs, row: Mapping[str, Any]) -> SubjectKey:
    """Return the subject, or the row on the way to it, of a row with these columns."""
    if belongs.column == "":
        return belongs.kind, 0
    id = row[belongs.column]
    if id is None and belongs.other is not None:
        return subject_of(belongs.other, row)
    return belongs.through or belongs.kind or row["subject_kind"], int(id)
