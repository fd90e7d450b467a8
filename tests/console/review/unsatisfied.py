"""A town with unsatisfied matters to be verified, and somebody else who verifies them."""

from __future__ import annotations

from models.casework import take
from models.store.store import Store
from tests.models.appeals import column
from tests.models.review.test_verdicts import as_another

_IN_HAND = """
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id WHERE r.state = 'acknowledged'
ORDER BY t.id LIMIT {}
"""


def unsatisfied(store: Store, count: int, *roles: str) -> list[int]:
    """Close and rate so many appeals 不满意; let somebody else work on from there."""
    ids = column(store, _IN_HAND.format(count))
    assert len(ids) == count
    take(store, "close", ids, outcome="已解决")
    take(store, "rate", ids, result="不满意")
    as_another(store, *(roles or ("supervisor",)))
    return ids
