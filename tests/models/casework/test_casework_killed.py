"""A machine that dies in the middle of a step: all of it or nothing, and a trail that holds."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from models.store.store import Store
from models.store.verifying import verify_trail
from tests.models.casework.walking import STATES, STEPS, begin, leading_is_right, picture, walk

CHILD = """
import os, signal, sys
from models.store import open_store
from models.store.work import Work
from tests.conftest import Clock
from tests.models.casework.walking import STEPS

target, verb, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
calls = 0

def dying(name):
    real = getattr(Work, name)
    def act(self, *args, **named):
        global calls
        calls += 1
        result = real(self, *args, **named)
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(Work, name, act)

for name in ("update", "insert", "event", "seal"):
    dying(name)
STEPS[verb](open_store(target, now=Clock(), first=lambda: None, login="tester"))
"""

KILLED = {"dispatch": "waiting", "grant_extension": "extension asked", "resume": "paused"}


def _killed(target: str, verb: str, last: int) -> bool:
    """Take a step in a process of its own; return whether it died, after ``last`` statements."""
    ended = subprocess.run([sys.executable, "-c", CHILD, target, verb, str(last)], check=False)
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode != 0


@pytest.mark.parametrize("verb", KILLED)
def test_a_step_killed_before_its_commit_leaves_nothing_and_can_be_taken_again(
    opener: Callable[[], Store], target: str, verb: str
) -> None:
    store = opener()
    begin(store)
    walk(store, STATES[KILLED[verb]])
    before = picture(store)
    with store.reading() as reader:
        trail = verify_trail(reader)
    store.close()
    assert _killed(target, verb, 4)
    store = opener()
    assert picture(store) == before
    with store.reading() as reader:
        assert verify_trail(reader) == trail
    STEPS[verb](store)
    assert picture(store) != before
    assert leading_is_right(store)
    with store.reading() as reader:
        told = verify_trail(reader)
    assert told.ok
    assert told.events > trail.events


def test_a_step_killed_when_all_is_written_but_not_committed_leaves_nothing(
    opener: Callable[[], Store], target: str
) -> None:
    store = opener()
    begin(store)
    before = picture(store)
    store.close()
    child = CHILD.replace('("update", "insert", "event", "seal")', '("seal",)')
    ended = subprocess.run([sys.executable, "-c", child, target, "dispatch", "1"], check=False)
    assert ended.returncode == -signal.SIGKILL
    store = opener()
    assert picture(store) == before
    with store.reading() as reader:
        assert verify_trail(reader).ok
