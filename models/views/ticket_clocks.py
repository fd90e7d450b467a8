"""The clocks of one ticket as a person reads them: colour, what is left, how each was kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.clocks import STEP_NAMES, Clock, Timekeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView(Clock):
    """One clock; ``colour`` and ``level`` as at now, or as when it stopped; ``None`` if paused.

    ``remaining`` is worded (余2个工作日 / 超期4个工作日), empty once stopped; ``kept`` how it ended
    (按时办结 / 延期后按时办结 / 逾期9个工作日办结), empty while it runs. ``until_at``: a paused one
    runs again then, or the centre is asked.
    """

    id: int
    version: int
    round: int
    unit: str
    original_due_at: datetime
    stopped_at: datetime | None
    paused_at: datetime | None
    leads: bool
    worst_colour: str
    colour: str | None = None
    level: int = 0
    late: bool = False
    remaining: str = ""
    kept: str = ""
    until_at: datetime | None = None

    @property
    def step_name(self) -> str:
        """What its step is called in Chinese."""
        return STEP_NAMES.get(self.step, self.step)


_DEADLINES = Query(
    DeadlineView,
    """
SELECT d.id, d.version, coalesce(r.n, 0) AS round, d.step, coalesce(u.short_name, '') AS unit,
       d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at, d.original_due_at,
       d.stopped_at, d.paused_at, d.leads, d.provisional, d.source_fixed, d.worst_colour,
       CASE WHEN d.paused_at IS NOT NULL THEN (
           SELECT max(p.until_at) FROM pause p
           WHERE p.deadline_id = d.id AND p.granted AND p.to_at IS NULL
       ) END AS until_at
FROM deadline d LEFT JOIN round r ON r.id = d.round_id LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.ticket_id = :id AND d.subject_kind <> 'order' ORDER BY d.started_at, d.id
""",
)


def clocks_of(
    source: Source, keeper: Timekeeper, ticket_id: int, now: datetime
) -> tuple[DeadlineView, ...]:
    """Return the clocks of a ticket as at ``now``, in the order in which they began."""
    return tuple(_as_at(one, keeper, now) for one in source.read(_DEADLINES, id=ticket_id))


def _as_at(one: DeadlineView, keeper: Timekeeper, now: datetime) -> DeadlineView:
    """Return a clock as at now, or as when it stopped."""
    moment = one.stopped_at or now
    shown = one.paused_at is None or one.stopped_at is not None
    colour = keeper.colour(one.blue_at, one.yellow_at, one.red_at, moment) if shown else None
    red, still = colour == "red", one.stopped_at or one.paused_at
    return replace(
        one,
        colour=colour,
        level=keeper.level(one.limit_text, one.started_at, one.due_at, moment) if red else 0,
        late=shown and moment > one.due_at,
        remaining="" if still else keeper.remaining(one.limit_text, one.due_at, now),
        kept=_kept(one, keeper) if one.stopped_at is not None else "",
    )


def _kept(one: DeadlineView, keeper: Timekeeper) -> str:
    """Return how a clock that has stopped kept its limit."""
    assert one.stopped_at is not None
    kept = keeper.kept(one.limit_text, one.original_due_at, one.due_at, one.stopped_at)
    return kept + ("办结" if one.step == "close" else "完成")
