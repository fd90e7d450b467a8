"""After 办结: the citizen rates, the centre opens again or has it done again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models import acts
from models.casework.doing import Done, each
from models.casework.wording import written

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def rate(
    store: Store,
    ticket_ids: Sequence[int],
    result: str | None,
    how: str | None,
    *,
    at: datetime | None = None,
) -> Done:
    """评价: the citizen's word on the outcome (``result``) and on the unit's work (``how``)."""

    def give(work: Work, matter: Matter) -> None:
        acts.rate(work, matter, result, how)

    return each(store, ticket_ids, "rate", give, at=at)


def reopen(
    store: Store, ticket_ids: Sequence[int], reason: str, *, at: datetime | None = None
) -> Done:
    """重新打开: closed by mistake; the round goes on with its unit, no time given back."""
    why = written(reason, "理由")

    def open_(work: Work, matter: Matter) -> None:
        acts.reopen(work, matter, why)

    return each(store, ticket_ids, "reopen", open_, at=at)


def rework(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    unit_id: int | None = None,
    limit_text: str | None = None,
    at: datetime | None = None,
) -> Done:
    """重办: a new round with its own limit, the policy's unless ``limit_text`` is given."""
    why = written(reason, "重办理由")

    def again(work: Work, matter: Matter) -> None:
        acts.rework(work, matter, unit_id=unit_id, limit_text=limit_text, reason=why)

    return each(store, ticket_ids, "rework", again, at=at)
