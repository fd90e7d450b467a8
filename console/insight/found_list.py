"""The findings of a stretch as a list: what is read, its kinds, its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.frame import Session
from console.widgets import Cell, Column
from models import insight
from rules.clocks import day_start
from rules.insight import SIGNS
from rules.ranking import last_complete, period_before
from rules.text import half_width

if TYPE_CHECKING:
    from models.insight import FindingView, Insight
    from rules.insight import Sign

COLUMNS = (
    Column("", 8, frozen=True),
    Column("问题", 20, most=56),
    Column("件数", 4, align="right"),
    Column("倍数", 6, align="right"),
    Column("最早可知", 8),
    Column("诉求人", 6, align="right", later=True),
    Column("单位", 12, later=True, most=24),
)

SHADES: Mapping[Sign, str] = {"new": "red", "rises": "yellow", "repeats": "blue"}

RECENT = 7
"""Days up to now that are shown first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one digit leaves of the list."""

    word: str
    keeps: Callable[[FindingView], bool]


KINDS: Mapping[str, Kept] = {
    "new": Kept("新", lambda one: "new" in one.signs),
    "rises": Kept("升", lambda one: "rises" in one.signs),
    "repeats": Kept("重复", lambda one: "repeats" in one.signs),
    "channels": Kept("跨渠道", lambda one: bool(one.crossed_channels)),
    "districts": Kept("跨区", lambda one: bool(one.crossed_districts)),
    "confirmed": Kept("已确认", lambda one: one.confirmed),
    "campaigns": Kept("专题", lambda one: bool(one.campaigns)),
}
"""What the digits 1 to 7 leave of the list; 0 shows everything."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that are looked at: up to now, or so many complete weeks back."""

    back: int = 0

    def of(self, session: Session) -> tuple[str, datetime, datetime]:
        """Return what it is called, its begin and its end."""
        zone, now = session.bureau.zone, session.store.now()
        if not self.back:
            first = now.astimezone(zone).date() - timedelta(days=RECENT - 1)
            return f"近{RECENT}天", day_start(first, zone), now
        period = last_complete("week", now, zone)
        for _ in range(self.back - 1):
            period = period_before(period, zone)
        return period.label, period.from_at, period.to_at


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a stretch, which is called ``label``, at a moment."""

    label: str
    found: Insight
    now: datetime


def look(session: Session, stretch: Stretch) -> Looked:
    """Return what is found in a stretch; blocks."""
    label, from_at, to_at = stretch.of(session)
    with session.reading("insight") as reader:
        found = insight.insight_of(reader, session.store, from_at, to_at)
    return Looked(label, found, session.store.now())


def cells(finding: FindingView) -> list[Cell]:
    """Return the cells of a finding, one for each of ``COLUMNS``."""
    shade = next((SHADES[sign] for sign in finding.signs if sign in SHADES), "")
    unit = finding.units[0].name if finding.units else ""
    return [
        ("".join(SIGNS[sign][0] for sign in finding.signs), shade),
        (finding.name, ""),
        (f"{finding.count:,}", ""),
        (times_of(finding), "" if "rises" in finding.signs else "dim"),
        (f"{finding.known_on:%m-%d}", ""),
        (f"{finding.reporters:,}" if finding.reporters else "", "dim"),
        (unit, "dim"),
    ]


def times_of(finding: FindingView) -> str:
    """Return how many times its four weeks before a week holds."""
    if not finding.mean:
        return "新"
    return f"{finding.week / finding.mean:.1f}倍"


def reader_of(typed: str) -> Callable[[FindingView], bool]:
    """Return what tells whether a finding is meant by every word that is typed."""
    words = half_width(typed).lower().split()

    def means(finding: FindingView) -> bool:
        shares = (*finding.units, *finding.channels, *finding.districts)
        told = (finding.name, *finding.words, *(share.name for share in shares))
        return all(any(word in one.lower() for one in told) for word in words)

    return means
