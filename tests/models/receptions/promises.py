"""A reception and what was promised there, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.receptions.pledge import PledgeView, pledge_of
from models.receptions.pledge_making import make_pledge
from models.store.store import Store
from models.tables import Reception
from tests.models.appeals import UNIT, unit_id, wuhan

LEADER = "周正副市长"
DUE = wuhan("2026-12-18 17:30")


def reception(store: Store, day: date = date(2026, 11, 20), place: str = "洪山区接访中心") -> int:
    """Plan one place of a day; return its id."""
    held = wuhan(f"{day} 09:00")
    with store.writing() as work:
        return work.insert(
            Reception, held_at=held, day=day, place=place, leader=LEADER, organ="洪山区人民政府"
        )


def promised(store: Store, reception_id: int, **more: Any) -> PledgeView:
    """Promise something at a reception, by the middle of December."""
    said: dict[str, Any] = {"text": "修好狮子山泵房", "due_at": DUE, "person": "陈科长", **more}
    said.setdefault("unit_id", unit_id(store, UNIT))
    return make_pledge(store, reception_id, **said)


def now_of(store: Store, view: PledgeView) -> PledgeView:
    """Return a promise as it is now."""
    with store.reading() as reader:
        return pledge_of(reader, view.id)
