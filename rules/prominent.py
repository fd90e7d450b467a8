"""Prominent appeals long unresolved (突出诉求长期未解决), from evidence values (DESIGN §5).

Prominent: many reporters on one object, unsatisfied twice, under an instruction, or in the media.
Long: red for over 10 working days, or open for over 30 days since first intake. Both are needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from rules.crowd import Crowd
from rules.limits import Limit
from rules.policy import FlagPolicy


class Days(Protocol):
    """What is asked of the working calendar (``rules.worktime.WorkCalendar``)."""

    def days_between(self, day: date, other: date) -> int:
        """Working dates strictly after the first date up to the second."""

    def between(self, start: datetime, end: datetime) -> int:
        """Working seconds from one instant to another."""

    def local(self, instant: datetime) -> datetime:
        """The instant in the bureau's zone."""


@dataclass(frozen=True, slots=True)
class Matter:
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


@dataclass(frozen=True, slots=True)
class Prominent:
    """One unit and one matter that must be supervised; ``key`` names the matter for good."""

    key: str
    unit_id: int
    unit: str
    ticket_ids: tuple[int, ...]
    evidence: tuple[str, ...]


def prominent_long(
    matters: Iterable[Matter], policy: FlagPolicy, now: datetime, calendar: Days
) -> tuple[Prominent, ...]:
    """Return one flag per unit and matter, with its evidence; appeals of one crowd are one matter.

    ``matters`` are open appeals with a unit; ``now`` is aware.
    """
    found: dict[tuple[int, str], list[tuple[Matter, list[str]]]] = {}
    for matter in matters:
        prominent = _prominent(matter, policy)
        long = _long(matter, policy, now, calendar)
        if prominent and long:
            found.setdefault((matter.unit_id, _key(matter, policy)), []).append(
                (matter, [f"{matter.number} {line}" for line in (*prominent, *long)])
            )
    return tuple(
        Prominent(
            key=key,
            unit_id=unit_id,
            unit=cases[0][0].unit,
            ticket_ids=tuple(matter.ticket_id for matter, _ in cases),
            evidence=tuple(line for _, lines in cases for line in lines),
        )
        for (unit_id, key), cases in found.items()
    )


def _key(matter: Matter, policy: FlagPolicy) -> str:
    if matter.crowd is not None and matter.crowd.reporters >= policy.reporters:
        return matter.crowd.subject
    return f"工单：{matter.number}"


def _prominent(matter: Matter, policy: FlagPolicy) -> list[str]:
    lines = []
    if matter.crowd is not None and matter.crowd.reporters >= policy.reporters:
        lines.append(f"{matter.crowd.reporters}名诉求人反映同一对象（{matter.crowd.subject}）")
    if matter.unsatisfied >= policy.unsatisfied:
        lines.append(f"{matter.unsatisfied}次评价不满意")
    if matter.instructed:
        lines.append("领导批示件")
    if matter.media:
        lines.append("媒体反映件")
    return lines


def _long(matter: Matter, policy: FlagPolicy, now: datetime, calendar: Days) -> list[str]:
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
