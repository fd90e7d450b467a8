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


def ticket_ids(reader: Reader, numbers: Sequence[str]) -> list[int]:
    """Return the ids of tickets by number, in that order; refuses a number there is not."""
    found: dict[str, Any] = dict(
        reader.rows("SELECT number, id FROM ticket WHERE number IN (:numbers)", numbers=[*numbers])
    )
    missing = [number for number in numbers if number not in found]
    if missing:
        raise DubanError(f"没有工单 {'、'.join(missing[:5])}：请核对编号")
    return [int(found[number]) for number in numbers]
