"""Titles are broken at words, in lines of like length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from rules.paper import title_lines

UNIT = "武汉东湖新技术开发区管理委员会"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于47件诉求逾期未办结的督办单", ["关于47件诉求逾期未办结的督办单"]),
        (
            "关于“小区二次供水停水”逾期未办结的督办单",
            ["关于“小区二次供水停水”", "逾期未办结的督办单"],
        ),
        (
            f"关于{UNIT}群众满意率连续2个月末位的督办单",
            [f"关于{UNIT}", "群众满意率连续2个月末位的督办单"],
        ),
        (
            "关于“和平街道临江苑小区3号楼电梯困人多次维修未解决群众反映强烈”逾期未办结的督办单",
            [
                "关于“和平街道临江苑小区",
                "3号楼电梯困人多次维修未解决",
                "群众反映强烈”逾期未办结的督办单",
            ],
        ),
    ],
)
def test_lines_end_where_the_sense_allows(title: str, lines: list[str]) -> None:
    assert list(title_lines(title, (UNIT,))) == lines


WORDS = st.lists(
    st.sampled_from(
        ("二次供水", "2026年11月20日", "3号楼", "电梯", "甲乙丙", "“", "”", "，", "的", UNIT)
    ),
    min_size=1,
    max_size=16,
)


@settings(max_examples=60)
@given(WORDS)
def test_nothing_is_lost_and_no_known_name_or_number_is_torn(words: list[str]) -> None:
    title = "关于" + "".join(words)
    lines = title_lines(title, (UNIT,))
    assert "".join(lines) == title
    assert all(len(line) <= 40 and line for line in lines)
    for whole in ("二次供水", "2026年11月20日", UNIT):
        assert sum(line.count(whole) for line in lines) == title.count(whole)


def test_a_title_without_any_word_is_broken_in_lines_of_like_length() -> None:
    assert [len(line) for line in title_lines("甲" * 50)] == [16, 17, 17]
