"""Workbooks and JSON lines give the same rows as text does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from seed.channels.table import ImportFileError
from tests.seed.reading import appeals, local, one, opened, refusal, rejects, written


def book(path: Path, *sheets: Sequence[object]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"表{number}")
        for row in rows:
            assert isinstance(row, list)
            sheet.append(row)
    made.save(path)
    return path


def test_numbers_keep_their_digits_and_dates_their_time(tmp_path: Path) -> None:
    moment = datetime(2019, 11, 13, 11, 20, 21)
    rows = [["渠道编号", "标题", "受理时间", "联系电话"], [188006, "路灯", moment, 13812345678]]
    appeal = one(book(tmp_path / "a.xlsx", rows))
    assert (appeal.external_id, appeal.phone) == ("188006", "13812345678")
    assert appeal.received_at == local(2019, 11, 13, 11, 20, 21)
    assert not appeal.date_only


def test_a_date_cell_without_a_time_is_a_date_only(tmp_path: Path) -> None:
    rows = [["标题", "受理时间"], ["路灯", datetime(2019, 8, 1)]]
    appeal = one(book(tmp_path / "a.xlsx", rows))
    assert appeal.received_at == local(2019, 8, 1)
    assert appeal.date_only == {"received_at"}


def test_a_bare_day_number_is_the_date_that_excel_means(tmp_path: Path) -> None:
    rows = [["标题", "受理时间"], ["路灯", 43678.5], ["井盖", 7]]
    first, second = opened(book(tmp_path / "a.xlsx", rows))
    assert appeals([first])[0].received_at == local(2019, 8, 1, 12)
    assert "受理时间“7”" in rejects([second])[0].reason


def test_text_and_real_dates_may_share_a_column(tmp_path: Path) -> None:
    moment = datetime(2019, 2, 28, 11, 25, 5)
    rows = [["标题", "受理时间"], ["一", moment], ["二", "2019/2/28 11:25:05"]]
    first, second = appeals(opened(book(tmp_path / "a.xlsx", rows)))
    assert first.received_at == second.received_at == local(2019, 2, 28, 11, 25, 5)


def test_lines_are_the_rows_that_the_program_shows(tmp_path: Path) -> None:
    header, row = [None, "标题", "内容"], [None, "路灯", "灭"]
    rows: list[object] = [[], ["工单明细"], header, [], row]
    assert one(book(tmp_path / "a.xlsx", rows)).line == 5


def test_a_sheet_of_notes_beside_the_data_is_passed_over(tmp_path: Path) -> None:
    notes = [["列名", "说明"], ["标题", "必填"]]
    data = [["标题", "内容"], ["路灯", "灭"]]
    assert one(book(tmp_path / "a.xlsx", notes, data)).title == "路灯"


def test_two_sheets_of_data_are_not_guessed_between(tmp_path: Path) -> None:
    data = [["标题", "内容"], ["路灯", "灭"]]
    with pytest.raises(ImportFileError, match="“表1”、“表2”"):
        opened(book(tmp_path / "a.xlsx", data, data))


def test_json_lines_read_like_a_table(tmp_path: Path) -> None:
    objects = [
        {"title": "路灯", "external_id": 7, "confidential": True, "co_units": ["甲", "乙"]},
        {"title": "井盖", "received_at": "2019-03-01T12:00:00+08:00"},
    ]
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    first, second = appeals(opened(written(tmp_path / "a.jsonl", text)))
    assert (first.external_id, first.confidential, first.co_units) == ("7", True, ("甲", "乙"))
    assert second.received_at == local(2019, 3, 1, 12)
    assert (first.line, second.line) == (1, 2)


def test_a_broken_json_line_costs_itself_only(tmp_path: Path) -> None:
    text = '{"title":"路灯","content":"灭"}\n{"title":\n[1]\n{"title":"井盖","content":"无"}\n'
    rows = list(opened(written(tmp_path / "a.jsonl", text)))
    assert [row.title for row in appeals(rows)] == ["路灯", "井盖"]
    assert [row.line for row in rejects(rows)] == [2, 3]
    assert '{"title":' in rejects(rows)[0].raw.values()


def test_true_and_one_are_not_mixed_up(tmp_path: Path) -> None:
    text = '{"title":"一","handler":1}\n{"title":"二","handler":true}\n'
    rows = appeals(opened(written(tmp_path / "a.jsonl", text)))
    assert [row.handler for row in rows] == ["1", "true"]


def test_an_empty_object_with_no_text_is_refused_or_blank(tmp_path: Path) -> None:
    text = '{"title":"","content":null,"phone":"1"}\n'
    assert refusal(written(tmp_path / "a.jsonl", text)) == "标题和内容都是空的"
