"""自动拟稿: drafts over what is deep in the red, made with the sweep: reminders, not orders."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.campaigns import in_emergency
from models.orders.drafting import draft
from models.orders.order import OrderView
from models.store import Query

if TYPE_CHECKING:
    from models.store import Store

REDS = ("red1", "red2", "red3")

MOST = 2000  # matters looked at in one sweep


def draft_due(store: Store) -> list[OrderView]:
    """Draft one paper a unit over its matters that have crossed the policy's level.

    It is a reminder unless the policy wants notices or orders. Matters that stand on an open paper
    or were on the order of a flag are left alone, and so is a unit whose last draft nobody has
    signed yet: a sweep every few minutes must not bury it in papers. Where 特殊时期 lasts nothing
    is drafted. At most ``draft_cap`` papers a call, the units with the longest overdue matter
    first.
    """
    terms = store.policy.orders
    if terms.draft_at == "none":
        return []
    drafted: list[OrderView] = []
    levels = REDS[REDS.index(terms.draft_at) :]
    for tickets in _by_unit(store, levels, terms.draft)[: terms.draft_cap]:
        drafted.extend(draft(store, tickets[: terms.paper_cap], kind=terms.draft).orders)
    return drafted


def _by_unit(store: Store, levels: tuple[str, ...], kind: str) -> list[list[int]]:
    """Return the tickets of each unit, the longest overdue first."""
    units: dict[int, list[int]] = defaultdict(list)
    with store.reading() as reader:
        found = reader.read(_DEEP, levels=list(levels), kind=kind, most=MOST)
        spared = in_emergency(reader, {one.ticket_id: one.grid for one in found})
        for one in found:
            if one.ticket_id not in spared:
                units[one.unit_id].append(one.ticket_id)
    return list(units.values())


@dataclass(frozen=True, slots=True)
class _Deep:
    """A matter deep in the red and the unit it is with."""

    unit_id: int
    ticket_id: int
    grid: str | None


_DEEP = Query(
    _Deep,
    """
SELECT d.unit_id, d.ticket_id, d.grid FROM deadline d
WHERE d.subject_kind = 'ticket' AND d.step = 'close' AND d.unit_id IS NOT NULL
  AND d.stopped_at IS NULL AND d.paused_at IS NULL
  AND EXISTS (SELECT 1 FROM crossing c WHERE c.deadline_id = d.id AND c.revision = d.revision
              AND c.level IN (:levels) AND c.annulled_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM order_ticket l JOIN supervision_order o ON o.id = l.order_id
                  WHERE l.ticket_id = d.ticket_id AND o.confidential IS NOT TRUE
                    AND (o.status NOT IN ('closed', 'void')
                         OR o.flag_id IS NOT NULL AND o.status <> 'void'))
  AND NOT EXISTS (SELECT 1 FROM supervision_order o
                  WHERE o.unit_id = d.unit_id AND o.kind = :kind AND o.status = 'draft')
ORDER BY d.due_at, d.id LIMIT :most
""",
)
