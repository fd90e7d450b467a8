"""派单目录 as a file: what is written is read back; what cannot be read is named by its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.dispatch.lines import Line
from seed.channels.dispatch_lines import read_lines, write_lines
from seed.channels.table import ImportFileError

LINES = [
    Line(
        3,
        0,
        "小区停水",
        ("停水", "水压 低"),
        "公用事业/供水",
        "投诉",
        ("420111", "420112002"),
        "市水务集团",
        None,
        ("洪山区",),
        True,
        "三定",
        "武编发〔2025〕1号，第三条",
        date(2026, 1, 1),
        date(2026, 12, 31),
        7,
    ),
    Line(0, 0, "路灯", (), None, None, ("420111",), "属地区", None, (), False, "其他", "会议纪要",
         date(2026, 2, 1), draft=True),
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_directory_comes_back_from_its_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"目录{suffix}"
    assert write_lines(file, LINES) == 2
    assert read_lines(file) == LINES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("编号,问题\n1,停水\n", "至少要有 问题、承办"),
        ("问题,承办,依据种类,依据,起\n停水,市水务局,三定,某文,\n", "第2行：起空着"),
        ("问题,承办,依据种类,依据,起\n停水,市水务局,三定,某文,去年\n", "看不懂"),
        ("编号,问题,承办,依据种类,依据,起\n一,停水,市水务局,三定,某文,2026-01-01\n", "应当是数字"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "目录.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ImportFileError, match=said):
        read_lines(file)
