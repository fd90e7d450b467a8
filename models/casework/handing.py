"""交办 转派 协办: who answers for an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models import acts
from models.casework.doing import Done, Seen, each

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def dispatch(
    store: Store,
    ticket_ids: Sequence[int],
    unit_id: int,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    routed_by: str | None = None,
    handler: str | None = None,
    co_units: Sequence[int] = (),
    seen: Seen | None = None,
) -> Done:
    """交办 or 转派: hand tickets to a unit; on transfer the running close clock goes along."""

    def hand_on(work: Work, matter: Matter) -> None:
        acts.dispatch(work, matter, unit_id, reason=reason, routed_by=routed_by, handler=handler,
                      co_units=co_units)  # fmt: skip

    return each(store, ticket_ids, _verb, hand_on, at=at, seen=seen)


def join(
    store: Store,
    ticket_ids: Sequence[int],
    unit_id: int,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """增加协办: let another unit help, on a clock one working day shorter than the lead's."""

    def add(work: Work, matter: Matter) -> None:
        acts.join(work, matter, unit_id)

    return each(store, ticket_ids, "join", add, at=at, seen=seen)


def _verb(matter: Matter) -> str:
    return "dispatch" if matter.state == "waiting" else "transfer"
