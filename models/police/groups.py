"""社区警务群 as a list that is loaded: new ones, changed ones, and those that have ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models.bureau import UnitDirectory
from models.grid import require_place
from models.store import Journal, Query, Source, Work, retried
from models.tables import PoliceGroup
from rules.errors import DubanError, Refused
from rules.police import Group, Unread
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group; ``place`` names its community, ``waiting`` counts what is not told of yet."""

    id: int
    version: int
    name: str
    code: str
    place: str | None
    station: str | None
    officer: str
    leader: str | None
    phone: str | None
    unit_id: int | None
    unit: str | None
    since: date | None
    until: date | None
    waiting: int


_SELECT = """
SELECT p.id, p.version, p.name, p.code, g.name AS place, p.station, p.officer, p.leader, p.phone,
       p.unit_id, u.short_name AS unit, p.since, p.until,
       (SELECT count(*) FROM group_message m WHERE m.group_id = p.id AND m.kind = 'message'
        AND m.told_at IS NULL) AS waiting
FROM police_group p LEFT JOIN grid g ON g.code = p.code LEFT JOIN unit u ON u.id = p.unit_id
"""
_EVERY = Query(GroupView, f"{_SELECT} ORDER BY p.until IS NOT NULL, p.code, p.name")
_OF_NAME = Query(GroupView, f"{_SELECT} WHERE p.name = :name")
_LIKE = Query(
    GroupView,
    f"""{_SELECT} WHERE p.until IS NULL AND (p.code = :word OR p.name LIKE :part OR g.name = :word)
ORDER BY p.code, p.name LIMIT 4""",
)


def group_list(source: Source) -> list[GroupView]:
    """Return every group by its community's code; those that have ended come last."""
    return source.read(_EVERY)


def group_named(source: Source, word: str) -> GroupView:
    """Return the group that a name, a part of one, a community or its code means.

    ``DubanError`` where it means none, or several.
    """
    word = harmless_line(word)
    found, plain = source.read(_OF_NAME, name=word), word.translate(_PLAIN)
    if not found and plain:
        found = source.read(_LIKE, word=word, part=f"%{plain}%")
    if len(found) == 1 and found[0].until is None:
        return found[0]
    if len(found) == 1:
        raise DubanError(f"警务群“{found[0].name}”已停用：请用现在的群")
    if found:
        names = "、".join(one.name for one in found[:3])
        raise DubanError(f"“{word}”指几个警务群（{names}等）：请写全名")
    raise DubanError(f"没有警务群“{word}”：用 duban police groups 查看，或装入名册")


_PLAIN = str.maketrans("", "", "%_\\")


@dataclass(frozen=True, slots=True)
class LoadedGroups:
    """What a list of groups said: names that are new or changed, how many are as they were.

    ``absent`` is how many stand in the store that the list does not name: they stay.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    absent: int
    refused: tuple[Unread, ...]


class _Rehearsed(Exception):
    """Everything was tried; nothing is to stand."""

    def __init__(self, found: LoadedGroups) -> None:
        super().__init__()
        self.found = found


def load_groups(
    store: Store, lines: Sequence[Group | Unread], *, dry_run: bool = False
) -> LoadedGroups:
    """Take a list of groups in one transaction; bad lines stay out of it.

    The same list again changes nothing. ``dry_run`` tells what it would do.
    """
    try:
        return _load(store, lines, dry_run)
    except _Rehearsed as rehearsed:
        return rehearsed.found


@retried
def _load(store: Store, lines: Sequence[Group | Unread], dry_run: bool) -> LoadedGroups:
    with store.writing(journal=Journal("police_group.load")) as work:
        work.require(verb="police_group.load")
        known = {one.name: one for one in work.read(_EVERY)}
        units = UnitDirectory(work)
        today = work.timekeeper().local(work.at).date()
        new, changed, same = list[str](), list[str](), 0
        refused = [line for line in lines if isinstance(line, Unread)]
        seen = dict[str, int]()
        for line in lines:
            if isinstance(line, Unread):
                continue
            try:
                if line.name in seen:
                    raise Refused(f"“{line.name}”在第{seen[line.name]}行已有：一个群只写一行")
                values = _values(work, line, units, today)
            except DubanError as refusal:
                refused.append(Unread(line.line, line.cells, str(refusal)))
                continue
            seen[line.name] = line.line
            own = known.get(line.name)
            if own is None:
                _tell(work, work.insert(PoliceGroup, since=today, **values), values)
                new.append(line.name)
            elif before := _before(own, values):
                work.update(PoliceGroup, own.id, own.version, before, **values)
                _tell(work, own.id, {name: values[name] for name in ("name", *before)})
                changed.append(line.name)
            else:
                same += 1
        absent = sum(one.until is None and one.name not in seen for one in known.values())
        refused.sort(key=lambda one: one.line)
        found = LoadedGroups(tuple(new), tuple(changed), same, absent, tuple(refused))
        if dry_run:
            raise _Rehearsed(found)
        return found


def _values(work: Work, line: Group, units: UnitDirectory, today: date) -> dict[str, Any]:
    """Return a line as columns; ``Refused`` where its community or its 分局 is none."""
    listed = work.first(_LISTED, district=line.code[:6], under=f"{line.code[:6]}%")
    if listed is None or not listed.district:
        raise Refused(f"社区编码 {line.code} 不是本市的区：请核对前六位")
    if listed.communities:
        require_place(work, line.code, today)
    unit_id = units.find(line.unit, today) if line.unit else None
    if line.unit and unit_id is None:
        raise Refused(f"没有单位“{line.unit}”：请用名录里的名称、简称或代码")
    return {
        "name": line.name,
        "code": line.code,
        "station": line.station,
        "officer": line.officer,
        "leader": line.leader or None,
        "phone": line.phone or None,
        "unit_id": unit_id,
        "until": None,
    }


@dataclass(frozen=True, slots=True)
class _Listed:
    """Whether a district is one, and how many of its communities are listed."""

    district: int
    communities: int


_LISTED = Query(
    _Listed,
    """
SELECT (SELECT count(*) FROM grid WHERE code = :district) AS district,
       (SELECT count(*) FROM grid WHERE length(code) = 12 AND code LIKE :under) AS communities
""",
)


def _before(own: GroupView, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a group that a list changes, as they are."""
    now = {name: getattr(own, name) for name in values}
    return {} if now == values else now


def _tell(work: Work, id: int, values: Mapping[str, Any]) -> None:
    told = {name: values[name] for name in ("name", "code") if name in values}
    unit_id = values.get("unit_id")
    work.event("police_group.load", "police_group", id, unit_id=unit_id, payload=told)


@retried
def end_group(store: Store, group: GroupView, reason: str) -> None:
    """停用: let a group end today; its messages stay."""
    with store.writing(journal=Journal("police_group.end")) as work:
        work.require(verb="police_group.end")
        if not harmless_line(reason):
            raise Refused("请写明停用的理由：--reason")
        if group.until is not None:
            raise Refused(f"警务群“{group.name}”已停用")
        if group.waiting:
            raise Refused(f"“{group.name}”还有{group.waiting}条待反馈：先办结再停用")
        today = work.timekeeper().local(work.at).date()
        work.update(PoliceGroup, group.id, group.version, {"until": None}, until=today)
        told = {"name": group.name}
        work.event("police_group.end", "police_group", group.id, reason=reason, payload=told)
