"""被举报单位: which units a matter is against, as it is kept. No ORM is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.store import Query, Source

REFUSED = "该件反映的是{unit}，不能交其办理：请移送有权机关或改派其他单位"


@dataclass(frozen=True, slots=True)
class AccusedUnit:
    """A unit that a matter is against; ``follower`` has taken its work over, if it is dissolved.

    ``confirmed`` None: guessed from ``words`` of the text, nobody has said yet.
    """

    id: int
    version: int
    ticket_id: int
    unit_id: int
    unit: str
    follower: int | None
    words: str | None
    confirmed: bool | None

    @property
    def kept_out(self) -> bool:
        """Whether the unit is kept away from the matter."""
        return self.confirmed is not False


_ACCUSED = Query(
    AccusedUnit,
    """
SELECT a.id, a.version, a.ticket_id, a.unit_id, x.short_name AS unit, x.successor_id AS follower,
       a.words, a.confirmed
FROM accused a JOIN unit x ON x.id = a.unit_id WHERE a.ticket_id IN (:tickets) ORDER BY a.id
""",
)


def accused_units(source: Source, ticket_ids: Iterable[int]) -> list[AccusedUnit]:
    """Return the units that matters are, or were taken to be, against."""
    wanted = list(ticket_ids)
    return source.read(_ACCUSED, tickets=wanted) if wanted else []


def kept_out(source: Source, ticket_ids: Iterable[int]) -> Mapping[int, Mapping[int, str]]:
    """Return for each matter the units that must not have it, with the name of the accused."""
    found: dict[int, dict[int, str]] = {}
    for one in accused_units(source, ticket_ids):
        if one.kept_out:
            for id in (one.unit_id, one.follower):
                if id is not None:
                    found.setdefault(one.ticket_id, {})[id] = one.unit
    return found
