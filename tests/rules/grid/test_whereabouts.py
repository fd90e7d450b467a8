"""A place named by a code: an appeal is never refused for it, and one line says what to look at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rules.grid.listing import Place
from rules.grid.whereabouts import brief_fault, elsewhere, named

LAST = date(2026, 10, 31)

KNOWN = {
    place.code: place
    for place in (
        Place("4201", "武汉市"),
        Place("420111", "洪山区"),
        Place("420111001", "珞南街道"),
        Place("420111001001", "东社区"),
        Place(
            "420111001001001",
            "第1网格",
            valid_to=LAST,
            successors=("420111001001011", "420111001001012"),
        ),
        Place("420111001001011", "东片"),
        Place("420111001001012", "西片"),
        Place("420111001001002", "第2网格", valid_to=LAST, successors=("420111001001011",)),
        Place("420111001001003", "第3网格", valid_to=LAST),
    )
}

FULL = {"420111001", "420111001001"}


@pytest.mark.parametrize(
    ("code", "on", "put", "doubt"),
    [
        ("420111001001011", 1, "420111001001011", ""),
        ("420111001001001", 0, "420111001001001", ""),
        ("420111001001001", 1, "420111001001", "已拆分为 420111001001011东片、420111001001012西片"),
        ("420111001001002", 1, "420111001001011", ""),
        ("420111001001003", 1, "420111001001", "2026-11-01起已停用"),
        ("4201110010010", 1, "420111001001", "有13位"),
        ("430102", 1, "430102", "不属于本市的任何一个区"),
        ("430102001001001", 1, "430102001001001", "不属于本市的任何一个区"),
        ("99999", 1, "99999", "先照原样记下"),
        ("420111001009", 1, "420111001", "名录里没有 420111001009：先记在街道 420111001珞南街道"),
        ("420111001001099", 1, "420111001001", "先记在社区"),
        ("420111077001", 1, "420111077001", ""),
    ],
)
def test_a_code_on_the_last_day_and_the_day_after(code: str, on: int, put: str, doubt: str) -> None:
    found = named(code, LAST + timedelta(days=on), KNOWN, FULL)
    assert found.code == put
    assert doubt in found.doubt and bool(found.doubt) == bool(doubt)


def test_beside_a_box_there_is_room_for_what_to_write_and_no_more() -> None:
    def told(**days: Any) -> str | None:
        return brief_fault(Place("420111001001001", "甲", **days), date(2026, 11, 1))

    here, there = ("420111001001011", "420111001001012"), ("420106001001001",)
    assert told() is None and told(valid_to=LAST) == "已停用：请写上一级 420111001001"
    assert told(valid_to=LAST, successors=here) == "已拆分：末3位改为 011 或 012"
    assert told(valid_to=LAST, successors=there) == "已改编码：请写 420106001001001"
    assert told(valid_from=date(2026, 12, 1)) == "2026-12-01起才启用：请核对"


def test_successors_that_lead_back_end_somewhere() -> None:
    circle = {
        code: Place(code, code, valid_to=LAST, successors=(other,))
        for code, other in (("420111", "420112"), ("420112", "420111"))
    }
    assert named("420111", date(2026, 11, 1), circle).doubt


def test_an_address_in_another_district_is_told_where_it_names_one_alone() -> None:
    districts = {"420111": "洪山区", "420106": "武昌区"}
    told = elsewhere("420111001", "武昌区中南路1号", districts)
    assert told.startswith("地址写的是武昌区，网格编码 420111001 属于洪山区")
    for address in ("洪山区珞喻路1号", "武昌区与洪山区交界", "珞喻路1号", ""):
        assert elsewhere("420111001", address, districts) == ""
