"""核对稿: what is counted of each unit in a period, ticket by ticket, for the unit to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.casework import kept_out
from models.ranking import EditionView, computed
from models.store import Query, Work, retried
from rules.casework import VERDICTS, paper_title
from rules.clocks import Timekeeper
from rules.errors import Refused
from rules.ranking import Period, Standing
from rules.review import Windows, data_windows
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Store

OPEN, PAUSED = "到期未结", "挂起"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One round that counts for a unit: how its limit was kept, what the citizen said of it.

    ``title`` is masked, and none of an appeal that is kept back; ``kept`` is 按时 or how late,
    empty where only its rating falls into the period. ``verdict`` is empty without a review.
    """

    number: str
    title: str
    due_at: datetime | None
    closed_at: datetime | None
    kept: str
    rating: str
    verdict: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A period as it stands, with its windows, and each unit's rounds; those of none are left out.

    ``withheld`` counts the rounds that a unit is not shown because they are against it.
    """

    view: EditionView
    windows: Windows
    zone: ZoneInfo
    lines: Mapping[int, tuple[DraftLine, ...]]
    withheld: int

    @property
    def units(self) -> tuple[Standing, ...]:
        """The units that have something to check, by code: a draft tells nobody's place."""
        found = (row for row in self.view.rows if row.unit_id in self.lines)
        return tuple(sorted(found, key=attrgetter("code")))


@dataclass(frozen=True, slots=True)
class _Line:
    """A round that fell due or was rated in a period, as it is read."""

    unit_id: int
    ticket_id: int
    number: str
    title: str
    nature: str
    confidential: bool | None
    reporter: str | None
    phone: str | None
    address: str | None
    due: bool
    limit_text: str | None
    due_at: datetime | None
    original_due_at: datetime | None
    stopped_at: datetime | None
    paused: bool
    closed_at: datetime | None
    rating: str | None
    verdict: str | None
    held: bool
    excluded: bool


_LINES = Query(
    _Line,
    """
WITH met AS (
    SELECT d.round_id FROM deadline d
    WHERE d.step = 'close' AND d.due_at >= :from_at AND d.due_at < :to_at
    UNION
    SELECT g.round_id FROM rating g WHERE g.at >= :from_at AND g.at < :to_at)
SELECT r.lead_unit_id AS unit_id, r.ticket_id, t.number, t.title, t.nature, t.confidential,
    p.reporter, p.phone, p.address,
    d.due_at >= :from_at AND d.due_at < :to_at AS due, d.limit_text, d.due_at, d.original_due_at,
    d.stopped_at, d.paused_at IS NOT NULL AS paused, r.closed_at,
    (SELECT g.result_rating FROM rating g
     WHERE g.round_id = r.id AND g.at >= :from_at AND g.at < :to_at AND g.means <> 'rerating'
     ORDER BY g.at DESC, g.id DESC LIMIT 1) AS rating,
    v.verdict,
    EXISTS (SELECT 1 FROM exclusion x WHERE x.review_id = v.id AND x.decided_at IS NULL) AS held,
    EXISTS (SELECT 1 FROM exclusion x WHERE x.round_id = r.id AND x.approved) AS excluded
FROM met m JOIN round r ON r.id = m.round_id JOIN ticket t ON t.id = r.ticket_id
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
LEFT JOIN review v ON v.round_id = r.id
WHERE r.lead_unit_id IS NOT NULL ORDER BY t.number, r.n
""",
)


@retried
def make_draft(store: Store, period: Period) -> Draft:
    """Return the draft of a period for its units to check, and keep in the trail that it went out.

    Refused before the period has ended.
    """
    if period.to_at > store.now():
        raise Refused(f"{period.label} 尚未结束：期末以后才有核对稿")
    with store.writing() as work:
        work.require("supervisor", "signer", "administrator")
        versions = (work.policy_version, work.calendar_version)
        view = computed(work, period, work.policy, versions, work.now)
        draft = _draft(work, work.timekeeper(), view)
        told = {
            "period": period.key,
            "units": len(draft.units),
            "rows": sum(map(len, draft.lines.values())),
            "digest": view.digest,
        }
        work.event("edition.draft", "store", None, payload=told)
        return draft


def _draft(work: Work, keeper: Timekeeper, view: EditionView) -> Draft:
    period = view.period
    found = work.read(_LINES, from_at=period.from_at, to_at=period.to_at)
    barred = kept_out(work, {one.ticket_id for one in found}) if found else {}
    lines = defaultdict[int, list[DraftLine]](list)
    withheld = 0
    for one in found:
        if one.unit_id in barred.get(one.ticket_id, {}):
            withheld += 1
        else:
            lines[one.unit_id].append(_line(keeper, period, one))
    windows = data_windows(period, keeper.calendar, work.policy.objections)
    kept = {unit_id: tuple(some) for unit_id, some in lines.items()}
    return Draft(view, windows, keeper.zone, kept, withheld)


def _line(keeper: Timekeeper, period: Period, one: _Line) -> DraftLine:
    title = paper_title(one.title, one.nature, one.confidential)
    return DraftLine(
        one.number,
        MASKED.about(one).text(title),
        one.due_at,
        one.closed_at,
        _kept(keeper, period, one) if one.due else "",
        one.rating or "",
        "剔除待批" if one.held else VERDICTS.get(one.verdict or "", ""),
        one.excluded,
    )


def _kept(keeper: Timekeeper, period: Period, one: _Line) -> str:
    """Return how a limit that fell due in a period was kept by the period's end."""
    assert one.due_at is not None and one.original_due_at is not None and one.limit_text is not None
    if one.closed_at is None or one.closed_at >= period.to_at or one.stopped_at is None:
        return PAUSED if one.paused else OPEN
    return keeper.kept(one.limit_text, one.original_due_at, one.due_at, one.stopped_at)
