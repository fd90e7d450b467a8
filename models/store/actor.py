"""The person at work, as a value every floor can hold."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Held:
    """An active operator's login with one of their roles, if they hold any."""

    login: str
    role: str | None


HELD = Query(
    Held,
    """
SELECT o.login, r.role FROM operator o LEFT JOIN role r ON r.operator_id = o.id
WHERE o.active ORDER BY o.id, r.role
""",
)


def logins_with_roles(held: Iterable[Held]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the login and roles of everybody in the rows of ``HELD``."""
    found: dict[str, list[str]] = {}
    for one in held:
        found.setdefault(one.login, []).extend([one.role] if one.role else [])
    return [(login, tuple(roles)) for login, roles in found.items()]
