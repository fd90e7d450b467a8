"""表扬 need only be handed on: it is done when a unit has been told."""

from __future__ import annotations

from models import casework
from models.casework.undoing import undo
from models.store import Store, verify_store
from models.store.counts import miscounted
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan

STANDS = """
SELECT t.state, r.state, r.closed_at, r.outcome FROM ticket t JOIN round r ON r.ticket_id = t.id
"""

RUNNING = "SELECT step FROM deadline WHERE stopped_at IS NULL ORDER BY step"


def test_praise_waits_only_to_be_handed_on_and_is_done_by_that(store: Store) -> None:
    taken(store, appeal(nature="表扬"))
    assert column(store, RUNNING) == ["dispatch"]
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert one(store, STANDS) == ("closed", "closed", store.now(), None)
    assert column(store, "SELECT step FROM deadline") == ["dispatch"]
    assert column(store, "SELECT reason FROM event WHERE verb = 'ticket.close'") == [
        "只需转知，交办即办结"
    ]
    assert undo(store).matters == 1
    assert one(store, STANDS)[:3] == ("open", "waiting", None)
    assert column(store, RUNNING) == ["dispatch"]
    with store.reading() as reader:
        assert miscounted(reader) == 0
    assert verify_store(store).ok


def test_praise_that_a_file_has_handed_on_is_done_too_unless_it_has_a_date_of_its_own(
    store: Store,
) -> None:
    handed = {"nature": "表扬", "unit": UNIT, "dispatched_at": wuhan("2026-11-19 10:00")}
    taken(
        store,
        appeal("P1", **handed),
        appeal("P2", **handed, due_at=wuhan("2026-11-23 10:00")),
        appeal("P3", **handed, urgency="特急"),
    )
    assert column(store, "SELECT state FROM ticket ORDER BY id") == ["closed", "open", "open"]
    assert one(store, "SELECT closed_at FROM round WHERE ticket_id = 1") == (
        wuhan("2026-11-19 10:00"),
    )
    assert verify_store(store).ok
