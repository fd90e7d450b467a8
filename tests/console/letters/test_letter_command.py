"""公文 from the command line, as files of Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document

from tests.console.conftest import Duban

LIFT = "WH20261120-00001"


def _text(path: str) -> str:
    document = Document(BytesIO(Path(path).read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_report_goes_up_from_draft_to_its_answer(shell: Duban, tmp_path: Path) -> None:
    refused = shell("letter", "draft", "延期批复", LIFT)
    assert refused.code == 1 and "没有已经批复的延期申请" in refused.err
    assert shell("letter", "draft", "通知", LIFT).code == 2
    said = ("--to", "周正副市长", "--text", "建议专题研究。\n{{7*7}}<b>")
    drafted = shell("letter", "draft", "呈阅件", LIFT, *said, "--json").value[0]
    assert (drafted["status"], drafted["ticket"]) == ("draft", LIFT)
    assert "在办诉求" in str(shell("letter", "check", 1, "--json").value)
    sheet = shell("letter", "sheet", 1, "--out", tmp_path, "--json").value[0]["file"]
    assert "拟发全文" in _text(sheet) and "建议专题研究。" in _text(sheet)
    shell("letter", "edit", 1, "--title", "关于电梯困人的报告")
    assert "重新打印送批" in shell("letter", "sign", 1).err
    signed = shell("letter", "sign", 1, "--as-changed", "--json").value[0]
    assert signed["number"] == "武网呈〔2026〕1号"
    first = shell("letter", "export", 1, "--out", tmp_path / "a", "--json").value[0]["file"]
    told = _text(first)
    assert "{{7*7}}<b>" in told and "签发人：部长张明" in told and "妥否，请批示。" in told
    assert "关于电梯困人的报告" in told and "周正副市长：" in told
    second = shell("letter", "export", 1, "--out", tmp_path / "b", "--json").value[0]["file"]
    assert Path(first).read_bytes() == Path(second).read_bytes()
    answered = shell(
        "letter", "answer", 1, "--leader", "周正", "--text", "请水务局牵头", "--json"
    ).value[0]
    assert answered["answer"] == "请水务局牵头"
    assert shell("letter", "void", 1, "--reason", "重复", "--json").value[0]["status"] == "void"
    listed = shell("letter", "list", "--status", "已作废", "--json").value
    assert [row["id"] for row in listed] == [1]
    void = shell("letter", "export", 1, "--out", tmp_path, "--json").value[0]["file"]
    assert void.endswith("武网呈〔2026〕1号-作废.docx")
