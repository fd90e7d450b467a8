"""How much each unit has in hand: running matters by colour and step, and what turns red next.

Every count is a range of the index of running clocks by unit, and every count has the ids of what
it counts: a running matter by its leading clock, as the queue has it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from models.store import Query, Reader
from models.views.queue import QueueMoment
from models.views.states import COLOURS, PAUSED, RUNNING

KINDS = {
    **{name: f"{RUNNING} AND {COLOURS[name]}" for name in ("red", "yellow", "blue", "next")},
    "late": f"{RUNNING} AND d.due_at < :now",
    "paused": PAUSED,
}
"""What is counted of a unit: its matters by colour, those late, those that turn red by the end of
the next working day, those paused."""


def _counted(*kinds: str) -> str:
    return ", ".join(f"count(*) FILTER (WHERE {KINDS[kind]}) AS {kind}" for kind in kinds)


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """What one unit has in hand; ``orders`` are its papers that are not finished."""

    unit_id: int
    red: int = 0
    yellow: int = 0
    blue: int = 0
    next: int = 0
    late: int = 0
    paused: int = 0
    orders: int = 0


@dataclass(frozen=True, slots=True)
class StepLoad:
    """What one unit has in hand at one step."""

    step: str
    red: int
    yellow: int
    blue: int
    next: int
    late: int


@dataclass(frozen=True, slots=True)
class ComingRed:
    """One matter that turns red by the end of the next working day.

    ``led``: the unit leads it, so that a reminder of it goes there and not to another.
    """

    id: int
    unit_id: int
    ticket_id: int
    version: int
    number: str
    red_at: datetime
    led: bool


_LOADS = Query(
    UnitLoad,
    f"""
SELECT d.unit_id, {_counted("red", "yellow", "blue", "next", "late")}
FROM deadline d WHERE {RUNNING} AND d.unit_id IS NOT NULL GROUP BY d.unit_id
""",
)
_PAUSED = Query(
    UnitLoad,
    f"""
SELECT d.unit_id, count(*) AS paused
FROM deadline d WHERE {PAUSED} AND d.unit_id IS NOT NULL GROUP BY d.unit_id
""",
)
_ORDERS = Query(
    UnitLoad,
    """
SELECT unit_id, count(*) AS orders FROM supervision_order
WHERE status IN ('draft', 'signed', 'delivered', 'received', 'replied') AND kind = 'order'
GROUP BY unit_id
""",
)
_STEPS = Query(
    StepLoad,
    f"""
SELECT d.step, {_counted("red", "yellow", "blue", "next", "late")}
FROM deadline d WHERE {RUNNING} AND d.unit_id = :unit_id GROUP BY d.step
""",
)
_COMING = Query(
    ComingRed,
    # the empty text keeps SQLite from seeking every clock of a ticket
    f"""
SELECT d.id, d.unit_id, t.id AS ticket_id, t.version, t.number, d.red_at,
       r.lead_unit_id = d.unit_id AS led
FROM deadline d JOIN ticket t ON t.id = d.ticket_id JOIN round r ON r.id = d.round_id
WHERE {KINDS["next"]} AND d.subject_kind || '' = 'ticket' AND d.unit_id IS NOT NULL
ORDER BY d.red_at, d.due_at, d.id
""",
)
_MATTERS = {
    kind: f"""
SELECT d.id FROM deadline d WHERE {condition} AND d.unit_id = :unit_id
  AND (CAST(:step AS text) IS NULL OR d.step = :step) ORDER BY d.red_at, d.due_at, d.id
"""
    for kind, condition in KINDS.items()
}


def unit_loads(reader: Reader, moment: QueueMoment) -> dict[int, UnitLoad]:
    """Return what every unit has in hand, by unit id; a unit with nothing is left out."""
    found: dict[int, UnitLoad] = {}
    instants = asdict(moment)
    for query, names in (
        (_LOADS, ("red", "yellow", "blue", "next", "late")),
        (_PAUSED, ("paused",)),
        (_ORDERS, ("orders",)),
    ):
        for row in reader.read(query, **instants):
            known = found.get(row.unit_id, UnitLoad(row.unit_id))
            found[row.unit_id] = replace(known, **{name: getattr(row, name) for name in names})
    return found


def step_loads(reader: Reader, unit_id: int, moment: QueueMoment) -> list[StepLoad]:
    """Return what a unit has in hand by step, the most first."""
    found = reader.read(_STEPS, unit_id=unit_id, **asdict(moment))
    return sorted(found, key=lambda one: (-(one.red + one.yellow + one.blue), one.step))


def coming_reds(reader: Reader, moment: QueueMoment) -> dict[int, list[ComingRed]]:
    """Return what turns red by the end of the next working day, by unit, the soonest first."""
    found: dict[int, list[ComingRed]] = defaultdict(list)
    for one in reader.read(_COMING, **asdict(moment)):
        found[one.unit_id].append(one)
    return dict(found)


def load_ids(
    reader: Reader, unit_id: int, moment: QueueMoment, kind: str, step: str | None = None
) -> array[int]:
    """Return the leading clocks of what one of ``KINDS`` counts, the soonest red first."""
    rows = reader.rows(_MATTERS[kind], unit_id=unit_id, step=step, **asdict(moment))
    return array("q", (id for (id,) in rows))


@dataclass(frozen=True, slots=True)
class _Leading:
    """The clock by which an open ticket is shown."""

    id: int
    ticket_id: int


_LEADING = Query(
    _Leading,
    # the empty text keeps SQLite from seeking every clock of a ticket
    """
SELECT d.id, d.ticket_id FROM deadline d
WHERE d.ticket_id IN (:ids) AND d.subject_kind || '' = 'ticket' AND d.stopped_at IS NULL
  AND d.leads
""",
)

CHUNK = 500


def matter_ids(reader: Reader, ticket_ids: Sequence[int]) -> array[int]:
    """Return tickets as a list names them: by leading clock, or minus the id of a closed one."""
    leading: dict[int, int] = {}
    for start in range(0, len(ticket_ids), CHUNK):
        part = list(ticket_ids[start : start + CHUNK])
        leading |= {one.ticket_id: one.id for one in reader.read(_LEADING, ids=part)}
    return array("q", (leading.get(id, -id) for id in ticket_ids))
