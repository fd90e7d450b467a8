"""Objections as they are read: which there are, of whom, about what, how they were ruled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from models.store import Query, Source
from rules.casework import kept_back
from rules.errors import Refused
from rules.ranking import Period, period_after, period_containing
from rules.review import Effect
from rules.text import Masking

KEPT = "（保密或举报件，见原件）"
"""What stands for the words of an appeal that is kept back."""


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection; ``effect`` speaks only once it is ruled.

    ``reporter`` and the rest are whose appeal it tells of, so that its reason can be masked.
    """

    id: int
    version: int
    kind: str
    unit_id: int
    unit: str
    ticket_id: int | None
    round_id: int | None
    number: str | None
    period: str
    reason: str
    raised_by: str | None
    raised_at: datetime
    window_at: datetime
    decided_at: datetime | None
    decider: str | None
    accepted: bool | None
    decision: str | None
    effect_json: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool | None
    nature: str | None

    def told(self, masking: Masking, text: str | None) -> str:
        """Return words of it as a reader may see them; none of an appeal that is kept back."""
        if kept_back(self.nature or "", self.confidential):
            return KEPT
        return masking.about(self).text(text or "")

    @property
    def effect(self) -> Effect | None:
        """The place of its unit before and after the ruling."""
        return Effect.from_json(self.effect_json) if self.effect_json else None


_VIEWS = Query(
    ObjectionView,
    """
SELECT o.id, o.version, o.kind, o.unit_id, u.short_name AS unit, o.ticket_id, o.round_id, t.number,
       o.period, o.reason, o.raised_by, o.raised_at, o.window_at, o.decided_at, d.name AS decider,
       o.accepted, o.decision, o.effect AS effect_json, p.reporter, p.phone, p.address,
       t.confidential, t.nature
FROM objection o JOIN unit u ON u.id = o.unit_id LEFT JOIN ticket t ON t.id = o.ticket_id
LEFT JOIN citizen p ON p.ticket_id = o.ticket_id LEFT JOIN operator d ON d.id = o.decided_by
""",
)

_ONE = _VIEWS.also("WHERE o.id = :id")

_UNDECIDED = _VIEWS.also("WHERE o.decided_at IS NULL ORDER BY o.raised_at, o.id")

_OF_PERIODS = _VIEWS.also(
    "WHERE o.period IN (:periods) ORDER BY o.decided_at IS NOT NULL, o.raised_at, o.id"
)

_ALL = _VIEWS.also("ORDER BY o.id DESC LIMIT :limit")


def objection_of(source: Source, id: int) -> ObjectionView:
    """Return one objection; Refused where there is none."""
    found = source.first(_ONE, id=id)
    if found is None:
        raise Refused(f"没有异议{id}号：用 duban objection list 查看")
    return found


def undecided_objections(source: Source) -> list[ObjectionView]:
    """Return what waits for a ruling, the oldest first."""
    return source.read(_UNDECIDED)


def last_objections(source: Source, limit: int = 200) -> list[ObjectionView]:
    """Return the last objections, ruled or not, the newest first."""
    return source.read(_ALL, limit=limit)


def objections_of(source: Source, period: Period, zone: tzinfo) -> list[ObjectionView]:
    """Return the objections to a period, to a month its weeks' too; those not ruled first."""
    keys = {period.key}
    week = period_containing("week", period.from_at, zone)
    while period.kind == "month" and week.from_at < period.to_at:
        keys.add(week.key)
        week = period_after(week, zone)
    return source.read(_OF_PERIODS, periods=sorted(keys))
