"""回访 as a plain record: who called, whether they were reached, and what was said."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from models.casework.callbacks import callback
from models.casework.undoing import redo, undo
from models.casework.verbs import FUNCTIONS
from models.matter import load_matter, position
from models.store.store import Store
from models.views.record import storyline
from rules.casework.appeal import CALLBACKS
from rules.casework.lawful import Position, allowed_steps
from rules.casework.steps import STEPS, TICKET_STATES
from rules.casework.words import verb_name
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import one
from tests.models.casework.walking import STATES, begin, picture, walk

CALLED = "SELECT result, said, caller, at FROM callback ORDER BY id"

COUNT = "SELECT count(*) FROM callback"


@pytest.fixture
def closed(store: Store) -> Store:
    """Return a store with one appeal that is closed."""
    begin(store)
    walk(store, STATES["closed"])
    return store


def test_a_call_is_one_row_of_the_table_and_one_function() -> None:
    [row] = [step for step in STEPS if step.verb == "callback"]
    assert (row.name, row.after, row.by_file) == ("回访", ("closed",), ())
    assert row.undoable
    assert FUNCTIONS[row.function] is callback
    assert verb_name("ticket.callback") == "回访"
    for state in TICKET_STATES:
        offered = {step.verb for step in allowed_steps(Position("ticket", state))}
        assert ("callback" in offered) == (state == "closed")


@pytest.mark.parametrize("result", CALLBACKS)
def test_a_call_is_kept_and_leaves_the_matter_as_it_was(
    closed: Store, clock: Clock, result: str
) -> None:
    before, clocks = picture(closed)[:2], "SELECT sum(version), max(version) FROM deadline"
    settled = one(closed, clocks)
    said: dict[str, Any] = {"text": "已经通水，谢谢"} if result == "接通" else {}
    casework.take(closed, "callback", [1], result=result, caller="回访员小李", **said)
    assert one(closed, CALLED) == (result, said.get("text"), "回访员小李", clock.now)
    assert picture(closed)[:2] == before
    assert one(closed, clocks) == settled
    with closed.reading() as reader:
        stands = position(reader, load_matter(reader, 1), closed.timekeeper(), clock.now)
    assert {"callback", "rate", "rework"} <= {step.verb for step in allowed_steps(stands)}


def test_a_call_is_made_by_the_operator_unless_another_is_named(closed: Store) -> None:
    casework.take(closed, "callback", [1], result="未接通")
    assert one(closed, CALLED)[2] == closed.operator.name


def test_a_call_is_taken_back_and_done_again(closed: Store) -> None:
    before = picture(closed)
    casework.take(closed, "callback", [1], result="接通", text="已经通水")
    after = picture(closed)
    assert undo(closed).verb == "callback"
    assert picture(closed) == before
    assert one(closed, COUNT) == (0,)
    redo(closed)
    assert picture(closed) == after


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"result": "接通"}, "须写明诉求人的话"),
        ({"result": "接通", "text": "  "}, "须写明诉求人的话"),
        ({"result": "没打"}, "不在名录中"),
        ({}, "须写明回访结果"),
    ],
)
def test_a_call_that_says_too_little_is_refused(
    closed: Store, said: dict[str, Any], why: str
) -> None:
    before, events = picture(closed), "SELECT count(*) FROM event"
    told = one(closed, events)
    with pytest.raises(Refused, match=why):
        casework.take(closed, "callback", [1], **said)
    assert (picture(closed), one(closed, events)) == (before, told)


def test_nobody_is_called_back_about_what_is_not_closed(store: Store) -> None:
    begin(store)
    walk(store, STATES["dispatched"])
    with pytest.raises(Refused, match="不能回访"):
        casework.take(store, "callback", [1], result="未接通")


def test_nobody_is_called_back_before_the_close(closed: Store, clock: Clock) -> None:
    early = clock.now.replace(hour=1)
    with pytest.raises(Refused, match="回访时间早于办结时间"):
        casework.take(closed, "callback", [1], result="未接通", at=early)


def test_the_trail_tells_of_the_call_without_what_was_said(closed: Store) -> None:
    casework.take(closed, "callback", [1], result="未接通")
    trail = "SELECT verb, payload FROM event ORDER BY seq DESC LIMIT 1"
    assert one(closed, trail) == ("ticket.callback", '{"callback":1,"result":"未接通"}')


def test_the_record_tells_what_came_of_the_call_masked(closed: Store) -> None:
    casework.take(closed, "callback", [1], result="接通", text="已修好，有事打13871234567")
    casework.take(closed, "callback", [1], result="未接通")
    with closed.reading() as reader:
        told = [line.text for line in storyline(reader, 1)]
    assert told[-2:] == ["回访：接通，已修好，有事打138****4567", "回访：未接通"]
