"""Half files: rows that name a matter by its number alone and tell what has happened to it since.

Each kind of news is a row of ``TELLINGS``: which columns make which step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.casework.appeal import Appeal
from rules.casework.words import COLUMN_NAMES
from rules.clocks import Limit
from rules.errors import Refused


@dataclass(frozen=True, slots=True)
class HalfRow(Appeal):
    """One row of a half file: an appeal known by its number, and what only such a file tells.

    ``caller``, ``recording`` and ``said`` tell of the call in which it was rated. ``extension`` is
    a limit such as ``5wd`` or the ISO date up to which more time is asked for. ``filled_by`` and
    ``approved_by`` are who in the unit wrote a reply and which leader let it pass.

    ``reported``: a unit tells it of itself (单位自报); ``evidence`` names what bears it out, and
    ``stamp`` is the mark of the workbook that the unit was given.
    """

    caller: str | None = None
    recording: str | None = None
    said: str | None = None
    extension_asked_at: datetime | None = None
    extension: str | None = None
    extension_reason: str | None = None
    filled_by: str | None = None
    approved_by: str | None = None
    evidence: str | None = None
    stamp: str | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """A step that a half row may tell of, made from its columns.

    ``when`` is the column of its moment; ``said`` maps further columns to what the function of the
    step calls them. The step is told where one of ``signs`` is filled, and then all of ``needs``
    must be. ``by_unit``: what a unit must fill besides; None where it is not the unit's act.
    """

    verb: str
    when: str
    said: Mapping[str, str] = field(default_factory=dict, hash=False)
    signs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    by_unit: tuple[str, ...] | None = ()

    def told_by(self, row: HalfRow) -> bool:
        """Whether a row tells of it."""
        if row.reported and self.by_unit is None:
            return False
        return any(getattr(row, name) for name in (*self.signs, self.moment(row)))

    def lacking(self, row: HalfRow) -> list[str]:
        """Return the columns, as people call them, that a row must fill besides."""
        needs = (*self.needs, *(self.by_unit or ())) if row.reported else self.needs
        names = (self.moment(row) if name == self.when else name for name in needs)
        return [HALF_NAMES[name] for name in names if not getattr(row, name)]

    def moment(self, row: HalfRow) -> str:
        """Return the column of its moment: what a unit calls the end is when it answered."""
        if row.reported and self.verb == "reply" and row.replied_at is None and row.closed_at:
            return "closed_at"
        return self.when

    def words(self, row: HalfRow) -> dict[str, Any]:
        """Return what a row says to the function of the step."""
        return {asked: getattr(row, name) for name, asked in self.said.items()}


TELLINGS = (
    Telling("acknowledge", "acknowledged_at"),
    Telling("contact", "contacted_at"),
    Telling(
        "ask_extension",
        "extension_asked_at",
        {"extension": "limit_text", "extension_reason": "reason"},
        signs=("extension", "extension_reason"),
        needs=("extension", "extension_reason"),
    ),
    Telling(
        "reply",
        "replied_at",
        {
            "reply": "text",
            "outcome": "outcome",
            "filled_by": "filled_by",
            "approved_by": "approved_by",
        },
        signs=("reply",),
        needs=("reply", "replied_at"),
        by_unit=("filled_by", "approved_by"),
    ),
    Telling("close", "closed_at", {"outcome": "outcome"}, by_unit=None),
)
"""Every step a half file may tell of besides a rating, in the order of a round."""

_RATED = ("result_rating", "work_rating", "rated_at")


HALF_NAMES = {
    "number": "工单编号",
    **{
        name: COLUMN_NAMES[name]
        for name in (
            "acknowledged_at",
            "contacted_at",
            "reply",
            "replied_at",
            "outcome",
            "closed_at",
            *_RATED,
        )
    },
    "caller": "回访员",
    "recording": "录音编号",
    "said": "诉求人的话",
    "extension_asked_at": "申请延期时间",
    "extension": "申请延期",
    "extension_reason": "延期理由",
    "filled_by": "填报人",
    "approved_by": "审签领导",
    "evidence": "证据",
    "stamp": "核对码",
}
"""The columns of a half file, as people call them."""


def rates(row: HalfRow) -> bool:
    """Whether a row tells of a rating."""
    return bool(row.result_rating or row.work_rating)


def told_steps(row: HalfRow) -> tuple[Telling, ...]:
    """Return the steps that a row tells of; Refused where it tells of one but in part."""
    told = tuple(telling for telling in TELLINGS if telling.told_by(row))
    missing = [name for telling in told for name in telling.lacking(row)]
    if rates(row) and row.rated_at is None:
        missing.append(HALF_NAMES["rated_at"])
    if missing:
        raise Refused(f"没有{'、'.join(missing)}：请补上")
    if row.rated_at is not None and not rates(row):
        raise Refused("没有评价：请填写群众满意或工作满意")
    if row.outcome and not {"reply", "close"} & {telling.verb for telling in told}:
        raise Refused("有办理结果而没有答复或办结时间：请补上答复意见和答复时间，或办结时间")
    return told


_UP_TO = re.compile(
    r"(?:延?至|到)?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?"
)


def extension_of(text: str) -> str:
    """Return what a cell asks for as ``5wd`` or an ISO date; Refused where it cannot be read.

    A bare number counts working days.
    """
    plain = "".join(text.split()) if not _UP_TO.fullmatch(text.strip()) else text.strip()
    if found := _UP_TO.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return _date(text, year, month, day)
    if plain.isdecimal():
        plain += "wd"
    try:
        limit = Limit.read(plain)
    except ValueError:
        raise _unread(text) from None
    return str(limit)


def _date(text: str, year: int, month: int, day: int) -> str:
    try:
        return datetime(year, month, day).date().isoformat()
    except ValueError:
        raise _unread(text) from None


def _unread(text: str) -> Refused:
    return Refused(
        f"申请延期“{text}”无法识别：请写天数，例如 5（工作日）、7天（自然日），"
        "或延至的日期，例如 2026-12-10"
    )


MOVED = frozenset(
    f"ticket.{verb}"
    for verb in (
        "dispatch",
        "transfer",
        "reply",
        "decline",
        "close",
        "send_back",
        "grant_return",
        "arbitrate",
        "rework",
        "reopen",
        "correct",
        "amend",
        "take",
        "undo",
        "redo",
    )
)
"""Acts after which what a unit was given to fill in no longer says how a matter stands."""


def moments_told(row: HalfRow) -> tuple[datetime | str | None, ...]:
    """Return what tells two rows of one number apart: the moments, and the time asked for."""
    moments = (getattr(row, telling.when) for telling in TELLINGS)
    return (row.rated_at, row.extension, *moments)
