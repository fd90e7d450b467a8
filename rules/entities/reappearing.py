"""A firm with a decision against it whose appeals go on under another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NUMBERED = 5
"""Appeals of one name that a line of evidence gives by number; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision named as its document: what it is, its number, the organ, the day, the name."""

    name: str
    kind: str
    number: str
    organ: str
    day: date

    @property
    def words(self) -> str:
        """The decision in words."""
        return f"“{self.name}”有{self.kind}：{self.organ} {self.day:%Y-%m-%d} {self.number}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One appeal under a name: which unit handles it, its number, the day it came."""

    unit_id: int
    ticket_id: int
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Under:
    """Another name of the firm and its appeals.

    ``sure``: a person confirmed it; ``why`` are the words of who did, or what speaks for it.
    """

    name: str
    sure: bool
    why: str
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True)
class Reappeared:
    """What one unit is shown: lines of evidence, and the appeals that each rests on."""

    unit_id: int
    evidence: tuple[str, ...]
    rests_on: tuple[tuple[int, ...], ...]
    provisional: bool
    last_on: date

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        """Every appeal it rests on, in order."""
        return tuple(dict.fromkeys(id for line in self.rests_on for id in line))


def reappeared(decisions: Sequence[Decided], others: Sequence[Under]) -> list[Reappeared]:
    """Return what each unit is shown of a firm: appeals after a decision, under another name.

    Nothing without a decision: no firm is bad by the number of its appeals.
    """
    by_unit: dict[int, list[tuple[Under, tuple[Complaint, ...]]]] = defaultdict(list)
    for under in others:
        since = [one.day for one in decisions if one.name != under.name]
        if not since:
            continue
        later: dict[int, list[Complaint]] = defaultdict(list)
        for complaint in under.complaints:
            if complaint.day > min(since):
                later[complaint.unit_id].append(complaint)
        for unit_id, complaints in later.items():
            by_unit[unit_id].append((under, tuple(sorted(complaints, key=_age))))
    return [_shown(unit_id, decisions, told) for unit_id, told in sorted(by_unit.items())]


def _age(complaint: Complaint) -> tuple[date, str]:
    return complaint.day, complaint.number


def _shown(
    unit_id: int,
    decisions: Sequence[Decided],
    told: Sequence[tuple[Under, tuple[Complaint, ...]]],
) -> Reappeared:
    lines = [one.words for one in sorted(decisions, key=lambda one: (one.day, one.number))]
    rests: list[tuple[int, ...]] = [() for _ in lines]
    for under, complaints in told:
        numbers = "、".join(one.number for one in complaints[:NUMBERED])
        more = "等" if len(complaints) > NUMBERED else ""
        mark = "" if under.sure else "待确认，"
        lines.append(
            f"此后又以“{under.name}”（{mark}{under.why}）出现，"
            f"本单位承办{len(complaints)}件：{numbers}{more}"
        )
        rests.append(tuple(one.ticket_id for one in complaints))
    last = max(one.day for _, complaints in told for one in complaints)
    unsure = all(not under.sure for under, _ in told)
    return Reappeared(unit_id, tuple(lines), tuple(rests), unsure, last)
