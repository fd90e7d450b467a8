"""The ranking as bulletin, workbook and text; the ledger."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from docx import Document

from console.orders.exports import ledger_workbook, marked_copy
from console.paper import press, void_copy
from console.ranking.edition import BULLETIN, FORMS, render_edition, render_one
from console.ranking.passages import VARIANTS
from models import orders
from models.ranking.editions import EditionView
from models.store.store import Store
from models.tables.tickets import Person, Ticket
from rules.errors import DubanError
from tests.conftest import NOW
from tests.console.editions import edition
from tests.console.papers import SIGNED
from tests.console.sheets import opened
from tests.models.rounds import put_round

EVIL = '=HYPERLINK("http://x","y")'


def _csv(view: EditionView) -> list[list[str]]:
    return list(csv.reader(StringIO(render_one(view, ".csv").decode("utf-8-sig"))))


def _book(content: bytes) -> Any:
    return opened(content)


@pytest.mark.parametrize("suffix", [BULLETIN, *FORMS])
def test_equal_editions_are_equal_bytes(suffix: str) -> None:
    assert render_one(edition("甲", "乙"), suffix) == render_one(edition("甲", "乙"), suffix)


def test_a_publication_has_every_form_under_one_name() -> None:
    names = list(render_edition(edition("甲", "乙")))
    bulletins = [f"2026年10月群众诉求办理情况通报_第10期_{name}.docx" for name in VARIANTS.values()]
    assert names == [*bulletins, *(f"2026年10月群众诉求办理情况排名_第10期{s}" for s in FORMS)]


def test_an_unknown_suffix_is_refused_with_those_there_are() -> None:
    with pytest.raises(DubanError, match=r"\.xlsx"):
        render_one(edition("甲"), ".pdf")


def test_the_csv_begins_with_a_mark_and_has_a_line_a_unit() -> None:
    view = edition("甲", "乙", "丁", "丙")
    assert render_one(view, ".csv").startswith(b"\xef\xbb\xbf")
    head, *lines = _csv(view)
    assert [line[head.index("单位")] for line in lines] == ["甲", "乙", "丁", "丙"]
    assert [line[head.index("位次")] for line in lines] == ["1", "2", "3", ""]
    assert lines[0][head.index("群众满意率")] == "95.00%"
    assert lines[0][head.index("核实后群众满意率")] == "100.00%"
    assert lines[1][head.index("核实后群众满意率")] == "94.74%"
    assert lines[1][head.index("改评")] == "0" and lines[1][head.index("剔除")] == "1"
    assert lines[0][head.index("升降")] == "升1"
    assert "样本不足" in lines[3][head.index("说明")]


@pytest.mark.parametrize("name", [EVIL, "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"])
def test_no_cell_of_a_text_file_can_run(name: str) -> None:
    head, first, *_ = _csv(edition(name, "乙"))
    assert first[head.index("单位")].startswith("'")


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    book = _book(render_one(edition(EVIL, "乙"), ".xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert any(c.value == EVIL for c in cells)
    assert {c.data_type for c in cells if c.value is not None} <= {"s", "n"}
    assert not any(c.hyperlink for c in cells)


def test_the_workbook_keeps_rates_as_numbers_and_has_a_sheet_of_definitions() -> None:
    book = _book(render_one(edition("甲", "乙"), ".xlsx"))
    assert book.sheetnames == ["中心城区", "走势", "图", "指标说明"]
    sheet = book["中心城区"]
    head = [c.value for c in sheet[3]]
    rate = sheet[4][head.index("群众满意率")]
    assert (rate.value, rate.number_format) == (0.95, "0.00%")
    notes = "\n".join(str(row[0].value) for row in book["指标说明"].iter_rows())
    assert "群众满意率：" in notes
    assert "cd" * 32 in notes


def test_the_workbook_draws_the_rates_of_each_group_and_shades_those_that_fail() -> None:
    book = _book(render_one(edition(*(f"单位{n}" for n in range(40))), ".xlsx"))
    drawn = [chart.series[0].val.numRef.f for chart in book["图"]._charts]
    assert drawn == ["中心城区!$D$4:$D$23", "中心城区!$D$24:$D$42", "走势!$B$3:$B$4"]
    assert list(book["走势"].values)[2:] == [("2026-09", 110, 80), ("2026-10", 100, 90)]
    sheet = book["中心城区"]
    shaded = {
        rule.formula[0]
        for found in sheet.conditional_formatting
        for rule in found.rules
        if rule.type == "expression"
    }
    assert shaded == {'LEFT($U4,3)="不合格"'} and sheet["U3"].value == "等次"
    assert sheet.column_dimensions["W"].outlineLevel == 1 and "$V$" in sheet.print_area


def test_a_small_group_stands_with_its_rates_and_without_places() -> None:
    text = render_one(edition("甲", "乙", "丙"), ".md").decode()
    assert "同组评价够数的不足3家" in text and "末位" not in text


def test_an_edition_of_before_anything_was_verified_says_so_and_leaves_the_cells_empty() -> None:
    view = edition("甲", "乙")
    old = [replace(s, tally=replace(s.tally, excluded=0), verified_rate=None) for s in view.rows]
    before = replace(view, rows=tuple(old))
    head, first, *_ = _csv(before)
    assert [first[head.index(name)] for name in ("核实后群众满意率", "改评", "剔除")] == [
        "",
        "",
        "",
    ]
    text = _docx_text(render_one(before, ".docx"))
    assert "本期发布时未计核实后的数。" in text
    assert "经核实改评" not in text and "截至编制时，核实后仍不满意" not in text


def test_a_draft_says_that_it_is_one() -> None:
    for suffix, decode in ((".md", bytes.decode), (".docx", _docx_text)):
        text = decode(render_one(edition("甲", published=False), suffix))
        assert "核对稿（未发布）" in text


def test_markdown_cells_stay_cells() -> None:
    text = render_one(edition("甲|乙<b>", "丙"), ".md").decode()
    assert "甲\\|乙&lt;b>" in text


def _docx_text(content: bytes) -> str:
    return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)


def _signed(store: Store, **changes: Any) -> int:
    ticket, _ = put_round(store, "T1", 5, received_at=NOW, title="停水")
    with store.writing() as work:
        work.insert(Person, ticket_id=ticket, phone="13871234567")
        work.update(Ticket, ticket, 1, **changes)
    [draft] = orders.draft(store, [ticket]).orders
    [order] = orders.sign(
        store, [draft.id], signer=store.policy.leaders[0].name, basis="paper", press=press()
    )
    return order.id


def _ledger(store: Store, *ids: int) -> Any:
    with store.reading() as reader:
        lines = orders.ledger_lines(reader, ids)
    content = ledger_workbook(lines, bureau="部", made=SIGNED, local=store.timekeeper().local)
    return _book(content)["督办台账"]


def test_the_ledger_has_24_columns_and_a_line_an_appeal(store: Store) -> None:
    sheet = _ledger(store, _signed(store, content=f"{EVIL} 电话13871234567"))
    head = [c.value for c in sheet[3]]
    line = dict(zip(head, (c.value for c in sheet[4]), strict=True))
    assert len(head) == 24
    assert (line["转办单工单编号"], line["线上督办单编号"]) == ("T1", "武网督〔2026〕1号")
    assert line["联系号码"] == "138****4567"
    assert line["诉求内容"] == f"{EVIL} 电话138****4567"
    assert (line["处理结果"], line["是否为最终办理结果"]) == ("待送达", "否")
    assert sheet[4][head.index("诉求内容")].data_type == "s"
    planned = sheet[4][head.index("计划完成时间（非最终结果填）")]
    assert isinstance(planned.value, datetime) and planned.number_format == "yyyy-mm-dd hh:mm"
    shaded = {str(found.sqref) for found in sheet.conditional_formatting}
    assert shaded == {planned.coordinate} and sheet.print_title_cols == "$A:$B"


def test_a_void_order_waits_for_nothing_in_the_ledger(store: Store) -> None:
    order_id = _signed(store)
    assert orders.follow(store, "void", [order_id], reason="发错").done == (order_id,)
    sheet = _ledger(store, order_id)
    line = {cell.value: sheet.cell(4, cell.column).value for cell in sheet[3]}
    assert (line["处理结果"], line["计划完成时间（非最终结果填）"]) == ("已作废", None)


def test_a_confidential_appeal_stands_in_the_ledger_without_its_words(store: Store) -> None:
    sheet = _ledger(store, _signed(store, confidential=True, content="举报张某"))
    line = [str(c.value) for c in sheet[4]]
    assert "（保密件，内容保密）" in line
    assert not any("举报张某" in cell or "138" in cell for cell in line)


def test_every_export_is_the_signed_document_itself_and_recorded(store: Store) -> None:
    order_id = _signed(store)
    name, content = orders.export_paper(store, order_id, void_copy)
    assert (name, content) == orders.export_paper(store, order_id, void_copy)
    assert "武网督〔2026〕1号" in _docx_text(content)
    assert _exports(store) == ["order.export", "order.export"]


def test_a_marked_copy_is_a_file_of_its_own_with_its_serial(store: Store) -> None:
    order_id = _signed(store)
    names = [orders.export_copy(store, order_id, marked_copy, void_copy) for _ in range(2)]
    assert {name for name, _ in names} == {"武网督〔2026〕1号-副本.docx"}
    for serial, (_, content) in enumerate(names, 1):
        section = Document(BytesIO(content)).sections[0]
        for header in (section.header, section.even_page_header):
            assert f"副本第{serial}号" in header.paragraphs[0].text
    assert _exports(store) == ["order.copy", "order.copy"]


def _exports(store: Store) -> list[str]:
    sql = "SELECT verb FROM event WHERE verb IN ('order.export', 'order.copy') ORDER BY seq"
    with store.reading() as reader:
        return [verb for (verb,) in reader.rows(sql)]
