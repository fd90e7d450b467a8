"""The person at work, as a value every floor can hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The operator at work: the system's user and the roles the store gives them."""

    id: int
    login: str
    name: str
    roles: frozenset[str]


ROLE_NAMES = {
    "viewer": "查看",
    "supervisor": "督办",
    "signer": "签发",
    "administrator": "管理",
    "auditor": "审计",
}
"""What people call a role, in the order in which roles are listed."""
