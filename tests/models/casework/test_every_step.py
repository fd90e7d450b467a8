"""Every step in every state: done or refused, never half done; killed anywhere: all or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.casework.undoing import redo, undo
from models.matter import load_matter, position
from models.store.store import Store
from models.store.verifying import verify_trail
from models.store.work import Work
from rules.casework.lawful import allowed_steps
from rules.casework.steps import STEPS as TABLE
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.casework.walking import STATES, STEPS, begin, leading_is_right, picture, walk


def test_every_verb_of_the_table_is_walked() -> None:
    assert {step.verb for step in TABLE if step.kind == "ticket"} == STEPS.keys()


@pytest.mark.parametrize("state", STATES)
def test_every_step_is_done_as_offered_or_refused_leaving_all_as_it_was(
    sqlite_store: Store, clock: Clock, state: str
) -> None:
    begin(sqlite_store)
    walk(sqlite_store, STATES[state])
    for verb, step in STEPS.items():
        before = picture(sqlite_store)
        with sqlite_store.reading() as reader:
            matter = load_matter(reader, 1)
            stands = position(reader, matter, sqlite_store.timekeeper(), clock.now)
        offered = {each.verb: each for each in allowed_steps(stands)}
        try:
            step(sqlite_store)
        except Refused:
            assert picture(sqlite_store) == before, verb
            told = ("transfer", "join", "accuse", *(("rate",) if state.startswith("rated") else ()))
            assert verb not in offered or verb in told, verb
            continue
        assert verb in offered or verb in ("dispatch", "transfer"), verb
        assert leading_is_right(sqlite_store), verb
        undo(sqlite_store)
        assert picture(sqlite_store) == before, verb
    with sqlite_store.reading() as reader:
        assert verify_trail(reader).ok


@pytest.mark.parametrize(
    "state", ["replied", "paused", "arbitrated", "instructed", "helped in part", "reworked"]
)
def test_steps_undo_and_redo_alike_on_both_engines(store: Store, state: str) -> None:
    begin(store)
    seen = [picture(store)]
    for step in STATES[state]:
        STEPS[step](store)
        seen.append(picture(store))
        assert leading_is_right(store)
    for before in reversed(seen[:-1]):
        undo(store)
        assert picture(store)[:3] == before[:3]
        assert leading_is_right(store)
    for after in seen[1:]:
        redo(store)
        assert picture(store)[:3] == after[:3]
    with store.reading() as reader:
        assert verify_trail(reader).ok


KILLED = {
    "dispatch": "waiting",
    "reply": "dispatched",
    "close": "replied",
    "send_back": "replied",
    "grant_return": "return asked",
    "grant_extension": "extension asked",
    "grant_pause": "pause asked",
    "resume": "paused",
    "rework": "closed",
    "instruct": "dispatched",
}


@pytest.mark.parametrize("verb", KILLED)
def test_an_error_between_any_two_statements_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    begin(store)
    walk(store, STATES[KILLED[verb]])
    before = picture(store)
    with store.reading() as reader:
        trail = verify_trail(reader)
    left, finished = 0, False

    def failing(name: str) -> Callable[..., object]:
        real = getattr(Work, name)

        def act(self: Work, *args: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError
            return real(self, *args, **named)

        return act

    for name in ("update", "insert", "event", "seal", "bulk"):
        monkeypatch.setattr(Work, name, failing(name))
    allowed_calls = 0
    while not finished:
        left = allowed_calls
        try:
            STEPS[verb](store)
            finished = True
        except RuntimeError:
            assert picture(store) == before
            with store.reading() as reader:
                assert verify_trail(reader) == trail
        allowed_calls += 1
    assert allowed_calls > 4
    assert picture(store) != before
    assert leading_is_right(store)
