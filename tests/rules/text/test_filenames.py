"""A name of a file stays in its folder, whatever a unit is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.text.filenames import MOST_BYTES, file_name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("市水务局", "市水务局.docx"),
        ("交管/城管", "交管／城管.docx"),
        ("../../etc/passwd", "／..／etc／passwd.docx"),
        ("..", "未命名.docx"),
        ("", "未命名.docx"),
        ("\0\n\t", "未命名.docx"),
        (".bashrc", "bashrc.docx"),
        ("a\0b\rc\u202ed\u200be", "abcde.docx"),
        ('C:\\x|y?z*<>"', "C：＼x｜y？z＊＜＞＂.docx"),
        ("CON", "_CON.docx"),
        ("nul.txt", "_nul.txt.docx"),
        ("lpt1", "_lpt1.docx"),
        ("conference", "conference.docx"),
        (" 局 . ", "局.docx"),
        ("甲\ufe0f\u3164乙\x1b[2J" + "\u0301" * 9, "甲乙\u0301\u0301\u0301\u0301.docx"),
    ],
)
def test_a_name_is_one_part_of_a_path(stem: str, name: str) -> None:
    assert file_name(stem, ".docx") == name
    assert Path("folder", name).parent == Path("folder")


def test_a_long_name_is_cut_between_signs_and_keeps_its_end(tmp_path: Path) -> None:
    name = file_name("局" * 300, "-20261119-7.docx")
    assert len(name.encode()) <= MOST_BYTES
    assert name.endswith("局-20261119-7.docx")
    (tmp_path / name).touch()
