"""Where a ticket stands in the table of steps: its state and the facts true of it at a moment."""

from __future__ import annotations

from datetime import datetime

from models.matter import Matter, Rows
from rules.lifecycle import Position
from rules.timekeeper import Timekeeper


def position(rows: Rows, matter: Matter, keeper: Timekeeper, at: datetime) -> Position:
    """Return where a matter stands as at ``at``, in the words of ``rules.lifecycle``."""
    return Position("ticket", matter.state, facts(rows, matter, keeper, at), matter.n)


def facts(rows: Rows, matter: Matter, keeper: Timekeeper, at: datetime) -> frozenset[str]:
    """Return what is true of a matter besides its state; ``rows`` is a reader's or a work's."""
    counted = {str(fact): int(n) for fact, n in rows(_FACTS, r=matter.round_id)}
    found = {fact for fact, n in counted.items() if n and fact in _PLAIN}
    if counted["returns"] - ("return_asked" in found) > 0 and "return_asked" in found:
        found.add("second_return")
    allowed = keeper.extensions_allowed(matter.tags)
    if allowed == 0:
        found.add("unextendable")
    elif counted["extensions"] >= allowed:
        found.add("extended")
    if any(due < at for (due,) in rows(_DUE, r=matter.round_id)):
        found.add("overdue")
    for fact, true in (("contacted", matter.contacted_at), ("rated", matter.rated_at)):
        if true is not None:
            found.add(fact)
    if matter.instructed:
        found.add("instructed")
    if matter.result_rating == "不满意":
        found.add("unsatisfied")
    return frozenset(found)


_PLAIN = ("return_asked", "arbitrated", "extension_asked", "pause_asked", "paused", "helped",
          "reviewed")  # fmt: skip
_DUE = """
SELECT due_at FROM deadline
WHERE round_id = :r AND step = 'close' AND stopped_at IS NULL AND paused_at IS NULL
"""
_FACTS = """
SELECT 'return_asked', count(*) FROM return_request WHERE round_id = :r AND decided_at IS NULL
UNION ALL SELECT 'returns', count(*) FROM return_request WHERE round_id = :r
UNION ALL SELECT 'arbitrated', count(*) FROM return_request
    WHERE round_id = :r AND arbitration AND decided_at IS NOT NULL
UNION ALL SELECT 'extension_asked', count(*) FROM extension e
    JOIN deadline d ON d.id = e.deadline_id WHERE d.round_id = :r AND e.decided_at IS NULL
UNION ALL SELECT 'extensions', count(*) FROM extension e
    JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id = :r AND d.step = 'close' AND e.granted
UNION ALL SELECT 'pause_asked', count(*) FROM pause p
    JOIN deadline d ON d.id = p.deadline_id WHERE d.round_id = :r AND p.decided_at IS NULL
UNION ALL SELECT 'paused', count(*) FROM deadline
    WHERE round_id = :r AND stopped_at IS NULL AND paused_at IS NOT NULL
UNION ALL SELECT 'helped', count(*) FROM round_unit WHERE round_id = :r AND replied_at IS NULL
UNION ALL SELECT 'reviewed', count(*) FROM review WHERE round_id = :r AND decided_at IS NOT NULL
"""
