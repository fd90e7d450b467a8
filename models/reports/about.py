"""What a report is about: a problem, a kind of appeal in a period, or some appeals; all counted.

Reports of wrongdoing and confidential appeals are never counted in one, what others answer is
counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.ranking import TELLABLE
from models.store import Query, Source
from rules.clocks import Timekeeper, day_start
from rules.errors import Refused
from rules.reports import Candidate, Counted, Figures, figures_of, monday
from rules.text import MASKED

NO_PLACE, NO_UNIT = "未写明属地", "尚待交办"

EARLIER = timedelta(weeks=6)
"""How far before a period like appeals are counted, to compare its weeks with."""

CANDIDATES = 20
"""Appeals of each kind that are looked at for an example."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report tells of; instants are aware UTC, ``until`` is not part of the period."""

    problem_id: int | None = None
    category: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    ticket_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One counted appeal as the store holds it, with its current round."""

    id: int
    number: str
    received_at: datetime
    channel: str
    category: str | None
    district: str | None
    area: str | None
    unit: str | None
    n: int
    elsewhere: bool
    closed_at: datetime | None
    result_rating: str | None
    waits: bool
    due_at: datetime | None
    reporter_key: str | None

    @property
    def unsatisfied(self) -> bool:
        """Whether the citizen said so of the outcome."""
        return self.result_rating == "不满意"

    @property
    def open(self) -> bool:
        """Whether the bureau has yet to finish it."""
        return self.closed_at is None and not self.elsewhere


_COUNTS = """NOT t.confidential AND t.nature <> '举报'
  AND NOT (t.state = 'analysis' AND t.parent_id IS NOT NULL)"""
"""What a report counts at all."""

_OF_KIND = """(t.category = CAST(:category AS varchar)
       OR substr(t.category, 1, length(CAST(:category AS varchar)) + 1)
          = CAST(:category AS varchar) || '/')"""

_FROM = f"""
SELECT t.id, t.number, t.received_at, t.channel, t.category, g.name AS district, t.area,
    u.short_name AS unit, r.n, t.state = 'analysis' AS elsewhere, r.closed_at, r.result_rating,
    r.state IN ('dispatched', 'acknowledged') AND d.stopped_at IS NULL AND d.paused_at IS NULL
        AS waits,
    d.due_at, p.reporter_key
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN grid g ON g.code = substr(t.grid, 1, 6)
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
    AND d.unit_id = r.lead_unit_id
WHERE t.received_at <= :now AND {_COUNTS}
"""

_OF_PROBLEM = Query(
    Row,
    f"""{_FROM} AND t.id IN (
    SELECT x.ticket_id FROM problem_ticket x WHERE x.problem_id = :problem AND x.state = 'linked')
ORDER BY t.received_at, t.id""",
)
_OF_CATEGORY = Query(
    Row,
    f"""{_FROM} AND t.received_at >= :since AND t.received_at < :until AND {_OF_KIND}
ORDER BY t.received_at, t.id""",
)


@dataclass(frozen=True, slots=True)
class _Came:
    """When an appeal came in."""

    at: datetime


_BEFORE = Query(
    _Came,
    f"""
