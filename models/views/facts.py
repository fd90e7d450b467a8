"""Small things screens and commands ask of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.store import Reader
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


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit in force, with every word by which somebody may look for it."""

    id: int
    code: str
    name: str
    short_name: str
    group: str
    initials: str
    aliases: tuple[str, ...] = ()


def unit_choices(reader: Reader) -> list[UnitChoice]:
    """Return the responsible units by group and code, without dissolved ones."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for unit_id, alias in reader.rows("SELECT unit_id, alias FROM unit_alias ORDER BY id"):
        aliases[unit_id].append(alias)
    return [
        UnitChoice(id, code, name, short_name, group or "", initials or "", tuple(aliases[id]))
        for id, code, name, short_name, group, initials in reader.rows(_UNITS)
    ]


def channel_names(reader: Reader) -> tuple[str, ...]:
    """Return the channels' names in their order."""
    return tuple(row[0] for row in reader.rows("SELECT name FROM channel ORDER BY position"))


_UNITS = """
SELECT u.id, u.code, u.name, u.short_name, g.name, u.initials
FROM unit u LEFT JOIN unit_group g ON g.id = u.group_id
WHERE NOT u.is_centre AND u.valid_to IS NULL ORDER BY g.position, u.code
"""
