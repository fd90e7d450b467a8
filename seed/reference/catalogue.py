"""The lists a new store begins with: units, channels, categories and grids, policy and calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable
from datetime import date
from functools import partial

from models.bureau import GridRecord, Reference, UnitRecord, write_reference
from models.store import FirstContent
from rules.grid import level_of
from rules.text import guarded
from seed.reference.content import ContentError, packaged, rows, shipped_policy
from seed.reference.holidays import builtin_calendar
from seed.reference.pinyin import initials

GROUPS = ("中心城区", "新城区", "功能区", "市直部门", "公共企业")

COLUMNS = ("code", "name", "short_name", "group")

_SINGLE = ("parent", "liaison", "phone", "leader", "valid_from", "valid_to", "successor", "grid")

ALL_COLUMNS = (*COLUMNS, "aliases", *_SINGLE, "is_centre")


def read_units(
    text: str, file: str = "units.csv", *, known: Container[str] = ()
) -> tuple[UnitRecord, ...]:
    """Read a units file; ContentError names line and cause.

    Columns: code, name, short_name, group, aliases (separated by ``|``), parent, liaison, phone,
    leader, valid_from, valid_to, successor, grid, is_centre; those after group may be absent.
    ``parent`` and ``successor`` are codes of other lines, or ``known`` already.
    """
    units = tuple(_unit(cells, line, file) for line, cells in rows(text, COLUMNS, file))
    _check_words(units, file)
    codes = {unit.code for unit in units}
    for unit in units:
        for code in (unit.parent, unit.successor):
            if code and ((code not in codes and code not in known) or code == unit.code):
                raise ContentError(f"{file} 中 {unit.code} 指向的单位“{code}”不在表内，请改正")
    return units


def units_text(units: Iterable[UnitRecord]) -> str:
    """Return units as a file that :func:`read_units` reads back, to be mended and loaded again."""
    text = io.StringIO()
    out = csv.DictWriter(text, ALL_COLUMNS, lineterminator="\n")
    out.writeheader()
    for unit in units:
        cells = {name: getattr(unit, name) for name in ALL_COLUMNS}
        cells |= {"aliases": "|".join(unit.aliases), "is_centre": "1" if unit.is_centre else ""}
        out.writerow({n: guarded(c) if isinstance(c, str) else c for n, c in cells.items()})
    return text.getvalue()


def _unit(cells: dict[str, str], line: int, file: str) -> UnitRecord:
    for column in ("code", "name", "short_name"):
        if not cells[column]:
            raise ContentError(f"{file} 第{line}行没有填 {column}，请补上")
    is_centre = cells.get("is_centre", "") in ("1", "是", "true")
    if not cells["group"] and not is_centre:
        raise ContentError(f"{file} 第{line}行没有填 group，请写明单位组别")
    own = (cells["name"], cells["short_name"])
    aliases = (alias.strip() for alias in cells.get("aliases", "").split("|"))
    return UnitRecord(
        code=cells["code"],
        name=cells["name"],
        short_name=cells["short_name"],
        group=cells["group"] or None,
        aliases=tuple(dict.fromkeys(a for a in aliases if a and a not in own)),
        parent=cells.get("parent") or None,
        liaison=cells.get("liaison") or None,
        phone=cells.get("phone") or None,
        leader=cells.get("leader") or None,
        grid=cells.get("grid") or None,
        is_centre=is_centre,
        valid_from=_day(cells.get("valid_from"), line, file),
        valid_to=_day(cells.get("valid_to"), line, file),
        successor=cells.get("successor") or None,
        initials=initials(cells["short_name"], cells["name"]),
    )


def _day(text: str | None, line: int, file: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ContentError(f"{file} 第{line}行的日期“{text}”应写作 2018-12-31") from None


def _check_words(units: tuple[UnitRecord, ...], file: str) -> None:
    """Refuse a word (code, name, short name or alias) that would mean two units."""
    owners: dict[str, UnitRecord] = {}
    for unit in units:
        for word in {unit.code, unit.name, unit.short_name, *unit.aliases}:
            owner = owners.setdefault(word, unit)
            if owner is not unit:
                raise ContentError(
                    f"{file} 中“{word}”同指 {owner.short_name} 和 {unit.short_name}，请只留一处"
                )


def channels() -> tuple[tuple[str, str], ...]:
    """Return 来源渠道 as (code, name), in the order they are shown."""
    found = rows(packaged("channels.csv"), ("code", "name"), "channels.csv")
    return tuple((cells["code"], cells["name"]) for _, cells in found)


def categories() -> tuple[str, ...]:
    """Return 诉求类别 as paths 一级/二级/三级, in the order they are shown."""
    levels = ("level1", "level2", "level3")
    found = rows(packaged("categories.csv"), levels, "categories.csv")
    return tuple("/".join(cells[level] for level in levels) for _, cells in found)


def read_grids(text: str, file: str = "grids.csv") -> tuple[GridRecord, ...]:
    """Read a grid file with columns code, name, parent; ContentError names line and cause.

    A parent stands above the lines that lie in it.
    """
    grids: dict[str, GridRecord] = {}
    for line, cells in rows(text, ("code", "name", "parent"), file):
        code, parent = cells["code"], cells["parent"] or None
        level = level_of(code)
        if level is None:
            raise ContentError(f"{file} 第{line}行的编码“{code}”应为4、6、9、12或15位数字")
        if code in grids:
            raise ContentError(f"{file} 第{line}行的编码 {code} 重复，一格一码")
        if parent and (parent not in grids or not code.startswith(parent)):
            raise ContentError(f"{file} 第{line}行：{code} 不在上级 {parent} 之内，请改正")
        grids[code] = GridRecord(code, cells["name"], level, parent, initials(cells["name"]))
    return tuple(grids.values())


def reference() -> Reference:
    """Read the shipped units, channels, categories and grids."""
    return Reference(
        groups=GROUPS,
        units=read_units(packaged("units.csv")),
        channels=channels(),
        categories=categories(),
        grids=read_grids(packaged("grids.csv")),
    )


def first_content() -> FirstContent:
    """Read the shipped policy, calendar and reference data."""
    fill = partial(write_reference, first=reference())
    return FirstContent(shipped_policy(), builtin_calendar(), fill)
