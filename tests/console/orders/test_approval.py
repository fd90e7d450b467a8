"""The sheet a draft is approved on, and the mark of a void paper, as they are printed."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from docx import Document

from console.orders.approval import sheet_paper
from console.paper import void_copy
from models.orders import Draft, Sheet, SheetForm, VoidMark
from tests.console.conftest import Duban
from tests.console.papers import order_paper, paper, ticket

AT = datetime(2026, 11, 20, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai"))

EVIL = "{{7*7}} <w:p/> =1+1"


def sheet(**form: str) -> Sheet:
    words = ("order", 1, "洪山区", EVIL)
    draft = Draft(
        "order", 3, 2, "草稿#3", "督办单", EVIL, "洪山区", "市委督查室", "李四", AT, words
    )
    return Sheet("部", draft, SheetForm(**form), AT, "李四", AT)


def text_of(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_sheet_leaves_room_for_the_pens_and_prints_the_whole_text() -> None:
    told = sheet(opinion=f"拟同意。\n{EVIL}", urgency="特急")
    issued = order_paper(paper(ticket(), ticket()))
    document = Document(BytesIO(sheet_paper(told, issued)))
    printed = text_of(document)
    for word in (
        "缓急",
        "密级",
        "份数",
        "签发",
        "会签",
        "核稿",
        "拟稿",
        "主送",
        "抄送",
        "拟办意见",
    ):
        assert word in printed
    for said in (EVIL, "特急", "市委督查室", "李四\n2026年11月20日", "第2版"):
        assert said in printed
    assert "一、督办要求" in printed and "涉及工单清单" in printed
    for header in (document.sections[0].header, document.sections[0].even_page_header):
        assert told.draft.digest[:16] in header.paragraphs[0].text


def test_a_void_paper_says_so_on_every_page_of_every_section() -> None:
    mark = VoidMark("武网督〔2026〕12号", AT, EVIL)
    document = Document(BytesIO(void_copy(order_paper(paper(ticket(), ticket())), mark)))
    assert len(document.sections) > 1
    for section in document.sections:
        for header in (section.header, section.even_page_header):
            assert "武网督〔2026〕12号已于2026年11月20日作废" in header.paragraphs[0].text
            assert EVIL in header.paragraphs[0].text
            assert 'string="作废"' in header._element.xml


def test_what_is_signed_is_what_was_printed(shell: Duban, tmp_path: Any) -> None:
    shell("order", "draft", "--tickets", "WH20261120-00001")
    answer = shell("order", "sheet", 1, "--out", tmp_path, "--opinion", "拟同意", "--json").value
    assert answer[0]["file"].endswith("发文稿纸-草稿#1-第1版.docx")
    assert shell("order", "sign", 1).code == 0
    assert "不是草稿" in shell("order", "sheet", 1, "--out", tmp_path).err
    shell("order", "void", 1, "--reason", "重复")
    exported = shell("order", "export", 1, "--out", tmp_path, "--json").value[0]["file"]
    assert exported.endswith("武网督〔2026〕1号-作废.docx")
