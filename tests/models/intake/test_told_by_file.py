"""What a file may tell of is in the table of steps, and leaves what an operator's act leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import casework
from models.casework.verbs import FUNCTIONS, tell_by_file
from models.matter import load_matter
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.steps import STEPS, TICKET_STATES
from rules.errors import Refused
from seed.reference.catalogue import first_content
from tests.conftest import Clock, sqlite_copy
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, SAID, begin, picture, walk
from tests.models.cells import rows_of

RECEIVED = wuhan("2026-11-20 09:00")

WAYS: dict[str, tuple[str, ...]] = {
    "waiting": (),
    "dispatched": ("dispatch",),
    "acknowledged": ("dispatch", "acknowledge"),
    "replied": ("dispatch", "reply"),
    "closed": ("dispatch", "reply", "close"),
}
"""A way into every state of a ticket."""


class _NothingKept(Exception):
    """Ends a transaction that must leave nothing."""


def test_every_state_is_tried() -> None:
    assert WAYS.keys() == set(TICKET_STATES)


@pytest.mark.parametrize("state", WAYS)
def test_a_file_tells_of_a_step_exactly_where_its_row_says_so(
    sqlite_store: Store, clock: Clock, state: str
) -> None:
    begin(sqlite_store)
    walk(sqlite_store, WAYS[state])
    clock.travel(hours=1)
    before = picture(sqlite_store)
    said: dict[str, dict[str, Any]] = {
        "dispatch": {"unit_id": unit_id(sqlite_store, OTHER)},
        "reply": {"text": SAID},
        "close": {"outcome": "已解决"},
        "rate": {"result": "满意"},
    }
    for name in FUNCTIONS:
        rows = [step for step in STEPS if step.kind == "ticket" and step.function == name]
        allowed = any(state in step.by_file for step in rows)
        told = False
        try:
            with sqlite_store.writing() as work:
                matter = load_matter(work, 1)
                assert matter.state == state
                tell_by_file(work, matter, name, clock.now, **said.get(name, {}))
                told = True
                raise _NothingKept
        except (Refused, _NothingKept):
            assert told == allowed, name
        assert picture(sqlite_store) == before


TOLD: dict[str, dict[str, Any]] = {
    "dispatch": {"unit": UNIT, "dispatched_at": None},
    "acknowledge": {"acknowledged_at": None},
    "contact": {"contacted_at": None},
    "reply": {"reply": SAID, "replied_at": None},
    "close": {"outcome": "已解决", "closed_at": None},
    "rate": {"result_rating": "不满意", "work_rating": "满意", "rated_at": None},
}
"""What a row says more when a step has been taken; None is the time it was."""

TAKEN: dict[str, dict[str, Any]] = {
    "reply": {"text": SAID},
    "close": {"outcome": "已解决"},
    "rate": {"result": "不满意", "work_rating": "满意"},
}

VERBS = "SELECT verb FROM event WHERE verb NOT LIKE 'import.%' ORDER BY seq"

REVIEWS = "SELECT count(*) FROM review"


def test_what_a_file_tells_leaves_what_an_operator_leaves(
    store: Store, sqlite_template: Path, tmp_path: Path, clock: Clock
) -> None:
    """One store is told by files, beside it one by hand; each step an hour after the one before."""
    beside = tmp_path / "beside"
    beside.mkdir()
    by_hand = open_store(
        sqlite_copy(sqlite_template, beside), now=clock, first=first_content, login="tester"
    )
    row: dict[str, Any] = {"received_at": RECEIVED}
    for each in (store, by_hand):
        taken(each, appeal(**row))
    for verb, more in TOLD.items():
        clock.travel(hours=1)
        row |= {name: clock.now if value is None else value for name, value in more.items()}
        assert taken(store, appeal(**row)).updated == 1
        said = TAKEN.get(verb, {})
        if verb == "dispatch":
            said = {"unit_id": unit_id(by_hand, UNIT)}
        casework.take(by_hand, verb, [1], **said)
        assert _plain(picture(store)) == _plain(picture(by_hand)), verb
        assert column(store, VERBS) == column(by_hand, VERBS), verb
    assert column(store, REVIEWS) == column(by_hand, REVIEWS) == [1]
    by_hand.close()


def _plain(tables: list[list[tuple[Any, ...]]]) -> list[list[tuple[Any, ...]]]:
    """Return a picture alike from either engine: SQLite has no truths, and other ids."""
    return [
        [tuple(int(cell) if isinstance(cell, bool) else cell for cell in row) for row in table]
        for table in tables
    ]


@pytest.mark.parametrize(
    ("rating", "days", "reviews"), [("不满意", 0, 1), ("满意", 0, 0), ("不满意", 400, 0)]
)
def test_an_unsatisfied_rating_of_a_new_appeal_opens_a_review_and_says_so(
    store: Store, clock: Clock, rating: str, days: int, reviews: int
) -> None:
    at: datetime = clock.now - timedelta(days=days, hours=1)
    row = appeal(
        unit=UNIT,
        received_at=at - timedelta(days=2),
        dispatched_at=at - timedelta(days=2),
        replied_at=at - timedelta(hours=2),
        closed_at=at - timedelta(hours=1),
        result_rating=rating,
        rated_at=at,
    )
    taken(store, row)
    assert one(store, REVIEWS) == (reviews,)
    with store.reading() as reader:
        told = rows_of(
            reader, "SELECT verb, subject_id, unit_id, at FROM event WHERE verb = 'review.open'"
        )
        assert verify_trail(reader).ok
    assert told == [("review.open", 1, unit_id(store, UNIT), at)] * reviews
    order = column(store, VERBS)
    assert order[-1 - reviews] == "ticket.intake"
    assert taken(store, row, digest="again").unchanged == 1
    assert one(store, REVIEWS) == (reviews,)
