"""The person at work, as a value every floor can hold."""

from __future__ import annotations

from dataclasses import dataclass

from models.store.errors import StoreError
from models.store.rows import Query, Source


@dataclass(frozen=True, slots=True)
class Actor:
    """The operator at work: the system's user and the roles the store gives them."""

    id: int
    login: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Person:
    """An operator."""

    id: int
    login: str
    name: str


_ACTIVE = Query(_Person, "SELECT id, login, name FROM operator WHERE active ORDER BY id")
_OF_LOGIN = Query(_Person, "SELECT id, login, name FROM operator WHERE login = :login AND active")


@dataclass(frozen=True, slots=True)
class _Role:
    """A role that somebody holds."""

    role: str


_ROLES = Query(_Role, "SELECT role FROM role WHERE operator_id = :id")


def find_actor(source: Source, login: str) -> Actor:
    """Return the active operator of ``login``; an unknown one holds no role and has id 0."""
    found = source.first(_OF_LOGIN, login=login)
    if found is None:
        return Actor(0, login, login, frozenset())
    roles = frozenset(held.role for held in source.read(_ROLES, id=found.id))
    return Actor(found.id, login, found.name, roles)


def active_operators(source: Source) -> list[tuple[str, str]]:
    """Return login and name of every active operator, the first one first."""
    return [(one.login, one.name) for one in source.read(_ACTIVE)]


def require_known(actor: Actor) -> None:
    """Refuse to write for somebody the store does not know."""
    if actor.id == 0:
        raise StoreError(
            f"{actor.login} 还不是本库的操作员，只能查看：请管理员用 duban operator add 添加"
        )
