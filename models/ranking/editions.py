"""Editions of the ranking, computed for any period."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.campaigns import ranked_in_emergencies
from models.councils import account_notes
from models.ranking.tallies import entries
from models.store import Query, canonical
from rules.bureau import Policy
from rules.ranking import (
    LEAST_RANKED,
    Bulletin,
    Period,
    RankingPolicy,
    Standing,
    Tally,
    parse_period,
    period_before,
    rank_units,
)

if TYPE_CHECKING:
    from models.store import Source, Store


@dataclass(frozen=True, slots=True)
class EditionView:
    """The ranking of one period, as computed now or as frozen when it was published.

    ``revision`` and ``issue`` are 0 and ``None`` of an unpublished one; ``digest`` is the SHA-256
    over its canonical rows; ``notes`` say under which terms it was made, as its footnote prints;
    ``unrated``, ``place_by`` and ``poor_rated`` are the policy's that it was made by. Re-ratings
    and exclusions count up to ``computed_at``. ``apart`` are units that 特殊时期 lists without
    places, ``spared`` those whose last place counts for nothing, ``remarked`` its footnotes.
    ``bulletin`` is what is told besides, where that
    was asked for.
    """

    period: Period
    bureau: str
    zone: ZoneInfo
    basic_weight: Fraction
    unrated: str
    published: bool
    revision: int
    issue: int | None
    computed_at: datetime
    published_at: datetime | None
    digest: str
    policy: int
    calendar: int
    head_hash: str | None
    rows: tuple[Standing, ...]
    notes: tuple[str, ...]
    id: int | None = None
    place_by: str = "original"
    poor_rated: int = 0
    left_out: tuple[str, ...] = ()
    apart: Mapping[int, str] = field(default_factory=dict)
    spared: frozenset[int] = frozenset()
    remarked: tuple[str, ...] = ()
    bulletin: Bulletin | None = None

    @property
    def groups(self) -> dict[str, tuple[Standing, ...]]:
        """Return the rows by group, in the order printed."""
        found: dict[str, list[Standing]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return {group: tuple(rows) for group, rows in found.items()}

    @property
    def total(self) -> Tally:
        """Return the counts of all units together."""
        return sum((row.tally for row in self.rows), Tally())

    @property
    def made_at(self) -> datetime:
        """Return when it was published, else computed, in the bureau's zone."""
        return (self.published_at or self.computed_at).astimezone(self.zone)


PLACES = ("ranked", "place", "work_place", "unsatisfied_place", "movement")
"""What an edition freezes of a unit besides its counts; rates and grades follow from those."""

places = attrgetter(*PLACES)
"""Returns the places of a unit, in the order of ``PLACES``."""


def compute_edition(store: Store, period: Period) -> EditionView:
    """Return the ranking of a period by the newest policy, published or not."""
    with store.reading() as reader:
        versions = store.versions(reader)
        return computed(reader, period, store.policy, versions, store.now())


def terms_of(policy: Policy, kind: str) -> tuple[str, ...]:
    """Return the terms a ranking was made under, one sentence a line."""
    terms = policy.ranking
    least = terms.min_rated_week if kind == "week" else terms.min_rated_month
    unrated = (
        "未评价的不计入"
        if terms.unrated == "exclude"
        else f"办结后{terms.unrated.removesuffix('d')}日未评价的按满意计"
    )
    by = "核实后的群众满意率" if terms.place_by == "verified" else "群众满意率（核实前）"
    return (
        ("分组排名，不跨组比较" if terms.groups else "全部单位统一排名")
        + f"；位次按{by}，比率相同的位次并列",
        f"有效评价少于{least}件的单位单列，不排位次",
        f"同组评价够数的单位不足{LEAST_RANKED}家的，全组不排位次",
        f"基本满意按权重{terms.basic_weight}计入满意；{unrated}",
        "统计只含期末以前发生的事项，核实后的数另含编制以前的改评和剔除",
        *left_out_of(terms),
    )


def left_out_of(terms: RankingPolicy) -> tuple[str, ...]:
    """Return the footnote of the doors that do not count, where there are any."""
    doors = "、".join(terms.leave_out_channels)
    return (f"{doors}的诉求不计入各率和排名，另见总体情况的来源渠道",) if doors else ()


def computed(
    source: Source,
    period: Period,
    policy: Policy,
    versions: tuple[int, int],
    now: datetime,
    more: Mapping[int, Tally] | None = None,
) -> EditionView:
    """Return the ranking of a period as read from within a transaction.

    ``more`` is added to the counts of units, by unit id: what other rules would have made of them.
    """
    terms = policy.ranking
    counted = entries(source, period, terms.unrated, now, terms.leave_out_channels)
    if more:
        counted = [replace(e, tally=e.tally + more.get(e.unit_id, Tally())) for e in counted]
    previous = _previous_places(source, period, policy)
    zone = ZoneInfo(policy.bureau.timezone)
    events = ranked_in_emergencies(source, period, policy.emergency.share, zone)
    notes = (*events.notes, *account_notes(source, period))
    standings = rank_units(counted, policy.ranking, period.kind, previous, events.apart)
    return EditionView(
        period=period,
        bureau=policy.bureau.name,
        zone=zone,
        basic_weight=Fraction(policy.ranking.basic_weight),
        unrated=policy.ranking.unrated,
        published=False,
        revision=0,
        issue=None,
        computed_at=now,
        published_at=None,
        digest=_digest(standings),
        policy=versions[0],
        calendar=versions[1],
        head_hash=None,
        rows=standings,
        notes=(*terms_of(policy, period.kind), *notes),
        place_by=policy.ranking.place_by,
        left_out=policy.ranking.leave_out_channels,
        poor_rated=policy.ranking.poor_rated,
        apart=events.apart,
        spared=events.spared,
        remarked=notes,
    )


def _previous_places(source: Source, period: Period, policy: Policy) -> dict[int, int]:
    """Return the places of the period before in its latest published revision, by unit id."""
    key = period_before(period, ZoneInfo(policy.bureau.timezone)).key
    return {one.unit_id: one.place for one in source.read(_PLACES, key=key)}


def _digest(standings: Sequence[Standing]) -> str:
    lines = [
        [s.code, s.unit, s.group, json.loads(s.tally.to_json()), *places(s)] for s in standings
    ]
    return hashlib.sha256(canonical(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of one unit in a period."""

    unit_id: int
    place: int


_PLACES = Query(
    _Place,
    """
SELECT unit_id, place FROM edition_row
WHERE place IS NOT NULL AND edition_id = (
    SELECT id FROM edition WHERE period = :key AND status = 'published'
    ORDER BY revision DESC LIMIT 1)
""",
)


def period_of(store: Store, text: str) -> Period:
    """Return the period written as ``2018-W45`` or ``2018-10``, in the bureau's zone."""
    return parse_period(text, store.timekeeper().zone)
