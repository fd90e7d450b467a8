"""并单 as a file tells it: what went under which lead, from when on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.matter import Matter, load_matters
from models.merging.joining import put_under
from models.store import Query, Work
from rules.merging import COMMON, KINDS, barred


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of a ticket: the number of its lead, the kind by its name, since when."""

    lead: str
    kind: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class _Number:
    """A ticket by its number."""

    id: int
    number: str


_NUMBERED = Query(
    _Number, "SELECT id, number FROM ticket WHERE number IN (:numbers) OR id IN (:ids)"
)


def link_told(work: Work, told: Mapping[int, Told]) -> None:
    """Put tickets under the leads that a file names; what cannot be merged stays as it is."""
    if not told:
        return
    numbers = sorted({one.lead for one in told.values()})
    found = work.read(_NUMBERED, numbers=numbers, ids=sorted(told))
    leads, known = {one.number: one.id for one in found}, {one.id for one in found}
    groups: dict[tuple[int, str, datetime], list[int]] = defaultdict(list)
    for id, one in sorted(told.items()):
        if one.lead in leads and id in known and leads[one.lead] != id:
            at = min(one.at or work.at, work.at)
            groups[leads[one.lead], _kind(one.kind), at].append(id)
    for (lead_id, kind, at), ids in sorted(groups.items()):
        [lead] = load_matters(work, [lead_id])
        if lead.merged_into is None and not barred(lead):
            joining = [one for one in load_matters(work, ids) if _joins(one, lead)]
            if joining:
                put_under(work, lead, joining, kind, at=at)


def _kind(told: str | None) -> str:
    named = {name: code for code, name in KINDS.items()}
    return named.get(told or "", COMMON)


def _joins(one: Matter, lead: Matter) -> bool:
    """Whether a ticket stands as its lead does, and may be under it."""
    if one.merged_into is not None or one.carries or one.for_analysis or barred(one):
        return False
    return (one.state == "closed") == (lead.state == "closed")
