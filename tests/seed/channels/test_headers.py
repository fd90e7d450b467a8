"""Headers as people set them, and which column is which field."""

from __future__ import annotations

from pathlib import Path

import pytest

from seed.channels.headers import keys_of, normal
from seed.channels.table import ImportFileError
from tests.seed.reading import appeals, local, one, opened, rejects, written


@pytest.mark.parametrize(
    "header",
    [
        "受理时间",
        "受　理　时　间",
        "受理\n时间",
        "受理\u2028时间",
        " 受理时间： ",
        "*受理时间",
        "\u2605受理时间（必填）",
        "（必填）受理时间",
        "受理时间(年/月/日 时:分)",
        "受理时间【24小时制】",
        "受理时间*必填",
        "5.受理时间",
        "\u2464受理时间",
        "五、受理时间",
        "(5) 受理时间",
    ],
)
def test_a_header_is_known_however_it_is_set(header: str) -> None:
    assert "受理时间" in keys_of(header)


def test_full_width_letters_and_digits_are_plain_ones() -> None:
    assert normal("１２３４５工单编号") == "12345工单编号"
    assert normal("Ｒｅｃｅｉｖｅｄ－Ａｔ") == "received_at"


def test_what_stands_in_brackets_may_say_which_time_is_meant() -> None:
    assert keys_of("时间（受理）")[:2] == ("受理/时间", "受理时间")
    assert "联系电话" not in keys_of("联系电话（承办单位）")
    assert "联系电话" in keys_of("联系电话（手机）")


def rows(path: Path, *lines: str) -> Path:
    return written(path / "a.csv", "\n".join(lines) + "\n")


def test_names_under_a_merged_heading_are_the_names_of_the_columns(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "十一月工单明细,,,,",
        "标题,内容,办理情况,,受理时间",
        ",,承办单位,办结时间,",
        "路灯,灭,江岸区,2026-11-19 09:00,2026-11-18 09:00",
    )
    appeal = one(path)
    assert (appeal.unit, appeal.closed_at) == ("江岸区", local(2026, 11, 19, 9))
    assert (appeal.received_at, appeal.reply, appeal.line) == (local(2026, 11, 18, 9), None, 4)


def test_a_name_that_says_too_little_is_read_with_its_heading(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "序号,受理情况,,,诉求人,,办理情况,,,答复情况,",
        ",编号,标题,时间,姓名,联系电话,单位,时间,联系电话,内容,时间",
        "1,A1,路灯,2026-11-16 9:00,张三,13800000001,江岸区,2026-11-19 9:00,027"
        ",已修,2026-11-18 9:00",
    )
    reading = opened(path)
    (appeal,) = appeals(reading)
    assert (appeal.number, appeal.title, appeal.unit) == ("A1", "路灯", "江岸区")
    assert (appeal.reporter, appeal.phone, appeal.reply) == ("张三", "13800000001", "已修")
    assert appeal.received_at == local(2026, 11, 16, 9)
    assert appeal.closed_at == local(2026, 11, 19, 9)
    assert appeal.replied_at == local(2026, 11, 18, 9)
    assert reading.unknown_columns == ("办理情况/联系电话",)


def test_a_header_of_three_rows_and_filled_merges(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "工单信息,工单信息,工单信息,办理,办理",
        "标题,内容,时间,单位,单位",
        "标题,内容,受理时间,承办单位,协办单位",
        "路灯,灭,2026-11-18 09:00,江岸区,江汉区",
    )
    appeal = one(path)
    assert (appeal.unit, appeal.co_units) == ("江岸区", ("江汉区",))
    assert appeal.received_at == local(2026, 11, 18, 9)


def test_a_ledger_under_common_names_comes_in(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "序号,工单号,诉求标题,市民诉求,责任部门,登记时间,满意度,备注",
        "1,A1,路灯,灭,江岸区,2026-11-18 09:00,满意,",
    )
    reading = opened(path)
    (appeal,) = appeals(reading)
    assert (appeal.number, appeal.title, appeal.content) == ("A1", "路灯", "灭")
    assert (appeal.unit, appeal.result_rating) == ("江岸区", "满意")
    assert appeal.received_at == local(2026, 11, 18, 9)
    assert reading.unknown_columns == ("备注",)


def test_a_profile_of_its_own_goes_before_common_names(tmp_path: Path) -> None:
    path = rows(tmp_path, "留言编号,留言主题,留言时间,留言详情", "7,路灯,2026-11-18 09:00,灭")
    assert opened(path).profile == "teddy"


def test_a_column_that_counts_the_rows_is_no_number(tmp_path: Path) -> None:
    path = rows(tmp_path, "编号,标题,内容", "1,路灯,灭", "2,井盖,缺")
    assert [row.number for row in appeals(opened(path))] == [None, None]
    path = rows(tmp_path, "编号,标题,内容", "A7,路灯,灭", "A9,井盖,缺")
    assert [row.number for row in appeals(opened(path))] == ["A7", "A9"]


def test_a_day_and_a_time_of_day_in_two_columns_are_joined(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        "标题,受理日期,受理时间",
        "一,2026-11-18,9:05",
        "二,2026年11月18日,下午3时",
        "三,2026-11-18,2026-11-18 10:00",
        "四,2026-11-18,",
        "五,,9:05",
        "六,2026-11-17,2026-11-18 10:00",
    )
    found = list(opened(path))
    assert [row.received_at for row in appeals(found)] == [
        local(2026, 11, 18, 9, 5),
        local(2026, 11, 18, 15),
        local(2026, 11, 18, 10),
        local(2026, 11, 18),
    ]
    alone, odd = rejects(found)
    assert "只有钟点，没有日期" in alone.reason
    assert "“受理日期”写的2026-11-17" in odd.reason


def test_one_number_under_two_guards_is_no_contradiction(tmp_path: Path) -> None:
    path = rows(tmp_path, "标题,手机号码,来电号码", '路灯,13800000001,"=""13800000001"""')
    assert one(path).phone == "13800000001"


def test_a_file_that_nobody_knows_is_told_by_its_own_columns(tmp_path: Path) -> None:
    path = rows(tmp_path, "甲部分,乙部分,登记时间", "路灯,灭,2026-11-18 09:00")
    with pytest.raises(ImportFileError) as caught:
        opened(path)
    said = str(caught.value)
    assert "甲部分、乙部分、登记时间" in said
    assert "没有一列对得上标题、内容" in said
    assert "duban profile guess" in said


@pytest.mark.parametrize("header", ["标题,时间,时间", "标题,单位,时间", "标题,进件到达时间"])
def test_a_time_that_may_be_the_receipt_is_not_left_unread(tmp_path: Path, header: str) -> None:
    path = rows(tmp_path, header, "路灯" + ",2026-11-18 09:00" * header.count(","))
    with pytest.raises(ImportFileError, match=r"时间列“.*看不出"):
        opened(path)


def test_a_time_of_something_else_is_only_named(tmp_path: Path) -> None:
    reading = opened(rows(tmp_path, "标题,内容,打印时间", "路灯,灭,2026-11-18"))
    assert (reading.unknown_columns, len(appeals(reading))) == (("打印时间",), 1)
