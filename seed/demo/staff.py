"""Who works in the demo city: five operators with the roles of a real office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.store import Store
from models.tables import Operator, Role
from rules.bureau import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class DemoOperator:
    """One invented member of the centre."""

    login: str
    name: str
    roles: tuple[str, ...]


OPERATORS = (
    DemoOperator("chen", "陈思远", tuple(ROLE_NAMES)),
    DemoOperator("liu", "刘婉清", ("viewer", "supervisor")),
    DemoOperator("zhou", "周立行", ("viewer", "supervisor", "signer")),
    DemoOperator("he", "何静", ("viewer", "administrator")),
    DemoOperator("wu", "吴明哲", ("viewer", "auditor")),
)
"""The first one holds every role and opens the demo unless ``--as`` says otherwise."""


DRAFTER, SIGNER = OPERATORS[1], OPERATORS[2]


def hire(store: Store) -> None:
    """Write the five operators; the store's own first operator becomes the first of them."""
    with store.writing() as work:
        first, *others = OPERATORS
        found = work.rows("SELECT id, version FROM operator ORDER BY id")
        work.update(Operator, found[0][0], found[0][1], login=first.login, name=first.name)
        work.event("operator.rename", "operator", found[0][0], payload={"login": first.login})
        for operator in others:
            id = work.insert(
                Operator, login=operator.login, name=operator.name, created_at=work.now
            )
            work.bulk(Role, ("operator_id", "role"), [(id, role) for role in operator.roles])
            told = {"login": operator.login, "roles": list(operator.roles)}
            work.event("operator.add", "operator", id, payload=told)
    store.login = first.login


@contextmanager
def at_work(store: Store, operator: DemoOperator) -> Iterator[None]:
    """Let one of them do what is done inside."""
    before, store.login = store.login, operator.login
    try:
        yield
    finally:
        store.login = before
