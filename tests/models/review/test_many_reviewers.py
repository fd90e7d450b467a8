"""Reviewers at work at the same time never meet on a matter, and none is lost with one who dies."""

from __future__ import annotations

import signal

import pytest

from models.review import leasing
from models.review.verdicts import judge
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from models.store.work import Work
from seed.reference.catalogue import first_content
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


def test_what_is_decided_while_it_is_taken_is_not_handed_out(
    pg_target: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another() -> Store:
        return open_store(pg_target, now=clock, first=first_content, login="tester")

    mine, others = another(), another()
    put_reviews(mine, 2)
    others.login = "other"
    [first, second] = column(mine, "SELECT ticket_id FROM review ORDER BY opened_at, ticket_id")
    take_it = leasing._take

    def taken_late(work: Work, review_id: int, holder: str) -> bool:
        if not column(others, DONE):
            judge(others, "uphold", [first])
        return take_it(work, review_id, holder)

    monkeypatch.setattr(leasing, "_take", taken_late)
    handed = leasing.take_next(mine, "late")
    assert handed is not None and handed.ticket_id == second
    assert column(mine, "SELECT count(*) FROM review_lease") == [1]
    mine.close()
    others.close()
