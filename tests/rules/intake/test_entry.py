"""What is typed into the boxes of a new appeal: understood, or one line that says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.intake.boxes import BOXES, ENTRY_KINDS, boxes_of
from rules.intake.entry import Reading, Register, read_entry

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)  # Friday 15:20 in Wuhan

OPENED = datetime(2026, 11, 20, 7, 10, tzinfo=UTC)

REGISTER = Register(
    channels=("12345电话", "上级交办", "媒体", "大接访"),
    categories=("住房与物业/物业服务/收费争议", "交通/公交/线路", "城管/公交/线路"),
    places={
        "洪山区": "420111",
        "420111": "420111",
        "洪山区珞南街道": "420111002",
        "珞南街道": "420111002",
        "420111002": "420111002",
    },
    unit={"市水务局": 4, "水务": 4, "洪山区": 9}.get,
    opened_at=OPENED,
    now=NOW,
    ended={"420111002009": "社区 420111002009 已拆分"},
    zone=ZoneInfo("Asia/Shanghai"),
)


def read(**typed: str) -> Reading:
    return read_entry({"channel": "12345电话", "title": "停水", **typed}, REGISTER)


def test_what_is_not_typed_is_as_in_a_file() -> None:
    found = read()
    assert not found.faults and not found.missing
    appeal = found.entry.appeal
    assert (appeal.nature, appeal.urgency, appeal.confidential) == ("其他", "一般", None)
    assert appeal.received_at == OPENED and found.entry.unit_id is None


@pytest.mark.parametrize(
    ("box", "typed", "understood"),
    [
        ("received", "昨天15:00", ("received_at", datetime(2026, 11, 19, 7, tzinfo=UTC))),
        ("received", "11月19日下午3点", ("received_at", datetime(2026, 11, 19, 7, tzinfo=UTC))),
        ("phone", "１３８ 7123 4567", ("phone", "13871234567")),
        ("phone", "０２７－８７６５４３２１", ("phone", "027-87654321")),
        ("place", "洪山区 珞南街道", ("grid", "420111002")),
        ("place", "４２０１１１００２", ("grid", "420111002")),
        ("place", "420111002003", ("grid", "420111002003")),
        ("place", "珞喻路1037号", ("grid", "珞喻路1037号")),
        ("category", "住房与物业/物业服务/收费争议", ("category", "住房与物业/物业服务/收费争议")),
        ("category", "收费争议", ("category", "住房与物业/物业服务/收费争议")),
        ("category", "物业服务／收费争议", ("category", "住房与物业/物业服务/收费争议")),
        ("confidential", "是", ("confidential", True)),
        ("confidential", "否", ("confidential", False)),
        ("content", "第一行\n第二行", ("content", "第一行\n第二行")),
        ("object", "绿地物业", ("object", "绿地物业")),
    ],
)
def test_a_box_is_understood(box: str, typed: str, understood: tuple[str, object]) -> None:
    found = read(**{box: typed})
    assert not found.faults
    name, value = understood
    assert getattr(found.entry.appeal, name) == value


@pytest.mark.parametrize(
    ("box", "typed", "line"),
    [
        ("channel", "电话", "没有来源渠道“电话”：可写 12345电话"),
        ("received", "明天", "还没有到"),
        ("received", "不知道", "看不懂时间"),
        ("phone", "不肯说", "不像电话号码"),
        ("nature", "埋怨", "没有诉求性质“埋怨”：可写 咨询"),
        ("place", "999999", "没有网格 999999"),
        ("place", "4201110", "有7位：应为"),
        ("place", "420111002009", "已拆分"),
        ("category", "天上", "没有类别“天上”"),
        ("category", "线路", "“线路”有2个：请写上级，如 交通/公交/线路"),
        ("unit", "火星区", "没有单位“火星区”"),
    ],
)
def test_a_box_nobody_can_use_says_why(box: str, typed: str, line: str) -> None:
    assert line in read(**{box: typed}).faults[box]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("停水三天。无人处理", "停水三天"),
        ("\n第一行\n第二行", "第一行"),
        ("长" * 40, "长" * 30 + ".."),
    ],
)
def test_a_title_left_out_is_the_first_sentence(content: str, title: str) -> None:
    assert read(title="", content=content).entry.appeal.title == title


def test_what_must_be_filled_is_named() -> None:
    assert read_entry({}, REGISTER).missing == {
        "channel": "须写明来源渠道",
        "title": "标题和内容至少写一样",
    }
    told = read_entry({"kind": "instruction", "title": "停水"}, REGISTER)
    assert list(told.missing) == ["leader", "instruction"]
    assert told.entry.appeal.channel == "上级交办"


def test_a_unit_is_not_chosen_for_a_matter_against_it() -> None:
    found = read(nature="举报", accused="水务", unit="市水务局")
    assert "反映的正是该单位" in found.faults["unit"]
    assert read(accused="无").entry.cleared


def test_a_report_in_the_media_is_noted_with_its_day() -> None:
    found = read(kind="媒体报道", outlet="长江日报", published="昨天", link="https://x.cn/1")
    assert not found.faults
    assert found.entry.remark == f"媒体报道：长江日报 {date(2026, 11, 19)} https://x.cn/1"


def test_words_of_another_kind_are_left_aside() -> None:
    assert read(outlet="长江日报", leader="张明", instruction="快办").entry.instruction == ""


def test_every_kind_has_boxes_of_its_own_before_the_usual_ones() -> None:
    usual = [box.name for box in boxes_of("appeal")]
    assert len({box.name for box in BOXES}) == len(BOXES)
    for kind in ENTRY_KINDS:
        own = [box.name for box in boxes_of(kind) if box.of]
        assert len(own) == (0 if kind == "appeal" else 2 if kind == "reception" else 3)
        assert [box.name for box in boxes_of(kind) if not box.of] == usual
