"""并单 in the figures: what goes with a lead counts once, with it; every rating counts."""

from __future__ import annotations

_IN_FORCE = (
    "m.joined_at < :to_at AND (m.left_at IS NULL OR m.left_at >= :to_at OR {n} <= m.last_round)"
)

_ROUNDS = f"""FROM merged m JOIN round q ON q.ticket_id = m.ticket_id
    WHERE q.n >= m.first_round AND {_IN_FORCE.format(n="q.n")}"""

WITH_A_LEAD = f"SELECT q.id {_ROUNDS}"
"""The rounds that count with their lead's at the end of a period."""

DISPATCHED_WITH_A_LEAD = f"{WITH_A_LEAD} AND q.dispatched_at >= m.joined_at"
"""Those of them that were dispatched with it, or by the merge."""

_CLOCKS = f"""FROM merged m
    JOIN round q ON q.ticket_id = m.ticket_id JOIN deadline e ON e.round_id = q.id
    WHERE q.n >= m.first_round AND {_IN_FORCE.format(n="q.n")}
      AND (e.stopped_at IS NULL OR e.stopped_at >= m.joined_at)"""

CLOCKS_WITH_A_LEAD = f"SELECT e.id {_CLOCKS} AND e.due_at >= m.joined_at"
"""Their clocks that still ran when they joined, or began later."""

ACKNOWLEDGED_WITH_A_LEAD = f"{CLOCKS_WITH_A_LEAD} AND e.step = 'acknowledge'"
"""Those of them that are for 签收."""

LED_CLOCKS = f"SELECT e.id, m.lead_id, m.joined_at {_CLOCKS} AND e.step <> 'assist'"
"""The clocks that may make their lead's due sooner."""

RETURNED_WITH_A_LEAD = f"""SELECT e.id FROM merged m
    JOIN round q ON q.ticket_id = m.ticket_id JOIN return_request e ON e.round_id = q.id
    WHERE q.n >= m.first_round AND {_IN_FORCE.format(n="q.n")} AND e.asked_at >= m.joined_at"""
"""What units asked to return of them together with their lead."""

ACTED_FIRST = """SELECT f.round_id FROM act_first f WHERE f.ordered_at < :to_at
    AND (f.settled_at IS NULL OR f.settled_at >= :to_at OR f.owner_unit_id <> f.unit_id)"""
"""The rounds that do not count against whoever acted first (先办后议)."""

RECEIVED_WITH_A_LEAD = """SELECT m.ticket_id FROM merged m
    WHERE m.joined_at < :to_at AND (m.left_at IS NULL OR m.left_at >= :to_at)"""
"""The appeals under a lead at the end of a period."""

_LEAD_CLOCK = """JOIN round q ON q.ticket_id = m.lead_id AND q.n = (
        SELECT max(x.n) FROM round x WHERE x.ticket_id = m.lead_id AND x.opened_at <= m.{at})
    JOIN deadline d ON d.round_id = q.id AND d.step = 'close' AND d.subject_kind = 'ticket'
    WHERE m.{at} >= :to_at AND m.{due} IS NOT NULL"""

MOVED = f"""
    SELECT d.id, m.lead_due_at AS due_at, m.joined_at AS at FROM merged m
    {_LEAD_CLOCK.format(at="joined_at", due="lead_due_at")}
    UNION ALL
    SELECT d.id, m.left_due_at, m.left_at FROM merged m
    {_LEAD_CLOCK.format(at="left_at", due="left_due_at")}"""
"""The clocks of leads that a merge or a split moved after a period, when, and their due before."""
