"""How many different citizens complain of one matter (DESIGN §5 "Prominent").

One matter is the problem (共性问题) that appeals were linked to: all its citizens count. Else it is
what they name as 被反映对象, or the same third-level category in the same community: of these the
citizens of some days count.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from rules.clocks import Limit, chinese_day
from rules.ranking.rules import FlagPolicy
from rules.text import mask_text

COMMUNITY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Report:
    """One appeal as evidence of a crowd; ``reporter`` is the keyed digest, never a name."""

    ticket_id: int
    reporter: str | None
    received_at: datetime
    object: str | None = None
    category: str | None = None
    grid: str | None = None

    @property
    def subject(self) -> str | None:
        """What the appeal is about, for comparing; None where it cannot be told."""
        if self.object:
            return f"对象：{self.object}"
        levels = (self.category or "").split("/")
        community = (self.grid or "")[:COMMUNITY_DIGITS]
        if len(levels) == 3 and len(community) == COMMUNITY_DIGITS:
            return f"类别：{self.category} 社区：{community}"
        return None


@dataclass(frozen=True, slots=True)
class Crowd:
    """The largest number of different reporters within the days, around one appeal.

    ``reports`` are the tickets of all appeals of the subject in the order they came, ``window``
    the first of those days among them and the one behind the last.
    """

    subject: str
    reporters: int
    reports: tuple[int, ...] = ()
    window: tuple[int, int] = (0, 0)

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        """The tickets of the appeals of those days."""
        return self.reports[slice(*self.window)]


def crowds(reports: Iterable[Report], within: timedelta) -> Mapping[int, Crowd]:
    """Return for each ticket the largest crowd it belongs to; those of no subject are left out.

    A crowd is the different reporters of one subject in a stretch no longer than ``within``. An
    appeal of an unknown reporter counts nobody but may belong to a crowd.
    """
    subjects: dict[str, list[Report]] = {}
    for report in reports:
        if report.subject is not None:
            subjects.setdefault(report.subject, []).append(report)
    return {
        id: crowd
        for subject, members in subjects.items()
        for id, crowd in _largest(subject, sorted(members, key=lambda r: r.received_at), within)
    }


def _largest(subject: str, members: list[Report], within: timedelta) -> Iterator[tuple[int, Crowd]]:
    """Slide a window over appeals in order; each is given the one with the most reporters.

    The windows that hold an appeal are those that end from itself on until one begins behind it;
    of them only those that may still be the best for somebody are kept.
    """
    begins, sizes = _windows(members, within)
    reports = tuple(member.ticket_id for member in members)
    able: deque[int] = deque()
    last = 0
    for place, id in enumerate(reports):
        while last < len(members) and begins[last] <= place:
            while able and sizes[able[-1]] <= sizes[last]:
                able.pop()
            able.append(last)
            last += 1
        while able[0] < place:
            able.popleft()
        best = able[0]
        yield id, Crowd(subject, sizes[best], reports, (begins[best], best + 1))


def _windows(members: list[Report], within: timedelta) -> tuple[list[int], list[int]]:
    """Return for the window that ends at each appeal where it begins, and its reporters."""
    begins, sizes = list[int](), list[int]()
    inside: Counter[str] = Counter()
    first = 0
    for newest in members:
        if newest.reporter:
            inside[newest.reporter] += 1
        while newest.received_at - members[first].received_at > within:
            if gone := members[first].reporter:
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
            first += 1
        begins.append(first)
        sizes.append(len(inside))
    return begins, sizes


@dataclass(frozen=True, slots=True)
class Telling:
    """One appeal as it tells of a problem; ``confirmed``: a person said that it is one."""

    problem_id: int
    name: str
    confirmed: bool
    ticket_id: int
    reporter: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """A problem as its appeals tell of it: different reporters, the first day, the tickets."""

    problem_id: int
    name: str
    confirmed: bool
    reporters: int
    first_at: datetime
    ticket_ids: tuple[int, ...]

    @property
    def subject(self) -> str:
        """What it is called among matters: its name may change."""
        return f"共性问题：第{self.problem_id}号"


def shared(tellings: Iterable[Telling]) -> Mapping[int, Shared]:
    """Return for each ticket the problem it tells of.

    Of several it is one that a person confirmed, else the one of most reporters.
    """
    problems: dict[int, list[Telling]] = {}
    for telling in tellings:
        problems.setdefault(telling.problem_id, []).append(telling)
    found = sorted(map(_shared, problems.values()), key=lambda one: (one.confirmed, one.reporters))
    return {ticket_id: one for one in found for ticket_id in one.ticket_ids}


def _shared(tellings: list[Telling]) -> Shared:
    told = sorted(tellings, key=lambda one: (one.received_at, one.ticket_id))
    first = told[0]
    return Shared(
        first.problem_id,
        first.name,
        first.confirmed,
        len({one.reporter for one in told if one.reporter}),
        first.received_at,
        tuple(one.ticket_id for one in told),
    )


class Days(Protocol):
    """What is asked of the working calendar (``rules.clocks.worktime.WorkCalendar``)."""

    def days_between(self, day: date, other: date) -> int:
        """Working dates strictly after the first date up to the second."""

    def between(self, start: datetime, end: datetime) -> int:
        """Working seconds from one instant to another."""

    def local(self, instant: datetime) -> datetime:
        """The instant in the bureau's zone."""


