"""Small things screens and commands ask of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.store import Query, Reader
from rules.errors import DubanError


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """How much there is, and the versions of the rules in force."""

    tickets: int
    units: int
    events: int
    policy: int
    calendar: int


_FACTS = Query(
    StoreFacts,
    """
SELECT (SELECT count(*) FROM ticket) AS tickets,
       (SELECT count(*) FROM unit WHERE NOT is_centre) AS units,
       (SELECT count FROM trail_head) AS events,
       (SELECT max(version) FROM policy) AS policy,
       (SELECT max(version) FROM calendar) AS calendar
""",
)


def store_facts(reader: Reader) -> StoreFacts:
    """Count what the store holds."""
    found = reader.first(_FACTS)
    assert found is not None  # a query without FROM gives one row
    return found


@dataclass(frozen=True, slots=True)
class _PolicyText:
    """One version of the policy."""

    version: int
    text: str


_NEWEST = Query(_PolicyText, "SELECT version, text FROM policy ORDER BY version DESC LIMIT 1")


def newest_policy(reader: Reader) -> tuple[int, str]:
    """Return version and TOML text of the policy in force."""
    found = reader.first(_NEWEST)
    assert found is not None  # a store is never without its first policy
    return found.version, found.text


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A ticket by its number."""

    id: int
    number: str


_NUMBERED = Query(_Numbered, "SELECT id, number FROM ticket WHERE number IN (:numbers)")

_OF_IDS = Query(_Numbered, "SELECT id, number FROM ticket WHERE id IN (:ids)")


def ticket_ids(reader: Reader, numbers: Sequence[str]) -> list[int]:
    """Return the ids of tickets by number, in that order; refuses a number there is not."""
    found = {one.number: one.id for one in reader.read(_NUMBERED, numbers=[*numbers])}
    missing = [number for number in numbers if number not in found]
    if missing:
        raise DubanError(f"没有工单 {'、'.join(missing[:5])}：请核对编号")
    return [found[number] for number in numbers]


def ticket_numbers(reader: Reader, ticket_ids: Sequence[int]) -> dict[int, str]:
    """Return the numbers of tickets by id."""
    if not ticket_ids:
        return {}
    return {one.id: one.number for one in reader.read(_OF_IDS, ids=[*ticket_ids])}


_ANY = "SELECT 1 FROM ticket LIMIT 1"


def has_tickets(reader: Reader) -> bool:
    """Whether the store has ever taken an appeal in."""
    return reader.value(_ANY) is not None


_CLAIMED = """
SELECT outcome FROM reply WHERE round_id = :round_id AND judged_at IS NULL ORDER BY id DESC LIMIT 1
"""


def claimed_outcome(reader: Reader, round_id: int) -> str | None:
    """Return the outcome a unit reports with the reply that waits for its judgement."""
    found = reader.value(_CLAIMED, round_id=round_id)
    return None if found is None else str(found)


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


@dataclass(frozen=True, slots=True)
class _Alias:
    """Another word for a unit."""

    unit_id: int
    alias: str


_ALIASES = Query(_Alias, "SELECT unit_id, alias FROM unit_alias ORDER BY id")
_UNITS = Query(
    UnitChoice,
    """
SELECT u.id, u.code, u.name, u.short_name, coalesce(g.name, '') AS "group",
       coalesce(u.initials, '') AS initials
FROM unit u LEFT JOIN unit_group g ON g.id = u.group_id
WHERE NOT u.is_centre AND u.valid_to IS NULL ORDER BY g.position, u.code
""",
)


def unit_choices(reader: Reader) -> list[UnitChoice]:
    """Return the responsible units by group and code, without dissolved ones."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for one in reader.read(_ALIASES):
        aliases[one.unit_id].append(one.alias)
    return [replace(unit, aliases=tuple(aliases[unit.id])) for unit in reader.read(_UNITS)]


@dataclass(frozen=True, slots=True)
class _Channel:
    """Where appeals come from."""

    name: str


_CHANNELS = Query(_Channel, "SELECT name FROM channel ORDER BY position")


def channel_names(reader: Reader) -> tuple[str, ...]:
    """Return the channels' names in their order."""
    return tuple(one.name for one in reader.read(_CHANNELS))
