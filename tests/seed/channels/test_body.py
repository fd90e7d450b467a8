"""What stands under a header and is no appeal: totals, signatures, the header again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.seed.reading import appeals, opened, rejects, written

HEAD = "序号,标题,内容,承办单位,受理时间"


def read(path: Path, *lines: str) -> tuple[list[str], list[str], str]:
    """Return titles, reasons of refusal and what was passed over."""
    text = "\n".join(("十一月诉求明细", HEAD, "1,路灯,灭,江岸区,2026-11-18", *lines)) + "\n"
    reading = opened(written(path / "a.csv", text))
    found = list(reading)
    assert reading.total == len(found)
    return (
        [row.title for row in appeals(found)],
        [row.reason for row in rejects(found)],
        reading.whole.passed_over,
    )


@pytest.mark.parametrize(
    "line",
    [
        "合计,12,,,",
        "合　计,,,,",
        ",合计,,12,",
        "总计：12件,,,,",
        "本页小计,3件,,,",
        "共12件",
        "江岸区 汇总,12,,,",
        "制表人：张三,,审核：李四,,",
        "制表人：,张三,打印时间：,2026-11-20,",
        "填报单位：江岸区政务局    填报日期：2026年11月20日,,,,",
        "第1页 共3页",
        ",,第 1 页,,共 3 页",
        "- 1 -,,,,",
        "—以下空白—",
        "备注：本表不含退单。,,,,",
        "说明：,,,,",
        "以上数据来自热线系统,,,,",
        "合计,合计,合计,合计,合计",
    ],
)
def test_what_closes_a_table_is_counted_and_no_appeal(tmp_path: Path, line: str) -> None:
    titles, reasons, passed = read(tmp_path, line)
    assert (titles, reasons) == (["路灯"], [])
    assert passed.startswith("表尾1行")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2,合计费用不合理,物业,江岸区,2026-11-18", "合计费用不合理"),
        ("2,合计,物业乱收费,江岸区,2026-11-18", "合计"),
        (",备注：电梯停运,三天,江岸区,2026-11-18", "备注：电梯停运"),
        ("2,小区停水,,,", "小区停水"),
        ("2,领导：您好，路灯不亮,,,", "领导：您好，路灯不亮"),
        (",说明：物业不作为,长期停水,,2026-11-18", "说明：物业不作为"),
    ],
)
def test_an_appeal_that_only_begins_so_comes_in(tmp_path: Path, line: str, title: str) -> None:
    titles, reasons, passed = read(tmp_path, line)
    assert (titles, reasons, passed) == (["路灯", title], [], "")


def test_the_header_again_after_a_page_break_is_passed_over(tmp_path: Path) -> None:
    row = "2,井盖,缺,江汉区,2026-11-19"
    titles, reasons, passed = read(tmp_path, "本页小计,1", "十一月诉求明细", HEAD, row, "合计,2")
    assert (titles, reasons) == (["路灯", "井盖"], [])
    assert passed == "表尾3行（本页小计、十一月诉求明细、合计）、重复的表头1行没有当作诉求"


def test_a_line_in_the_middle_is_not_taken_for_the_end(tmp_path: Path) -> None:
    row = "2,井盖,缺,江汉区,2026-11-19"
    titles, reasons, passed = read(tmp_path, "另见附件一的说明", row)
    assert (titles, passed) == (["路灯", "井盖"], "")
    assert len(reasons) == 1
