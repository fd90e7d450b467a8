"""Somebody else at work on the same store."""

from __future__ import annotations

from models.store.opening import open_store
from models.store.store import Store
from models.tables.bookkeeping import Operator, Role
from seed.reference.catalogue import first_content
from tests.conftest import Clock


def other_of(store: Store, clock: Clock) -> Store:
    """Return the store as a second supervisor has it open."""
    with store.writing() as work:
        id = work.insert(Operator, login="other", name="李四", created_at=work.now)
        work.insert(Role, operator_id=id, role="supervisor")
    return open_store(store.target, now=clock, first=first_content, login="other")
