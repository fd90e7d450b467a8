"""延期: asked for before expiry, decided by the centre in an act of its own.

The clock runs on while a request is undecided. A grant counts from the due instant and annuls what
was crossed since the request; a refusal does neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.casework.doing import tell
from models.clocks import EXTENDED, clocks_of_matter, settle
from models.matter import Matter
from models.store import Query, Work
from models.tables import Extension
from rules.clocks import Remade
from rules.errors import Refused


def ask_extension(work: Work, matter: Matter, *, limit_text: str, reason: str) -> Matter:
    """申请延期: the unit asks for more time, at the latest when the clock is due."""
    close = clocks_of_matter(work, matter).one("close")
    if close is None:
        raise Refused("没有办结时限可延：请核对规则")
    work.insert(
        Extension,
        deadline_id=close.id,
        asked_at=work.at,
        limit_text=limit_text,
        reason=reason,
        due_before=close.due_at,
    )
    tell(work, matter, "ask_extension", reason=reason, payload={"limit": limit_text})
    return matter


def grant_extension(work: Work, matter: Matter) -> Matter:
    """同意延期: the due instant moves, of co-units too; the original stays on record."""
    asked = _asked(work, matter)
    clocks = clocks_of_matter(work, matter)
    close = clocks.one("close")
    if close is None:
        raise Refused("没有办结时限可延：请核对规则")
    keeper = clocks.keeper_of(close)
    longer = keeper.extended(close.clock, asked.limit_text, matter.tags)
    _decide(work, asked, granted=True, due_before=close.due_at, due_after=longer.due_at)
    moved = Remade(longer, close.original_due_at)
    clocks.remake(close, moved, asked.asked_at, EXTENDED, noted=True)
    tell(work, matter, "grant_extension", payload={"limit": asked.limit_text})
    return settle(work, matter, since=asked.asked_at)


def refuse_extension(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意延期: the clock stays as it is, with all it crossed."""
    _decide(work, _asked(work, matter), granted=False)
    tell(work, matter, "refuse_extension", reason=reason)
    return matter


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that nobody has decided."""

    id: int
    version: int
    asked_at: datetime
    limit_text: str


_ASKED = Query(
    _Asked,
    """
SELECT e.id, e.version, e.asked_at, e.limit_text
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE d.round_id = :round AND e.decided_at IS NULL
""",
)


def _asked(work: Work, matter: Matter) -> _Asked:
    """Return the undecided request; a decision never comes before it."""
    asked = work.read(_ASKED, round=matter.round_id)[0]
    if work.at < asked.asked_at:
        raise Refused("批复时间早于申请时间：请核对时间")
    return asked


def _decide(work: Work, asked: _Asked, **columns: Any) -> None:
    work.update(
        Extension,
        asked.id,
        asked.version,
        decided_at=work.at,
        decided_by=work.operator.id,
        **columns,
    )
