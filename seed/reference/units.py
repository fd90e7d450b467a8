"""``units.csv``: the units that must answer, as the bureau's own file or the shipped one."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable
from datetime import date

from models.bureau import UnitRecord
from seed.reference.content import ContentError, rows
from seed.reference.initials import initials

GROUPS = ("中心城区", "新城区", "功能区", "市直部门", "公共企业")

COLUMNS = ("code", "name", "short_name", "group")

ALL_COLUMNS = (
    *COLUMNS,
    "aliases",
    "parent",
    "liaison",
    "phone",
    "leader",
    "valid_from",
    "valid_to",
    "successor",
    "grid",
    "is_centre",
)


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
        out.writerow(cells)
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
