"""Delimited files in the encodings and with the damage they come with."""

from __future__ import annotations

from pathlib import Path

import pytest

from seed.channels.table import ImportFileError
from tests.seed.reading import appeals, one, opened, rejects, written

ROW = "标题,内容,来源渠道\n路灯不亮,三天了,微信\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_found_without_being_told(tmp_path: Path, encoding: str) -> None:
    appeal = one(written(tmp_path / "a.csv", ROW, encoding))
    assert (appeal.title, appeal.content, appeal.channel) == ("路灯不亮", "三天了", "微信")


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_whatever_the_suffix(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path / "a.csv", ROW.replace(",", mark))
    assert one(path).content == "三天了"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r\r\n", "\r"])
def test_line_endings_make_no_rows_and_count_no_lines(tmp_path: Path, ending: str) -> None:
    text = '标题,内容\n一,"上\n下"\n二,乙\n'.replace("\n", ending)
    first, second = appeals(opened(written(tmp_path / "a.csv", text)))
    assert (first.line, first.content) == (2, "上\n下")
    assert (second.line, second.title) == (4, "二")


def test_a_header_may_stand_below_a_heading(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "十一月工单明细,,\n,,\n" + ROW)
    assert one(path).line == 4


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ROW + "\n , ,\n,,\n  \n")
    assert opened(path).total == len(list(opened(path))) == 1


def test_a_stray_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '标题,内容\n一,甲\n二,"乙\n三,丙\n四,丁\n')
    rows = list(opened(path))
    assert [row.title for row in appeals(rows)] == ["一", "三", "四"]
    (reject,) = rejects(rows)
    assert reject.line == 3
    assert "引号" in reject.reason
    assert reject.raw == {"标题": "二", "内容": '"乙'}


def test_a_stray_quote_in_a_row_too_short_is_refused_with_its_row(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '标题,内容,受理时间\n"一"灯坏\n二,乙,2026-11-19 09:00\n')
    rows = list(opened(path))
    assert [row.title for row in appeals(rows)] == ["二"]
    (reject,) = rejects(rows)
    assert (reject.line, reject.reason) == (2, "只有1列，表头有3列")


def test_a_stray_quote_does_not_pair_with_one_of_a_later_row(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '标题,内容\n一,"甲\n二,乙\n三,"丙"\n四,"丁\n戊"\n')
    rows = list(opened(path))
    assert [(row.title, row.content) for row in appeals(rows)] == [
        ("二", "乙"),
        ("三", "丙"),
        ("四", "丁\n戊"),
    ]
    assert [row.line for row in rejects(rows)] == [2]


def test_quotes_inside_a_line_are_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '标题,内容\n一,说"灭"了\n二,"说"灭了\n')
    assert [row.content for row in appeals(opened(path))] == ['说"灭"了', "说灭了"]


def test_a_quote_that_swallows_too_much_costs_its_own_line_only(tmp_path: Path) -> None:
    rest = "".join(f"件{n},{'内' * 50}\n" for n in range(4000))
    rows = list(opened(written(tmp_path / "a.csv", f'标题,内容\n一,"甲\n{rest}')))
    assert [row.line for row in rejects(rows)] == [2]
    assert len(appeals(rows)) == 4000


def test_too_many_and_too_few_cells_are_refused_with_what_was_there(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "标题,内容\n一,甲,多\n二\n三,丙\n四,丁,,\n")
    rows = list(opened(path))
    assert [row.title for row in appeals(rows)] == ["三", "四"]
    assert [row.reason for row in rejects(rows)] == ["有3列，表头只有2列", "只有1列，表头有2列"]
    assert rejects(rows)[0].raw == {"标题": "一", "内容": "甲", "多出列1": "多"}


def test_wrong_bytes_cost_their_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((ROW + "井盖缺失,很危险,微信\n").encode() + b"\xff\xfe,x,y\n")
    rows = list(opened(path))
    assert [row.title for row in appeals(rows)] == ["路灯不亮", "井盖缺失"]
    assert [(row.line, "字节" in row.reason) for row in rejects(rows)] == [(4, True)]


def test_one_wrong_byte_in_a_plain_file_costs_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    plain = b"".join(b"case %d,broken lamp\n" % n for n in range(50))
    path.write_bytes(b"title,content\n" + plain + b"case \xff,x\n")
    rows = list(opened(path))
    assert (len(appeals(rows)), [row.line for row in rejects(rows)]) == (50, [52])


def test_zeros_in_a_cell_do_no_harm(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.csv", "标题,内容\n路\0灯,不亮\n")).title == "路灯"


def test_an_apostrophe_against_formulas_is_not_part_of_the_text(tmp_path: Path) -> None:
    appeal = one(written(tmp_path / "a.csv", "标题,内容\n'=1+1,'你好'\n"))
    assert (appeal.title, appeal.content) == ("=1+1", "'你好'")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"\xff\xff,\xff\n" * 50, "编码"),
        (b"PK\x03\x04 not a workbook", "打不开工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "打不开工作簿"),
        (b"a,b\n1,2\n", "没有认识的表头"),
        (b"\0" * 4096, "不是文本"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=said) as caught:
        opened(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_folder_and_a_missing_file_say_so(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="是文件夹"):
        opened(tmp_path)
    with pytest.raises(ImportFileError, match="找不到"):
        opened(tmp_path / "无.csv")


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path / "a.csv", ROW)
    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(ImportFileError, match="权限"):
        opened(path)


def test_an_unknown_profile_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="duban、ratings、half、handout、boston"):
        opened(written(tmp_path / "a.csv", ROW), profile="excel")
