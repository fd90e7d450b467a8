"""A message of a group as a form or a file tells it: what may be kept, in which order in time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple

from rules.errors import Refused
from rules.police.alarm import CALL_110, alarm_in
from rules.police.group import GROUP_COLUMNS, Group
from rules.text import MASKED, half_width, harmless_line

MESSAGE, CLUE = "message", "clue"

MESSAGE_COLUMNS = (
    "消息编号",
    "警务群",
    "时间",
    "类型",
    "内容",
    "需到场",
    "应答时间",
    "到场时间",
    "反馈时间",
    "线索编号",
    "受理回执",
)
"""The columns of a file of messages; 警务群, 时间 and 类型 must be filled."""

INSTANTS = ("时间", "应答时间", "到场时间", "反馈时间")

ALARM, CALM = "警情", "非警情"

_KINDS = {"诉求": MESSAGE, "求助": MESSAGE, "咨询": MESSAGE, CALM: MESSAGE, "线索": CLUE}

_YES, _NO = ("是", "需要", "√", "y", "yes", "1"), ("", "否", "不需要", "n", "no", "0")

_CLUE_WORD = re.compile(r"[\w〔〕()\[\]号第字/.-]{1,40}")

_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)

_LONGEST = 500  # signs of a message

NO_CONTENT = "线索的内容不进本系统：只填线索编号、时间和受理回执，内容当面或按规定移交"


class Times(NamedTuple):
    """When the police answered, came and told the result; None of what has not happened."""

    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    told_at: datetime | None = None


NOTHING = Times()
"""Nothing has been done yet."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message or clue to be kept; ``line`` is 0 of one that was typed in."""

    group: str
    kind: str
    at: datetime
    text: str = ""
    wants_visit: bool = False
    times: Times = NOTHING
    clue_number: str = ""
    clue_receipt: str = ""
    external_id: str = ""
    line: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not taken, as far as it may be kept, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


def read_message(
    line: int, cells: Mapping[str, str], instants: Mapping[str, datetime | None]
) -> Message | Unread | None:
    """Return what a line of a file tells; None of an empty one.

    ``cells`` are those of ``MESSAGE_COLUMNS``, ``instants`` those of them that are times, read
    already. What sounds like 警情, and whatever a clue tells, is not in what is given back either.
    """
    told = {name: harmless_line(cells.get(name, "")) for name in MESSAGE_COLUMNS}
    if not any(told.values()):
        return None
    try:
        return _read(line, told, instants)
    except Refused as refusal:
        return unread(line, told, str(refusal))


def unread(line: int, told: Mapping[str, str], why: str) -> Unread:
    """Return a line that was not taken, without what may not be kept of it."""
    kind, text = told["类型"], told["内容"]
    secret = kind in (ALARM, "线索") or (kind != CALM and alarm_in(text))
    return Unread(line, tuple(({**told, "内容": ""} if secret else told).values()), why)


def _read(line: int, told: Mapping[str, str], instants: Mapping[str, datetime | None]) -> Message:
    if told["类型"] == ALARM:
        raise Refused(CALL_110)
    kind = _KINDS.get(told["类型"])
    if kind is None:
        raise Refused(f"类型“{told['类型']}”请写 诉求、线索 或 非警情（已看过，确不是警情）")
    at = instants.get("时间")
    if not told["警务群"] or at is None:
        raise Refused("请写明警务群和时间，例如 2026-11-26 02:59")
    times = Times(*(instants.get(name) for name in INSTANTS[1:]))
    if kind == CLUE and (told["内容"] or any(times)):
        raise Refused(NO_CONTENT)
    return Message(
        told["警务群"],
        kind,
        at,
        "" if kind == CLUE else plain_text(told["内容"], calm=told["类型"] == CALM),
        _yes(told["需到场"]),
        times,
        clue_word(told["线索编号"], "线索编号"),
        clue_word(told["受理回执"], "受理回执"),
        told["消息编号"],
        line,
        tuple(told.values()),
    )


def plain_text(text: str, *, calm: bool = False) -> str:
    """Return the text of a message as it is kept: one line, without names and numbers of people.

    ``Refused`` for nothing, and for 警情, unless a person found it ``calm``.
    """
    line = harmless_line(text)
    if not line:
        raise Refused("请写明群内诉求的内容")
    if not calm and (word := alarm_in(line)):
        raise Refused(f"{CALL_110}。像警情（{word}）；看过确不是的，类型写 {CALM}")
    if len(line) > _LONGEST:
        raise Refused(f"群内诉求的内容超过{_LONGEST}字：请写要点，材料随工单附")
    return MASKED.text(line)


def clue_word(typed: str, name: str) -> str:
    """Return the number or receipt of a clue; ``Refused`` for whatever tells more than that."""
    word = "".join(half_width(typed).split())
    if not word:
        return ""
    if _CLUE_WORD.fullmatch(word) is None or not re.search(r"\d", word):
        raise Refused(f"{name}只写编号，例如 武公线〔2026〕12号：线索的内容不进本系统")
    return word


def _yes(typed: str) -> bool:
    word = half_width(typed).lower()
    if word not in _YES + _NO:
        raise Refused(f"需到场“{typed}”请写 是 或 否")
    return word in _YES


def require_order(at: datetime, wants_visit: bool, times: Times, now: datetime) -> None:
    """Refuse times that cannot have been: before the message, out of order, in the future."""
    answered, arrived, told = times
    if at > now or any(one is not None and one > now for one in times):
        raise Refused("时间在将来：请核对")
    if answered is None and (arrived is not None or told is not None):
        raise Refused("还没有应答时间：请先登记应答")
    if arrived is not None and not wants_visit:
        raise Refused("这条没有写需到场：到场的请先写需到场")
    if any(one is not None and one < at for one in times):
        raise Refused("时间早于群内发言：请核对")
    if answered is not None and any(one is not None and one < answered for one in times):
        raise Refused("到场、反馈的时间早于应答：请核对")


def shown_once(text: str, at: datetime, zone: tzinfo) -> None:
    """Refuse a wall time that clocks put back show twice, unless ``text`` says which is meant."""
    if shown_twice(at, zone) and _OFFSET.search(text.strip()) is None:
        local = at.astimezone(zone)
        raise Refused(
            f"本地的钟当夜拨回，{local:%m-%d %H:%M} 这一刻有两次：请写明时区，"
            f"例如 {local.isoformat()}"
        )


def shown_twice(at: datetime, zone: tzinfo) -> bool:
    """Return whether clocks put back show the wall time of an instant a second time."""
    local = at.astimezone(zone)
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def read_group(line: int, cells: Mapping[str, str]) -> Group | Unread | None:
    """Return what a line of the list of groups tells; None of an empty one."""
    told = {name: harmless_line(cells.get(name, "")) for name in GROUP_COLUMNS}
    as_was = tuple(told.values())
    if not any(as_was):
        return None
    missing = [name for name in GROUP_COLUMNS[:4] if not told[name]]
    if missing:
        return Unread(line, as_was, f"没有写{'、'.join(missing)}：请补上")
    code = half_width(told["社区编码"])
    if not code.isdecimal() or len(code) != 12:
        return Unread(line, as_was, f"社区编码“{code}”应是12位数字：用 duban grid find 查")
    return Group(
        line=line,
        name=told["群名称"],
        code=code,
        station=told["派出所"],
        officer=told["社区民警"],
        leader=told["带班领导"],
        phone=told["值班电话"],
        unit=told["分局"],
        cells=as_was,
    )
