"""What is tried out on the calendar screen: a calendar or a policy, and what it would do."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session, plain_text
from models import clocks, ranking
from rules.clocks import beside
from rules.errors import CalendarError, PolicyError, system_reason
from seed import reference

if TYPE_CHECKING:
    from models.clocks import CalendarView, Rehearsal
    from models.ranking import Hindsight
    from rules.clocks import CalendarDays, DayBeside
    from rules.ranking import Period
    from seed.reference import YearNotice


@dataclass(frozen=True, slots=True)
class Tried:
    """A calendar or a policy that is tried out: what it is called, and what it would do.

    ``beside`` are the days of a calendar's new years beside those in force.
    """

    named: str
    told: Rehearsal
    days: CalendarDays | None = None
    policy: str = ""
    beside: Sequence[DayBeside] = ()

    def look_back(self, session: Session, period: Period) -> Hindsight:
        """Say what it would have made of a past period."""
        if self.days is not None:
            return ranking.rehearse_calendar_past(session.store, self.days, period)
        return ranking.rehearse_policy_past(session.store, self.policy, period)


def shelf(session: Session) -> tuple[CalendarView, ...]:
    """Read the versions, the newest first."""
    with session.reading("calendar") as reader:
        return tuple(clocks.calendar_versions(reader))


def try_files(session: Session, typed: str) -> Tried:
    """Rehearse the calendar in force with the years of the files whose paths were typed."""
    paths = _paths(typed)
    notices = [notice for path in paths for notice in _read(path)]
    with session.reading("calendar") as reader:
        base = clocks.days_of(reader, session.store.versions(reader)[1])
    days = reference.extended(base, notices)
    told = beside(days, base, (notice.year for notice in notices))
    return _tried(session, days, "、".join(path.name for path in paths), told)


def try_builtin(session: Session) -> Tried:
    """Rehearse the calendar that came with the program."""
    return _tried(session, reference.builtin_calendar(), "程序自带日历")


def try_policy(session: Session, typed: str) -> Tried:
    """Rehearse the policy file whose path was typed."""
    paths = _paths(typed)
    if len(paths) != 1:
        raise PolicyError("一次试算一份规则文件：请只写一个路径")
    text = plain_text(paths[0])
    return Tried(paths[0].name, clocks.rehearse_policy(session.store, text), policy=text)


def load(session: Session, days: CalendarDays, reason: str) -> str:
    """Load a calendar that was tried out; return the sentence that says so."""
    loaded = clocks.load_calendar(session.store, days, reason)
    session.settle()
    return f"已装入，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def undo(session: Session, reason: str) -> str:
    """Take the last load back; return the sentence that says so."""
    loaded = clocks.restore_calendar(session.store, reason)
    session.settle()
    return f"已恢复，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def _tried(
    session: Session, days: CalendarDays, named: str, told: Sequence[DayBeside] = ()
) -> Tried:
    rehearsed = clocks.rehearse_calendar(session.store, days)
    return Tried(named, rehearsed, days, beside=told)


def _paths(typed: str) -> list[Path]:
    try:
        return [Path(word).expanduser() for word in shlex.split(typed)]
    except ValueError:
        raise CalendarError("路径里的引号不成对：请改正后重试") from None


def _read(path: Path) -> list[YearNotice]:
    try:
        return reference.holidays_of(path)
    except OSError as error:
        raise CalendarError(f"{path} 打不开（{system_reason(error)}）：请核对路径") from None
