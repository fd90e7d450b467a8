"""Reviewers at work at the same time never meet on a matter, and none is lost with one who dies."""

from __future__ import annotations

import signal

from models.store.store import Store
from models.store.verifying import verify_trail
from tests.conftest import Clock, Opener
from tests.models.appeals import column, one
from tests.models.review.reviewers import DONE, at_once, put_reviews, review_all

COUNT = 30


def test_three_processes_verify_each_matter_once_though_one_is_killed(
    opener: Opener, clock: Clock
) -> None:
    store: Store = opener()
    put_reviews(store, COUNT)
    store.close()
    assert at_once(opener, (0, 1, 0)) == [0, -signal.SIGKILL, 0]
    store = opener()
    undecided = "SELECT count(*) FROM review WHERE decided_at IS NULL"
    assert one(store, undecided) == (1,)
    clock.travel(minutes=16)
    review_all(opener, "who comes after")
    assert one(store, undecided) == (0,)
    done = column(store, DONE)
    assert len(done) == len(set(done)) == COUNT
    with store.reading() as reader:
        assert verify_trail(reader).ok
    store.close()
