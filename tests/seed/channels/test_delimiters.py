"""The sign between the cells of a text file."""

from __future__ import annotations

from pathlib import Path

import pytest

from seed.channels.delimiters import COMMON, delimiter_of
from tests.seed.reading import one, written

HEADER, ROW = "标题;内容;承办单位;受理时间", "路灯;灭,三天,很黑;江岸区;2026-11-18 09:00"

ABOVE = (
    "2026年11月诉求明细",
    "江岸区,江汉区,硚口区,汉阳区,武昌区,青山区：十一月诉求明细",
    "填报单位：网上群众工作部\t日期：2026-11-20",
    '"报表, 第1页"',
)


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_a_heading_does_not_tell_the_delimiter(tmp_path: Path, above: str, mark: str) -> None:
    cells = [f'"{cell}"' if mark in cell else cell for cell in ROW.split(";")]
    text = "\n".join((above, HEADER.replace(";", mark), mark.join(cells))) + "\n"
    appeal = one(written(tmp_path / "a.csv", text))
    assert (appeal.title, appeal.content, appeal.unit) == ("路灯", "灭,三天,很黑", "江岸区")


@pytest.mark.parametrize(
    ("sample", "mark"),
    [
        ("标题；内容；承办单位\n路灯；灭；江岸区\n", "；"),
        ("标题，内容，承办单位\n路灯，灭，江岸区\n", "，"),
        ("标题；内容\n路灯；灭\n", ","),
        ("sep=;\n甲;乙\n", ";"),
        ("甲|乙|丙\n1,2|3,4,5|6\n7|8|9\n", "|"),
        ('"标题";"内容, 详情";"承办单位"\n', ";"),
        ("一列而已\n又一行\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_that_of_the_header(sample: str, mark: str) -> None:
    assert delimiter_of(sample, COMMON) == mark
