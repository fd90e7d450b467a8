"""专题任务: how progress is told, by hand or in a file, and what closing a campaign needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.errors import DubanError, Refused
from rules.text import half_width, harmless_line

DONE = 100

COLUMNS = ("任务编号", "承办单位", "任务", "进度", "进展情况", "日期", "完成")
"""The columns of the file in which units report; the first may be left empty."""

_NUMBER = re.compile(r"#?(\d{1,9})(?:\.0+)?")

_PERCENT = re.compile(r"(\d{1,3})(?:\.0+)?%?")

_SHARE = re.compile(r"0?\.(\d{1,4})|1\.0+")

YES, NO = ("是", "完成", "已完成", "√", "y", "yes", "1"), ("否", "未完成", "", "n", "no", "0")


@dataclass(frozen=True, slots=True)
class Reported:
    """One line of a file: a task by its number, or by unit and title; what is told of it.

    ``at`` is aware; None where the file gives no date, the day's beginning where that is all it
    gives. ``cells`` are the line as it was.
    """

    line: int
    number: int | None
    unit: str
    title: str
    percent: int | None
    text: str
    at: datetime | None
    done: bool
    cells: tuple[str, ...] = ()
    date_only: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not taken, as it was, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


def read_progress(
    line: int, cells: Mapping[str, str], at: datetime | None, *, date_only: bool = False
) -> Reported | Unread | None:
    """Return what a line of a file tells, why it cannot be read, or None of one that is empty.

    ``cells`` are those of ``COLUMNS``; ``at`` is its date, read already.
    """
    told = {name: harmless_line(cells.get(name, "")) for name in COLUMNS}
    if not any(told.values()):
        return None
    if not (told["进度"] or told["进展情况"] or told["完成"]):
        return None
    as_was = tuple(cells.get(name, "") for name in COLUMNS)
    try:
        return replace(_read(line, told, at, as_was), date_only=date_only)
    except Refused as refusal:
        return Unread(line, as_was, str(refusal))


def _read(
    line: int, told: Mapping[str, str], at: datetime | None, cells: tuple[str, ...]
) -> Reported:
    number = None
    if told["任务编号"]:
        found = _NUMBER.fullmatch(half_width(told["任务编号"]))
        if found is None:
            raise Refused(f"任务编号“{told['任务编号']}”不是数字")
        number = int(found[1])
    elif not (told["承办单位"] and told["任务"]):
        raise Refused("没有任务编号，须写明承办单位和任务")
    done = _yes(told["完成"])
    percent = percent_of(told["进度"])
    if done and percent not in (None, DONE):
        raise Refused(f"写了完成，进度却是{percent}%")
    if percent == DONE and told["完成"] and not done:
        raise Refused("进度100%，完成却写“否”")
    if told["日期"] and at is None:
        raise Refused(f"日期“{told['日期']}”看不懂：例如 2026-11-26 或 2026-11-26 15:20")
    whole = DONE if done else percent
    return Reported(
        line,
        number,
        told["承办单位"],
        told["任务"],
        whole,
        told["进展情况"],
        at,
        done or whole == DONE,
        cells,
    )


def percent_of(typed: str) -> int | None:
    """Return the progress of a cell: ``60``, ``60%`` or the share 0.6; None of an empty one."""
    text = half_width(typed).strip()
    if not text:
        return None
    if _SHARE.fullmatch(text):
        return round(float(text) * 100)
    found = _PERCENT.fullmatch(text)
    if found is None or int(found[1]) > DONE:
        raise Refused(f"进度“{typed}”不是0到100的数")
    return int(found[1])


def _yes(typed: str) -> bool:
    word = half_width(typed).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Refused(f"完成“{typed}”请写 是 或 否")


def require_reasons(undone: Sequence[tuple[int, str]], reasons: Mapping[int, str]) -> None:
    """Refuse to close a campaign that has tasks neither done nor explained.

    ``undone`` are ids and titles of tasks, ``reasons`` what was said of them by id.
    """
    known = {id for id, _ in undone}
    for id in reasons:
        if id not in known:
            raise DubanError(f"任务#{id} 不在未完成的任务中：请核对编号")
    missing = [f"#{id} {title}" for id, title in undone if not reasons.get(id, "").strip()]
    if missing:
        raise Refused(
            f"还有{len(missing)}项任务没有完成，也没有写原因：{'、'.join(missing[:3])}。"
            "请登记完成，或逐项写明未完成的原因"
        )
