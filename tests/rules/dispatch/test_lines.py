"""Lines of the directory: which one counts, which clash, what cannot stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.casework.routing import Facts
from rules.dispatch.lines import (
    DISTRICT_OWN,
    STREET_OWN,
    Line,
    best_line,
    check_line,
    clashes,
    is_street_taker,
)
from rules.errors import Refused

DAY = date(2026, 1, 1)


def line(
    number: int,
    words: str = "",
    category: str | None = None,
    nature: str | None = None,
    grid: str = "",
    taker: str = "市水务局",
) -> Line:
    return Line(
        number,
        1,
        f"问题{number}",
        tuple(filter(None, words.split("、"))),
        category,
        nature,
        tuple(filter(None, grid.split("、"))),
        taker,
        1,
        (),
        False,
        "三定",
        "三定规定第二条",
        DAY,
    )


WATER = Facts(
    nature="投诉", category="公用事业/供水/停水", grid="420111002003", text="小区停水 三天"
)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([], None),
        ([line(1, category="公用事业")], 1),
        ([line(1, category="公用事业"), line(2, category="公用事业/供水")], 2),
        ([line(1, category="公用事业/供水/停水"), line(2, words="停水")], 2),
        ([line(1, words="停水"), line(2, words="停水", grid="420111")], 2),
        ([line(1, words="停水", grid="420111"), line(2, words="停水", grid="420111002")], 2),
        ([line(1, words="停水"), line(2, words="停水", nature="投诉")], 2),
        ([line(1, words="停水 小区")], 1),
        ([line(1, words="停水 工地")], None),
        ([line(1, words="停电"), line(2, category="城市管理")], None),
        ([line(1, grid="420111")], None),  # says whose the place is, decides nothing
        ([line(2, words="停水"), line(1, words="三天")], 1),
    ],
)
def test_the_narrowest_line_that_fits_counts(lines: list[Line], counts: int | None) -> None:
    found = best_line([(each, each.rule()) for each in lines], WATER)
    assert (found.number if found else None) == counts


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (line(1, words="停水"), line(2, words="停水", taker="市水务集团"), True),
        (line(1, words="停水"), line(2, words="停水"), False),  # one taker
        (line(1, words="停水、漏水"), line(2, words="漏水", taker="市水务集团"), True),
        (line(1, words="停水"), line(2, words="停电", taker="市水务集团"), False),
        (line(1, words="停水"), line(2, category="公用事业", taker="市水务集团"), False),
        (line(1, category="公用事业"), line(2, category="公用事业", taker="区"), True),
        (line(1, category="公用事业"), line(2, category="城市管理", taker="区"), False),
        (line(1, category="公用", grid="420111"), line(2, category="公用", taker="区"), False),
        (
            line(1, category="公用", grid="420111"),
            line(2, category="公用", grid="420112", taker="区"),
            False,
        ),
        (
            line(1, category="公用", grid="420111、420112"),
            line(2, category="公用", grid="420112", taker="区"),
            True,
        ),
    ],
)
def test_two_lines_clash_where_nobody_can_say_which_counts(
    one: Line, other: Line, clash: bool
) -> None:
    assert bool([*clashes([one, other])]) is clash
    ended = replace(one, until=date(2026, 5, 1))
    later = replace(other, since=date(2026, 5, 2))
    assert not [*clashes([ended, later])]
    assert not [*clashes([replace(one, draft=True), other])]


def test_a_clash_names_both_lines_and_what_they_are_about() -> None:
    [clash] = clashes([line(3, words="停水"), line(7, words="停水", taker="市水务集团")])
    assert clash.words() == "第3条与第7条冲突：都管“停水”，承办单位不同"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (line(1), "没有写任何条件"),
        (line(1, words="停水", grid="42011"), "42011"),
        (line(1, words="停水", nature="求救"), "求救"),
        (replace(line(1, words="停水"), basis=" "), "依据"),
        (replace(line(1, words="停水"), basis_kind="口头"), "口头"),
        (replace(line(1, words="停水"), duty=True, taker=STREET_OWN), "不能派给街道"),
        (replace(line(1, words="停水"), until=date(2025, 1, 1)), "止日早于起日"),
    ],
)
def test_what_cannot_stand_is_refused_in_one_line(wrong: Line, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        check_line(wrong)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("taker", "grid", "street"),
    [
        (STREET_OWN, None, True),
        (DISTRICT_OWN, None, False),
        ("关山街道办事处", None, True),
        ("某某镇人民政府", None, True),
        ("市水务局", None, False),
        ("洪山区人民政府", "420111", False),
        ("关山公共服务中心", "420111002", True),
    ],
)
def test_streets_are_known_by_name_or_place(taker: str, grid: str | None, street: bool) -> None:
    assert is_street_taker(taker, grid) is street


def test_a_line_is_in_force_from_its_first_to_its_last_day() -> None:
    ended = replace(line(1), until=date(2026, 3, 1))
    days = [date(2025, 12, 31), DAY, date(2026, 3, 1), date(2026, 3, 2)]
    assert [ended.in_force(day) for day in days] == [False, True, True, False]
    assert not replace(line(1), draft=True).in_force(DAY)
