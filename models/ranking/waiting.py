"""What a publication waits for: a window in which units may still object, what is not ruled yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import Query, Source
from rules.clocks import Timekeeper, short_instant
from rules.ranking import Period, parse_period
from rules.review import data_windows

if TYPE_CHECKING:
    from models.store import Store
    from rules.bureau import Policy


@dataclass(frozen=True, slots=True)
class Waits:
    """What a period waits for: ``until``, in words, its data may be disputed; what is undecided."""

    until: str | None
    undecided: int

    @property
    def words(self) -> str:
        """What it waits for in one phrase; nothing where it may be published."""
        window = f"数据异议到 {self.until} 截止" if self.until else ""
        ruling = f"{self.undecided}件异议未裁定" if self.undecided else ""
        return "、".join(filter(None, (window, ruling)))


@dataclass(frozen=True, slots=True)
class _Disputed:
    """An objection that is not ruled, by the period it touches."""

    period: str | None


_UNDECIDED = Query(_Disputed, "SELECT period FROM objection WHERE decided_at IS NULL")


def waits_for(
    source: Source, keeper: Timekeeper, policy: Policy, period: Period, at: datetime
) -> Waits:
    """Return what the publication of a period at an instant would have to wait for."""
    windows = data_windows(period, keeper.calendar, policy.objections)
    touched = (
        parse_period(one.period, keeper.zone) for one in source.read(_UNDECIDED) if one.period
    )
    undecided = sum(
        other.from_at < period.to_at and period.from_at < other.to_at for other in touched
    )
    until = None
    if at < windows.data_until:
        until = short_instant(keeper.local(windows.data_until), ends=True)
    return Waits(until, undecided)


def publication_waits(store: Store, period: Period) -> Waits:
    """Return what the publication of a period would have to wait for now."""
    with store.reading() as reader:
        return waits_for(reader, store.timekeeper(), store.policy, period, store.now())
