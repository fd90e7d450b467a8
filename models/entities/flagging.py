"""Flags on a firm with a decision against it whose appeals go on under another name.

They follow whatever is decided of names and documents, in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.entities.entity import EntityView, known_entities
from models.entities.suggested import SuggestionView, suggestions
from models.ranking import REAPPEARED, FlagView, follow_rule
from models.store import Query
from rules.entities import Complaint, Decided, Under, reappeared

if TYPE_CHECKING:
    from models.store import Work

_GONE = "换名出现的依据已不成立"


def follow_flags(work: Work, reason: str = _GONE) -> None:
    """Raise what must be supervised by now, and withdraw for ``reason`` what fell away."""
    follow_rule(work, REAPPEARED, list(_found(work)), reason)


def _found(work: Work) -> Iterator[FlagView]:
    decided = [one for one in known_entities(work) if one.standing]
    if not decided:
        return
    likely = [one for one in suggestions(work) if one.strong]
    cores = {core for one in decided for core in one.cores}
    cores |= {core for one in likely for core in (one.earlier, one.later)}
    complaints = _complaints(work, cores)
    units = {one.id: one for one in work.read(_UNITS)}
    for entity in decided:
        decisions = [
            Decided(one.written, one.kind, one.number, one.organ, one.day)
            for one in entity.standing
        ]
        others = list(_others(entity, likely, complaints))
        for told in reappeared(decisions, others):
            unit = units[told.unit_id]
            yield FlagView(
                key=f"{REAPPEARED}:{told.unit_id}:{entity.id}",
                rule=REAPPEARED,
                unit_id=told.unit_id,
                unit=unit.name,
                unit_code=unit.code,
                period=None,
                provisional=told.provisional,
                evidence=told.evidence,
                ticket_ids=told.ticket_ids,
                rests_on=told.rests_on,
            )


def _others(
    entity: EntityView,
    likely: Iterable[SuggestionView],
    complaints: dict[str, tuple[Complaint, ...]],
) -> Iterator[Under]:
    """Give the other names of a firm: those that a person confirmed, and the likely ones."""
    for name in entity.current:
        day = name.confirmed_at.date()
        why = f"{name.confirmed_by}{day:%Y-%m-%d}确认为同一主体"
        yield Under(name.written, True, why, complaints.get(name.core, ()))
    cores = set(entity.cores)
    for one in likely:
        if (one.earlier in cores) == (one.later in cores):
            continue
        core, written = (
            (one.later, one.new_name) if one.earlier in cores else (one.earlier, one.old_name)
        )
        why = "；".join(one.words[:2])
        yield Under(written, False, why, complaints.get(core, ()))


@dataclass(frozen=True, slots=True)
class _Open:
    """An appeal under a name, and which unit handles it."""

    core: str
    unit_id: int
    ticket_id: int
    number: str
    received_at: datetime


_UNDER = Query(
    _Open,
    """
SELECT f.core, r.lead_unit_id AS unit_id, t.id AS ticket_id, t.number, t.received_at
FROM firm_name f JOIN firm_appeal a ON a.firm_id = f.id JOIN ticket t ON t.id = a.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE f.core IN (:cores) AND r.lead_unit_id IS NOT NULL AND t.state <> 'analysis'
    AND t.nature <> '举报' AND t.confidential IS NOT TRUE
ORDER BY t.received_at, t.id
""",
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as flags name it."""

    id: int
    code: str
    name: str


_UNITS = Query(_Unit, "SELECT id, code, short_name AS name FROM unit")


def _complaints(source: Work, cores: set[str]) -> dict[str, tuple[Complaint, ...]]:
    """Return the appeals under each name, none kept back, none that others answer."""
    local = source.timekeeper().local
    found: dict[str, list[Complaint]] = defaultdict(list)
    for one in source.read(_UNDER, cores=sorted(cores)):
        day = local(one.received_at).date()
        found[one.core].append(Complaint(one.unit_id, one.ticket_id, one.number, day))
    return {core: tuple(told) for core, told in found.items()}
