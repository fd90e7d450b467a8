"""What is read off the trail is what the rows say, and stays so whatever is done afterwards."""

from __future__ import annotations

import os
import random
from datetime import datetime
from typing import Any

from models import orders
from models.casework import undo
from models.store.store import Store
from rules.errors import Refused
from rules.orders import Facts
from tests.conftest import Clock
from tests.models.appeals import appeal, numbered, taken, wuhan
from tests.models.casework.test_walks import Hand
from tests.models.cells import rows_of

TICKETS = (1, 2, 3)

STEPS = 24

SEED = int(os.environ.get("DUBAN_SEED", "7"))

BEGUN = wuhan("2026-11-23 09:00")

_ROWS = """
SELECT t.id, r.n, r.lead_unit_id, r.dispatched_at, r.acknowledged_at, r.replied_at, r.closed_at,
       r.result_rating, r.work_rating,
       (SELECT d.due_at FROM deadline d WHERE d.round_id = r.id AND d.step = 'close'),
       (SELECT d.paused_at FROM deadline d WHERE d.round_id = r.id AND d.step = 'close'
        AND d.stopped_at IS NULL)
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds ORDER BY t.id
"""


def facts(store: Store, at: datetime) -> tuple[Facts, ...]:
    """Return what held of the tickets at an instant, for their first unit."""
    keeper = store.timekeeper()
    with store.reading() as reader:
        return orders.facts_of(reader, keeper, store.timekeeper, TICKETS, 1, at)


def by_rows(store: Store) -> list[tuple[Any, ...]]:
    """Return how the tickets stand as their rows say."""
    with store.reading() as reader:
        units = {0: "", **{row[0]: row[1] for row in rows_of(reader, "SELECT id, name FROM unit")}}
        found = rows_of(reader, _ROWS)
    return [(id, n, units[lead or 0], *rest) for id, n, lead, *rest in found]


def by_trail(told: tuple[Facts, ...]) -> list[tuple[Any, ...]]:
    """Return the same as the facts tell it."""

    def at(act: Any) -> datetime | None:
        return None if act is None else act.at

    return [
        (
            one.ticket_id,
            one.round,
            one.lead,
            at(one.dispatched),
            at(one.acknowledged),
            at(one.answered),
            at(one.closed),
            one.result.word if one.result else None,
            one.work.word if one.work else None,
            one.due_at,
            at(one.paused),
        )
        for one in told
    ]


def test_facts_are_what_the_rows_say_and_stay_what_they_were(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    given = (appeal(f"A{n}", received_at=BEGUN) for n in TICKETS)
    taken(store, *numbered(given))
    hand, draw = Hand(store), random.Random(SEED)
    seen: dict[datetime, tuple[Facts, ...]] = {}
    for n in range(STEPS):
        clock.travel(hours=draw.choice((1, 3, 9, 20)))
        ticket = draw.choice(TICKETS)
        offered = [verb for verb in hand.offered(ticket) if verb not in ("accuse", "absolve")]
        try:
            hand.take(ticket, draw.choice(offered), draw.randrange(6))
        except Refused:
            continue
        if draw.random() < 0.15:
            undo(store)
        told = facts(store, store.now())
        assert by_trail(told) == by_rows(store), n
        seen[store.now()] = told
    assert len(seen) > STEPS // 2
    for at, told in seen.items():
        assert facts(store, at) == told, at
