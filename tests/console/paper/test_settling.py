"""The end of a paper: its pages reckoned, its slip on one face or two, its imprint at the foot."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from console.paper.defaults import default_template
from console.paper.filling import Form
from console.paper.page import LEFT, LINE, OfficialPage, Span
from console.paper.reckoning import blocks_of, line_count, reckon
from console.paper.settling import settle
from rules.paper import FIELDS, Content, Value
from rules.paper.fields import EMPTY
from tests.console.papers import SIGNED, paper, ticket


def _filled(told: Content) -> Any:
    filled = Form(default_template(told.kind), told.kind).fill(told.values, told.at)
    return Document(BytesIO(filled))


def _page() -> OfficialPage:
    return OfficialPage("", "", SIGNED)


def _reckoned(page: OfficialPage) -> tuple[int, int]:
    found = reckon(list(blocks_of(list(page.document.element.body))))
    return found.pages, round(found.room / LINE)


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (22, 1), (23, 2), (44, 2), (45, 3)])
def test_a_page_holds_22_lines(lines: int, pages: int) -> None:
    page = _page()
    page.body("字" * (26 + 28 * (lines - 1)))
    assert _reckoned(page)[0] == pages


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("字" * 28, 1),
        ("字" * 29, 2),
        ("字" * 28 + "。", 2),
        ("a" * 57, 1),
        ("a" * 58, 2),
        ("字" * 27 + "12", 2),
    ],
)
def test_a_line_holds_28_characters_and_begins_with_no_stop(text: str, lines: int) -> None:
    page = _page()
    assert line_count(page.paragraph(text, align=LEFT)._p, 156 / 25.4 * 72) == lines


def test_what_must_stay_together_goes_over_together() -> None:
    page = _page()
    page.body("字" * (26 + 28 * 19))
    page.heading("一、要求")
    page.paragraph("署名", together=True)
    page.paragraph("日期")
    assert _reckoned(page) == (2, 19)


def test_no_page_ends_a_table_with_a_single_row() -> None:
    raised = 0
    for count in range(8, 14):
        told = paper(*(ticket(f"T{n}", title="字" * 36) for n in range(count)))
        (table, *_) = _filled(told).tables
        before = [one for one in table._tbl.itersiblings(preceding=True)][3::-1]
        blocks = list(blocks_of([*before, table._tbl]))
        assert reckon(blocks).pages == reckon(blocks[:-1]).pages
        raised += table.rows[-2].height is not None
    assert raised == 1


def _types(document: Any) -> list[str | None]:
    found = [section._sectPr.find(qn("w:type")) for section in document.sections]
    return [None if one is None else one.get(qn("w:val")) for one in found]


def test_the_slip_takes_two_faces_after_an_even_number_of_pages_and_one_after_an_odd() -> None:
    two = _filled(paper())
    assert len(two.tables) == 2 and _types(two)[-1] == "evenPage" and len(two.sections) == 3
    one = _filled(paper(ticket("1"), ticket("2")))
    assert [len(table.columns) for table in one.tables] == [7, 4]
    assert _types(one)[-1] == "evenPage" and len(one.sections) == 3


def test_every_section_has_its_page_numbers_also_where_an_annex_is_dropped() -> None:
    for told in (paper(), paper(ticket("1"), ticket("2"))):
        first = _filled(told).sections[0]._sectPr
        assert len(first.findall(qn("w:footerReference"))) == 2


def test_the_imprint_is_the_last_that_is_printed_and_stands_in_one_frame() -> None:
    body = _filled(paper(copies=("市信访局",))).element.body
    framed = [
        p for p in body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:framePr')}") is not None
    ]
    shapes = {tuple(sorted(p.pPr.find(qn("w:framePr")).items())) for p in framed}
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in framed]
    assert len(shapes) == 1
    assert texts[1] == "抄送：市信访局。"
    assert body[-3] is framed[-1]


ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "overflowPunct spacing ind jc rPr sectPr"
)


def test_properties_of_paragraphs_stand_in_the_order_of_the_schema() -> None:
    names = [qn(f"w:{name}") for name in ORDER.split()]
    for told in (paper(), paper(ticket("1"), ticket("2"), copies=("市信访局",))):
        for shape in _filled(told).element.body.iter(qn("w:pPr")):
            order = [names.index(one.tag) for one in shape]
            assert order == sorted(order)


def test_a_letter_ends_on_its_last_page_and_its_first_bears_no_number() -> None:
    told = Content("ruling", {**_letter(), "情况表题": ""}, at=SIGNED)
    (section,) = _filled(told).sections
    assert section.different_first_page_header_footer and section.even_page_footer.paragraphs
    with_table = _filled(Content("ruling", {**_letter(), "情况表题": "办理情况表"}, at=SIGNED))
    marks = [one.different_first_page_header_footer for one in with_table.sections]
    assert marks == [True, False] and "evenPage" not in _types(with_table)


def test_the_end_of_a_letters_table_goes_over_with_copies_that_find_no_room() -> None:
    rows = tuple({"序号": str(n), "项目": "字", "情况": "字"} for n in range(1, 24))
    told = {**_letter(), "情况表题": "办理情况表", "情况表": rows, "抄送": "某某单位，" * 30}
    (table,) = _filled(Content("ruling", told, at=SIGNED)).tables
    before = [one for one in table._tbl.itersiblings(preceding=True)][2::-1]
    blocks = list(blocks_of([*before, table._tbl]))
    assert [reckon(blocks[: len(blocks) - n]).pages for n in (0, 1, 2)] == [2, 2, 1]


def _letter() -> dict[str, Value]:
    return {field.word: EMPTY[field.form] for field in FIELDS["ruling"]} | {
        "文号": "武网督〔2026〕1号",
        "标题": ("关于甲的分歧裁定书",),
        "事实": ("甲。",),
        "成文日期": "2026年11月20日",
    }


def test_the_last_paragraph_stays_with_the_signature_whatever_template_it_is_of() -> None:
    page = _page()
    page.body("正文。")
    page.blank(together=True)
    page.signature("某部", "2026年11月20日")
    page.imprint(Span("核验码"))
    page.end()
    settle(page.document.element)
    first = page.document.paragraphs[0].paragraph_format
    assert first.keep_with_next and first.keep_together
