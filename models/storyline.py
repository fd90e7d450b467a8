"""留痕 of one ticket as people read it: its events, and the thresholds its clocks crossed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.lookups import Rows
from models.phrases import LEVELS, NOTED, VERBS, detail
from rules.masking import mask_text
from rules.steps import STEP_NAMES

__all__ = ["VERBS", "TrailLine", "storyline"]

ACTS = {
    "dispatched_at": "交办",
    "acknowledged_at": "签收",
    "contacted_at": "首次联系",
    "replied_at": "答复",
    "closed_at": "办结",
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the record: when it happened, when and by whom it was recorded, what and why.

    ``seq`` is the event's place in the trail. A crossing has none, and nobody did it.
    """

    at: datetime
    recorded_at: datetime
    seq: int | None
    who: str
    verb: str
    text: str
    reason: str = ""


def storyline(rows: Rows, ticket_id: int) -> tuple[TrailLine, ...]:
    """Return the record of a ticket in the order in which things happened."""
    notes = {int(id): mask_text(text) for id, text in rows(_NOTES, id=ticket_id)}
    lines: list[TrailLine] = []
    for row in rows(_EVENTS, id=ticket_id):
        lines += _event_lines(notes, *row)
    lines += [_crossing_line(*row) for row in rows(_CROSSINGS, id=ticket_id)]
    return tuple(sorted(lines, key=lambda line: (line.at, line.recorded_at, line.seq or 0)))


_EVENTS = """
SELECT e.seq, e.at, e.recorded_at, coalesce(o.name, e.operator), e.verb, e.reason, e.payload,
       coalesce(u.short_name, '')
FROM event e LEFT JOIN operator o ON o.login = e.operator LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.subject_kind = 'ticket' AND e.subject_id = :id ORDER BY e.seq
"""
_NOTES = "SELECT id, text FROM note WHERE ticket_id = :id"
_CROSSINGS = """
SELECT c.at, c.recorded_at, c.level, d.step, c.annulled_reason
FROM crossing c JOIN deadline d ON d.id = c.deadline_id WHERE d.ticket_id = :id
"""


def _event_lines(
    notes: dict[int, str],
    seq: int,
    at: datetime,
    recorded_at: datetime,
    who: str,
    verb: str,
    reason: str | None,
    payload: str,
    unit: str,
) -> list[TrailLine]:
    """Return the lines of one event; an intake tells of every act that came with it."""
    said: dict[str, Any] = json.loads(payload)
    note = notes.get(said.get("note") or 0, "") if verb in NOTED else ""
    text = VERBS.get(verb, verb) + detail(verb, said, unit, note)
    if said.get("演练"):
        text += "（演练）"
    lines = [TrailLine(at, recorded_at, seq, who, verb, text, reason or "")]
    if verb == "ticket.intake":
        lines += [
            TrailLine(datetime.fromisoformat(said[act]), recorded_at, seq, who, verb,
                      _imported(act, said, unit))
            for act in ACTS if act in said
        ]  # fmt: skip
    return lines


def _imported(act: str, said: dict[str, Any], unit: str) -> str:
    text = ACTS[act]
    if act == "dispatched_at":
        text += f"：{unit}" if unit else ""
        text += "（交办时间缺，按受理时间计）" if said.get("dispatch_assumed") else ""
    return text + "（随件导入）"


def _crossing_line(
    at: datetime, recorded_at: datetime, level: str, step: str, annulled: str | None
) -> TrailLine:
    text = f"{STEP_NAMES.get(step, step)}时限{LEVELS[level]}"
    if annulled:
        text += f"（已撤销：{annulled}）"
    return TrailLine(at, recorded_at, None, "", f"crossing.{level}", text)
