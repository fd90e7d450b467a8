"""民情 of a stretch of days: what is new, rises, repeats or crosses, and all told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from models.insight.appeals_read import (
    APPEALS,
    COMMON,
    KEYS,
    PROBLEMS,
    Appeal,
    Days,
    Places,
    Tied,
    community_of,
    grouped,
    years_ago,
)
from models.insight.behind import Backgrounds, ProblemNow, Share, problems_now, shared
from rules.insight import (
    Finding,
    Horizon,
    Kind,
    Report,
    Series,
    Sign,
    Subject,
    findings_of,
    folded,
    known_from,
    look_back,
    sentence_of,
    watched_by,
    weekday_of,
)

if TYPE_CHECKING:
    from models.store import Reader, Store

CURVE = 56
"""Days of the curve that is drawn of a finding."""

MOST = 200
"""Findings that are told of one stretch."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with all that is told of it; texts are masked.

    ``id`` is the same for the same subject. ``count``: its appeals in the days told, ``week``: in
    the week to their last, beside the ``mean`` of the four before it. ``curve``: appeals of each
    date. ``crossed_channels`` and ``crossed_districts``: those of its channels and districts that
    each have more than usual. ``problem``: how its problem stands, if it is one.
    """

    id: int
    kind: Kind
    name: str
    signs: tuple[Sign, ...]
    sentence: str
    known_on: date
    count: int
    week: int
    mean: float
    expected: float
    z: float
    reporters: int
    curve: tuple[tuple[date, int], ...]
    ticket_ids: tuple[int, ...]
    units: tuple[Share, ...]
    channels: tuple[Share, ...]
    districts: tuple[Share, ...]
    campaigns: tuple[Share, ...]
    crossed_channels: tuple[str, ...]
    crossed_districts: tuple[str, ...]
    words: tuple[str, ...]
    problem: ProblemNow | None = None

    @property
    def confirmed(self) -> bool:
        """Whether a person has confirmed it as a problem."""
        return self.problem is not None and self.problem.state == "confirmed"


@dataclass(frozen=True, slots=True)
class Insight:
    """What was found from the first to the last date, and of how many subjects and appeals.

    ``known_from``: the first date of which the store tells enough, where it is not that far back.
    """

    first: date
    last: date
    findings: tuple[FindingView, ...]
    watched: int
    appeals: int
    known_from: date | None


def insight_of(reader: Reader, store: Store, from_at: datetime, to_at: datetime) -> Insight:
    """Return what is found between two instants, the first at the beginning of a local day.

    Findings are judged day by day, each by what had come in by its end (rules/insight).
    """
    keeper = store.timekeeper()
    start = keeper.local(from_at).date()
    last = keeper.local(to_at - timedelta(seconds=1)).date()
    first = start - timedelta(days=look_back(store.policy.insight))
    days = Days.of(first, last + timedelta(days=1), keeper.zone)
    return _Look(reader, store, days, to_at).insight(start)


class _Look:
    """One look at the appeals of some days."""

    def __init__(self, reader: Reader, store: Store, days: Days, to_at: datetime) -> None:
        self._reader, self._days = reader, days
        self._keeper, self._terms = store.timekeeper(), store.policy.insight
        self._masking = store.policy.privacy.on_screen
        self._places = Places(reader)
        self._appeals = reader.read(APPEALS, from_at=days.bounds[0], to_at=to_at)
        self._by_id = {appeal.ticket_id: appeal for appeal in self._appeals}
        self._reports = [self._report(appeal) for appeal in self._appeals]
        self._groups = grouped(self._appeals, self._reports, self._tied(to_at))
        ids = [int(subject.text) for subject in self._groups if subject.kind == "problem"]
        self._problems = problems_now(reader, ids, self._masking)

    def insight(self, start: date) -> Insight:
        """Return what is found from a date on."""
        horizon = self._horizon((start - self._days.first).days)
        found = self._found(horizon)
        shown = {id for finding in found for id in finding.ticket_ids}
        behind = Backgrounds(self._reader, shown, len(self._appeals))
        known = horizon.known
        return Insight(
            start,
            horizon.date_of(horizon.end - 1),
            tuple(self._view(finding, horizon, behind) for finding in found),
            len(self._groups),
            sum(1 for report in self._reports if report.day >= horizon.start),
            horizon.date_of(known) if 0 < known < horizon.end else None,
        )

    def _found(self, horizon: Horizon) -> list[Finding]:
        """Return what is found and told, once it is asked whether it was so a year ago, too."""
        series = [
            Series(subject, reports, self._alarm(subject), sure=self._sure(subject))
            for subject, reports in self._groups.items()
        ]
        found = {finding.subject: finding for finding in findings_of(series, horizon, self._terms)}
        asked = [one for one in series if one.subject in found]
        seasons = self._seasons({one.subject: self._category(one.subject) for one in asked})
        again = (replace(one, year_ago=seasons.get(one.subject)) for one in asked)
        return folded(findings_of(again, horizon, self._terms))[:MOST]

    def _category(self, subject: Subject) -> str | None:
        """Return the category whose season is a subject's: its own, or that of most appeals."""
        if subject.kind == "category":
            return subject.text
        own = (self._by_id[report.ticket_id].category for report in self._groups[subject])
        most = Counter(category for category in own if category).most_common(1)
        return most[0][0] if most else None

    def _seasons(self, categories: Mapping[Subject, str | None]) -> dict[Subject, list[int]]:
        full = {appeal.category for appeal in self._appeals if appeal.category}
        wanted = {
            category: [one for one in full if f"{one}/".startswith(f"{category}/")]
            for category in categories.values()
            if category
        }
        counts = years_ago(self._reader, self._days, self._keeper.zone, wanted)
        return {
            subject: counts[category]
            for subject, category in categories.items()
            if category in counts
        }

    # what is read

    def _report(self, appeal: Appeal) -> Report:
        return Report(
            appeal.ticket_id,
            self._days.place(appeal.received_at),
            appeal.reporter,
            appeal.channel,
            self._places.district(appeal.grid, appeal.area),
            appeal.object or community_of(appeal.grid) or appeal.area,
        )

    def _tied(self, to_at: datetime) -> list[Tied]:
        since = self._days.bounds[0]
        return [
            *self._reader.read(PROBLEMS, since=since),
            *self._reader.read(
                KEYS, since=since, to_at=to_at, common=COMMON, least=self._terms.fresh
            ),
        ]

    def _alarm(self, subject: Subject) -> int | None:
        if subject.kind != "problem":
            return None
        known_at = self._problems[int(subject.text)].known_at
        return None if known_at is None else self._days.place(known_at)

    def _sure(self, subject: Subject) -> bool:
        return subject.kind == "problem" and self._problems[int(subject.text)].state == "confirmed"

    def _horizon(self, start: int) -> Horizon:
        city = [0] * len(self._days)
        for report in self._reports:
            city[report.day] += 1
        calendar = self._keeper.calendar
        return Horizon(
            self._days.first,
            [weekday_of(calendar.day(day)) for day in self._days.dates()],
            known_from(city),
            start,
            len(self._days),
            watched_by(
                ((subject.kind, reports[0].day) for subject, reports in self._groups.items()),
                len(self._days),
            ),
            city,
        )

    # what is told

    def _view(self, finding: Finding, horizon: Horizon, behind: Backgrounds) -> FindingView:
        subject, ids = finding.subject, finding.ticket_ids
        words = behind.words(ids)
        name = self._name(subject, words)
        level = finding.level
        inside = set(ids)
        own = [report for report in self._groups[subject] if report.ticket_id in inside]
        absent = min(self._terms.horizon_days, finding.day - horizon.known)
        return FindingView(
            subject_id(subject),
            subject.kind,
            name,
            finding.signs,
            sentence_of(finding, horizon, name, absent),
            horizon.date_of(finding.known),
            len(ids),
            level.count,
            level.mean,
            level.expected,
            level.z,
            finding.reporters,
            self._curve(subject, horizon),
            ids,
            behind.units(ids),
            shared((report.channel, report.ticket_id) for report in own),
            shared((report.district, report.ticket_id) for report in own),
            behind.campaigns(ids),
            finding.channels,
            finding.districts,
            words,
            self._problems.get(int(subject.text)) if subject.kind == "problem" else None,
        )

    def _curve(self, subject: Subject, horizon: Horizon) -> tuple[tuple[date, int], ...]:
        counts = Counter(report.day for report in self._groups[subject])
        first = max(0, horizon.end - CURVE)
        return tuple((horizon.date_of(day), counts[day]) for day in range(first, horizon.end))

    def _name(self, subject: Subject, words: Sequence[str]) -> str:
        """Return what a subject is called, without anybody's name or number."""
        name = subject.text
        if subject.kind == "word":
            name = next((word for word in words if name in word), name)
        elif subject.kind == "problem":
            name = self._problems[int(subject.text)].name
        elif subject.kind == "place":
            cell, _, category = subject.text.partition("/")
            area = self._by_id[self._groups[subject][0].ticket_id].area
            name = f"{self._places.community(cell, area)} {category.rpartition('/')[2]}"
        return self._masking.text(name)


def subject_id(subject: Subject) -> int:
    """Return the number by which a subject is known: the same in every look."""
    return int.from_bytes(sha256("/".join(subject).encode()).digest()[:6])
