"""The counts of the queue follow every act, and are what counting anew gives."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from models.casework.undoing import redo, undo
from models.clocks.sweeping import sweep
from models.store.backup import restore, write_archive
from models.store.counts import COUNTS, miscounted
from models.store.store import Store
from models.store.verifying import verify_store
from models.tables import Deadline
from models.views.counting import _all_live, queue_counts, queue_states
from models.views.filtering import LIVE, conditions
from models.views.queue import queue_moment
from rules.casework import QueueFilter
from tests.conftest import Clock
from tests.models.appeals import UNIT, column, unit_id
from tests.models.casework.walking import STATES, begin, walk

FILTERS = (
    QueueFilter(),
    QueueFilter(unit=UNIT),
    QueueFilter(unit="单位"),
    QueueFilter(place="洪山"),
    QueueFilter(step="close"),
    QueueFilter(channel="12345电话"),
    QueueFilter(urgency="一般"),
    QueueFilter(kind="ticket"),
    QueueFilter(kind="order"),
)


def agree(store: Store) -> int:
    """See that all that is kept is what the matters give; return how many there are."""
    with store.reading() as reader:
        assert miscounted(reader) == 0
        for minutes in (0, 1, 60 * 24 * 40):
            now = store.now() + timedelta(minutes=minutes)
            moment = queue_moment(store.timekeeper(), now)
            for wanted in (*FILTERS, QueueFilter(units=(unit_id(store, UNIT),))):
                slow = _all_live(reader, conditions(reader, wanted, LIVE), wanted, moment)
                assert queue_counts(reader, wanted, moment) == slow, (wanted, now)
        states = queue_states(reader, QueueFilter(), moment)
        closed = reader.value("SELECT count(*) FROM ticket WHERE state = 'closed'")
        assert states.all == states.open + closed
    return states.all


@pytest.mark.parametrize("state", ["helped", "paused", "reworked"])
def test_the_counts_are_those_of_the_matters_after_every_act(
    store: Store, clock: Clock, state: str
) -> None:
    begin(store)
    for verb in STATES[state]:
        walk(store, (verb,))
        clock.travel(minutes=37)
    tickets = len(column(store, "SELECT id FROM ticket"))
    assert agree(store) == tickets
    undo(store)
    agree(store)
    redo(store)
    clock.travel(days=9)
    sweep(store)
    assert agree(store) == tickets


def test_counts_follow_a_ticket_that_is_filed_otherwise(store: Store) -> None:
    begin(store)
    with store.writing() as work:
        work.change_where(Deadline, "channel = :channel", "ticket_id > 0", channel="微信")
    agree(store)
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        assert queue_counts(reader, QueueFilter(channel="微信"), moment).total > 0


def test_verify_finds_a_count_that_does_not_follow_and_a_restore_reckons_it(
    store: Store, tmp_path: Path
) -> None:
    begin(store)
    walk(store, STATES["dispatched"])
    assert verify_store(store).ok
    with store.engine().begin() as conn:
        conn.execute(text(f"UPDATE {COUNTS} SET matters = matters + 1 WHERE turn = 'red'"))
    found = verify_store(store)
    assert not found.ok and [one.table for one in found.broken] == [COUNTS]
    write_archive(store, tmp_path / "whole.zip")
    restore(tmp_path / "whole.zip", str(tmp_path / "again.db"), store.system_now, login="tester")
    again = Store(str(tmp_path / "again.db"), now=store.system_now)
    try:
        with again.reading() as reader:
            assert miscounted(reader) == 0
    finally:
        again.close()
