"""What an objection does to its unit's place: ranked as it is, and as it would be if accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.ranking import computed, tickets_behind
from models.review.objections import ObjectionView
from models.store import Work
from rules.ranking import Period, Standing, Tally, parse_period, rank_units
from rules.review import Effect, mended


def effect_of(work: Work, one: ObjectionView) -> Effect:
    """Return what accepting an objection would do to its unit's place, as the figures stand now."""
    policy = work.policy
    period = parse_period(one.period, work.timekeeper().zone)
    versions = (work.policy_version, work.calendar_version)
    before = computed(work, period, policy, versions, work.now).rows
    after = rank_units(_mended(work, before, period, one), policy.ranking, period.kind)
    own, later = (_of(rows, one.unit_id) for rows in (before, after))
    ranked = sum(1 for s in before if s.ranked and own is not None and s.group == own.group)
    return Effect(one.period, _place(own), _place(later), ranked)


def _mended(
    work: Work, rows: Sequence[Standing], period: Period, one: ObjectionView
) -> list[Standing]:
    """Return the lines of a ranking, the unit's own counted as if its objection were accepted."""
    counts = tuple(Tally.__dataclass_fields__) if one.ticket_id is not None else ()
    terms, units = work.policy.ranking, (one.unit_id,)
    rules = (terms.unrated, work.now, terms.leave_out_channels)
    held = {
        name
        for name in counts
        if one.ticket_id in tickets_behind(work, period, (name,), units, *rules)
    }
    return [
        replace(s, tally=mended(s.tally, one.kind, held)) if s.unit_id == one.unit_id else s
        for s in rows
    ]


def _of(rows: Sequence[Standing], unit_id: int) -> Standing | None:
    return next((s for s in rows if s.unit_id == unit_id), None)


def _place(standing: Standing | None) -> int | None:
    return None if standing is None else standing.place
