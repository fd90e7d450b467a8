"""网格名录 in a file: both ways, and what cannot be read is said with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.grid import Place
from seed.channels.place_list import read_places, write_places
from seed.channels.table import ImportFileError

PLACES = (
    Place("420111", "洪山区"),
    Place(
        "420111001001001",
        "=第1网格",
        "张三",
        0,
        120,
        ("梅园小区", "东亭花园"),
        date(2020, 1, 1),
        date(2026, 10, 31),
        ("420111001001011", "420111001001012"),
    ),
)


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_a_list_written_out_reads_back_as_it_was(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"名录.{suffix}"
    assert write_places(path, PLACES) == 2
    lines = read_places(path)
    assert [one.fault for one in lines] == ["", ""]
    assert [Place(one.code, **one.told) for one in lines] == [*PLACES]
    assert [(one.parent, one.level) for one in lines] == [("4201", "区"), ("420111001001", "网格")]


def test_a_column_that_is_not_there_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "followers.csv"
    path.write_text("code,followers\n420111001001001,130\n420111001001002,x\n", encoding="utf-8")
    first, second = read_places(path)
    assert first.told == {"followers": 130}
    assert second.fault == "关注户数“x”应当是数字：请改正或空着"


def test_a_code_is_read_however_its_digits_are_written(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    rows = (
        "编码,名称,承接",
        "'420111001001001,甲,",
        "４２０１１１００１００１００２,乙,420111 001001001",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = read_places(path)
    assert (first.code, second.code) == ("420111001001001", "420111001001002")
    assert second.told["successors"] == ("420111001001001",)


@pytest.mark.parametrize("text", ["姓名,电话\n张三,1\n", "编码\n4201\n"])
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "其他.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportFileError, match="duban grid template"):
        read_places(path)
