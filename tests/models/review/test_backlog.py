"""Opening reviews of what was rated long ago: counted first, timed from now, again without harm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models import casework
from models.review.backlog import Backlog, count_backlog, open_backlog
from models.review.leasing import release, renew, take_next
from models.review.verdicts import judge
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from tests.models.appeals import column, one
from tests.models.casework.walking import STATES, begin, walk
from tests.models.review.test_verdicts import as_another

EVER = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def unsatisfied(store: Store) -> Store:
    """Return a store whose first appeal is closed and rated 不满意."""
    begin(store)
    walk(store, STATES["closed"])
    casework.take(store, "rate", [1], result="不满意")
    return store


def forget(store: Store, *what: str) -> None:
    """Let the review, or only its clock, be as it was in older stores."""
    with store.writing() as work:
        for table in what:
            where = " WHERE subject_kind = 'review'" if table == "deadline" else ""
            work.conn.exec_driver_sql(f"DELETE FROM {table}{where}")


def test_what_has_no_review_gets_one_that_is_timed_from_now(unsatisfied: Store) -> None:
    forget(unsatisfied, "deadline", "review")
    with unsatisfied.reading() as reader:
        assert count_backlog(reader, EVER) == Backlog(1, 0)
        assert count_backlog(reader, datetime(2030, 1, 1, tzinfo=UTC)) == Backlog(0, 0)
    told: list[int] = []
    assert open_backlog(unsatisfied, EVER, told.append) == Backlog(1, 0)
    assert told == [1]
    assert open_backlog(unsatisfied, EVER) == Backlog(0, 0)
    assert one(unsatisfied, "SELECT decided_at IS NULL FROM review") == (True,)
    since = "SELECT started_at FROM deadline WHERE subject_kind = 'review'"
    at = "SELECT at FROM event WHERE verb = 'review.open' ORDER BY seq DESC LIMIT 1"
    assert str(one(unsatisfied, since)[0]) >= str(one(unsatisfied, at)[0])


def test_a_review_without_a_clock_gets_one(unsatisfied: Store) -> None:
    forget(unsatisfied, "deadline")
    with unsatisfied.reading() as reader:
        assert count_backlog(reader, EVER) == Backlog(0, 1)
    assert open_backlog(unsatisfied, EVER) == Backlog(0, 1)
    clocks = "SELECT count(*) FROM deadline WHERE subject_kind = 'review' AND leads"
    assert one(unsatisfied, clocks) == (1,)
    assert column(unsatisfied, "SELECT count(*) FROM event WHERE verb = 'review.start'") == [1]


def test_only_a_supervisor_opens_reviews(unsatisfied: Store) -> None:
    forget(unsatisfied, "deadline", "review")
    as_another(unsatisfied, "auditor")
    with pytest.raises(NotAllowed):
        open_backlog(unsatisfied, EVER)


def test_one_review_is_given_back_alone_and_kept_by_use(unsatisfied: Store) -> None:
    as_another(unsatisfied, "supervisor")
    handed = take_next(unsatisfied, "A")
    assert handed is not None
    release(unsatisfied, "A", handed.review_id + 1)
    assert take_next(unsatisfied, "B") is None
    assert renew(unsatisfied, "A", handed.review_id)
    assert not renew(unsatisfied, "B", handed.review_id)
    release(unsatisfied, "A", handed.review_id)
    assert take_next(unsatisfied, "B") == handed


def test_what_is_skipped_is_not_handed_out_to_the_one_who_skipped_it(unsatisfied: Store) -> None:
    as_another(unsatisfied, "supervisor")
    handed = take_next(unsatisfied, "A")
    assert handed is not None
    assert take_next(unsatisfied, "A", [handed.review_id]) is None


def test_only_a_verdict_is_taken_back_as_one(unsatisfied: Store) -> None:
    judge(unsatisfied, "uphold", [1])
    undone = casework.undo(unsatisfied, of="review.")
    assert undone.ticket_ids == (1,)
    casework.take(unsatisfied, "note", [1], text="先看一遍")
    with pytest.raises(Refused, match="最近一次办理是“批注”，不是核查结论"):
        casework.undo(unsatisfied, of="review.")
    with unsatisfied.reading() as reader:
        assert verify_trail(reader).ok
