"""时限核算单: it tells every day, and its last line is the deadline."""

from __future__ import annotations

import pytest

from rules.clocks.derivation import Basis, Derivation, Grant, Halt
from rules.clocks.precedence import Tags
from rules.errors import LimitError
from tests.rules.clocks.calendars import at, keeper, shown


def told(receipt: Derivation) -> dict[str, str]:
    return {row.label: f"{row.name} {row.detail}".strip() for row in receipt.rows}


def test_a_working_day_limit_over_the_national_day() -> None:
    receipt = keeper().derivation("close", "3wd", at("2026-09-30 10:00"))
    assert receipt.lines == (
        "办结时限核算单",
        "交办            2026-09-30 周三 10:00  时限 3个工作日 · 次日起算",
        "10-01 至 10-07  国庆节                 不计",
        "10-08 周四      第1日                  09:00–12:00 13:30–17:30",
        "10-09 周五      第2日                  09:00–12:00 13:30–17:30",
        "10-10 周六      第3日                  09:00–12:00 13:30–17:30 调休上班（国庆节）",
        "合计            3个工作日              等于时限",
        "转黄            2026-10-09 周五 17:30",
        "到期            2026-10-10 周六 17:30",
    )


def test_pauses_rounding_and_extensions_are_told_in_turn() -> None:
    receipt = keeper().derivation(
        "close",
        "3wd",
        at("2026-09-30 10:00"),
        pauses=[Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测（批准号041）")],
        extensions=[Grant("2wd", "须鉴定")],
    )
    lines = told(receipt)
    assert lines["挂起"].endswith("检测（批准号041） · 3小时办公时间")
    assert lines["未挂起时到期"] == "2026-10-10 周六 17:30"
    assert lines["顺延3小时"] == "2026-10-12 周一 12:00 按日取整至下班"
    assert lines["第1次延期"] == "2个工作日 须鉴定 · 改为 2026-10-14 周三 17:30"
    assert lines["到期"] == "2026-10-14 周三 17:30"
    assert shown(receipt.clock.due_at) == "2026-10-14 17:30"


def test_a_pause_over_a_closed_day_is_said_to_give_nothing() -> None:
    pause = Halt(at("2026-10-03 09:00"), at("2026-10-04 12:00"))
    lines = told(keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=[pause]))
    assert lines["挂起"].endswith("无办公时间")
    assert lines["到期"] == lines["未挂起时到期"]


def test_the_entry_that_applied_and_those_it_beat_are_named() -> None:
    receipt = keeper().derivation("close", Tags("咨询", "特急"), at("2026-11-20 10:00"))
    assert receipt.winner == "紧急程度=特急"
    assert receipt.losers == ("性质=咨询", "默认")
    assert told(receipt)["适用"] == "紧急程度=特急 先于 性质=咨询（2wd）、默认（5wd）"


def test_working_hours_are_told_day_by_day_and_add_up() -> None:
    lines = told(keeper().derivation("dispatch", Tags(), at("2026-11-20 16:00")))
    assert lines["受理"].endswith("只计办公时间")
    assert lines["11-20 周五"] == "计1小时30分 16:00–17:30"
    assert lines["11-21 至 11-22"] == "休息日 不计"
    assert lines["11-23 周一"] == "计2小时30分 09:00–11:30"


def test_natural_days_tell_the_day_they_roll_to() -> None:
    answer = keeper('[[limits]]\nclose = "15d"\nroll = true')
    lines = told(answer.derivation("close", Tags(), at("2026-11-13 10:00")))
    assert lines["11-14 至 11-28"] == "第1至15日 自然日，休息日照计"
    assert lines["11-28 周六"] == "休息日 末日顺延至 11-30 周一"
    assert lines["到期"] == "2026-11-30 周一 24:00"


def test_a_start_after_the_cutoff_says_so() -> None:
    answer = keeper('[office]\nafter_hours = "next-workday"')
    late = told(answer.derivation("close", "1wd", at("2026-11-19 18:00")))
    closed = told(answer.derivation("close", "1wd", at("2026-11-21 10:00")))
    assert late["11-19 周四"] == "截止钟点以后，视同 11-20 周五 起点"
    assert closed["11-21 周六"] == "休息日，视同 11-23 周一 起点"


def test_a_provisional_deadline_says_so() -> None:
    lines = told(keeper().derivation("close", "3wd", at("2026-12-30 10:00")))
    assert lines["01-01 周五"] == "元旦 不计"
    assert lines["到期"].startswith("2027-01-05 周二 17:30 暂定")


