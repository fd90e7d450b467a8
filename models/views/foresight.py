"""What an extension would do to colour and rate, what other tags would do to limits: beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from models.clocks import otherwise
from models.matter import load_matter
from models.ranking import tallies_of, tickets_behind
from models.store import Query, Source
from models.views.record import masking_of
from rules.casework import LIMITS_AFTER
from rules.clocks import (
    STEP_NAMES,
    Clock,
    Limit,
    Tags,
    Timekeeper,
    short_instant,
)
from rules.errors import Refused
from rules.ranking import Period, Tally, parse_period

if TYPE_CHECKING:
    from models.clocks import Due
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
        left_out = store.policy.ranking.leave_out_channels
        rate, after = _rates(reader, so_far, found, longer, left_out)
        due = _due(reader, so_far, found, left_out)
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


def foresee_limits(
    store: Store, ticket_id: int, said: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return in words what each answer of ``LIMITS_AFTER`` would make of the limits that run.

    ``said`` are tags as they are to be, the others are as they are. Nothing where none would move.
    """
    keeper, now = store.timekeeper(), store.now()
    with store.reading() as reader:
        before = load_matter(reader, ticket_id)
        found = otherwise(reader, keeper, before.owing(**(said or {})), before.tags, now)
    if not found:
        return {}
    told: dict[str, list[str]] = {how: [] for how in LIMITS_AFTER}
    for one in found:
        for how, due in (("keep", one.stays), ("change", one.change), ("dispatch", one.dispatch)):
            told[how].append(f"{STEP_NAMES[one.step]} {_due_words(keeper, due, now)}")
    return {how: "，".join(words) for how, words in told.items()}


def _due_words(keeper: Timekeeper, due: Due | None, now: datetime) -> str:
    if due is None:
        return "不再设时限"
    when = short_instant(keeper.local(due.due_at), ends=True)
    return f"{Limit.parse(due.limit_text).label} {when}{'（已过）' if due.due_at < now else ''}"


def _so_far(month: Period, now: datetime) -> Period | None:
    """Return what of a month has gone by; of a running one only what is due by now counts."""
    until = min(month.to_at, now)
    if until <= month.from_at:
        return None
    return Period(month.key, month.kind, month.from_at, until, month.label)


def _rates(
    source: Source,
    so_far: Period | None,
    asked: _Asked,
    longer: Clock,
    left_out: Sequence[str],
) -> tuple[Fraction | None, Fraction | None]:
    """Return the unit's on-time rate of the month so far, and with the extension granted.

    Of a running month an open matter within its time is neither on time nor late.
    """
    if so_far is None or asked.unit_id is None:
        return None, None
    tally = tallies_of(source, so_far, left_out=left_out).get(asked.unit_id, Tally())
    done, due = tally.on_time + tally.after_extension, tally.due
    counted, still = asked.due_at in so_far, longer.due_at in so_far
    return _share(done, due), _share(done, due - counted + still)


def _due(
    source: Source, so_far: Period | None, asked: _Asked, left_out: Sequence[str]
) -> tuple[int, ...]:
    if so_far is None or asked.unit_id is None:
        return ()
    units = (asked.unit_id,)
    return tuple(tickets_behind(source, so_far, ("due",), units, left_out=left_out))


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
    made_for: str | None

    @property
    def tags(self) -> Tags:
        if self.made_for is not None:
            return Tags.of(self.made_for)
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
       d.made_for, d.step, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
       d.provisional, d.source_fixed
FROM extension e JOIN deadline d ON d.id = e.deadline_id JOIN round r ON r.id = d.round_id
JOIN ticket t ON t.id = r.ticket_id
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN campaign g ON g.id = t.campaign_id
WHERE t.id = :id AND d.step = 'close' AND e.decided_at IS NULL
""",
)
