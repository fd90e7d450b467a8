"""What stands in the groups: messages with their times and clocks, clues by number alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.errors import DubanError
from rules.police import CLUE

MOST = 2000
"""Messages of a list: those that wait, then the newest."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message or clue; instants are aware UTC.

    ``step`` with ``yellow_at``, ``red_at``, ``due_at`` and ``limit_text`` is its clock that turns
    red first, None where none runs.
    """

    id: int
    version: int
    group_id: int
    group: str
    code: str
    station: str | None
    officer: str
    leader: str | None
    unit_id: int | None
    kind: str
    at: datetime
    recorded_at: datetime
    text: str
    wants_visit: bool
    answered_at: datetime | None
    arrived_at: datetime | None
    told_at: datetime | None
    clue_number: str | None
    clue_receipt: str | None
    ticket_id: int | None
    ticket: str | None
    external_id: str | None
    step: str | None
    limit_text: str | None
    yellow_at: datetime | None
    red_at: datetime | None
    due_at: datetime | None

    @property
    def state(self) -> str:
        """How it stands in a word."""
        if self.kind == CLUE:
            return "线索已受理" if self.clue_receipt else "线索待回执"
        if self.answered_at is None:
            return "待应答"
        if self.wants_visit and self.arrived_at is None and self.told_at is None:
            return "待到场"
        if self.told_at is None:
            return "待反馈"
        return "已转诉求" if self.ticket_id is not None else "已反馈"

    @property
    def waits(self) -> bool:
        """Whether something of it is still to be done."""
        return self.state.startswith("待") or self.state == "线索待回执"


_SELECT = """
SELECT m.id, m.version, m.group_id, p.name AS "group", p.code, p.station, p.officer, p.leader,
       p.unit_id, m.kind, m.at, m.recorded_at, m.text, m.wants_visit, m.answered_at, m.arrived_at,
       m.told_at, m.clue_number, m.clue_receipt, m.ticket_id, t.number AS ticket,
       m.external_id,       d.step, d.limit_text, d.yellow_at, d.red_at, d.due_at
FROM group_message m JOIN police_group p ON p.id = m.group_id
LEFT JOIN ticket t ON t.id = m.ticket_id
LEFT JOIN deadline d ON d.id = (
    SELECT l.id FROM deadline l WHERE l.subject_kind = 'group_message' AND l.subject_id = m.id
      AND l.stopped_at IS NULL ORDER BY l.red_at, l.id LIMIT 1)
"""
_LIST = Query(
    MessageView,
    f"""{_SELECT}
ORDER BY CASE WHEN d.red_at IS NOT NULL THEN 0
              WHEN m.kind = 'clue' AND m.clue_receipt IS NULL THEN 1 ELSE 2 END,
         d.red_at, m.at DESC, m.id DESC LIMIT :most
""",
)
_OF_ID = Query(MessageView, f"{_SELECT} WHERE m.id IN (:ids)")
_NUMBERED = Query(MessageView, f"{_SELECT} WHERE m.source = :source AND m.external_id IN (:ids)")
_WITHIN = Query(
    MessageView,
    f"{_SELECT} WHERE m.external_id IS NULL AND m.at >= :since AND m.at <= :until",
)


def message_list(source: Source, most: int = MOST) -> list[MessageView]:
    """Return what waits, by its clocks, then clues without receipt, then the newest."""
    return source.read(_LIST, most=most)


def message_of(source: Source, id: int) -> MessageView:
    """Return one message; ``DubanError`` for an id that is none."""
    found = source.first(_OF_ID, ids=[id])
    if found is None:
        raise DubanError(f"没有编号为 {id} 的群内诉求：请用 duban police list 查看")
    return found


def known_messages(
    source: Source, origin: str, numbers: Sequence[str], span: tuple[datetime, datetime] | None
) -> list[MessageView]:
    """Return what is known by its number in ``origin``, and what came without one in a span."""
    found = source.read(_NUMBERED, source=origin, ids=list(numbers)) if numbers else []
    if span is not None:
        found += source.read(_WITHIN, since=span[0], until=span[1])
    return found