def test_own_days_and_special_hours_are_told_by_name() -> None:
    policy = """
        [office]
        holidays = { 2026-11-23 = "建市纪念" }
        special_hours = { 2026-11-24 = ["09:00-12:00"] }
    """
    lines = told(keeper(policy).derivation("close", "1wd", at("2026-11-22 10:00")))
    assert lines["11-23 周一"] == "建市纪念 不计"
    assert lines["11-24 周二"] == "第1日 09:00–12:00 特别办公时间"


def test_other_clocks_are_explained_in_a_line() -> None:
    minutes = keeper().derivation("contact", "30m", at("2026-11-20 10:00"))
    fixed = keeper().derivation("close", Tags(), at("2026-11-20 10:00"), due=at("2026-11-27 12:00"))
    assert "昼夜连续计算" in "".join(minutes.lines)
    assert "由来源确定" in "".join(fixed.lines)
    assert shown(fixed.clock.due_at) == "2026-11-27 12:00"


@pytest.mark.parametrize("limit", ["1wd", "7wd", "3wh", "40wh", "36h", "45m", "20d"])
@pytest.mark.parametrize("start", ["2026-02-13 16:00", "2026-10-03 09:00", "2026-11-20 23:59"])
def test_the_receipt_ends_at_the_very_deadline_the_clock_has(limit: str, start: str) -> None:
    receipt = keeper().derivation("close", limit, at(start))
    assert receipt.clock == keeper().timed("close", limit, at(start))
    counted = sum("第" in row.name and "日" in row.name for row in receipt.rows)
    assert counted == (int(limit[:-2]) if limit.endswith("wd") else limit == "20d")
    sums = [row.detail for row in receipt.rows if row.label == "合计"]
    assert sums == ([] if limit == "20d" else ["等于时限"])


def test_a_step_without_a_clock_has_no_receipt() -> None:
    with pytest.raises(LimitError, match="进度反馈"):
        keeper().derivation("progress", Tags(), at("2026-11-20 10:00"))


def test_a_pause_tells_its_reason_and_who_approved_it() -> None:
    halt = Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测", "主管领导041号")
    lines = told(keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=[halt]))
    assert lines["挂起"] == (
        "10-09 周五 09:00 至 10-09 周五 12:00 检测 · 批准：主管领导041号 · 3小时办公时间"
    )


def test_a_pause_that_has_not_ended_moves_nothing_yet() -> None:
    ended = Halt(at("2026-10-08 09:00"), at("2026-10-08 10:00"), "听证")
    halt = Halt(at("2026-10-09 09:00"), None, "鉴定")
    usual = keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=[ended])
    receipt = keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=[ended, halt])
    assert receipt.clock == usual.clock
    assert told(receipt)["挂起"] == "10-09 周五 09:00 起 鉴定 · 尚未恢复"
    assert told(receipt)["到期"].endswith("挂起中，恢复后顺延")


def test_an_extension_tells_when_it_was_asked_for_and_granted() -> None:
    grant = Grant("2wd", "须鉴定", at("2026-10-10 17:00"), at("2026-10-12 09:00"))
    receipt = keeper().derivation("close", "3wd", at("2026-09-30 10:00"), extensions=[grant])
    assert told(receipt)["第1次延期"] == (
        "2个工作日 须鉴定 · 10-10 周六 17:00 申请 · 10-12 周一 09:00 批准"
        " · 改为 2026-10-13 周二 17:30"
    )
    assert shown(receipt.original_due_at) == "2026-10-10 17:30"


def test_the_versions_it_was_made_under_are_told_with_the_calendars_source() -> None:
    receipt = keeper().derivation("close", "1wd", at("2026-11-20 10:00"), basis=Basis(3, 2))
    assert told(receipt)["依据"] == "规则第3版 日历第2版 国办2025-11-04"


def test_a_limit_given_before_the_tags_changed_is_explained_as_it_was_given() -> None:
    start = at("2026-11-20 10:00")
    same = keeper().derivation("close", Tags("咨询"), start, limit_text="2wd")
    other = keeper().derivation("close", Tags("咨询"), start, limit_text="5wd")
    assert (same.winner, other.winner) == ("性质=咨询", "")
    assert other.clock == keeper().timed("close", "5wd", start)
