"""``duban insight``: a week, a month or some days; in words, as JSON and as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.console.conftest import Duban

HEAD = "工单编号,来源渠道,标题,内容,类别,被反映对象,联系电话,受理时间\n"


def _rows() -> str:
    usual = [
        f"U{month}{day},12345电话,占道,占道经营{month}{day},城市管理,,,2026-{month}-{day:02} 09:00"
        for month in ("09", "10")
        for day in range(1, 31)
    ]
    burst = [
        f"B{n},{'微信' if n % 2 else '12345电话'},停水,停水第{n}回,公用事业/供水,=水务公司,"
        f"1387123{n:04},2026-11-1{n % 4} 09:00"
        for n in range(12)
    ]
    return HEAD + "\n".join((*usual, *burst)) + "\n"


@pytest.fixture
def found(shell: Duban, tmp_path: Path) -> Duban:
    """Return the shell of a store with a burst at one firm in the week of 9 November 2026."""
    file = tmp_path / "more.csv"
    file.write_text(_rows(), encoding="utf-8")
    assert shell("import", file).code == 0
    return shell


def test_a_week_is_told_in_words_as_json_and_as_files(found: Duban, tmp_path: Path) -> None:
    answer = found("insight")
    assert answer.code == 0
    assert "11月9日至11月15日" in answer.out and "发现1条" in answer.out
    assert "=水务公司" in answer.out and "即可发现" in answer.out
    [finding] = found("insight", "--week", "2026-W46", "--json").value["findings"]
    assert finding["count"] == 12 and len(finding["ticket_ids"]) == 12
    assert finding["signs"][:2] == ["new", "rises"]
    assert sum(finding["curve"].values()) == 12
    assert finding["known_on"] == "2026-11-11"
    text, book = tmp_path / "民情.csv", tmp_path / "民情.xlsx"
    for out in (text, book):
        assert found("insight", "--days", "14", "--out", out).code == 0
    head, line = text.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("名称,") and line.startswith("'=水务公司")
    cell = load_workbook(book)["民情"]["A4"]
    assert (cell.value[:5], cell.data_type) == ("=水务公司", "s")


def test_what_cannot_be_looked_at_is_refused_in_a_line(shell: Duban) -> None:
    for words, told in (
        (("--week", "last", "--days", "7"), "只能写一个"),
        (("--week", "2026-W50"), "还没有开始"),
        (("--out", "a.pdf"), ".xlsx .csv"),
    ):
        answer = shell("insight", *words)
        assert answer.code != 0
        assert told in answer.err and answer.err.count("\n") == 1
