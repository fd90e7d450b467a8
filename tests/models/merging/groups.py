"""Appeals as they are merged, and the clocks that go for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import casework, merging
from models.store.store import Store
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.cells import rows_of

BEGUN = wuhan("2026-11-16 09:00")

REPLY = "经现场核实，施工单位已停工整改，夜间不再施工，请监督。"

SAID: dict[str, dict[str, Any]] = {
    "progress": {"text": "已到场"},
    "reply": {"text": REPLY, "outcome": "已解决"},
    "send_back": {"reason": "答非所问"},
    "ask_return": {"code": "duty"},
    "refuse_return": {"reason": "属其职责"},
    "ask_extension": {"limit_text": "2wd", "reason": "需会商"},
    "refuse_extension": {"reason": "理由不足"},
    "ask_pause": {"reason": "送检"},
    "grant_pause": {"approval": "批准号041"},
    "refuse_pause": {"reason": "不需检测"},
    "close": {"outcome": "已解决"},
    "rework": {"reason": "群众不满意"},
}
"""What some steps are told."""


def begin(store: Store, n: int = 4, **changes: Any) -> list[int]:
    """Take in some appeals of different citizens; return their ids."""
    taken(
        store,
        *numbered(
            appeal(
                f"A{i}", received_at=BEGUN, reporter=f"居民{i}", phone=f"1380000000{i}", **changes
            )
            for i in range(n)
        ),
    )
    return column(store, "SELECT id FROM ticket ORDER BY id")


def dispatched(store: Store, *ids: int, unit: str = UNIT) -> None:
    """Hand tickets to a unit."""
    casework.take(store, "dispatch", list(ids), unit_id=unit_id(store, unit))


def merged(store: Store, *ids: int, lead: int, **how: Any) -> merging.Merging:
    """Merge tickets under a lead."""
    return merging.merge(store, list(ids), lead_id=lead, **how)


def due(store: Store, ticket: int, step: str = "close") -> datetime:
    """Return when the present round of a ticket is due."""
    found: datetime = one(
        store,
        """SELECT d.due_at FROM deadline d JOIN round r ON r.id = d.round_id
        JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
        WHERE t.id = :t AND d.step = :step AND d.subject_kind = 'ticket'""",
        t=ticket,
        step=step,
    )[0]
    return found


def states(store: Store) -> list[str]:
    """Return the state of every ticket's present round, by id."""
    return column(
        store,
        "SELECT r.state FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds "
        "ORDER BY t.id",
    )


CLOCKS = """
SELECT t.number, r.n, d.step, u.name, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at,
       d.due_at, d.original_due_at, d.stopped_at, d.paused_at, d.leads,
       CASE WHEN d.stopped_at IS NULL THEN d.pressing END
FROM deadline d JOIN ticket t ON t.id = d.ticket_id JOIN round r ON r.id = d.round_id
LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.subject_kind = 'ticket' ORDER BY t.number, r.n, d.step, d.started_at, u.name, d.stopped_at
"""


def clocks(store: Store) -> list[tuple[Any, ...]]:
    """Return all that is told of the clocks of every ticket."""
    with store.reading() as reader:
        return rows_of(reader, CLOCKS)


def leading(store: Store) -> list[int]:
    """Return the tickets that the queue shows."""
    return column(
        store,
        "SELECT ticket_id FROM deadline WHERE leads AND stopped_at IS NULL "
        "AND subject_kind = 'ticket' ORDER BY ticket_id",
    )
