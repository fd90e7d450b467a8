"""What rose in a week, found by 民情 and handed to its bulletin: rooms below do not know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import insight
from rules.insight import SIGNS
from rules.ranking import Risen
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Store
    from rules.ranking import Period


def risen_in(store: Store, period: Period) -> tuple[Risen, ...] | None:
    """Return what was found in a week, most important first, masked; None for another period."""
    if period.kind != "week":
        return None
    with store.reading() as reader:
        found = insight.insight_of(reader, store, period.from_at, period.to_at)
    return tuple(
        Risen(
            MASKED.text(one.name),
            tuple(SIGNS[sign] for sign in one.signs),
            one.count,
            one.reporters,
            one.known_on,
        )
        for one in found.findings
    )
