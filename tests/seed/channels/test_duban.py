"""The exchange file: what it may say and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.intake import LABELS
from seed.channels.table import ImportFileError
from tests.seed.reading import appeals, local, one, opened, refusal, rejects, written


def sheet(path: Path, **cells: str) -> Path:
    """Write one row with the given columns; what they hold is quoted."""
    quoted = ('"{}"'.format(cell.replace('"', '""')) for cell in cells.values())
    return written(path / "a.csv", ",".join(cells) + "\n" + ",".join(quoted) + "\n")


FULL = {
    "number": "WH20190301-00001",
    "channel": "微信",
    "external_id": "x7",
    "nature": "投诉",
    "category": "城乡建设 > 市政 / 路灯",
    "urgency": "紧急",
    "title": "路灯不亮",
    "content": "三天\n了",
    "object": "某物业",
    "reporter": "张三",
    "phone": "138****1234",
    "confidential": "否",
    "grid": "420111",
    "address": "光谷路1号",
    "unit": "洪山区",
    "co_units": "市城管委、市水务局,市城管委",
    "handler": "维修科",
    "received_at": "2019-03-01 09:00:00",
    "dispatched_at": "2019-03-01 10:00:00",
    "acknowledged_at": "2019-03-01 11:00:00",
    "contacted_at": "2019-03-01 12:00:00",
    "reply": "已修",
    "replied_at": "2019-03-02 09:00:00",
    "due_at": "2019-03-08 17:30:00",
    "closed_at": "2019-03-03 09:00:00",
    "outcome": "已解决",
    "result_rating": "满意",
    "work_rating": "不满意",
    "rated_at": "2019-03-04 09:00:00",
    "updated_at": "2019-03-05 09:00:00",
    "attachments": "照片 1.jpg；函.pdf\nhttps://wuhan.example/1;函.pdf",
    "lead": "WH20190301-00001",
    "merge_kind": "共性件",
    "merged_at": "2019-03-02 10:00",
}


def test_every_column_of_the_form_arrives(tmp_path: Path) -> None:
    appeal = one(sheet(tmp_path, **FULL))
    assert appeal.fields == set(FULL) == set(LABELS)
    assert (appeal.category, appeal.content) == ("城乡建设/市政/路灯", "三天\n了")
    assert appeal.co_units == ("市城管委", "市水务局")
    assert appeal.attachments == ("照片 1.jpg", "函.pdf", "https://wuhan.example/1")
    assert (appeal.confidential, appeal.phone) == (False, "138****1234")
    assert appeal.due_at == local(2019, 3, 8, 17, 30)
    plain = (
        "number",
        "channel",
        "external_id",
        "nature",
        "urgency",
        "title",
        "object",
        "unit",
        "reporter",
        "grid",
        "address",
        "handler",
        "reply",
        "outcome",
        "result_rating",
        "work_rating",
        "lead",
        "merge_kind",
    )
    assert appeal.merged_at == local(2019, 3, 2, 10)
    assert {name: getattr(appeal, name) for name in plain} == {n: FULL[n] for n in plain}


def test_headers_are_known_in_either_language_and_any_order(tmp_path: Path) -> None:
    english = one(sheet(tmp_path, **FULL))
    chinese = one(sheet(tmp_path, **{LABELS[name]: FULL[name] for name in reversed(FULL)}))
    assert chinese == english


def test_headers_may_carry_notes_stars_and_blanks(tmp_path: Path) -> None:
    text = "\ufeff标题*, 类别（一级/二级/三级） ,Received At\n路灯,城建/市政,2019-03-01\n"
    appeal = one(written(tmp_path / "a.csv", text))
    assert (appeal.title, appeal.category) == ("路灯", "城建/市政")
    assert appeal.date_only == {"received_at"}


def test_columns_nobody_knows_are_reported(tmp_path: Path) -> None:
    text = "标题,备注,内容,,\n路灯,无,灭,灯,\n"
    reading = opened(written(tmp_path / "a.csv", text))
    assert reading.unknown_columns == ("备注", "第4列（没有列名）")


def test_two_columns_of_one_field_may_not_contradict_each_other(tmp_path: Path) -> None:
    text = "标题,内容,title\n路灯,灭,灯\n井盖,缺,井盖\n水管,漏,\n"
    first, *others = opened(written(tmp_path / "a.csv", text))
    assert [row.title for row in appeals(others)] == ["井盖", "水管"]
    assert "“标题”写的路灯与“title”写的灯不一致" in rejects([first])[0].reason


@pytest.mark.parametrize(
    ("headers", "cells", "category"),
    [
        ("三级分类,一级分类,二级分类", "路灯,城建,市政", "城建/市政/路灯"),
        ("大类,小类", "城建,城建", "城建"),
        ("诉求一级分类,诉求二级分类", "城建,城建/市政", "城建/市政"),
        ("一级类别,二级类别,三级类别", "城建,无,", "城建"),
        ("一级类别,二级类别,问题类型", "城建,市政,城建-市政", "城建/市政"),
        ("二级分类", "市政", "市政"),
        ("类别,一级分类,二级分类", "城建/市政/路灯,城建,市政", "城建/市政/路灯"),
    ],
)
def test_a_category_may_stand_in_one_column_a_level(
    tmp_path: Path, headers: str, cells: str, category: str
) -> None:
    text = f"标题,内容,{headers}\n路灯,灭,{cells}\n"
    assert one(written(tmp_path / "a.csv", text)).category == category


def test_a_column_the_file_lacks_is_not_an_empty_one(tmp_path: Path) -> None:
    appeal = one(written(tmp_path / "a.csv", "标题,联系电话\n路灯,\n"))
    assert appeal.fields == {"title", "phone"}
    assert appeal.phone is None


def test_times_are_the_bureaus(tmp_path: Path) -> None:
    appeal = one(sheet(tmp_path, title="路灯", received_at="2019-03-01 09:00"))
    assert appeal.received_at == local(2019, 3, 1, 9)


def test_a_report_of_wrongdoing_is_confidential_unless_stated(tmp_path: Path) -> None:
    assert one(sheet(tmp_path, title="一", nature="举报")).confidential is True
    assert one(sheet(tmp_path, title="一", nature="举报", confidential="否")).confidential is False
    assert one(sheet(tmp_path, title="一", nature="投诉")).confidential is None


@pytest.mark.parametrize(
    ("column", "written_as", "read_as"),
    [
        ("nature", "投诉类", "投诉"),
        ("nature", "反映", "其他"),
        ("urgency", "加急", "紧急"),
        ("outcome", "解决", "已解决"),
        ("result_rating", "非常满意", "满意"),
        ("work_rating", "未评价", None),
        ("confidential", "保密", True),
    ],
)
def test_other_words_for_the_same_are_understood(
    tmp_path: Path, column: str, written_as: str, read_as: object
) -> None:
    assert getattr(one(sheet(tmp_path, title="一", **{column: written_as})), column) == read_as


@pytest.mark.parametrize("column", ["urgency", "outcome", "result_rating", "confidential"])
def test_words_that_clocks_and_rankings_hang_on_are_not_guessed(
    tmp_path: Path, column: str
) -> None:
    reason = refusal(sheet(tmp_path, title="一", **{column: "五星"}))
    assert "“五星”" in reason
    assert "请填" in reason


def test_a_row_without_title_and_content_is_refused(tmp_path: Path) -> None:
    assert "空" in refusal(sheet(tmp_path, title=" \u200b", content="\u3000", phone="1"))
    assert one(sheet(tmp_path, title="", content="灯灭")).content == "灯灭"


def test_an_unreadable_date_is_refused_by_column_and_value(tmp_path: Path) -> None:
    reason = refusal(sheet(tmp_path, 标题="一", 受理时间="2019-02-30"))
    assert reason == "受理时间“2019-02-30”不是存在的日期时间"


@pytest.mark.parametrize(
    ("closed", "taken"),
    [
        ("2019-03-01 08:58:59", False),
        ("2019-03-01 08:59:00", True),
        ("2019-03-01 09:00:01", True),
        ("2019-03-01", True),
        ("2019-02-28", False),
        ("9999-12-31", True),
    ],
)
def test_a_close_may_lie_a_minute_before_the_receipt_no_more(
    tmp_path: Path, closed: str, taken: bool
) -> None:
    path = sheet(tmp_path, title="一", received_at="2019-03-01 09:00:00", closed_at=closed)
    assert bool(appeals(opened(path))) is taken


def test_an_act_dated_to_the_day_of_receipt_does_not_precede_it(tmp_path: Path) -> None:
    path = sheet(tmp_path, title="一", received_at="2019-03-01 09:00", closed_at="2019-03-01")
    appeal = one(path)
    assert appeal.closed_at == appeal.received_at
    assert appeal.date_only == {"closed_at"}


def test_a_due_date_without_a_time_lasts_the_whole_day(tmp_path: Path) -> None:
    appeal = one(sheet(tmp_path, title="一", received_at="2019-03-01", due_at="2019-03-08"))
    assert appeal.due_at == local(2019, 3, 8, 23, 59, 59)
    assert appeal.date_only == {"received_at", "due_at"}


def test_a_second_row_of_one_identity_names_the_first(tmp_path: Path) -> None:
    text = "工单编号,渠道编号,标题\nN1,,一\n,7,二\nN1,,三\n,7,四\n,,五\n,,五\n"
    rows = list(opened(written(tmp_path / "a.csv", text)))
    assert [row.title for row in appeals(rows)] == ["一", "二", "五"]
    assert [row.reason for row in rejects(rows)] == [
        "与第2行编号相同（N1）",
        "与第3行编号相同（7）",
        "与第6行完全相同",
    ]


def test_a_refused_row_does_not_stand_in_the_way_of_its_correction(tmp_path: Path) -> None:
    text = "渠道编号,标题,受理时间\n7,一,昨天\n7,一,2019-03-01\n"
    rows = list(opened(written(tmp_path / "a.csv", text)))
    assert [row.line for row in rejects(rows)] == [2]
    assert [row.line for row in appeals(rows)] == [3]


def test_text_arrives_harmless(tmp_path: Path) -> None:
    appeal = one(sheet(tmp_path, title="路灯\x1b[31m\n不亮", reporter="张\u202e三", reply="甲\x07"))
    assert (appeal.title, appeal.reporter, appeal.reply) == ("路灯 不亮", "张三", "甲")


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    reading = opened(sheet(tmp_path, **FULL))
    assert list(reading) == list(reading)
    assert reading.total == 1
    assert (reading.profile, reading.source) == ("duban", "duban")


@pytest.mark.parametrize(
    ("header", "row", "profile"),
    [
        ("工单号,评价日期,满意度", "WH20261109-00001,2026-11-20,满意", "ratings"),
        ("受理编号,结案时间", "WH20261109-00001,2026-11-20 10:00", "half"),
        ("工单号,答复,回复时间", "WH20261109-00001,已修好,2026-11-20 10:00", "half"),
        ("序号,编号,满意度", "1,1,满意", None),
        ("工单号,经办科室", "WH20261109-00001,一科", None),
    ],
)
def test_half_a_file_may_bear_only_other_names(
    tmp_path: Path, header: str, row: str, profile: str | None
) -> None:
    path = written(tmp_path / "a.csv", f"{header}\n{row}\n")
    if profile is None:
        with pytest.raises(ImportFileError):
            opened(path)
    else:
        assert opened(path).profile == profile
