"""What of the store was seen unmasked or left it: by whom, of which kind, on which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.store.rows import Query, Source
from rules.casework import DISCLOSURES


@dataclass(frozen=True, slots=True)
class Disclosed:
    """How often one operator did what on one day of the bureau, by the kinds of ``DISCLOSURES``."""

    day: date
    login: str
    name: str
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Event:
    """One event that is counted."""

    recorded_at: datetime
    login: str
    name: str
    verb: str


_EVENTS = Query(
    _Event,
    """
SELECT e.recorded_at, e.operator AS login, coalesce(o.name, e.operator) AS name, e.verb
FROM event e LEFT JOIN operator o ON o.login = e.operator
WHERE e.verb IN (:verbs) AND e.recorded_at >= :since AND e.recorded_at < :until ORDER BY e.seq
""",
)

KINDS = {verb: kind for kind, (_, verbs) in DISCLOSURES.items() for verb in verbs}


def disclosures(
    source: Source, zone: ZoneInfo, since: datetime, until: datetime
) -> list[Disclosed]:
    """Return who saw or took out what, recorded from ``since`` up to ``until``: newest day first.

    A day without any gives no row; within a day operators stand in the order of their logins.
    """
    found: dict[tuple[date, str], Disclosed] = {}
    for one in source.read(_EVENTS, verbs=list(KINDS), since=since, until=until):
        day = one.recorded_at.astimezone(zone).date()
        row = found.setdefault((day, one.login), Disclosed(day, one.login, one.name))
        row.counts[KINDS[one.verb]] += 1
    return [found[key] for key in sorted(found, key=lambda key: (-key[0].toordinal(), key[1]))]


def told(rows: list[Disclosed]) -> Iterator[dict[str, object]]:
    """Yield rows as a file tells of them."""
    for row in rows:
        counts = {kind: row.counts[kind] for kind in DISCLOSURES}
        yield {"day": row.day.isoformat(), "operator": row.login, "name": row.name, **counts}
