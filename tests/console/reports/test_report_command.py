"""民情专报 from the command line: the paper of Word, the ledger, what became of it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from console.paper import lines_of
from tests.console.conftest import Duban

LIFT = "WH20261120-00001"

SAID = ("--to", "市委、市政府领导")


def text_of(path: str) -> str:
    """Return all that stands in a paper."""
    document = Document(BytesIO(Path(path).read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_report_goes_from_the_draft_to_the_ledger(shell: Duban, tmp_path: Path) -> None:
    assert shell("report", "draft", *SAID).code == 2
    assert shell("report", "draft", "--tickets", LIFT, "--category", "甲", *SAID).code == 2
    drafted = shell("report", "draft", "--tickets", LIFT, *SAID, "--json").value[0]
    assert (drafted["status"], drafted["stage"]) == ("draft", "待签发")
    refused = shell("report", "sign", 1)
    assert refused.code == 1 and "还没有写原因和建议" in refused.err
    said = ("--causes", "电梯老旧。\n{{7*7}}<b>", "--proposals", "请尽快更换。")
    shell("report", "amend", 1, *said)
    shown = shell("report", "show", 1, "--json").value
    assert [LIFT] in [one["tickets"] for one in shown["sentences"]]
    sheet = shell("report", "sheet", 1, "--out", tmp_path, "--json").value[0]["file"]
    assert "拟发全文" in text_of(sheet) and "请尽快更换。" in text_of(sheet)
    signed = shell("report", "sign", 1, "--json").value[0]
    assert (signed["number"], signed["stage"]) == ("武网民〔2026〕1号", "待报送")
    first = shell("report", "export", 1, "--out", tmp_path / "a", "--json").value[0]["file"]
    told = text_of(first)
    for words in ("民情专报", "2026年第1期", "{{7*7}}<b>", "一、基本情况", "报：市委、市政府领导"):
        assert words in told
    assert "合计" in told and "100.00%" in told
    second = shell("report", "export", 1, "--out", tmp_path / "b", "--json").value[0]["file"]
    assert Path(first).read_bytes() == Path(second).read_bytes()
    shell("report", "send", 1, "--means", "OA")
    shell("report", "answer", 1, "--leader", "周正", "--text", "请牵头解决", "--limit", "3wd")
    assert shell("report", "list", "--json").value[0]["stage"] == "批示待办"
    shell("report", "adopt", 1, "--text", "列入专题会")
    shell("report", "carry-out", 1, "--text", "已更换")
    done = shell("report", "tell", 1, "--text", "逐件回复", "--json").value[0]
    assert done["stage"] == "已告知群众"
    book = tmp_path / "台账.xlsx"
    ledger = shell("report", "ledger", "--out", book, "--json").value
    [row] = ledger["rows"]
    assert (ledger["model_a_week"], ledger["weeks"][-1]["signed"]) == (5, 1)
    assert row["instructions"][0]["leader"] == "周正" and row["instructions"][0]["done"]
    cells = [c.value for line in load_workbook(book)["民情报告台账"].iter_rows() for c in line]
    assert any("周正：请牵头解决" in str(cell) for cell in cells)
    assert shell("report", "ledger", "--out", tmp_path / "台账.csv").code == 0
    assert "已更换" in (tmp_path / "台账.csv").read_text("utf-8-sig")
    assert shell("report", "ledger", "--out", tmp_path / "台账.pdf").code == 2


def test_the_curve_is_a_chart_of_the_paper(shell: Duban, tmp_path: Path) -> None:
    listed = shell("queue", "--state", "all", "--json").value["rows"]
    numbers = ",".join(row["number"] for row in listed if row["kind"] == "ticket")
    said = ("--causes", "原因", "--proposals", "建议")
    shell("report", "draft", "--tickets", numbers, *SAID, *said)
    shell("report", "sign", 1)
    [file] = shell("report", "export", 1, "--out", tmp_path, "--json").value
    content = Path(file["file"]).read_bytes()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        chart = packed.read("word/charts/chart1.xml").decode()
        assert "chart1.xml" in packed.read("[Content_Types].xml").decode()
    assert "前四周周均" in chart and "lineChart" in chart
    assert any(line.text.startswith("〔图〕趋势图：") for line in lines_of(content, 60))


@pytest.mark.parametrize("words", [("--means", "电话"), ("--means", "")])
def test_a_report_is_sent_only_in_ways_there_are(shell: Duban, words: tuple[str, str]) -> None:
    said = ("--causes", "原因", "--proposals", "建议")
    shell("report", "draft", "--tickets", LIFT, *SAID, *said)
    shell("report", "sign", 1)
    refused = shell("report", "send", 1, *words)
    assert refused.code == 1 and "报送方式只能是" in refused.err


def test_the_daily_brief_is_one_page_of_word_or_markdown(shell: Duban, tmp_path: Path) -> None:
    told = shell("report", "daily", "--json").value
    assert [part["heading"][:2] for part in told["parts"]] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
    shell("report", "daily", "--out", tmp_path / "快报.docx")
    assert f"受理{told['received']}件" in text_of(str(tmp_path / "快报.docx"))
    shell("report", "daily", "--date", told["date"], "--out", tmp_path / "快报.md")
    assert "## 三、红黄件" in (tmp_path / "快报.md").read_text("utf-8")
    assert shell("report", "daily", "--date", "昨天").code == 2
    assert shell("report", "daily", "--out", tmp_path / "a.txt").code == 2
