"""A published edition read back exactly as it was frozen, with the bulletin kept beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from models.ranking.editions import PLACES, EditionView, compute_edition, places, terms_of
from models.store import Query
from rules.bureau import Policy, read_policy
from rules.campaigns import APART
from rules.errors import DubanError
from rules.ranking import Bulletin, Entry, Period, Standing, Tally, rank_units

if TYPE_CHECKING:
    from models.store import Source, Store


def edition_of(store: Store, period: Period, revision: int | None = None) -> EditionView:
    """Return the published edition of a period (its latest revision), else the computed one."""
    found = published_edition(store, period, revision)
    if found is None and revision is not None:
        raise DubanError(f"{period.label} 没有第{revision}次发布：请去掉修订号查看最新一次")
    return found or compute_edition(store, period)


def published_edition(
    store: Store, period: Period, revision: int | None = None
) -> EditionView | None:
    """Return a published edition exactly as it was frozen, or ``None``."""
    with store.reading() as reader:
        return published_in(reader, period, revision)


def published_in(source: Source, period: Period, revision: int | None = None) -> EditionView | None:
    """Return a published edition as read from within a transaction, or ``None``."""
    for one in source.read(_PUBLISHED, key=period.key):
        if revision in (None, one.revision):
            return _thaw(source, period, one)
    return None


def hurried(waits: str, reason: str) -> str:
    """Return the footnote of an edition that did not wait for objections."""
    return f"发布时{waits}，提前发布的理由：{reason}"


def _thaw(source: Source, period: Period, one: _Frozen) -> EditionView:
    terms = read_policy(one.text)
    apart = dict.fromkeys(one.emergency.get("apart", ()), APART)
    remarked = tuple(one.emergency.get("notes", ()))
    return EditionView(
        period=period,
        bureau=terms.bureau.name,
        zone=ZoneInfo(terms.bureau.timezone),
        basic_weight=Fraction(terms.ranking.basic_weight),
        unrated=terms.ranking.unrated,
        published=True,
        revision=one.revision,
        issue=one.issue,
        computed_at=one.computed_at,
        published_at=one.published_at,
        digest=one.digest,
        policy=one.policy,
        calendar=one.calendar,
        head_hash=one.head_hash,
        rows=_frozen_rows(source, one.id, period, terms, apart),
        notes=(*terms_of(terms, period.kind), *remarked, *_hurried(one)),
        id=one.id,
        place_by=terms.ranking.place_by,
        left_out=terms.ranking.leave_out_channels,
        poor_rated=terms.ranking.poor_rated,
        apart=apart,
        spared=frozenset(one.emergency.get("spared", ())),
        remarked=remarked,
        bulletin=Bulletin.from_json(one.bulletin) if one.bulletin else None,
    )


def _hurried(one: _Frozen) -> tuple[str, ...]:
    """Return the footnote of what did not wait, as its event tells."""
    waits = json.loads(one.told).get("waits") if one.told else None
    return (hurried(waits, one.reason or ""),) if waits else ()


def _frozen_rows(
    source: Source, edition_id: int, period: Period, terms: Policy, apart: Mapping[int, str]
) -> tuple[Standing, ...]:
    """Return the stored lines: counts and places as kept, rates and grades as they follow."""
    stored = source.read(_ROWS, id=edition_id)
    found = {
        s.unit_id: s
        for s in rank_units(
            [
                Entry(one.unit_id, one.unit, one.code, one.group, Tally.from_json(one.tally))
                for one in stored
            ],
            terms.ranking,
            period.kind,
            apart=apart,
        )
    }
    return tuple(
        replace(
            found[one.unit_id],
            **dict(zip(PLACES, places(one), strict=True)),
            reason=None if one.ranked else found[one.unit_id].reason,
        )
        for one in stored
    )


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A published edition with the policy it was made by."""

    id: int
    revision: int
    issue: int | None
    computed_at: datetime
    published_at: datetime | None
    digest: str
    policy: int
    calendar: int
    head_hash: str | None
    text: str
    told: str | None
    reason: str | None
    bulletin: str | None

    @property
    def emergency(self) -> Mapping[str, Any]:
        """What 特殊时期 were to it, as its event tells."""
        return json.loads(self.told).get("emergency", {}) if self.told else {}


_PUBLISHED = Query(
    _Frozen,
    """
SELECT e.id, e.revision, e.issue, e.computed_at, e.published_at, e.digest, e.policy, e.calendar,
       e.head_hash, e.bulletin, p.text, v.payload AS told, v.reason
FROM edition e JOIN policy p ON p.version = e.policy
LEFT JOIN event v ON v.subject_kind = 'edition' AND v.subject_id = e.id
    AND v.verb = 'edition.publish'
WHERE e.period = :key AND e.status = 'published' ORDER BY e.revision DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One unit of a published edition."""

    unit_id: int
    unit: str
    code: str
    group: str
    tally: str
    ranked: bool
    place: int | None
    work_place: int | None
    unsatisfied_place: int | None
    movement: int | None


_ROWS = Query(
    _Line,
    """
SELECT r.unit_id, r.unit_name AS unit, u.code, r.group_name AS "group", r.tally, r.ranked, r.place,
       r.work_place, r.unsatisfied_place, r.movement
FROM edition_row r JOIN unit u ON u.id = r.unit_id
WHERE r.edition_id = :id ORDER BY r.id
""",
)
