"""What rose in some days, as the papers of rooms above and beside tell it: masked, in short."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.insight.insight import insight_of
from rules.insight import SIGNS, Sign
from rules.ranking import Risen
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Reader, Store

ANY: frozenset[Sign] = frozenset(SIGNS)


def risen_between(
    reader: Reader,
    store: Store,
    from_at: datetime,
    to_at: datetime,
    signs: frozenset[Sign] = ANY,
) -> tuple[Risen, ...]:
    """Return what is found between two instants with one of ``signs``, most important first."""
    return tuple(
        Risen(
            MASKED.text(one.name),
            tuple(SIGNS[sign] for sign in one.signs),
            one.count,
            one.reporters,
            one.known_on,
        )
        for one in insight_of(reader, store, from_at, to_at).findings
        if signs & set(one.signs)
    )
