"""The calendar as its screen uses it: versions, a rehearsal, loading and taking back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session
from models import clocks
from rules.errors import CalendarError, system_reason
from seed import reference

if TYPE_CHECKING:
    from models.clocks import CalendarView, Rehearsal
    from rules.clocks import CalendarDays


@dataclass(frozen=True, slots=True)
class Tried:
    """A calendar that is tried out: its days, what it is called, and what it would do."""

    days: CalendarDays
    named: str
    told: Rehearsal


def shelf(session: Session) -> tuple[CalendarView, ...]:
    """Read the versions, the newest first."""
    with session.reading("calendar") as reader:
        return tuple(clocks.calendar_versions(reader))


def try_files(session: Session, typed: str) -> Tried:
    """Rehearse the calendar in force with the years of the files whose paths were typed."""
    paths = _paths(typed)
    notices = [reference.read_notice(_text(path), path.name) for path in paths]
    with session.reading("calendar") as reader:
        base = clocks.days_of(reader, session.store.versions(reader)[1])
    return _tried(
        session, reference.extended(base, notices), "、".join(path.name for path in paths)
    )


def try_builtin(session: Session) -> Tried:
    """Rehearse the calendar that came with the program."""
    return _tried(session, reference.builtin_calendar(), "程序自带日历")


def load(session: Session, tried: Tried, reason: str) -> str:
    """Load what was tried out; return the sentence that says so."""
    loaded = clocks.load_calendar(session.store, tried.days, reason)
    session.settle()
    return f"已装入，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def undo(session: Session, reason: str) -> str:
    """Take the last load back; return the sentence that says so."""
    loaded = clocks.restore_calendar(session.store, reason)
    session.settle()
    return f"已恢复，现行日历为第{loaded.version}版 · {loaded.done.changed:,}个时限变动"


def _tried(session: Session, days: CalendarDays, named: str) -> Tried:
    return Tried(days, named, clocks.rehearse_calendar(session.store, days))


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
