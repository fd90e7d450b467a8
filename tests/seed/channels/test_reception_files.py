"""Plans of reception days and the workbooks of their tables, as people fill them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.casework import Reject
from rules.receptions import PARTY_COLUMNS, PLAN_COLUMNS, Party, Planned
from seed.channels import read_parties, read_plan
from seed.channels.table import ImportFileError
from seed.sheets import Column, write_rows

ZONE, NOW = ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 20, 7, 20, tzinfo=UTC)
DAY = date(2026, 11, 20)


def written(folder: Path, columns: Sequence[str], *rows: dict[str, str]) -> Path:
    """Return a workbook with these rows."""
    path = folder / "表.xlsx"
    cells = [[row.get(name, "") for name in columns] for row in rows]
    write_rows(path, [Column(name, name) for name in columns], cells)
    return path


def parties(folder: Path, *rows: dict[str, str]) -> list[Party | Reject]:
    return [*read_parties(written(folder, PARTY_COLUMNS, *rows), DAY, ZONE, NOW)]


WHOLE = {
    "序号": "7",
    "接访点": "区信访局",
    "时间": "9:30",
    "来访人": "王小明",
    "联系电话": "１３８7123 4567",
    "人次": "6人",
    "首访重访": "重访",
    "来访事项": "小区停水三天。无人处理",
    "责任单位": "市水务局",
    "涉法涉诉": "否",
    "结果": "承诺",
    "承诺事项": "一个月内接通",
    "承诺期限": "2026-12-18",
}


def test_a_line_of_a_table_is_a_party(tmp_path: Path) -> None:
    (found,) = parties(tmp_path, WHOLE)
    assert isinstance(found, Party)
    appeal = found.appeal
    assert (appeal.title, appeal.phone, appeal.unit) == ("小区停水三天", "13871234567", "市水务局")
    assert appeal.received_at == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert (found.outcome, found.people, found.again) == ("pledged", 6, True)
    assert (found.place, found.key, found.lawsuit) == ("区信访局", "7", False)
    assert (found.promise, found.promise_due) == ("一个月内接通", date(2026, 12, 18))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"结果": "已办"}, "没有结果“已办”：可写 现场解决、承诺、转办、移送"),
        ({"人次": "许多"}, "人次“许多”不是数：请写来了几人"),
        ({"首访重访": "来过"}, "首访重访写 首访、初访、重访，可不写"),
        ({"时间": "25:10"}, "时间“25:10”不是钟点：例如 9:30"),
        ({"诉求性质": "闹访"}, "没有诉求性质“闹访”：可写 "),
        ({"承诺期限": "尽快"}, "承诺期限："),
    ],
)
def test_a_line_that_cannot_be_read_is_given_back_as_it_was(
    tmp_path: Path, said: dict[str, str], why: str
) -> None:
    (found,) = parties(tmp_path, {**WHOLE, **said})
    assert isinstance(found, Reject)
    assert found.reason.startswith(why)
    assert found.raw["来访人"] == "王小明"


def test_a_plan_is_read_place_by_place(tmp_path: Path) -> None:
    row = {
        "日期": "2026-12-18",
        "地点": "区信访局",
        "接访领导": "周正",
        "到场单位": "市水务局、洪山区",
    }
    path = written(tmp_path, PLAN_COLUMNS, {**row, "结束": "17:00"}, {**row, "日期": ""})
    first, second = read_plan(path, ZONE, NOW)
    assert isinstance(first, Planned) and isinstance(second, Reject)
    assert (first.day, first.opens, first.closes) == (date(2026, 12, 18), time(9), time(17))
    assert first.units == ("市水务局", "洪山区")
    assert second.reason == "没有写日期：请写接访的日期，例如 2026-12-18"


def test_a_file_without_the_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="没有表头"):
        [*read_parties(written(tmp_path, PLAN_COLUMNS, {"地点": "x"}), DAY, ZONE, NOW)]
