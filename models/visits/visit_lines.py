"""Visits by file: each line is taken, says nothing new, or is refused with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.intake import enter_within
from models.store import Query, Work, retried
from models.visits.visiting import community_of, put_task, put_visit, tie
from rules.casework import Appeal
from rules.errors import DubanError, Refused
from rules.intake import Entry
from rules.visits import UnreadVisit, VisitLine, appeal_told

if TYPE_CHECKING:
    from models.store import Store

FILE = "file"
"""The source of visits that came in a file."""


@dataclass(frozen=True, slots=True)
class TakenVisits:
    """What became of a file: visits, appeals and tasks that are new, known lines, those refused."""

    visits: int
    appeals: int
    tasks: int
    unchanged: int
    refused: tuple[UnreadVisit, ...]


@retried
def take_visits(store: Store, lines: Sequence[VisitLine | UnreadVisit]) -> TakenVisits:
    """Take what a file tells of visits in one transaction; bad lines stay out of it.

    The same file again changes nothing. It cannot be taken back: appeals were given numbers.
    """
    with store.writing() as work:
        work.require(verb="visit.collect")
        units = UnitDirectory(work)
        counts = {"visits": 0, "appeals": 0, "tasks": 0, "unchanged": 0}
        refused = [line for line in lines if isinstance(line, UnreadVisit)]
        for line in lines:
            if isinstance(line, UnreadVisit):
                continue
            try:
                new = _take(work, units, line)
            except DubanError as refusal:
                refused.append(UnreadVisit(line.line, line.cells, str(refusal)))
                continue
            for what in new or ("unchanged",):
                counts[what] += 1
        return TakenVisits(**counts, refused=tuple(sorted(refused, key=lambda one: one.line)))


def _take(work: Work, units: UnitDirectory, line: VisitLine) -> list[str]:
    """Keep what is new of a line and say what that was; nothing is kept of one that is refused."""
    day = work.timekeeper().local(line.at).date()
    unit = _unit(units, line.unit, day)
    asked = _unit(units, line.task_unit, day) if line.task else unit
    code = community_of(work, line.place, day)
    if max(line.at, line.ends_at or line.at) > work.now:
        raise Refused("走访时间在将来：走访过再登记")
    appeal = _appeal(line, code)
    if line.task and line.task_limit:
        work.timekeeper().timed("visit_task", line.task_limit, work.at)
    key = line.number or f"{code}/{unit}/{line.at.isoformat()}"
    known = work.first(_KNOWN, source=FILE, key=key)
    if known is not None and (known.code, known.unit_id) != (code, unit):
        raise Refused(f"走访编号 {line.number} 已是另一次走访（#{known.id}）：请核对编号")
    new = []
    if known is None:
        id = put_visit(
            work,
            place=code,
            unit_id=unit,
            at=line.at,
            cadres=line.cadres,
            ends_at=line.ends_at,
            services=line.services,
            summary=line.summary,
            held=True,
            known_as=(FILE, key),
        )
        new.append("visits")
    else:
        id = known.id
    if appeal is not None and work.value(_TOLD, id=id, content=appeal.content) is None:
        tie(work, id, enter_within(work, Entry(appeal)).ticket_id)
        work.event("visit.collect", "visit", id, unit_id=unit)
        new.append("appeals")
    if line.task and work.value(_SET, id=id, unit=asked, title=line.task) is None:
        put_task(work, id, code, asked, line.task, line.task_limit or None)
        new.append("tasks")
    return new


def _appeal(line: VisitLine, code: str) -> Appeal | None:
    if not line.content:
        return None
    return appeal_told(
        line.content,
        nature=line.nature,
        reporter=line.reporter,
        phone=line.phone,
        place=code,
        at=line.at,
    )


def _unit(units: UnitDirectory, word: str, on: date) -> int:
    found = units.find(word, on)
    if found is None:
        raise Refused(f"没有单位“{word}”：请用名录里的名称、简称或代码")
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A visit that a file told of before."""

    id: int
    code: str
    unit_id: int
    at: datetime


_KNOWN = Query(
    _Known,
    "SELECT id, code, unit_id, at FROM visit WHERE source = :source AND external_id = :key",
)
_TOLD = """
SELECT t.id FROM visit_appeal a JOIN ticket t ON t.id = a.ticket_id
WHERE a.visit_id = :id AND t.content = :content
"""
_SET = "SELECT id FROM visit_task WHERE visit_id = :id AND unit_id = :unit AND title = :title"
