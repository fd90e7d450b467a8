"""What is refused for want of a role is told in the trail, once a minute for each verb."""

from __future__ import annotations

import pytest

from models import casework
from models.orders import draft
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Operator, Role
from models.views.phrases import event_words
from tests.conftest import Clock
from tests.models.appeals import column
from tests.models.casework.walking import STATES, begin, walk
from tests.models.store.logins import as_them

REFUSED = "SELECT payload FROM event WHERE verb = 'act.refused' AND operator = 'other' ORDER BY seq"


@pytest.fixture
def viewed(store: Store) -> Store:
    """Return a store with a closed appeal, at which somebody is who may only look."""
    begin(store)
    walk(store, STATES["closed"])
    with store.writing() as work:
        id = work.insert(Operator, login="other", name="他人", active=True, created_at=work.at)
        work.insert(Role, operator_id=id, role="viewer")
        work.event("operator.add", "operator", id, payload={"roles": ["viewer"]})
    store.login = "other"
    return store


def test_a_refusal_is_told_once_a_minute_for_each_verb(viewed: Store, clock: Clock) -> None:
    for _ in range(3):
        with pytest.raises(NotAllowed, match="要有督办权限"):
            casework.take(viewed, "rework", [1], reason="群众不满意")
    with pytest.raises(NotAllowed, match="要有督办或签发权限"):
        draft(viewed, [1])
    told = ['{"asked":["supervisor"],"verb":"ticket.rework"}']
    told += ['{"asked":["signer","supervisor"],"verb":"order.draft"}']
    assert column(viewed, REFUSED) == told
    clock.travel(minutes=1)
    with pytest.raises(NotAllowed):
        casework.take(viewed, "rework", [1], reason="群众不满意")
    assert column(viewed, REFUSED) == [*told, told[0]]
    with viewed.reading() as reader:
        assert verify_trail(reader).ok


def test_the_record_says_what_was_wanted_and_which_role_it_needs() -> None:
    said = {"verb": "ticket.rework", "asked": ["signer", "supervisor"]}
    assert event_words("act.refused", said, "") == "越权未办：重办（要有督办或签发权限）"


def test_of_somebody_unknown_nothing_is_told(viewed: Store) -> None:
    viewed.login = "nobody"
    with pytest.raises(Exception, match="还不是本库的操作员"):
        casework.take(viewed, "rework", [1], reason="群众不满意")
    viewed.login = "other"
    assert column(viewed, REFUSED) == []


def test_the_database_takes_the_refusal_of_any_role(bureau: Store, people: dict[str, str]) -> None:
    hers = as_them(bureau, people["viewer"])
    with pytest.raises(NotAllowed, match="要有签发权限"), hers.writing() as work:
        work.event("order.sign", "order", 1)
    hers.close()
    told = "SELECT payload FROM event WHERE verb = 'act.refused'"
    assert column(bureau, told) == ['{"asked":["signer"],"verb":"order.sign"}']
