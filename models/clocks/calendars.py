"""日历: its versions in the store, what another would do, loading one and taking it back.

Loading counts every running clock again in one transaction. Stopped clocks and published editions
stay as they are: what was judged was judged by the calendar of its day.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.clocks.keeping import keep_recount
from models.clocks.recount import NewRules, plan_recount, uncollected
from models.clocks.rehearsal import Rehearsal, rehearsal_of
from models.store import Query, Source, retried
from models.tables import CalendarVersion
from rules.clocks import CalendarDays
from rules.errors import CalendarError, Refused

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class CalendarView:
    """One version of the calendar as the store keeps it."""

    version: int
    source: str
    official_through: date | None
    loaded_at: datetime
    reason: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class LoadedCalendar:
    """A version that was loaded, and what that did."""

    version: int
    done: Rehearsal


@dataclass(frozen=True, slots=True)
class Runway:
    """How far the official calendar still reaches: ``through`` None where none is used."""

    through: date | None
    left: int | None


_VERSIONS = Query(
    CalendarView,
    """
SELECT version, source, official_through, loaded_at, reason, digest
FROM calendar ORDER BY version DESC
""",
)
_DAYS = "SELECT text FROM calendar WHERE version = :version"


def calendar_versions(source: Source) -> list[CalendarView]:
    """Return every version, the newest first."""
    return source.read(_VERSIONS)


def days_of(source: Source, version: int) -> CalendarDays:
    """Return the days of a version; CalendarError if there is no such version."""
    found = source.value(_DAYS, version=version)
    if found is None:
        raise CalendarError(f"没有第{version}版日历：请用 duban calendar show 查看各版")
    return CalendarDays.from_json(str(found))


def runway(store: Store) -> Runway:
    """Return until when the calendar in force is official, and the days left from today."""
    keeper = store.timekeeper()
    through = keeper.days.official_through
    if keeper.office.calendar == "none" or through is None:
        return Runway(None, None)
    return Runway(through, (through - keeper.local(store.now()).date()).days)


def rehearse_calendar(store: Store, days: CalendarDays) -> Rehearsal:
    """Say what loading ``days`` would do to the running clocks now; nothing is written."""
    with store.reading() as reader:
        return rehearsal_of(reader, plan_recount(reader, NewRules(days), store.now()))


@retried
def load_calendar(
    store: Store, days: CalendarDays, reason: str, *, at: datetime | None = None
) -> LoadedCalendar:
    """Make ``days`` the calendar in force and count every running clock again, or do nothing.

    For an administrator; ``reason`` stands in the trail of each matter that changes. Refused if
    the calendar in force says the same. Everybody else who writes waits meanwhile.
    """
    with uncollected(), store.writing(at=at, alone=True) as work:
        return _load(work, days, reason)


@retried
def restore_calendar(store: Store, reason: str, *, at: datetime | None = None) -> LoadedCalendar:
    """Load the version before the one in force again, as a new version.

    A second undo so brings back what the first took away. Refused where there is only one.
    """
    with uncollected(), store.writing(at=at, alone=True) as work:
        if work.calendar_version < 2:
            raise Refused("日历只有一版，没有可以恢复的上一版")
        return _load(work, days_of(work, work.calendar_version - 1), reason)


def _load(work: Work, days: CalendarDays, reason: str) -> LoadedCalendar:
    work.require(verb="calendar.load")
    if not reason.strip():
        raise Refused("装入日历须写明理由：请填写后再办")
    before = days_of(work, work.calendar_version)
    if _said(days) == _said(before):
        raise Refused(f"与现行第{work.calendar_version}版日历相同：无须装入")
    found = plan_recount(work, NewRules(days), work.at)
    done = rehearsal_of(work, found)
    version = work.calendar_version + 1
    _insert(work, version, days, reason.strip())
    work.event(
        "calendar.load",
        "calendar",
        version,
        reason=reason.strip(),
        payload={
            "source": days.source,
            "changed": done.changed,
            "moved": done.moved,
            "running": done.running,
        },
    )
    keep_recount(work, found, reason.strip(), anew=False, named={"calendar": version})
    return LoadedCalendar(version, done)


def _insert(work: Work, version: int, days: CalendarDays, reason: str) -> None:
    """Write the version; from here on the work itself goes by it."""
    text = days.to_json()
    through = days.official_through
    work.insert(
        CalendarVersion,
        version=version,
        text=text,
        source=days.source,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        loaded_at=work.now,
        official_through=through.isoformat() if through else None,
        reason=reason,
    )
    work.calendar_version = version


def _said(days: CalendarDays) -> tuple[object, ...]:
    """Return what a calendar says, and by which notices, whatever its source is called."""
    return dict(days.days), days.notices, days.official_from, days.official_through
