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
