"""``duban policy draft``: from a rule's text to a file that cannot be loaded unchecked."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.console.conftest import Duban

LINES = ("某市热线办理办法", "第八条 承办单位应当在7个工作日内办结。", "第九条 应当及时联系群众。")


def test_a_draft_is_checked_by_a_person_before_it_is_loaded(duban: Duban, tmp_path: Path) -> None:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(tmp_path / "办法.docx"))
    answer = duban("policy", "draft", tmp_path / "办法.docx")
    assert "草拟1项，不能表达1处" in answer.err
    file = tmp_path / "规则.toml"
    file.write_text(answer.out, encoding="utf-8")
    assert "还没有人核对" in duban("policy", "check", file).out
    refused = duban("policy", "load", file, "--reason", "试")
    assert (refused.code, refused.out) == (1, "")
    assert "删去 draft 一行再装入" in refused.err


def test_a_draft_for_a_program_names_clause_and_doubt(duban: Duban, tmp_path: Path) -> None:
    page = tmp_path / "办法.html"
    page.write_text("".join(f"<p>{line}</p>" for line in LINES), encoding="utf-8")
    told = duban("policy", "draft", page, "--json").value
    assert told["title"] == LINES[0]
    assert told["found"] == [
        {
            "key": "close",
            "value": "7wd",
            "for": {},
            "place": "第八条",
            "clause": "承办单位应当在7个工作日内办结。",
        }
    ]
    assert [(each["place"], each["clause"]) for each in told["unsaid"]] == [
        ("第九条", "应当及时联系群众。")
    ]


def test_a_file_without_a_limit_says_what_to_give(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "信.txt"
    file.write_text("各单位：请认真学习。", encoding="utf-8")
    answer = duban("policy", "draft", file)
    assert (answer.code, answer.out) == (1, "")
    assert "没有读到时限：请给办法的全文" in answer.err
