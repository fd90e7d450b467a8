"""A profile file: what it may say, and in which one line each fault is told."""

from __future__ import annotations

import pytest

from rules.intake import ProfileError, read_profile

HEAD = 'name = "a"\nlabel = "甲"\n'

COLUMNS = '[columns]\n"事项" = "标题"\n"来电时间" = "受理时间"\n'


def test_fields_go_by_either_name() -> None:
    text = HEAD + '[columns]\n"事项" = "title"\n"时间" = ["received_at", "交办时间"]\n'
    assert read_profile(text).columns == {
        "事项": ("title",),
        "时间": ("received_at", "dispatched_at"),
    }


def test_what_is_read_out_of_no_column_need_not_be_one() -> None:
    text = (
        HEAD
        + '[columns]\n"事项" = "标题"\n"回复" = "答复时间"\n[copies]\n"受理时间" = "答复时间"\n'
    )
    assert read_profile(text).filled == {"title", "replied_at", "received_at"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = 甲", "第1行第8列不合 TOML 写法"),
        ("lable = 1\n" + HEAD + COLUMNS, "没有 lable 这一项，最接近的是 label"),
        (HEAD, "[columns]：缺少这一项"),
        (HEAD + '[columns]\n"事项" = "标提"\n', "没有“标提”这个字段，最接近的是 标题"),
        (HEAD + '[columns]\n"事项" = "标题"\n', "没有哪一列是受理时间"),
        (HEAD + '[columns]\n"时间" = "受理时间"\n', "标题和内容一列也没有"),
        (HEAD + 'needs = ["事由"]\n' + COLUMNS, "“事由”不在所列的列之中，最接近的是 事项"),
        (HEAD + 'headers = ["事项", "来电"]\n' + COLUMNS, "没有“来电时间”这一列，最接近的是 来电"),
        (HEAD + 'zone = "北京"\n' + COLUMNS, "没有“北京”这个时区"),
        ('name = "a b"\nlabel = "甲"\n' + COLUMNS, "[name]：“a b”写法不对"),
        (HEAD + COLUMNS + '[constants]\n"诉求性质" = "夸奖"\n', "“夸奖”不能作“诉求性质”"),
        (HEAD + COLUMNS + '[constants]\n"受理时间" = "今天"\n', "不能写成固定值"),
        (HEAD + COLUMNS + '[words."办理结果"]\n"完" = "办完"\n', "“办完”不能作“办理结果”"),
        (HEAD + COLUMNS + '[words."受理时间"]\n"今" = "昨"\n', "“受理时间”是时间，不能换词"),
        (HEAD + COLUMNS + '[copies]\n"标题" = "内容"\n', "不是时间，不能照抄"),
        (HEAD + COLUMNS + '[joined]\n"内容" = ["一"]\n', "“内容”要由两列以上合成"),
        (HEAD + COLUMNS + '[joined]\n"答复时间" = ["年", "月", "日"]\n', "由日期、时间两列合成"),
        (HEAD + COLUMNS + '[joined]\n"标题" = ["一", "二"]\n', "“标题”由两处给出"),
        (
            HEAD + COLUMNS + '[split."地"]\nmark = "/"\ninto = ["地址", "签收时间"]\n',
            "“签收时间”是时间，不能从一列拆出",
        ),
        (HEAD + COLUMNS + '[split."地"]\nmark = "/"\ninto = ["地址"]\n', "[split.地.into]"),
        (HEAD + COLUMNS + '[replies]\n"重复" = "重复"\n', "“重复”不能作“办理结果”"),
        (HEAD + COLUMNS + '[nature]\nfrom = ["事项"]\notherwise = "无"\n', "不能作“诉求性质”"),
    ],
)
def test_a_fault_is_one_line_that_says_what_to_do(text: str, told: str) -> None:
    with pytest.raises(ProfileError) as refused:
        read_profile(text)
    line = str(refused.value)
    assert told in line and line.startswith("来源格式文件") and "\n" not in line
