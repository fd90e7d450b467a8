"""The calendar as its screen uses it: versions, a rehearsal, loading and taking back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk import Desk
from rules.errors import CalendarError, system_reason

if TYPE_CHECKING:
    from models.clocks import CalendarView, Rehearsal
    from rules.clocks import CalendarDays


@dataclass(frozen=True, slots=True)
class Tried:
    """A calendar that is tried out: its days, what it is called, and what it would do."""

    days: CalendarDays
    named: str
    told: Rehearsal


def shelf(desk: Desk) -> tuple[CalendarView, ...]:
    """Read the versions, the newest first."""
    from models.clocks import calendar_versions

    with desk.reading("calendar") as reader:
        return tuple(calendar_versions(reader.rows))


def try_files(desk: Desk, typed: str) -> Tried:
    """Rehearse the calendar in force with the years of the files whose paths were typed."""
    from models.clocks import days_of
    from seed.reference import extended, read_notice

    paths = _paths(typed)
    notices = [read_notice(_text(path), path.name) for path in paths]
    with desk.reading("calendar") as reader:
        base = days_of(reader.rows, desk.store.versions(reader)[1])
    return _tried(desk, extended(base, notices), "、".join(path.name for path in paths))


def try_builtin(desk: Desk) -> Tried:
    """Rehearse the calendar that came with the program."""
    from seed.reference import builtin_calendar

    return _tried(desk, builtin_calendar(), "程序自带日历")


def load(desk: Desk, tried: Tried, reason: str) -> str:
    """Load what was tried out; return the sentence that says so."""
    from models.clocks import calendars

    loaded = calendars.load_calendar(desk.store, tried.days, reason)
    desk.settle()
    return f"已装入，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def undo(desk: Desk, reason: str) -> str:
    """Take the last load back; return the sentence that says so."""
    from models.clocks import calendars

    loaded = calendars.restore_calendar(desk.store, reason)
    desk.settle()
    return f"已恢复，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def _tried(desk: Desk, days: CalendarDays, named: str) -> Tried:
    from models.clocks import rehearse_calendar

    return Tried(days, named, rehearse_calendar(desk.store, days))


def _paths(typed: str) -> list[Path]:
    try:
        return [Path(word).expanduser() for word in shlex.split(typed)]
    except ValueError:
        raise CalendarError("路径里的引号不成对：请改正后重试") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CalendarError(f"{path} 不是 UTF-8 文本：请另存为 UTF-8 后重试") from None
    except OSError as error:
        raise CalendarError(f"{path} 打不开（{system_reason(error)}）：请核对路径") from None
