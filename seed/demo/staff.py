"""Who works in the demo city: five operators with the roles of a real office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.bureau import add_operator, all_operators, rename_operator
from models.store import Store
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
    """Let in the five operators; the store's own first operator becomes the first of them."""
    with store.reading() as reader:
        own = all_operators(reader)[0]
    first, *others = OPERATORS
    rename_operator(store, own.login, first.login, first.name)
    store.login = first.login
    for operator in others:
        add_operator(store, operator.login, operator.name, operator.roles)


@contextmanager
def at_work(store: Store, operator: DemoOperator) -> Iterator[None]:
    """Let one of them do what is done inside."""
    before, store.login = store.login, operator.login
    try:
        yield
    finally:
        store.login = before
