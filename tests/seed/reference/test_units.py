"""The units that must answer."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from models.bureau.units import UnitRecord
from seed.reference.catalogue import GROUPS, read_units
from seed.reference.content import ContentError, packaged

REAL = Path(__file__).parents[4] / "shared" / "data" / "units"

HEADER = "code,name,short_name,group,aliases,parent,successor,valid_from\n"


@pytest.fixture(scope="module")
def units() -> tuple[UnitRecord, ...]:
    return read_units(packaged("units.csv"))


def words(unit: UnitRecord) -> set[str]:
    return {unit.name, unit.short_name, *unit.aliases}


def test_117_units_answer_in_five_groups_beside_the_centre(units: tuple[UnitRecord, ...]) -> None:
    centres = [unit for unit in units if unit.is_centre]
    groups = Counter(unit.group for unit in units if not unit.is_centre)
    assert [unit.group for unit in centres] == [None]
    assert groups.total() == 117
    assert tuple(groups) == GROUPS
    assert min(groups.values()) >= 3  # fewer could never have a last place


def test_a_district_unit_stands_for_its_grid(units: tuple[UnitRecord, ...]) -> None:
    districts = {u.short_name: u.grid for u in units if u.group in ("中心城区", "新城区")}
    assert len(districts) == 13
    assert districts["洪山区"] == "420111"
    assert len(set(districts.values())) == 13


def test_units_are_found_by_their_initials(units: tuple[UnitRecord, ...]) -> None:
    found = {unit.short_name: unit.initials for unit in units}
    assert found["洪山区"].split()[0] == "hsq"
    assert found["市水务局"].split()[0] == "sswj"
    assert found["长江新区"].split()[0] == "cjxq"
    assert found["硚口区"].split()[0] == "qkq"


def test_liaisons_and_telephones_are_plainly_invented(units: tuple[UnitRecord, ...]) -> None:
    for unit in units:
        assert (unit.liaison or "").endswith("联络")
        assert (unit.leader or "").endswith("分管")
        assert (unit.phone or "").startswith("027-0000")
    assert len({unit.phone for unit in units}) == len(units)


def test_names_from_before_the_reforms_still_find_their_unit(
    units: tuple[UnitRecord, ...],
) -> None:
    if not REAL.exists():
        pytest.skip("../shared/data/units is absent: the real unit names cannot be compared")
    known = {word for unit in units for word in words(unit)}
    real = set()
    for file in REAL.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            real |= {row["unit"].strip() for row in csv.DictReader(lines)}
    assert len(real) > 90
    assert sorted(real - known) == []


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("A1,甲局,甲,市直部门,,,,\nA1,乙局,乙,市直部门,,,,", "“A1”同指 甲 和 乙"),
        ("A1,甲局,甲,市直部门,丙,,,\nA2,乙局,乙,市直部门,丙,,,", "“丙”同指 甲 和 乙"),
        ("A1,,甲,市直部门,,,,", "第2行没有填 name"),
        ("A1,甲局,甲,,,,,", "第2行没有填 group"),
        ("A1,甲局,甲,市直部门,,A9,,", "“A9”不在表内"),
        ("A1,甲局,甲,市直部门,,,A1,", "“A1”不在表内"),
        ("A1,甲局,甲,市直部门,,,,去年", "第2行的日期“去年”应写作 2018-12-31"),
    ],
)
def test_a_units_file_that_contradicts_itself_is_refused(rows: str, line: str) -> None:
    with pytest.raises(ContentError, match=line):
        read_units(HEADER + rows)


def test_a_units_file_without_a_needed_column_is_refused_by_its_name() -> None:
    with pytest.raises(ContentError, match=r"本市\.csv 缺少“group”"):
        read_units("code,name,short_name\nA1,甲局,甲", "本市.csv")


def test_a_units_file_saved_by_a_spreadsheet_is_read() -> None:
    text = "\ufeff" + HEADER + "A1,甲局, 甲 ,市直部门,老甲| 甲 |旧甲,,,2018-12-31\r\n,,,,,,,\r\n"
    (unit,) = read_units(text.replace("\n", "\r\n"))
    assert (unit.short_name, unit.aliases) == ("甲", ("老甲", "旧甲"))
    assert str(unit.valid_from) == "2018-12-31"
