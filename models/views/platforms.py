"""What other platforms tell of the matter of a ticket. No ORM is imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.store import Query


@dataclass(frozen=True, slots=True)
class SameView:
    """The same matter as another platform told it; ``counts``: where both are counted."""

    id: int
    number: str
    channel: str
    counts: bool

    @property
    def words(self) -> str:
        """What is said of it, in Chinese."""
        told = f"{self.channel} {self.number}"
        return f"与{told}是同一诉求，计在该件" if self.counts else f"{told}是同一诉求，不另计"


SAME = Query(
    SameView,
    """
SELECT s.id, s.number, s.channel, false AS counts FROM ticket s
WHERE s.parent_id = :id AND s.state = 'analysis'
UNION ALL
SELECT s.id, s.number, s.channel, true FROM ticket t JOIN ticket s ON s.id = t.parent_id
WHERE t.id = :id AND t.state = 'analysis'
""",
)
"""The tickets that tell the same as one: those counted with it, or the one it counts with."""


def holder_named(unit_text: str, analysis: bool) -> str:
    """Return who has an appeal that no unit of ours has, as its source names it."""
    if analysis:
        return unit_text or "来源方"
    return f"{unit_text}（未识别的单位）" if unit_text else "待派"


def told_elsewhere(analysis: bool, same: Iterable[SameView]) -> tuple[str, ...]:
    """Return what is to be said of an appeal that others answer, or tell too."""
    aside = "仅供分析：由来源方办理，不设时限、不派单、不评价、不排名"
    return (*((aside,) if analysis else ()), *(one.words for one in same))
