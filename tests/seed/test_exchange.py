"""The exchange form going out comes back in unchanged, and nothing in it can run."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from rules.casework.appeal import Appeal, Reject
from rules.intake import LABELS
from rules.text.hygiene import guarded, harmless, harmless_line, unguarded
from seed.exchange import write_rejects, write_template, write_tickets
from seed.putting import ExportFileError
from tests.console.sheets import opened as read_back
from tests.seed.reading import WUHAN, appeals, local, opened, real, rejects, without_place, written

SUFFIXES = [".csv", ".tsv", ".xlsx", ".jsonl"]

TICKET = Appeal(
    channel="微信",
    title="=cmd|' /C calc'!A0",
    content="+86 的电话\n-没人接\t'@某人'",
    number="WH20190301-00001",
    external_id="0071",
    nature="投诉",
    category="城乡建设/市政",
    urgency="紧急",
    reporter="张**",
    phone="138****1234",
    confidential=False,
    unit="洪山区",
    co_units=("市城管委", "市水务局"),
    received_at=local(2019, 3, 1),
    dispatched_at=local(2019, 3, 1, 9, 30, 15),
    due_at=local(2019, 3, 8, 23, 59, 59),
    closed_at=local(2019, 3, 4),
    outcome="解释说明",
    result_rating="基本满意",
    date_only=frozenset({"due_at", "closed_at"}),
)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_tickets_come_back_as_they_went(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"工单{suffix}"
    assert write_tickets(path, [TICKET, Appeal("其他", "二")], zone=WUHAN) == 2
    rows = appeals(opened(path))
    kept = replace(TICKET, content=harmless(TICKET.content))
    assert list(map(without_place, rows)) == [kept, Appeal("其他", "二")]
    assert rows[0].fields == set(LABELS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_due_midnight_goes_out_as_the_end_of_its_day(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"工单{suffix}"
    write_tickets(path, [Appeal("其他", "一", due_at=local(2019, 3, 9))], zone=WUHAN)
    (row,) = appeals(opened(path))
    assert (row.due_at, row.date_only) == (local(2019, 3, 9), frozenset())
    if suffix in (".csv", ".tsv"):
        assert "2019-03-08 24:00" in path.read_text(encoding="utf-8-sig")


TEXT = st.text(alphabet=st.sampled_from("='+-@＝,;\t\n\"甲乙a1 |"), max_size=12)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example overwrites it
)
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_any_text_survives_the_way_out_and_back(
    tmp_path: Path, suffix: str, texts: list[tuple[str, str]]
) -> None:
    sent = [
        Appeal("其他", harmless_line(f"标{title}"), harmless(content), external_id=str(n))
        for n, (title, content) in enumerate(texts)
    ]
    path = tmp_path / f"a{suffix}"
    write_tickets(path, sent, zone=WUHAN)
    assert list(map(without_place, opened(path))) == sent  # type: ignore[arg-type]  # no rejects


@given(TEXT)
def test_a_guard_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@＝"))


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_no_cell_of_a_text_file_begins_a_formula(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write_tickets(path, [TICKET], zone=WUHAN)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [
            cell
            for row in csv.reader(file, delimiter="\t" if suffix == ".tsv" else ",")
            for cell in row
        ]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_tickets(path, [TICKET], zone=WUHAN)
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    row = next(openpyxl.load_workbook(path).active.iter_rows(min_row=2))  # type: ignore[union-attr]  # has a sheet
    title = row[list(LABELS).index("title")]
    assert (title.value, title.data_type) == (TICKET.title, "s")


def test_a_workbook_prints_legibly_shows_all_of_a_text_and_is_equal_bytes(tmp_path: Path) -> None:
    long = replace(TICKET, content="停水三天没人管，" * 40)
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in files:
        write_tickets(path, [TICKET, long], zone=WUHAN)
    sheet = read_back(files[0])["诉求"]
    row = list(LABELS)
    told = sheet.cell(3, row.index("content") + 1)
    assert told.alignment.wrap_text and sheet.row_dimensions[3].height > 10 * 15
    moment = sheet.cell(3, row.index("dispatched_at") + 1)
    assert isinstance(moment.value, datetime) and moment.number_format == "yyyy-mm-dd hh:mm:ss"
    assert files[0].read_bytes() == files[1].read_bytes()
    write_template(tmp_path / "模板.xlsx")
    assert read_back(tmp_path / "模板.xlsx").sheetnames == ["诉求", "说明"]


def test_json_lines_carry_the_offset_and_the_english_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_tickets(path, [TICKET], zone=WUHAN)
    found = json.loads(path.read_text("utf-8"))
    assert list(found) == list(LABELS)
    assert found["dispatched_at"] == "2019-03-01T09:30:15+08:00"
    assert found["closed_at"] == "2019-03-04"
    assert (found["confidential"], found["object"]) == (False, None)


def test_text_too_long_for_a_cell_says_that_it_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_tickets(path, [Appeal("其他", "长", "内" * 40_000)], zone=WUHAN)
    (row,) = appeals(opened(path))
    assert len(row.content) < 32_767
    assert row.content.endswith("请导出为 .csv）")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_the_empty_form_is_known_and_has_every_column(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"模板{suffix}"
    write_template(path)
    reading = opened(path)
    assert (reading.profile, reading.total, reading.unknown_columns) == ("duban", 0, ())
    assert reading.columns == tuple(LABELS.values())


def test_the_empty_form_explains_each_column(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    notes = openpyxl.load_workbook(path)["说明"]
    explained = {row[1]: row[2] for row in notes.iter_rows(min_row=2, values_only=True)}
    assert set(explained) == set(LABELS)
    assert explained["outcome"] == "从中选填：已解决、部分解决、未解决、解释说明"


def test_a_filled_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    for place, name in enumerate(LABELS, start=1):
        book["诉求"].cell(2, place, {"title": "路灯不亮", "phone": "02712345"}.get(name))
    book.save(path)
    (appeal,) = appeals(opened(path))
    assert (appeal.title, appeal.phone) == ("路灯不亮", "02712345")


def test_other_suffixes_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ExportFileError, match=r"\.xlsx"):
        write_template(tmp_path / "模板.jsonl")
    with pytest.raises(ExportFileError, match=r"\.csv"):
        write_tickets(tmp_path / "a.pdf", [], zone=WUHAN)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_place_that_cannot_be_written_says_so(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ExportFileError, match="写不了"):
        write_tickets(tmp_path / "无此文件夹" / f"a{suffix}", [TICKET], zone=WUHAN)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "旧")

    def broken() -> Iterator[Appeal]:
        yield TICKET
        raise RuntimeError("断电")

    with pytest.raises(RuntimeError):
        write_tickets(path, broken(), zone=WUHAN)
    assert path.read_text("utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_refused_rows_go_out_as_they_stood_and_come_back_once_put_right(tmp_path: Path) -> None:
    text = "备注,标题,受理时间\n=1,一,2019-03-01\n=2,二,昨天\n,三,2019-03-02,多\n"
    reading = opened(written(tmp_path / "a.csv", text))
    path = tmp_path / "拒收.csv"
    assert write_rejects(path, reading, rejects(reading)) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["备注", "标题", "受理时间", "行号", "拒收原因"],
        ["'=2", "二", "昨天", "3", "受理时间“昨天”不是写明的日期：请写成 2026-11-20 的样子"],
        ["", "三", "2019-03-02", "4", "有4列，表头只有3列；表头以外的内容：多"],
    ]
    path.write_text(path.read_text("utf-8-sig").replace("昨天", "2019-03-01"), "utf-8")
    assert [row.title for row in appeals(opened(path))] == ["二", "三"]


def test_a_row_refused_later_is_found_again_by_its_line(tmp_path: Path) -> None:
    reading = opened(written(tmp_path / "a.csv", "标题,承办单位\n一,无此单位\n"))
    refused = Reject(2, "不认识的承办单位", {"unit": "无此单位"})
    path = tmp_path / "拒收.csv"
    write_rejects(path, reading, [refused])
    assert "一,无此单位,2,不认识的承办单位" in path.read_text("utf-8")


def test_real_tickets_survive_the_way_out_and_back(tmp_path: Path) -> None:
    sent = appeals(opened(real("teddy2020c/示例_附件4_e4.xlsx")))
    for suffix in SUFFIXES:
        path = tmp_path / f"a{suffix}"
        write_tickets(path, sent, zone=WUHAN)
        assert list(map(without_place, appeals(opened(path)))) == list(map(without_place, sent))
