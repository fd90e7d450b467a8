"""What a store holds at a glance: for ``duban info``, the about screen and short lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.reader import Reader
from rules.errors import DubanError


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """How much there is, and the versions of the rules in force."""

    tickets: int
    units: int
    events: int
    policy: int
    calendar: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A responsible unit and how to reach it."""

    code: str
    name: str
    short_name: str
    group: str | None
    liaison: str | None
    phone: str | None
    leader: str | None


def store_facts(reader: Reader) -> StoreFacts:
    """Count what the store holds."""
    row = reader.one(
        """SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM unit WHERE NOT is_centre),
                  (SELECT count FROM trail_head), (SELECT max(version) FROM policy),
                  (SELECT max(version) FROM calendar)"""
    )
    assert row is not None  # a query without FROM gives one row
    return StoreFacts(*row)


def newest_policy(reader: Reader) -> tuple[int, str]:
    """Return version and TOML text of the policy in force."""
    row = reader.one("SELECT version, text FROM policy ORDER BY version DESC LIMIT 1")
    assert row is not None  # a store is never without its first policy
    return int(row[0]), str(row[1])


def unit_lines(reader: Reader) -> list[UnitLine]:
    """Return the responsible units, by group and code."""
    return [UnitLine(*row) for row in reader.rows(_UNITS)]


def ticket_ids(reader: Reader, numbers: Sequence[str]) -> list[int]:
    """Return the ids of tickets by number, in that order; refuses a number there is not."""
    found: dict[str, Any] = dict(
        reader.rows("SELECT number, id FROM ticket WHERE number IN (:numbers)", numbers=[*numbers])
    )
    missing = [number for number in numbers if number not in found]
    if missing:
        raise DubanError(f"没有工单 {'、'.join(missing[:5])}：请核对编号")
    return [int(found[number]) for number in numbers]


_UNITS = """
SELECT u.code, u.name, u.short_name, g.name, u.liaison, u.phone, u.leader
FROM unit u LEFT JOIN unit_group g ON g.id = u.group_id
WHERE NOT u.is_centre ORDER BY g.position, u.code
"""
