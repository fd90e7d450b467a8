"""The person at work, as a value every floor can hold."""

from __future__ import annotations

from dataclasses import dataclass

from models.store.errors import StoreError
from models.store.reader import Reader, Rows


@dataclass(frozen=True, slots=True)
class Actor:
    """The operator at work: the system's user and the roles the store gives them."""

    id: int
    login: str
    name: str
    roles: frozenset[str]


def find_actor(reader: Reader, login: str) -> Actor:
    """Return the active operator of ``login``; an unknown one holds no role and has id 0."""
    row = reader.one("SELECT id, name FROM operator WHERE login = :login AND active", login=login)
    if row is None:
        return Actor(0, login, login, frozenset())
    roles = reader.rows("SELECT role FROM role WHERE operator_id = :id", id=row[0])
    return Actor(int(row[0]), login, str(row[1]), frozenset(r[0] for r in roles))


def active_operators(reader: Reader) -> list[tuple[str, str]]:
    """Return login and name of every active operator, the first one first."""
    people = reader.rows("SELECT login, name FROM operator WHERE active ORDER BY id")
    return [(str(login), str(name)) for login, name in people]


def require_known(actor: Actor) -> None:
    """Refuse to write for somebody the store does not know."""
    if actor.id == 0:
        raise StoreError(
            f"{actor.login} 还不是本库的操作员，只能查看：请管理员用 duban operator add 添加"
        )


def logins_with_roles(rows: Rows) -> list[tuple[str, tuple[str, ...]]]:
    """Return the login and roles of every active operator; ``rows`` is a reader's or a work's."""
    held: dict[str, list[str]] = {}
    for login, role in rows(_HELD):
        held.setdefault(login, []).extend([role] if role else [])
    return [(login, tuple(roles)) for login, roles in held.items()]


_HELD = """
SELECT o.login, r.role FROM operator o LEFT JOIN role r ON r.operator_id = o.id
WHERE o.active ORDER BY o.id, r.role
"""