SELECT t.received_at AS at FROM ticket t
WHERE t.received_at >= :since AND t.received_at < :until AND {_COUNTS} AND {_OF_KIND}""",
)
_OF_TICKETS = Query(Row, f"{_FROM} AND t.id IN (:ids) ORDER BY t.received_at, t.id")


def rows_of(source: Source, about: About, now: datetime) -> list[Row]:
    """Return the appeals of a report that had come in by ``now``, the oldest first."""
    found: list[Row] = []
    if about.problem_id is not None:
        found = source.read(_OF_PROBLEM, problem=about.problem_id, now=now)
    elif about.category is not None:
        found = source.read(
            _OF_CATEGORY,
            category=about.category,
            since=about.since,
            until=about.until,
            now=now,
        )
    elif about.ticket_ids:
        found = source.read(_OF_TICKETS, ids=list(about.ticket_ids), now=now)
    if not found:
        raise Refused("没有可写入专报的诉求（举报件、保密件不计入）：请核对问题、类别、时段或编号")
    return found


def counted(rows: Sequence[Row], keeper: Timekeeper, now: datetime) -> list[Counted]:
    """Return appeals as they are counted: by district, or by street where all lie in one."""
    districts = {one.district for one in rows}
    return [
        Counted(
            number=one.number,
            day=keeper.local(one.received_at).date(),
            place=(one.district if len(districts) > 1 else one.area or one.district) or NO_PLACE,
            unit=one.unit or NO_UNIT,
            channel=one.channel,
            reporter=one.reporter_key,
            closed=one.closed_at is not None,
            late=one.waits and one.due_at is not None and one.due_at < now,
            unsatisfied=one.unsatisfied,
            elsewhere=one.elsewhere,
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Subject:
    """A problem by its name, and when it could be known."""

    name: str
    known_at: datetime | None


_PROBLEM = Query(
    Subject, "SELECT name, known_at FROM problem WHERE id = :id AND state <> 'refused'"
)


def problem_of(source: Source, problem_id: int) -> Subject:
    """Return a problem; ``Refused`` where there is none, or where a person said it is none."""
    found = source.first(_PROBLEM, id=problem_id)
    if found is None:
        raise Refused(
            f"没有编号为 {problem_id} 的共性问题（或已判为不是）：请用 duban problem list"
        )
    return found


_FIRST_KEPT = Query(_Came, "SELECT min(received_at) AS at FROM ticket")


def figures(
    source: Source, about: About, rows: Sequence[Row], keeper: Timekeeper, now: datetime
) -> Figures:
    """Count the appeals of a report as of an instant."""
    through = keeper.local(min(now, about.until or now)).date()
    known: date | None = None
    if about.problem_id is not None:
        known_at = problem_of(source, about.problem_id).known_at
        known = keeper.local(known_at).date() if known_at is not None and known_at <= now else None
    [kept] = source.read(_FIRST_KEPT)
    kept_from = keeper.local(kept.at).date()
    before: list[date] = []
    if about.category is not None and about.since is not None:
        first = monday(keeper.local(about.since).date()) - EARLIER
        since = day_start(first, keeper.zone)
        came = source.read(_BEFORE, category=about.category, since=since, until=about.since)
        before = [keeper.local(one.at).date() for one in came]
        kept_from = max(kept_from, first)
    return figures_of(
        counted(rows, keeper, now),
        through,
        kept_from,
        known,
        before,
        alike=about.category is None,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of an appeal with what masks its own person."""

    id: int
    title: str
    content: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_WORDS = Query(
    _Words,
    f"""
SELECT t.id, t.title, t.content, t.confidential, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN (:ids) AND {TELLABLE}
""",
)


def candidates(
    source: Source, rows: Sequence[Row], keeper: Timekeeper, now: datetime
) -> list[Candidate]:
    """Return the appeals that may stand as examples: never one against a unit or its staff."""
    fitting = (
        [one for one in rows if one.unsatisfied],
        [one for one in rows if one.open],
        list(reversed(rows)),
    )
    chosen = {one.id: one for some in fitting for one in some[:CANDIDATES]}
    words = {one.id: one for one in source.read(_WORDS, ids=list(chosen))}
    today = keeper.local(now).date()
    found = []
    for id, one in chosen.items():
        if (said := words.get(id)) is None:
            continue
        day = keeper.local(one.received_at).date()
        found.append(
            Candidate(
                number=one.number,
                day=day,
                channel=one.channel,
                district=one.district or "",
                unit=one.unit or "",
                words=MASKED.about(said).text(said.content or said.title),
                known=tuple(filter(None, (said.reporter, said.phone, said.address))),
                again=one.n > 1,
                unsatisfied=one.unsatisfied,
                since=(today - day).days if one.open else None,
            )
        )
    return found


def common_category(rows: Sequence[Row]) -> str:
    """Return the last level of the category that most appeals have, "" where none has one."""
    found = Counter(one.category for one in rows if one.category)
    return max(found, key=lambda name: (found[name], name)).rpartition("/")[2] if found else ""
