"""时限核算单: it tells every day, and its last line is the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.calendar import Notice
from rules.clocks.derivation import About, Basis, Derivation, Grant, Halt, Move
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from rules.errors import LimitError
from tests.rules.clocks.calendars import DEFAULTS, at, calendar_2026, keeper, shown


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
        "合计            3个工作日              等于时限 · 末日下班 17:30",
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
    assert lines["10-12 周一"] == "计3小时 09:00–12:00"
    assert lines["顺延3小时"] == "2026-10-12 周一 12:00"
    assert lines["按日取整"] == "2026-10-12 周一 17:30 至当日下班"
    assert lines["第1次延期"] == "2个工作日 须鉴定 · 自原到期次日起算"
    assert lines["10-14 周三"] == "延第2日 09:00–12:00 13:30–17:30"
    assert lines["延期至"] == "2026-10-14 周三 17:30"
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
    assert lines["合计"] == "15日 等于时限 · 末日 24:00"
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
    assert lines["01-01 周五"] == "元旦 不计 · 全国年节及纪念日放假办法"
    assert lines["到期"].startswith("2027-01-05 周二 17:30 暂定")


def test_own_days_and_special_hours_are_told_by_name() -> None:
    policy = """
        [office]
        holidays = { 2026-11-23 = "建市纪念" }
        special_hours = { 2026-11-24 = ["09:00-12:00"] }
    """
    lines = told(keeper(policy).derivation("close", "1wd", at("2026-11-22 10:00")))
    assert lines["11-23 周一"] == "建市纪念 不计 · 本单位规则"
    assert lines["11-24 周二"] == "第1日 09:00–12:00 特别办公时间"


def test_clocks_round_the_clock_and_fixed_dates_are_told_too() -> None:
    minutes = keeper().derivation("contact", "30m", at("2026-11-20 10:00"))
    fixed = keeper().derivation("close", Tags(), at("2026-11-20 10:00"), due=at("2026-11-27 12:00"))
    assert told(minutes)["11-20 周五"] == "计30分 10:00–10:30"
    assert told(fixed)["来源定时"] == "2026-11-27 周五 12:00 到期时间由来源确定，不另推算"
    assert shown(fixed.clock.due_at) == "2026-11-27 12:00"


@pytest.mark.parametrize("limit", ["1wd", "7wd", "3wh", "40wh", "36h", "45m", "20d"])
@pytest.mark.parametrize("start", ["2026-02-13 16:00", "2026-10-03 09:00", "2026-11-20 23:59"])
def test_the_receipt_ends_at_the_very_deadline_the_clock_has(limit: str, start: str) -> None:
    receipt = keeper().derivation("close", limit, at(start))
    assert receipt.clock == keeper().timed("close", limit, at(start))
    sums = [row.detail for row in receipt.rows if row.label == "合计"]
    assert len(sums) == 1
    assert sums[0].startswith("等于时限")


def test_a_step_without_a_clock_has_no_receipt() -> None:
    with pytest.raises(LimitError, match="进度反馈"):
        keeper().derivation("progress", Tags(), at("2026-11-20 10:00"))


def test_a_pause_tells_its_reason_and_who_approved_it() -> None:
    halt = Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测", "主管领导041号")
    lines = told(keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=[halt]))
    assert lines["挂起"] == (
        "10-09 周五 09:00 起 至 10-09 周五 12:00 · 检测 · 批准：主管领导041号 · 3小时办公时间"
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
        "2个工作日 须鉴定 · 10-10 周六 17:00 申请 · 10-12 周一 09:00 批准 · 自原到期次日起算"
    )
    assert shown(receipt.original_due_at) == "2026-10-10 17:30"


def test_the_versions_it_was_made_under_are_told_with_the_calendars_source() -> None:
    receipt = keeper().derivation("close", "1wd", at("2026-11-20 10:00"), basis=Basis(3, 2))
    assert told(receipt)["依据"] == "规则第3版 日历第2版 国办2025-11-04"


def test_pauses_that_overlap_are_told_one_by_one_and_counted_once() -> None:
    # 3 h on Friday the 9th; 4 h of it and 4 h on the 10th: together 7 h + 3 h, the 11 to 12 once
    halts = [
        Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测"),
        Halt(at("2026-10-09 11:00"), at("2026-10-10 12:00"), "鉴定"),
    ]
    receipt = keeper().derivation("close", "3wd", at("2026-09-30 10:00"), pauses=halts)
    told_of = [row.detail.rpartition(" · ")[2] for row in receipt.rows if row.label == "挂起"]
    assert told_of == ["3小时办公时间", "8小时办公时间"]
    assert told(receipt)["合并"] == "10-09 周五 09:00 起 至 10-10 周六 12:00 · 10小时办公时间"
    assert told(receipt)["挂起合计"] == "10小时办公时间 重叠的只计一次"
    assert told(receipt)["顺延10小时"] == "2026-10-13 周二 12:00"


def test_days_off_and_worked_name_the_notice_that_says_so() -> None:
    notice = Notice(2026, "国办发明电〔2025〕7号", date(2025, 11, 4))
    days = calendar_2026()
    said = {day: replace(entry, notice=notice) for day, entry in days.days.items()}
    answer = Timekeeper(read_policy(DEFAULTS), replace(days, days=said))
    lines = told(answer.derivation("close", "3wd", at("2026-09-30 10:00"), basis=Basis(3, 2)))
    assert lines["依据"] == "规则第3版 日历第2版"
    assert lines["放假安排"] == "2026年 国办发明电〔2025〕7号 2025-11-04"
    assert lines["10-01 至 10-07"] == "国庆节 不计 · 国办发明电〔2025〕7号"
    assert lines["10-10 周六"].endswith("调休上班（国庆节）")
    minutes = told(answer.derivation("contact", "30m", at("2026-11-20 10:00"), basis=Basis(3, 2)))
    assert "放假安排" not in minutes  # no calendar moves it


def test_it_says_whose_it_is_and_what_a_hand_over_and_a_rework_mean_for_it() -> None:
    moved = Move(at("2026-11-16 15:00"), "武汉市水务局", "武汉市洪山区人民政府")
    about = About("工单", "WH20261112-00001", 2, moved.to_unit, (moved,))
    start = at("2026-11-13 10:00")
    lines = told(keeper().derivation("close", "5wd", start, about=about))
    assert lines["工单"] == "WH20261112-00001 第2轮 · 武汉市洪山区人民政府"
    assert lines["重办"] == "第2轮 时限自本轮交办另行起算，上一轮的不接续"
    assert lines["转派"] == (
        "2026-11-16 周一 15:00 武汉市水务局 转 武汉市洪山区人民政府 · 时限接着走，不另起算"
    )
    sign = told(keeper().derivation("acknowledge", "1wd", moved.at, about=about))
    assert sign["转派"].startswith("2026-11-16 周一 15:00 时限 1个工作日")


def test_a_limit_given_before_the_tags_changed_is_explained_as_it_was_given() -> None:
    start = at("2026-11-20 10:00")
    same = keeper().derivation("close", Tags("咨询"), start, limit_text="2wd")
    other = keeper().derivation("close", Tags("咨询"), start, limit_text="5wd")
    assert (same.winner, other.winner) == ("性质=咨询", "")
    assert other.clock == keeper().timed("close", "5wd", start)
