"""数据冲突: a file says one thing, an operator has set another; keep ours or take theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models import acts
from models.bureau import UnitBook
from models.intake.remembered import INSTANTS, PERSONAL, WHOLE_DAY
from models.matter import Matter, load_matter
from models.store import Journal
from models.tables import Conflict
from models.views import COLUMN_NAMES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


_ROUND = {"handler": "first_handler", "reply": "reply", "outcome": "outcome"}


_RATED = ("result_rating", "work_rating")


def keep_ours(store: Store, conflict_ids: Sequence[int]) -> int:
    """保留: what the operator set stands; return how many were decided."""
    return _each(store, conflict_ids, "keep", lambda *_: None)


def take_theirs(store: Store, conflict_ids: Sequence[int]) -> int:
    """采用: what the file says is set, by the same verbs as an import; return how many."""
    return _each(store, conflict_ids, "take", _apply)


def _each(
    store: Store,
    conflict_ids: Sequence[int],
    verb: str,
    change: Callable[[Work, Matter, str, str], object],
) -> int:
    with store.writing(journal=Journal(verb)) as work:
        work.require("supervisor")
        for id in sorted(set(conflict_ids)):
            found = work.rows(_CONFLICT, id=id)
            if not found or found[0][4] is not None:
                raise Refused("这处冲突已有人处理：请刷新后再看")
            version, ticket_id, column, theirs, _ = found[0]
            change(work, load_matter(work.rows, ticket_id), column, theirs)
            work.update(Conflict, id, version, decided_at=work.now, kept=verb == "keep")
            work.event(f"ticket.{verb}", "ticket", ticket_id, payload={"column": column})
    return len(set(conflict_ids))


def _apply(work: Work, matter: Matter, column: str, theirs: str | None) -> None:
    """Set one column as the file has it."""
    name = COLUMN_NAMES.get(column, column)
    if theirs is None or column in PERSONAL:
        raise Refused(f"{name}属个人信息，库中没有留存来件的值：请核对原件，或保留本库的值")
    if column in ("unit", "co_units"):
        _hand_over(work, matter, theirs)
    elif column == "due_at":
        acts.amend(work, matter, ticket={"due_fixed_at": _instant(theirs)})
    elif column in ("received_at", "rated_at") or column not in INSTANTS:
        _amend(work, matter, column, theirs)
    else:
        _correct(work, matter, column, _instant(theirs))


def _amend(work: Work, matter: Matter, column: str, theirs: str) -> None:
    if column in _RATED:
        result = theirs if column == "result_rating" else None
        acts.rate(work, matter, result, None if result else theirs, means="import")
    elif column in _ROUND:
        acts.amend(work, matter, round_={_ROUND[column]: theirs})
    elif column == "rated_at":
        acts.amend(work, matter, round_={"rated_at": _instant(theirs)})
    else:
        acts.amend(work, matter, ticket={column: _value(column, theirs)})


def _correct(work: Work, matter: Matter, column: str, when: datetime) -> None:
    """Set the time of an act; one that had not been recorded is recorded now."""
    if column == "replied_at" and matter.replied_at is None:
        acts.reply(work, matter, None, at=when)
    elif column == "closed_at" and matter.closed_at is None:
        acts.close(work, matter, at=when)
    else:
        acts.correct(work, matter, **{column: when})


def _hand_over(work: Work, matter: Matter, word: str) -> None:

    found = UnitBook(work.rows).find(word, work.timekeeper().local(work.now).date())
    if found is None:
        raise Refused(f"不认识的承办单位“{word}”：请保留本库的单位，或先在单位名录中加别名")
    acts.dispatch(work, matter, found)


def _value(column: str, text: str) -> Any:
    return text == "1" if column == "confidential" else text


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text.removesuffix(WHOLE_DAY))
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


_CONFLICT = """
SELECT version, ticket_id, "column", theirs, decided_at FROM conflict WHERE id = :id
"""
