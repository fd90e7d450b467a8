"""What granting an extension would do to the colour and the unit's rate, before it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from models.ranking import tallies_of, tickets_behind
from models.store import Query, Source
from models.views.record import masking_of
from rules.clocks import Clock, Tags
from rules.errors import Refused
from rules.ranking import Period, Tally, parse_period

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Foresight:
    """An undecided extension and its effect as at now.

    ``rate`` is the unit's 按时办结率 of the month its deadline falls in, ``rate_after`` what it
    would be with the appeal due in another month or no longer late; None: nothing due there.
    ``due`` are the tickets that ``rate`` is a share of.
    """

    limit_text: str
    reason: str
    asked_at: datetime
    due_before: datetime
    due_after: datetime
    colour: str | None
    colour_after: str | None
    month: str
    rate: Fraction | None
    rate_after: Fraction | None
    due: tuple[int, ...]


def foresee_extension(store: Store, ticket_id: int, limit_text: str | None = None) -> Foresight:
    """Return what granting the undecided extension would do; ``limit_text`` tries another."""
    now = store.now()
    keeper = store.timekeeper()
    with store.reading() as reader:
        found = reader.first(_ASKED, id=ticket_id)
        if found is None:
            raise Refused("没有待批的延期申请：请刷新后再看")
        asked = limit_text or found.asked_limit
        masking = masking_of(reader, ticket_id, store.policy.privacy.on_screen)
        longer = keeper.extended(found, asked, found.tags)
        month = parse_period(f"{keeper.local(found.due_at):%Y-%m}", keeper.zone)
        so_far = _so_far(month, now)
        rate, after = _rates(reader, so_far, found, longer)
        due = _due(reader, so_far, found)
    return Foresight(
        limit_text=asked,
        reason=masking.text(found.reason),
        asked_at=found.asked_at,
        due_before=found.due_at,
        due_after=longer.due_at,
        colour=keeper.colour(found.blue_at, found.yellow_at, found.red_at, now),
        colour_after=keeper.colour(longer.blue_at, longer.yellow_at, longer.red_at, now),
        month=month.key,
        rate=rate,
        rate_after=after,
        due=due,
    )


def _so_far(month: Period, now: datetime) -> Period | None:
    """Return what of a month has gone by; of a running one only what is due by now counts."""
    until = min(month.to_at, now)
    if until <= month.from_at:
        return None
    return Period(month.key, month.kind, month.from_at, until, month.label)


def _rates(
    source: Source, so_far: Period | None, asked: _Asked, longer: Clock
) -> tuple[Fraction | None, Fraction | None]:
    """Return the unit's on-time rate of the month so far, and with the extension granted.

    Of a running month an open matter within its time is neither on time nor late.
    """
    if so_far is None or asked.unit_id is None:
        return None, None
    tally = tallies_of(source, so_far).get(asked.unit_id, Tally())
    done, due = tally.on_time + tally.after_extension, tally.due
    counted, still = asked.due_at in so_far, longer.due_at in so_far
    return _share(done, due), _share(done, due - counted + still)


def _due(source: Source, so_far: Period | None, asked: _Asked) -> tuple[int, ...]:
    if so_far is None or asked.unit_id is None:
        return ()
    return tuple(tickets_behind(source, so_far, ("due",), (asked.unit_id,)))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked(Clock):
    """An undecided extension with the clock it would move and what chose its limit."""

    asked_at: datetime
    asked_limit: str
    reason: str
    unit_id: int | None
    nature: str
    urgency: str
    category: str | None
    channel: str
    unit: str | None
    grid: str | None
    n: int
    campaign: str | None

    @property
    def tags(self) -> Tags:
        return Tags(
            self.nature,
            self.urgency,
            self.category,
            self.channel,
            self.unit,
            self.grid,
            self.n,
            self.campaign,
        )


_ASKED = Query(
    _Asked,
    """
SELECT e.asked_at, e.limit_text AS asked_limit, e.reason, r.lead_unit_id AS unit_id, t.nature,
       t.urgency, t.category, t.channel, u.code AS unit, d.grid, r.n, g.name AS campaign,
       d.step, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
       d.provisional, d.source_fixed
FROM extension e JOIN deadline d ON d.id = e.deadline_id JOIN round r ON r.id = d.round_id
JOIN ticket t ON t.id = r.ticket_id
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN campaign g ON g.id = t.campaign_id
WHERE t.id = :id AND d.step = 'close' AND e.decided_at IS NULL
""",
)
