"""数据冲突: a file says one thing, an operator has set another; keep ours or take theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.bureau import UnitDirectory
from models.casework import (
    Known,
    Seen,
    amend,
    correct,
    finish,
    help_with,
    rate,
    require_unmoved,
    tell_by_file,
)
from models.clocks import settle
from models.intake.remembered import INSTANTS, PERSONAL, WHOLE_DAY
from models.matter import Matter, load_matter
from models.store import Journal, Query, retried
from models.tables import Conflict
from rules.casework import COLUMN_NAMES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


_ROUND = {"handler": "first_handler", "reply": "reply", "outcome": "outcome"}


def keep_ours(store: Store, conflict_ids: Sequence[int], *, seen: Seen | None = None) -> int:
    """保留: what the operator set stands; return how many were decided.

    ``LostRace`` if a ticket has moved since it was ``seen``.
    """
    return _each(store, conflict_ids, "keep", _ours, seen)


def take_theirs(store: Store, conflict_ids: Sequence[int], *, seen: Seen | None = None) -> int:
    """采用: what the file says is set, by the same verbs as an import; return how many."""
    return _each(store, conflict_ids, "take", _apply, seen)


@retried
def _each(
    store: Store,
    conflict_ids: Sequence[int],
    verb: str,
    change: Callable[[Work, Matter, str, str | None], Matter],
    seen: Seen | None,
) -> int:
    ids = sorted(set(conflict_ids))
    shown = dict(seen or {})
    with store.writing(journal=Journal(verb)) as work:
        work.require(verb="ticket.keep")
        for id in ids:
            found = work.first(_CONFLICT, id=id)
            if found is None or found.decided_at is not None:
                raise Refused("这处冲突已有人处理：请刷新后再看")
            before = unmoved(work, found.ticket_id, shown)
            after = change(work, before, found.column, found.theirs)
            work.update(Conflict, id, found.version, decided_at=work.now, kept=verb == "keep")
            payload = {"column": found.column}
            work.event(f"ticket.{verb}", "ticket", found.ticket_id, payload=payload)
            finish(work, before, after)
    return len(ids)


def _ours(work: Work, matter: Matter, column: str, theirs: str | None) -> Matter:
    """Leave a column as the operator set it."""
    return matter


def _apply(work: Work, matter: Matter, column: str, theirs: str | None) -> Matter:
    """Set one column as the file has it."""
    name = COLUMN_NAMES.get(column, column)
    if theirs is None or column in PERSONAL:
        raise Refused(f"{name}属个人信息，库中没有留存来件的值：请核对原件，或保留本库的值")
    if column == "unit":
        return _hand_over(work, matter, theirs)
    if column == "co_units":
        return _let_help(work, matter, theirs.split(";"))
    if column == "due_at":
        return amend(work, matter, ticket={"due_fixed_at": _instant(theirs)})
    if column in ("received_at", "rated_at") or column not in INSTANTS:
        return _amend(work, matter, column, theirs)
    return _correct(work, matter, column, _instant(theirs))


def _amend(work: Work, matter: Matter, column: str, theirs: str) -> Matter:
    if column == "result_rating":
        return rate(work, matter, result=theirs, means="import")
    if column == "work_rating":
        return rate(work, matter, work_rating=theirs, means="import")
    if column in _ROUND:
        return amend(work, matter, round_={_ROUND[column]: theirs})
    if column == "rated_at":
        return amend(work, matter, round_={"rated_at": _instant(theirs)})
    return amend(work, matter, ticket={column: _value(column, theirs)})


def _correct(work: Work, matter: Matter, column: str, when: datetime) -> Matter:
    """Set the time of an act; one that had not been recorded is recorded now."""
    if column == "replied_at" and matter.replied_at is None:
        return tell_by_file(work, matter, "reply", when, text=None)
    if column == "closed_at" and matter.closed_at is None:
        return tell_by_file(work, matter, "close", when, silent=True)
    return correct(work, matter, **{column: when})


def _hand_over(work: Work, matter: Matter, word: str) -> Matter:
    return tell_by_file(work, matter, "dispatch", work.at, unit_id=_unit(work, "承办", word))


def _let_help(work: Work, matter: Matter, words: Sequence[str]) -> Matter:
    """Let the units that the file names help, from now or with the dispatch still to come."""
    units = [_unit(work, "协办", word) for word in words]
    joined = help_with(work, matter, units, None if matter.state == "waiting" else work.at)
    return settle(work, matter) if joined else matter


def _unit(work: Work, part: str, word: str) -> int:
    found = UnitDirectory(work).find(word, work.timekeeper().local(work.now).date())
    if found is None:
        raise Refused(f"不认识的{part}单位“{word}”：请保留本库的单位，或先在单位名录中加别名")
    return found


def put_off(
    work: Work, ticket_id: int, batch_id: int, column: str, ours: str | None, theirs: str | None
) -> None:
    """Keep a difference for the desk; a later file renews the one that waits."""
    waiting = work.first(_WAITING, ticket=ticket_id, column=column)
    values = {"ours": ours, "theirs": theirs, "found_at": work.now, "batch_id": batch_id}
    if waiting is None:
        work.insert(Conflict, ticket_id=ticket_id, column=column, **values)
    else:
        work.update(Conflict, waiting.id, waiting.version, **values)
    work.event("ticket.conflict", "ticket", ticket_id, payload={"column": column})


def _value(column: str, text: str) -> Any:
    return text == "1" if column == "confidential" else text


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text.removesuffix(WHOLE_DAY))
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Found:
    """One difference between a file and the store."""

    version: int
    ticket_id: int
    column: str
    theirs: str | None
    decided_at: datetime | None


_CONFLICT = Query(
    _Found,
    'SELECT version, ticket_id, "column", theirs, decided_at FROM conflict WHERE id = :id',
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A conflict that nobody has decided."""

    id: int
    version: int


_WAITING = Query(
    _Waiting,
    """
SELECT id, version FROM conflict
WHERE ticket_id = :ticket AND "column" = :column AND decided_at IS NULL
""",
)


def unmoved(work: Work, ticket_id: int, shown: dict[int, int]) -> Matter:
    """Load the matter that is decided on as it was ``shown``; ``LostRace`` if it moved since."""
    matter = load_matter(work, ticket_id)
    known = Known(matter.ticket_id, matter.version, matter.number, matter.acts)
    require_unmoved(work, "ticket", known, shown)
    shown.pop(matter.ticket_id, None)  # what this act itself moves may be moved on
    return matter
