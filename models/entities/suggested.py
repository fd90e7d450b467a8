"""Suggestions that two names are one firm's, as they stand in the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.store import Query, Source
from rules.entities import STRONG, Reason
from rules.errors import Refused

STATES = {"open": "待确认", "confirmed": "已确认", "refused": "已否认", "lapsed": "不再成立"}
"""What a suggestion can be, and how people call it."""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Two names that may be one firm's; ``earlier`` and ``later`` are cores, compared.

    ``old_name`` and ``new_name`` are shown; ``weight`` in thousandths; ``known_on`` is the first
    day on which it could be known.
    """

    id: int
    version: int
    earlier: str
    later: str
    old_name: str
    new_name: str
    weight: int
    why: str
    known_on: date
    state: str
    found_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    decided_reason: str | None

    @property
    def label(self) -> str:
        """Its state in words."""
        return STATES[self.state]

    @property
    def strong(self) -> bool:
        """Whether a flag may rest on it before it is confirmed."""
        return self.state == "open" and self.weight >= STRONG

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, the weightiest first."""
        return tuple(Reason(kind, text, weight) for kind, text, weight in json.loads(self.why))

    @property
    def words(self) -> tuple[str, ...]:
        """The reasons as sentences."""
        return tuple(one.text for one in self.reasons)


_SUGGESTIONS = Query(
    SuggestionView,
    """
SELECT s.id, s.version, s.earlier, s.later, coalesce(a.written, s.earlier) AS old_name,
    coalesce(b.written, s.later) AS new_name, s.weight, s.why, s.known_on, s.state, s.found_at,
    s.decided_at, o.name AS decided_by, s.decided_reason
FROM alias_suggestion s LEFT JOIN firm_name a ON a.core = s.earlier
LEFT JOIN firm_name b ON b.core = s.later LEFT JOIN operator o ON o.id = s.decided_by
""",
)

_LISTED = _SUGGESTIONS.also(
    "WHERE s.state IN (:states) ORDER BY s.known_on DESC, s.weight DESC, s.id"
)
_BY_ID = _SUGGESTIONS.also("WHERE s.id = :id")
_AMONG = _SUGGESTIONS.also("WHERE s.earlier IN (:cores) OR s.later IN (:cores) ORDER BY s.id")


def suggestions(source: Source, states: Sequence[str] = ("open",)) -> list[SuggestionView]:
    """Return the suggestions of some states, those known last first."""
    return source.read(_LISTED, states=list(states))


def suggestion_by_id(source: Source, id: int) -> SuggestionView:
    """Return one suggestion; refused where there is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise Refused(f"没有编号为 {id} 的别名建议：请用 duban entity suggest 查看")
    return found


def suggestions_among(source: Source, cores: Sequence[str]) -> list[SuggestionView]:
    """Return every suggestion about one of some names, whatever its state."""
    return source.read(_AMONG, cores=list(cores)) if cores else []
