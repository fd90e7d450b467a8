"""What rose in a week, found by 民情 and handed to its bulletin: rooms below do not know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import insight

if TYPE_CHECKING:
    from models.store import Store
    from rules.ranking import Period, Risen


def risen_in(store: Store, period: Period) -> tuple[Risen, ...] | None:
    """Return what was found in a week, most important first, masked; None for another period."""
    if period.kind != "week":
        return None
    with store.reading() as reader:
        return insight.risen_between(reader, store, period.from_at, period.to_at)
