"""What is wrong with a list of places is said by line, with what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.grid.codes import above, form_fault, level_of, way_to
from rules.grid.listing import Place, PlaceLine, faults, revise, standing_fault

BEFORE = {
    place.code: place
    for place in (
        Place("4201", "武汉市"),
        Place("420111", "洪山区"),
        Place("420106", "武昌区"),
        Place("420111001", "珞南街道"),
        Place("420111001001", "东社区"),
        Place("420111001001001", "第1网格"),
        Place("420111001002", "西社区", valid_to=date(2026, 6, 30)),
    )
}

CELL = "420111001001002"

LAST = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (PlaceLine(7, "42011100100100", {"name": "甲"}), "有14位：应为4位（市）"),
        (PlaceLine(7, "珞南", {"name": "甲"}), "不是数字"),
        (PlaceLine(7, "4.20111E+14", {"name": "甲"}), "被表格软件改写"),
        (PlaceLine(7, "430102001001", {"name": "甲"}), "不在本市（4201武汉市）之内"),
        (PlaceLine(7, "420107001001", {"name": "甲"}), "所在的街道 420107001 不在名录中"),
        (PlaceLine(7, CELL, {"name": "甲"}, parent="420106"), "上级写的是 420106武昌区"),
        (PlaceLine(7, CELL, {"name": "甲"}, level="社区"), "15位编码是网格"),
        (PlaceLine(7, CELL, {"officer": "甲"}), "没有写名称"),
        (PlaceLine(7, CELL, {"name": "甲"}, fault="户数“多”应当是数字"), "户数“多”"),
        (
            PlaceLine(7, "420111001002001", {"name": "甲"}),
            "上级 420111001002西社区 2026-06-30 已停用",
        ),
        (PlaceLine(7, "420111001001", {"valid_to": LAST}), "停用后其下还有1个在用"),
        (
            PlaceLine(7, CELL, {"name": "甲", "valid_from": LAST, "valid_to": date(2026, 1, 1)}),
            "停用日期早于启用日期",
        ),
        (PlaceLine(7, CELL, {"name": "甲", "successors": ("1",)}), "没有写停用日期"),
    ],
)
def test_a_fault_of_a_line(line: PlaceLine, why: str) -> None:
    (found,) = faults(BEFORE, [line])
    assert found.line == 7 and why in found.message


@pytest.mark.parametrize(
    ("successor", "why"),
    [
        ("420111001001009", "不在名录中"),
        ("420111001001", "不是同一级"),
        ("420111001001001", "届时也不在用"),
    ],
)
def test_who_takes_over_must_be_there(successor: str, why: str) -> None:
    told = {"valid_to": LAST, "successors": (successor,)}
    (found,) = faults(BEFORE, [PlaceLine(2, "420111001001001", told)])
    assert why in found.message


def test_the_same_code_twice_names_the_first_line() -> None:
    lines = [PlaceLine(n, CELL, {"name": "甲"}) for n in (2, 9)]
    assert [(f.line, "与第2行重复" in f.message) for f in faults(BEFORE, lines)] == [(9, True)]


def test_two_that_end_in_one_are_merged_and_one_that_is_told_again_is_unchanged() -> None:
    whole = "420111001001009"
    told: dict[str, Any] = {"valid_to": LAST, "successors": (whole,)}
    lines = [
        PlaceLine(2, "420111001001001", told),
        PlaceLine(3, CELL, {"name": "甲", **told}),
        PlaceLine(4, whole, {"name": "合"}),
        PlaceLine(5, "420111", {"name": "洪山区"}),
    ]
    before = {**BEFORE, CELL: Place(CELL, "甲")}
    assert faults(before, lines) == []
    revision = revise(before, lines)
    assert [c.kind for c in revision.changes] == ["merged", "merged", "new"]
    assert (revision.unchanged, revision.absent) == (1, len(before) - 3)
    one = Place(CELL, "甲", valid_to=LAST, successors=(whole,))
    assert (standing_fault(one, {whole: "合"}, LAST)) is None
    assert standing_fault(one, {whole: "合"}, date(2026, 11, 1)) == (
        f"网格 {CELL}甲 2026-11-01起已改为 {whole}合：请改写这一编码，或写上一级 420111001001"
    )


def test_codes_tell_their_level_and_what_they_lie_in() -> None:
    assert [level_of(code) for code in ("4201", "420111", "42011", "４２０１")] == [
        "市",
        "区",
        None,
        None,
    ]
    assert way_to("420111001001001") == (
        "4201",
        "420111",
        "420111001",
        "420111001001",
        "420111001001001",
    )
    assert (above("420111001"), above("4201"), above("12345")) == ("420111", None, None)
    assert form_fault("4201") is None
