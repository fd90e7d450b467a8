"""One version of each matter: every act raises it by one; nobody acts on what they did not see."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from models import casework
from models.casework.undoing import redo, undo
from models.casework.verbs import FUNCTIONS
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.steps import STEPS as TABLE
from rules.errors import Refused
from tests.conftest import Opener
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.casework.test_statements import BEFORE
from tests.models.casework.walking import OTHER, STATES, STEPS, begin, picture, walk

USUAL = {
    **BEFORE,
    "transfer": "acknowledged",
    "dispatch_within": "free",
    "arbitrate": "second return",
}

WAYS = {**STATES, "free": ("ruled",)}
"""Ways into the usual states; by the last a policy lets a dispatch have a limit of its own."""

VERSION = "SELECT version FROM ticket WHERE id = 1"

WRITTEN = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM undo_entry)"


def test_every_step_has_its_usual_state() -> None:
    assert USUAL.keys() == {step.verb for step in TABLE if step.kind == "ticket"}


@pytest.mark.parametrize("verb", USUAL)
def test_every_step_raises_the_version_of_the_matter_by_one(sqlite_store: Store, verb: str) -> None:
    begin(sqlite_store)
    walk(sqlite_store, WAYS[USUAL[verb]])
    before = one(sqlite_store, VERSION)[0]
    STEPS[verb](sqlite_store)
    assert one(sqlite_store, VERSION) == (before + 1,)
    undo(sqlite_store)
    redo(sqlite_store)
    assert one(sqlite_store, VERSION) == (before + 3,)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("rate", {"result": "满意"}),
        ("rework", {"reason": "群众不满意"}),
        ("reopen", {"reason": "误办结"}),
        ("callback", {"result": "接通", "text": "还没有水"}),
    ],
)
def test_a_closed_matter_is_acted_on_by_whoever_saw_it_as_it_is(
    store: Store, verb: str, said: Mapping[str, Any]
) -> None:
    begin(store)
    walk(store, STATES["closed"])
    seen = {1: int(one(store, VERSION)[0])}
    casework.take(store, "callback", [1], result="拒访")
    before = picture(store), one(store, VERSION), one(store, WRITTEN)
    with pytest.raises(LostRace, match="（回访）改动"):
        casework.take(store, verb, [1], seen=seen, **said)
    assert (picture(store), one(store, VERSION), one(store, WRITTEN)) == before
    seen = {1: int(one(store, VERSION)[0])}
    assert casework.take(store, verb, [1], seen=seen, **said).done == (1,)


def _race(
    opener: Opener, first: Callable[[Store], Any], second: Callable[[Store], Any]
) -> list[str]:
    """Let two programs act at once; return how each came out."""
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def run(act: Callable[[Store], Any]) -> None:
        mine = opener()
        mine.timekeeper()
        ready.wait()
        try:
            act(mine)
            outcomes.append("done")
        except (Refused, LostRace):
            outcomes.append("lost")

    threads = [threading.Thread(target=run, args=(act,)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return sorted(outcomes)


@pytest.mark.parametrize("verb", ["dispatch", "reply", "close", "rate", "rework", "instruct"])
def test_of_two_batches_in_opposite_order_exactly_one_is_done(opener: Opener, verb: str) -> None:
    store = opener()
    rows = [appeal(f"A{n}", received_at=wuhan("2026-11-20 09:00")) for n in range(8)]
    taken(store, *numbered(rows))
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    said: dict[str, dict[str, Any]] = {
        "dispatch": {"unit_id": unit_id(store, UNIT)},
        "reply": {"text": "已更换线路并恢复照明"},
        "close": {"outcome": "已解决"},
        "rate": {"result": "满意"},
        "rework": {"reason": "群众不满意"},
        "instruct": {"leader": "王市长", "text": "请速办", "limit_text": "2wd"},
    }
    for step in WAYS[USUAL[verb]]:
        casework.take(store, step, ids, **said.get(step, {}))
    seen = dict.fromkeys(ids, int(one(store, "SELECT DISTINCT version FROM ticket")[0]))

    def act(order: list[int]) -> Callable[[Store], Any]:
        return lambda mine: casework.take(mine, verb, order, seen=seen, **said[verb])

    assert _race(opener, act(ids), act(ids[::-1])) == ["done", "lost"]
    assert one(store, "SELECT DISTINCT version FROM ticket") == (seen[ids[0]] + 1,)
    told = "SELECT count(*) FROM event WHERE verb = :verb"
    assert one(store, told, verb=f"ticket.{verb}") == (len(ids),)
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_of_two_different_steps_at_once_the_second_has_not_seen_the_first(opener: Opener) -> None:
    store = opener()
    begin(store)
    walk(store, STATES["dispatched"])
    seen = {1: int(one(store, VERSION)[0])}
    assert _race(
        opener,
        lambda mine: casework.take(mine, "acknowledge", [1], seen=seen),
        lambda mine: casework.take(mine, "contact", [1], seen=seen),
    ) == ["done", "lost"]
    assert one(store, VERSION) == (seen[1] + 1,)


MARKS = 4


def _marked(store: Store) -> list[int]:
    """Take some appeals in, the last of them closed; return their ids."""
    rows = [appeal(f"A{n}", unit=UNIT, received_at=wuhan("2026-11-20 09:00")) for n in range(MARKS)]
    taken(store, *numbered(rows))
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    casework.take(store, "close", ids[-1:], outcome="已解决")
    return ids


INSTRUCTED: dict[str, Any] = {"leader": "王市长", "text": "请速办", "limit_text": "2wd"}

GIVEN = "SELECT count(*), count(done_at) FROM instruction"


def test_an_instruction_on_several_marks_is_one_act(store: Store) -> None:
    ids = _marked(store)
    before = picture(store)
    done = casework.take(store, "instruct", ids, **INSTRUCTED)
    assert done.done == tuple(ids[:-1]) and len(done.made) == MARKS - 1
    assert done.skipped == (("WH20261120-00004", _refusal(done)),)
    assert "不能登记批示" in _refusal(done)
    batches = "SELECT DISTINCT batch FROM event WHERE verb = 'ticket.instruct'"
    assert str(one(store, batches)[0]).startswith("act:")
    assert one(store, GIVEN) == (MARKS - 1, 0)
    assert undo(store).matters == MARKS - 1
    assert one(store, GIVEN) == (0, 0)
    assert picture(store) == before


def _refusal(done: casework.Done) -> str:
    return done.skipped[0][1]


def test_an_instruction_that_fails_on_one_mark_is_recorded_on_none(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that pressing again after an error never records a second one."""
    ids = _marked(store)
    before, written = picture(store), one(store, WRITTEN)
    keep = FUNCTIONS["instruct"]

    def failing(work: Any, matter: Any, **said: Any) -> Any:
        if matter.ticket_id == ids[1]:
            raise RuntimeError
        return keep(work, matter, **said)

    monkeypatch.setitem(FUNCTIONS, "instruct", failing)
    with pytest.raises(RuntimeError):
        casework.take(store, "instruct", ids, **INSTRUCTED)
    assert (picture(store), one(store, WRITTEN)) == (before, written)
    monkeypatch.undo()
    casework.take(store, "instruct", ids, **INSTRUCTED)
    assert one(store, GIVEN) == (MARKS - 1, 0)


def test_instructions_on_several_marks_are_done_in_one_act(store: Store) -> None:
    ids = _marked(store)
    casework.take(store, "instruct", ids[:2], **INSTRUCTED)
    done = casework.take(store, "fulfil", ids, reason="已落实")
    assert done.done == tuple(ids[:2])
    assert [number[-5:] for number, _ in done.skipped] == ["00003", "00004"]
    assert one(store, GIVEN) == (2, 2)
    undo(store)
    assert one(store, GIVEN) == (2, 0)


def test_several_marks_handed_on_skip_the_one_its_unit_has(store: Store) -> None:
    ids = _marked(store)[:-1]
    casework.take(store, "dispatch", ids[:1], unit_id=unit_id(store, OTHER))
    done = casework.take(store, "dispatch", ids, unit_id=unit_id(store, OTHER))
    assert done.done == tuple(ids[1:])
    assert [number[-5:] for number, _ in done.skipped] == ["00001"]
