"""Where matters stand among the steps: their state, and what is true of them besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.matter.matter import Matter
from models.store import Query, Source
from rules.casework import Position, capped
from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class _Counted:
    """How much of one kind a round has: requests, pauses, helpers; or a due instant."""

    round_id: int
    fact: str
    n: int
    due_at: datetime | None = None


FACTS = Query(
    _Counted,
    """
SELECT round_id, 'asker' AS fact, max(unit_id) AS n, CAST(NULL AS timestamptz) AS due_at
    FROM return_request WHERE round_id IN (:rounds) AND decided_at IS NULL GROUP BY round_id
UNION ALL SELECT round_id, 'last_return', count(*), NULL FROM return_request
    WHERE round_id IN (:rounds) AND arbitration AND decided_at IS NULL GROUP BY round_id
UNION ALL SELECT round_id, 'arbitrated', count(*), NULL FROM return_request
    WHERE round_id IN (:rounds) AND arbitration AND decided_at IS NOT NULL GROUP BY round_id
UNION ALL SELECT d.round_id, 'extension_asked', count(*), NULL FROM extension e
    JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id IN (:rounds) AND e.decided_at IS NULL GROUP BY d.round_id
UNION ALL SELECT d.round_id, 'extensions', count(*), NULL FROM extension e
    JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id IN (:rounds) AND d.step = 'close' AND e.granted GROUP BY d.round_id
UNION ALL SELECT d.round_id, 'pauses', count(*), NULL FROM pause p
    JOIN deadline d ON d.id = p.deadline_id
    WHERE d.round_id IN (:rounds) AND d.step = 'close' AND p.granted AND p.emergency_id IS NULL
        AND p.supplement IS NOT TRUE AND p.account_id IS NULL GROUP BY d.round_id
UNION ALL SELECT d.round_id, 'pause_asked', count(*), NULL FROM pause p
    JOIN deadline d ON d.id = p.deadline_id
    WHERE d.round_id IN (:rounds) AND p.decided_at IS NULL GROUP BY d.round_id
UNION ALL SELECT round_id, 'paused', count(*), NULL FROM deadline
    WHERE round_id IN (:rounds) AND stopped_at IS NULL AND paused_at IS NOT NULL GROUP BY round_id
UNION ALL SELECT d.round_id, 'suspended', count(*), NULL FROM pause p
    JOIN deadline d ON d.id = p.deadline_id
    WHERE d.round_id IN (:rounds) AND p.emergency_id IS NOT NULL AND p.to_at IS NULL
        AND d.paused_at IS NOT NULL GROUP BY d.round_id
UNION ALL SELECT d.round_id, 'halted', count(*), NULL FROM pause p
    JOIN deadline d ON d.id = p.deadline_id
    WHERE d.round_id IN (:rounds) AND p.granted AND p.emergency_id IS NULL AND p.to_at IS NULL
        AND d.paused_at IS NOT NULL GROUP BY d.round_id
UNION ALL SELECT round_id, CASE WHEN began_at IS NOT NULL THEN 'on_account'
        WHEN granted THEN 'account_granted' ELSE 'account_asked' END, 1, NULL
    FROM suspended_account WHERE round_id IN (:rounds) AND ended_at IS NULL
UNION ALL SELECT round_id, 'renewed', 1, NULL FROM suspended_account
    WHERE round_id IN (:rounds) AND ended_at IS NULL AND renewed_at IS NOT NULL
UNION ALL SELECT r.id, 'accounted', count(*), NULL FROM suspended_account a, round r
    WHERE r.id IN (:rounds) AND r.ticket_id = a.ticket_id
        AND a.began_at IS NOT NULL AND a.ended_at IS NOT NULL GROUP BY r.id
UNION ALL SELECT r.id, 'first', count(*), NULL FROM act_first f, round r
    WHERE r.id IN (:rounds) AND r.ticket_id = f.ticket_id AND f.settled_at IS NULL GROUP BY r.id
UNION ALL SELECT round_id, 'limits_asked', count(*), NULL FROM limit_change
    WHERE round_id IN (:rounds) AND decided_at IS NULL GROUP BY round_id
UNION ALL SELECT round_id, 'helped', count(*), NULL FROM round_unit
    WHERE round_id IN (:rounds) AND replied_at IS NULL GROUP BY round_id
UNION ALL SELECT round_id, 'reviewed', count(*), NULL FROM review
    WHERE round_id IN (:rounds) AND decided_at IS NOT NULL GROUP BY round_id
UNION ALL SELECT round_id, 'due', 1, due_at FROM deadline
    WHERE round_id IN (:rounds) AND step = 'close' AND stopped_at IS NULL AND paused_at IS NULL
""",
)
_PLAIN = frozenset(
    {
        "last_return",
        "arbitrated",
        "extension_asked",
        "pause_asked",
        "account_asked",
        "account_granted",
        "on_account",
        "accounted",
        "renewed",
        "first",
        "paused",
        "suspended",
        "limits_asked",
        "helped",
        "reviewed",
    }
)


def positions(
    source: Source, matters: Sequence[Matter], keeper: Timekeeper, at: datetime
) -> list[Position]:
    """Return where matters stand as at ``at``, in the words of ``rules.casework``."""
    counted: dict[int, list[_Counted]] = {matter.round_id: [] for matter in matters}
    for one in source.read(FACTS, rounds=list(counted)) if counted else ():
        counted[one.round_id].append(one)
    return [_position(m, counted[m.round_id], keeper, at) for m in matters]


def position(source: Source, matter: Matter, keeper: Timekeeper, at: datetime) -> Position:
    """Return where one matter stands as at ``at``."""
    return positions(source, [matter], keeper, at)[0]


def _position(
    matter: Matter, counted: Sequence[_Counted], keeper: Timekeeper, at: datetime
) -> Position:
    number = {one.fact: one.n for one in counted}
    granted = number.get("extensions", 0), number.get("pauses", 0)
    why = capped(keeper, matter.tags, matter.acts, *granted, at)
    facts = _facts(matter, number, counted, at).union(why)
    return Position("ticket", matter.state, facts, matter.n, why)


def _facts(
    matter: Matter, number: Mapping[str, int], counted: Sequence[_Counted], at: datetime
) -> frozenset[str]:
    """Return what is true of a matter besides its state and what the policy caps."""
    acts = matter.acts
    found = {fact for fact in _PLAIN if number.get(fact)}
    if number.get("asker") and number["asker"] == matter.unit_id:
        found.add("return_asked")
    if "suspended" in found and not number.get("halted"):
        found.discard("paused")
    if acts.supplementing or "on_account" in found:
        found.discard("paused")
    if "account_granted" in found:
        found.add("account_asked")
    if any(one.due_at is not None and one.due_at < at for one in counted):
        found.add("overdue")
    for fact, true in (
        ("contacted", matter.contacted_at is not None),
        ("rated", matter.rated_at is not None),
        ("instructed", matter.instructed),
        ("unsatisfied", matter.result_rating == "不满意"),
        ("accused", matter.accused),
        ("against_lead", matter.against_lead),
        ("merged", matter.merged_into is not None),
        ("carries", matter.carries),
        ("undecided", acts.undecided),
        ("unaccepted", acts.unaccepted),
        ("supplementable", acts.supplementable),
        ("supplementing", acts.supplementing),
    ):
        if true:
            found.add(fact)
    return frozenset(found)
