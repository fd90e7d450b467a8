"""自动派单: off by default, only what is sure, never a report; looked over and undone."""

from __future__ import annotations

import pytest

from models.casework import take, undo
from models.clocks.policies import load_policy
from models.dispatch import (
    automatic_now,
    calibrate,
    dispatch_automatically,
    look_over,
    to_look_over,
)
from models.store.store import Store
from rules.casework.appeal import Appeal
from rules.errors import Refused
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id
from tests.models.dispatch.test_measures import KINDS, TODAY, crowded

AUTOMATIC = "[dispatch]\nautomatic = 0.85\n"


@pytest.fixture
def store(store: Store) -> Store:
    """Return a store with many dispatched, and some that wait (from id 481 on)."""
    category = KINDS[0][0]
    waiting: list[Appeal] = [
        appeal("B1", category=category),
        appeal("B2", category=category, nature="举报"),
        appeal("B3", category=category, urgency="特急"),
        appeal("B4", category=category, confidential=True),
        appeal("B5", category="其他/其他/建言献策"),
    ]
    taken(store, *numbered([*crowded(), *waiting]))
    return store


def test_nothing_goes_by_itself_before_it_was_measured_and_the_policy_says_so(
    store: Store,
) -> None:
    with pytest.raises(Refused, match="没有开启自动派单"):
        automatic_now(store)
    load_policy(store, AUTOMATIC, "开启")
    with pytest.raises(Refused, match="没有测算过"):
        dispatch_automatically(store)


def test_only_what_is_sure_goes_and_is_looked_over_and_can_be_undone(store: Store) -> None:
    load_policy(store, AUTOMATIC, "开启")
    calibrate(store, today=TODAY)
    assert [sent.ticket_id for sent in automatic_now(store)] == [481]
    sent, done = dispatch_automatically(store)
    assert done is not None and done.done == (481,) and len(sent) == 1
    told = "SELECT lead_unit_id, routed_by FROM round WHERE ticket_id = 481"
    with store.reading() as reader:
        assert [tuple(row) for row in reader.rows(told)] == [(unit_id(store, UNIT), "自动派单")]
        [look] = to_look_over(reader)
    assert (look.kind, look.ticket_id) == ("auto", 481)
    band = sent[0].suggestion.sure
    assert band is not None and (look.asked, look.right) == (band.asked, band.right)
    reason = "SELECT reason FROM event WHERE verb = 'ticket.dispatch' AND subject_id = 481"
    assert column(store, reason)[0].startswith("自动派单：把握 ")
    undo(store)
    with store.reading() as reader:
        assert to_look_over(reader) == []
    assert column(store, "SELECT state FROM round WHERE ticket_id = 481") == ["waiting"]
    dispatch_automatically(store)
    with store.reading() as reader:
        [look] = to_look_over(reader)
    assert look_over(store, [look.id]) == 1
    with pytest.raises(Refused, match="没有这些待复核"):
        look_over(store, [look.id])


def test_what_came_back_once_waits_for_a_person(store: Store) -> None:
    load_policy(store, AUTOMATIC, "开启")
    calibrate(store, today=TODAY)
    take(store, "dispatch", [481], unit_id=unit_id(store, "武汉市公安局"))
    take(store, "ask_return", [481], code="duty")
    take(store, "grant_return", [481])
    assert automatic_now(store) == []
