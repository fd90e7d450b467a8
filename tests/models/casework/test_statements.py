"""What an act may cost at the driver, counted on both engines; one matter is read once."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from models.store.store import Store
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id, wuhan
from tests.models.casework.walking import SAID, STATES, STEPS, THIRD, begin, walk
from tests.models.statements import statements

ONE = 20
"""Statements for one matter, BEGIN and COMMIT among them."""

MANY, EACH = 40, 6
"""Statements for many: for the act, and for each matter."""

DEAR = {
    "dispatch": 9,  # its event, unit, four clocks begin
    "reply": 7,  # a reply is read for copies and kept, three clocks stop, one begins
    "join": 7,
    "assist": 7,
    "rework": 9,  # a round and its clocks begin
    "instruct": 7,
    "fulfil": 7,
    "grant_return": 11,  # decided, taken back: the unit's clocks end, the centre's begins
}
"""What one matter more may cost where the act begins rows of its own."""

BEFORE: dict[str, str] = {
    "dispatch": "waiting",
    "acknowledge": "dispatched",
    "accept": "undecided",
    "decline": "undecided",
    "ask_supplement": "undecided",
    "supplement": "supplement asked",
    "contact": "dispatched",
    "progress": "dispatched",
    "reply": "contacted",
    "close": "replied",
    "send_back": "replied",
    "ask_return": "dispatched",
    "grant_return": "return asked",
    "refuse_return": "return asked",
    "ask_extension": "dispatched",
    "grant_extension": "extension asked",
    "refuse_extension": "extension asked",
    "ask_pause": "dispatched",
    "grant_pause": "pause asked",
    "refuse_pause": "pause asked",
    "resume": "paused",
    "ask_account": "dispatched",
    "grant_account": "account asked",
    "refuse_account": "account asked",
    "begin_account": "account granted",
    "renew_account": "on account",
    "end_account": "on account",
    "act_first": "dispatched",
    "settle_owner": "acting first",
    "join": "dispatched",
    "assist": "helped",
    "rate": "closed",
    "callback": "closed",
    "rework": "closed",
    "reopen": "closed",
    "urge": "dispatched",
    "instruct": "dispatched",
    "fulfil": "instructed",
    "accuse": "dispatched",
    "absolve": "accused",
    "note": "dispatched",
    "amend": "dispatched",
    "relimit": "limits asked",
}
"""The usual state in which each step is taken."""


def said(store: Store) -> dict[str, dict[str, Any]]:
    """Return what the steps say that are taken on many here."""
    return {
        "dispatch": {"unit_id": unit_id(store, UNIT)},
        "reply": {"text": SAID, "outcome": "已解决"},
        "send_back": {"reason": "答非所问"},
        "ask_return": {"code": "duty"},
        "join": {"unit_id": unit_id(store, THIRD)},
        "assist": {"unit_id": unit_id(store, THIRD), "text": SAID},
        "rate": {"result": "满意"},
        "rework": {"reason": "群众不满意"},
        "instruct": {"leader": "王市长", "text": "请速办", "limit_text": "2wd"},
        "fulfil": {"reason": "已落实"},
    }


def matters(sent: list[str]) -> list[str]:
    """Return the reads of tickets and rounds: one loads every matter of an act."""
    tables = (" FROM ticket ", " FROM round ", " JOIN ticket ", " JOIN round ")
    return [one for one in sent if "SELECT" in one and any(t in one for t in tables)]


def clocks(sent: list[str]) -> list[str]:
    """Return the reads of the clocks of rounds."""
    read = "FROM deadline d LEFT JOIN crossing"
    return [one for one in sent if read in one and "d.round_id IN" in one]


@pytest.mark.parametrize("verb", BEFORE)
def test_a_step_on_one_ticket_reads_it_once_and_is_cheap(store: Store, verb: str) -> None:
    begin(store)
    walk(store, STATES[BEFORE[verb]])
    with statements(store) as heard:
        STEPS[verb](store)
    sent = heard[["BEGIN" in one for one in heard].index(True) :]  # not how the test finds units
    dearer = {"dispatch": 4, "grant_return": 4, "amend": 4, "relimit": 8}  # every clock anew
    dearer |= {"begin_account": 2, "renew_account": 2, "end_account": 5}  # the account's own too
    assert len(sent) <= ONE + dearer.get(verb, 0), sent
    assert not [one for one in sent if "SAVEPOINT" in one]
    assert len(matters(sent)) == 1 + (verb == "urge"), matters(sent)
    assert len(clocks(sent)) <= 1
    assert [sent[0].split()[0], sent[-1]] == ["BEGIN", "COMMIT"]


def test_a_close_costs_no_more_after_rounds_replies_and_requests(
    store: Store, clock: Clock
) -> None:
    begin(store)
    clock.travel(hours=1)
    for begun in (("dispatch",), ("close", "rework")):
        walk(store, (*begun, *("reply", "send_back") * 3))
    walk(store, ("reply",))
    clock.travel(days=20)
    with statements(store) as sent:
        STEPS["close"](store)
    assert len(sent) <= ONE, sent
    assert len(matters(sent)) == len(clocks(sent)) == 1


def test_of_two_hundred_closed_at_once_each_costs_six_statements(store: Store) -> None:
    """The usual close: each has a reply that awaits judgement."""
    rows = [appeal(f"A{n}", unit=UNIT, received_at=wuhan("2026-11-20 09:00")) for n in range(200)]
    taken(store, *numbered(rows))
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    casework.take(store, "reply", ids, text=SAID, outcome="已解决")
    with statements(store) as sent:
        casework.take(store, "close", ids)
    assert len(sent) <= MANY + EACH * 200
    assert not [one for one in sent if "SAVEPOINT" in one]
    assert len(matters(sent)) == len(clocks(sent)) == 1


OFTEN = """dispatch acknowledge reply close send_back ask_return join assist rate rework urge
           instruct fulfil"""


@pytest.mark.parametrize("verb", OFTEN.split())
def test_a_step_on_many_tickets_is_one_act_that_reads_them_once(store: Store, verb: str) -> None:
    rows = [appeal(f"A{n}", received_at=wuhan("2026-11-20 09:00")) for n in range(12)]
    taken(store, *numbered(rows))
    ids, told = column(store, "SELECT id FROM ticket ORDER BY id"), said(store)
    for step in STATES[BEFORE[verb]]:
        casework.take(store, step, ids, **told.get(step, {}))
    with statements(store) as sent:
        done = casework.take(store, verb, ids, **told.get(verb, {}))
    assert len(done.done) == len(ids)
    assert len(sent) <= MANY + DEAR.get(verb, EACH) * len(ids), sent
    assert len(matters(sent)) == 1 + (verb == "urge")
    assert len(clocks(sent)) <= 1
