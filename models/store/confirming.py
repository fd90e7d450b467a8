"""duban store clock: the system's clock beside the trail, and an administrator's word for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store.present import BEHIND
from models.store.retrying import retried
from models.store.rows import Query
from models.store.trail import iso

if TYPE_CHECKING:
    from models.store.store import Store


@dataclass(frozen=True, slots=True)
class ClockState:
    """The system's clock beside the newest event, None where there is none."""

    system: datetime
    newest: datetime | None

    @property
    def ok(self) -> bool:
        """Whether writing goes on."""
        return self.newest is None or self.system >= self.newest - BEHIND


@dataclass(frozen=True, slots=True)
class _Newest:
    """When the newest event was recorded."""

    recorded_at: datetime


_NEWEST = Query(_Newest, "SELECT recorded_at FROM event WHERE seq = (SELECT count FROM trail_head)")


def clock_state(store: Store) -> ClockState:
    """Return the clocks side by side."""
    with store.reading() as reader:
        found = reader.first(_NEWEST)
    return ClockState(store.system_now(), found.recorded_at if found else None)


@retried
def confirm_clock(store: Store, reason: str | None = None) -> ClockState:
    """Let the trail go on from what the system's clock shows now; for an administrator.

    The event is the newest from then on, so that whoever writes next is compared with it; a
    process whose clock was set while it ran finds the event and goes on, too.
    """
    with store.writing(any_clock=True) as work:
        work.require(verb="store.clock")
        found = work.first(_NEWEST)
        newest = found.recorded_at if found else None
        told = {"system": iso(work.now), "newest": iso(newest) if newest else None}
        work.event("store.clock", "store", None, reason=reason, payload=told)
    return ClockState(work.now, newest)
