"""安排: reception days planned, place by place, and closed when they are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from models.bureau import UnitDirectory
from models.receptions.reception import ReceptionView, receptions_on
from models.store import Journal, Query, Work, retried
from models.tables import Reception, ReceptionUnit
from rules.casework import Reject
from rules.errors import Refused
from rules.receptions import PLAN_COLUMNS, RANKS, Planned
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store


@dataclass
class Plan:
    """What became of the lines of a plan."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Reject] = field(default_factory=list)


class _NothingKept(Exception):
    """Ends the transaction of a rehearsal."""


@retried
def plan(store: Store, lines: Sequence[Planned | Reject], *, dry_run: bool = False) -> Plan:
    """Plan places of days, or change what was planned; a line that cannot be is refused by itself.

    A place is known by its day and name. ``dry_run`` writes nothing and gives the same answer.
    """
    done = Plan()
    try:
        with store.writing(journal=Journal("reception.plan")) as work:
            work.require(verb="reception.plan")
            _take(work, lines, done)
            if dry_run:
                raise _NothingKept
    except _NothingKept:
        pass
    return done


def _take(work: Work, lines: Sequence[Planned | Reject], done: Plan) -> None:
    units = UnitDirectory(work)
    known: dict[date, dict[str, ReceptionView]] = {}
    seen: dict[tuple[date, str], int] = {}
    for line in lines:
        if isinstance(line, Reject):
            done.refused.append(line)
            continue
        places = known.setdefault(line.day, {})
        if not places:
            places.update({one.place: one for one in receptions_on(work, line.day)})
        try:
            place = harmless_line(line.place)
            if (line.day, place) in seen:
                raise Refused(f"与第{seen[line.day, place]}行是同一天同一个地点：请只保留一行")
            seen[line.day, place] = line.line
            _put(work, units, line, places.get(place), done)
        except Refused as refusal:
            done.refused.append(Reject(line.line, str(refusal), cells_of(line)))


def cells_of(line: Planned) -> dict[str, str]:
    """Return a line of a plan as the file has it."""
    told = (
        line.day.isoformat(),
        line.place,
        line.leader,
        line.post,
        line.rank,
        line.organ,
        line.grid,
        "、".join(line.units),
        f"{line.opens:%H:%M}",
        f"{line.closes:%H:%M}" if line.closes else "",
    )
    return dict(zip(PLAN_COLUMNS, told, strict=True))


def _put(
    work: Work, units: UnitDirectory, line: Planned, known: ReceptionView | None, done: Plan
) -> None:
    """Plan one place, or change it."""
    place, leader = harmless_line(line.place), harmless_line(line.leader)
    if not place or not leader:
        raise Refused("地点和接访领导都要写")
    if line.rank and line.rank not in RANKS:
        raise Refused(f"没有层级“{line.rank}”：可写 {'、'.join(RANKS)}，可不写")
    if line.closes is not None and line.closes <= line.opens:
        raise Refused("结束时间要晚于开始时间")
    unit_ids = [_unit(units, word, line.day) for word in line.units]
    values: dict[str, Any] = {
        "held_at": _instant(work, line.day, line.opens),
        "leader": leader,
        "ends_at": _instant(work, line.day, line.closes) if line.closes else None,
        "post": harmless_line(line.post) or None,
        "rank": line.rank or None,
        "organ": harmless_line(line.organ) or None,
        "grid": _grid(work, line.grid),
    }
    if known is None:
        id = work.insert(
            Reception, place=place, day=line.day, operator_id=work.operator.id, **values
        )
        done.new += 1
    else:
        id, before = known.id, {name: getattr(known, name) for name in values}
        sitting = {one.unit_id: one.id for one in work.read(_SITTING, id=id)}
        if before == values and set(sitting) == set(unit_ids):
            done.unchanged += 1
            return
        if known.closed_at is not None:
            raise Refused("这个接访点已结束，不能再改安排")
        work.update(Reception, id, known.version, before, **values)
        for row in sitting.values():
            work.delete(ReceptionUnit, row, None)
        done.changed += 1
    for unit_id in dict.fromkeys(unit_ids):
        work.insert(ReceptionUnit, reception_id=id, unit_id=unit_id)
    told = {"place": place, "day": line.day.isoformat(), "leader": leader}
    work.event("reception.plan", "reception", id, payload=told)


def _unit(units: UnitDirectory, word: str, day: date) -> int:
    found = units.find(word, day)
    if found is None:
        raise Refused(f"不认识的到场单位“{word}”：请改为单位名录中的名称或代码")
    return found


def _instant(work: Work, day: date, at: time) -> datetime:
    return datetime.combine(day, at, work.timekeeper().zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Sits:
    """A unit at a table, by the id of its row."""

    id: int
    unit_id: int


_SITTING = Query(_Sits, "SELECT id, unit_id FROM reception_unit WHERE reception_id = :id")
_PLACE = "SELECT code FROM grid WHERE code = :word OR name = :word ORDER BY length(code) LIMIT 1"


def _grid(work: Work, word: str) -> str | None:
    """Return the code of a district or street that is named by code or name."""
    if not word.strip():
        return None
    found = work.value(_PLACE, word=word.strip())
    if found is None:
        raise Refused(f"没有属地“{word.strip()}”：请写区、街道的名称或代码，可不写")
    return str(found)


@retried
def close_day(store: Store, day: date) -> int:
    """结束: nothing more is written down at any place of a day; return how many were closed."""
    with store.writing(journal=Journal("reception.close")) as work:
        work.require(verb="reception.close")
        found = receptions_on(work, day)
        if not found:
            raise Refused(f"{day} 没有安排接访：用 duban reception plan 排好")
        if day > work.timekeeper().local(work.at).date():
            raise Refused(f"{day} 还没到：当天接访后再结束登记")
        open_places = [one for one in found if one.closed_at is None]
        if not open_places:
            raise Refused(f"{day} 的接访已结束登记")
        for one in open_places:
            work.update(Reception, one.id, one.version, {"closed_at": None}, closed_at=work.at)
            told = {"place": one.place, "day": day.isoformat(), "batches": one.batches}
            work.event("reception.close", "reception", one.id, payload=told)
        return len(open_places)
