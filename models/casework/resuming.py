"""Pauses whose time is up: the clock runs again from that instant, or the centre is asked.

Nothing depends on when the sweep comes by: a clock that runs again by itself does so from the
instant at which its time was up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework.accounts import TERM_UP, end_account
from models.casework.doing import finish, tell
from models.casework.extending import resume
from models.clocks import load_clocks, mark_over
from models.matter import load_matters
from models.store import Query, retried

if TYPE_CHECKING:
    from models.store import Store

UP = "挂起期满，自动恢复"

CHUNK = 500
"""How many matters one transaction takes."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How many matters run again because the time of their pause is up, and how many wait."""

    resumed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Up:
    """A pause whose time is up."""

    id: int
    version: int
    ticket_id: int
    until_at: datetime
    by_itself: bool
    account_id: int | None


_UP = Query(
    _Up,
    """
SELECT p.id, p.version, d.ticket_id, p.until_at, p.by_itself, p.account_id
FROM pause p JOIN deadline d ON d.id = p.deadline_id JOIN ticket t ON t.id = d.ticket_id
WHERE p.until_at <= :now AND p.to_at IS NULL AND p.until_at IS NOT NULL AND p.over_at IS NULL
  AND d.step = 'close' AND d.stopped_at IS NULL AND t.merged_into IS NULL
ORDER BY p.until_at, p.id LIMIT :chunk
""",
)


def end_pauses_up(store: Store, *, chunk: int = CHUNK) -> Ended:
    """End the pauses whose time is up, as the policy wants it; a second call finds none left."""
    resumed = waiting = 0
    while (some := _end_some(store, chunk)) != Ended():
        resumed, waiting = resumed + some.resumed, waiting + some.waiting
    return Ended(resumed, waiting)


@retried
def _end_some(store: Store, chunk: int) -> Ended:
    with store.reading() as reader:
        if not reader.read(_UP, now=store.now(), chunk=1):
            return Ended()
    with store.writing() as work:
        found = work.read(_UP, now=work.at, chunk=chunk)
        matters = load_matters(work, [one.ticket_id for one in found])
        load_clocks(work, matters)
        for one, matter in zip(found, matters, strict=True):
            work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
            if one.account_id is not None:
                finish(work, matter, end_account(work, matter, reason=TERM_UP, at=one.until_at))
            elif one.by_itself:
                finish(work, matter, resume(work, matter, reason=UP, at=one.until_at))
            else:
                mark_over(work, one.id, one.version, one.until_at)
                tell(work, matter, "pause_up", at=one.until_at)
        ended = sum(one.by_itself for one in found)
    return Ended(ended, len(found) - ended)