@dataclass(frozen=True, slots=True)
class OldAppeal:
    """One open appeal as evidence.

    ``red_at``: since when its close deadline is red, None while it is not. ``first_received_at``:
    first intake, of the earliest appeal it repeats. ``unsatisfied``: rounds rated 不满意.
    """

    ticket_id: int
    number: str
    unit_id: int
    unit: str
    first_received_at: datetime
    red_at: datetime | None = None
    unsatisfied: int = 0
    instructed: bool = False
    media: bool = False
    crowd: Crowd | None = None
    shared: Shared | None = None


@dataclass(frozen=True, slots=True)
class Prominent:
    """One unit and one matter that must be supervised; ``key`` names the matter for good.

    ``rests_on`` are the tickets that each line of the evidence tells of.
    """

    key: str
    unit_id: int
    unit: str
    ticket_ids: tuple[int, ...]
    evidence: tuple[str, ...]
    rests_on: tuple[tuple[int, ...], ...]


def prominent_long(
    matters: Iterable[OldAppeal], policy: FlagPolicy, now: datetime, calendar: Days
) -> tuple[Prominent, ...]:
    """Return one flag per unit and matter, with its evidence.

    Appeals of one problem, or of one crowd, are one matter.

    ``matters`` are open appeals with a unit; ``now`` is aware.
    """
    found: dict[tuple[int, str], list[tuple[OldAppeal, list[_Line]]]] = {}
    for matter in matters:
        prominent = _prominent(matter, policy, now, calendar)
        long = _long(matter, policy, now, calendar)
        if prominent and long:
            found.setdefault((matter.unit_id, _key(matter, policy)), []).append(
                (matter, [*prominent, *((line, (matter.ticket_id,)) for line in long)])
            )
    return tuple(
        Prominent(
            key=key,
            unit_id=unit_id,
            unit=cases[0][0].unit,
            ticket_ids=tuple(matter.ticket_id for matter, _ in cases),
            evidence=tuple(f"{m.number} {line}" for m, lines in cases for line, _ in lines),
            rests_on=tuple(tickets for _, lines in cases for _, tickets in lines),
        )
        for (unit_id, key), cases in found.items()
    )


def _key(matter: OldAppeal, policy: FlagPolicy) -> str:
    many = _many(matter, policy)
    return many.subject if many is not None else f"工单：{matter.number}"


def _many(matter: OldAppeal, policy: FlagPolicy) -> Shared | Crowd | None:
    """Return what makes a matter that of many citizens, its problem first."""
    kinds = (matter.shared, matter.crowd)
    enough = (one for one in kinds if one is not None and one.reporters >= policy.reporters)
    return next(enough, None)


_Line = tuple[str, tuple[int, ...]]
"""A line of evidence and the tickets it tells of."""


def _prominent(matter: OldAppeal, policy: FlagPolicy, now: datetime, calendar: Days) -> list[_Line]:
    lines: list[_Line] = []
    own = (matter.ticket_id,)
    many = _many(matter, policy)
    if isinstance(many, Shared):
        first = chinese_day(calendar.local(many.first_at).date(), calendar.local(now).date())
        told = f"{many.reporters}名诉求人反映同一问题（{mask_text(many.name)}），首件{first}"
        lines.append((told, many.ticket_ids))
    elif many is not None:
        told = f"{many.reporters}名诉求人反映同一对象（{mask_text(many.subject)}）"
        lines.append((told, many.ticket_ids))
    if matter.unsatisfied >= policy.unsatisfied:
        lines.append((f"{matter.unsatisfied}次评价不满意", own))
    if matter.instructed:
        lines.append(("领导批示件", own))
    if matter.media:
        lines.append(("媒体反映件", own))
    return lines


def _long(matter: OldAppeal, policy: FlagPolicy, now: datetime, calendar: Days) -> list[str]:
    lines = []
    if matter.red_at is not None and _over(policy.long_red, matter.red_at, now, calendar):
        lines.append(f"转红超过{Limit.parse(policy.long_red).label}")
    if _over(policy.long_open, matter.first_received_at, now, calendar):
        lines.append(f"首次受理至今超过{Limit.parse(policy.long_open).label}")
    return lines


def _over(limit_text: str, since: datetime, now: datetime, calendar: Days) -> bool:
    """Whether more than a limit has gone by: by dates for wd and d, else by time."""
    limit = Limit.parse(limit_text)
    first, today = calendar.local(since).date(), calendar.local(now).date()
    if limit.unit == "wd":
        return calendar.days_between(first, today) > limit.count
    if limit.unit == "d":
        return (today - first).days > limit.count
    if limit.unit == "wh":
        return calendar.between(since, now) > limit.seconds
    return (now - since).total_seconds() > limit.seconds
