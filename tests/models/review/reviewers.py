"""Many reviewers at once, each a process of its own; some die in the middle of a verdict."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any

from models.casework import take
from models.review import verdicts
from models.review.leasing import take_next
from models.store.store import Store
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.review.test_verdicts import as_another

BATCH = 500
"""Appeals taken in, closed and rated in one act."""

BETWEEN = 0.01
"""Seconds between two verdicts of a reviewer: a hand is never faster, and others get their turn."""

DONE = "SELECT subject_id FROM event WHERE verb = 'review.uphold'"

Opener = Callable[[], Store]


def put_reviews(store: Store, count: int) -> None:
    """Put so many matters that wait to be verified into a store; somebody else verifies them."""
    received = wuhan("2026-11-16 09:00")
    for start in range(0, count, BATCH):
        some = range(start, min(count, start + BATCH))
        given: dict[str, Any] = {"unit": UNIT, "dispatched_at": received}
        taken(store, *(appeal(f"R{i}", **given) for i in some), digest=f"reviews {start}")
        ids = column(store, "SELECT id FROM ticket WHERE state = 'open' ORDER BY id")
        take(store, "close", ids, outcome="已解决")
        take(store, "rate", ids, result="不满意")
    as_another(store, "supervisor")


def review_all(opener: Opener, holder: str, dies_at: int = 0) -> None:
    """Take and uphold one review after the other; die in the middle of one of them."""
    store = opener()
    store.login = "other"
    done = 0
    while (handed := take_next(store, holder)) is not None:
        done += 1
        if done == dies_at:
            verdicts.__dict__["tell"] = _die
        verdicts.judge(store, "uphold", [handed.ticket_id])
        time.sleep(BETWEEN)
    store.close()


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_once(opener: Opener, deaths: Sequence[int]) -> list[int | None]:
    """Let as many reviewers work as there are ``deaths``; return how each process ended.

    A death says in the how-manieth verdict it comes, 0 never.
    """
    context = get_context("fork")
    processes = [
        context.Process(target=review_all, args=(opener, f"holder {n}", dies_at))
        for n, dies_at in enumerate(deaths)
    ]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    return [one.exitcode for one in processes]
