"""What a person picks from: units that take appeals, and channels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from models.reader import Reader


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
