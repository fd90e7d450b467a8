"""Every word that means a unit, and what those of a policy's limits mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from models.store.rows import Query, Source
from rules.bureau import Policy
from rules.clocks import units_meant


class UnitWord(NamedTuple):
    """A word and the code of the unit it means."""

    word: str
    code: str


_WORDS = Query(
    UnitWord,
    """
SELECT word, code FROM (
    SELECT code AS word, code, 0 AS kind, id FROM unit
    UNION ALL SELECT name, code, 1, id FROM unit
    UNION ALL SELECT short_name, code, 2, id FROM unit
    UNION ALL SELECT a.alias, u.code, 3, a.id FROM unit_alias a JOIN unit u ON u.id = a.unit_id
) spoken ORDER BY kind, id
""",
)


def spoken_units(source: Source) -> list[UnitWord]:
    """Return every word for a unit: codes before names, short names and aliases."""
    return source.read(_WORDS)


def units_named(source: Source, policy: Policy) -> Mapping[str, str]:
    """Return the codes behind the words for units in a policy's limits; mostly there are none."""
    if not any(entry.unit for entry in policy.limits):
        return {}
    return units_meant(policy.limits, spoken_units(source))
