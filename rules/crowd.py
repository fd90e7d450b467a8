"""How many different citizens complain of one object within some days (DESIGN §5 "Prominent").

One object is what the appeals name as 被反映对象, or else the same third-level category in the same
community.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    """The largest number of different reporters within the days, around one appeal."""

    subject: str
    reporters: int


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
        report.ticket_id: Crowd(subject, size)
        for subject, members in subjects.items()
        for report, size in _largest(sorted(members, key=lambda r: r.received_at), within)
    }


def _largest(members: list[Report], within: timedelta) -> Iterable[tuple[Report, int]]:
    """Slide a window over appeals in order; each is given its best window's reporters."""
    best = [0] * len(members)
    inside: Counter[str] = Counter()
    first = 0
    for last, newest in enumerate(members):
        if newest.reporter:
            inside[newest.reporter] += 1
        while newest.received_at - members[first].received_at > within:
            if gone := members[first].reporter:
                inside[gone] -= 1
                inside += Counter()  # drops those at nought
            first += 1
        for place in range(first, last + 1):
            best[place] = max(best[place], len(inside))
    return zip(members, best, strict=True)
