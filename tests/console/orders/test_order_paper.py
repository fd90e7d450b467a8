"""督办单 as it prints, held against GB/T 9704-2012."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from rules.paper import Content, Statement, check_code
from tests.console.papers import ZONE, closed, order_paper, paper, ticket


def _read(told: Content) -> Any:
    return Document(BytesIO(order_paper(told)))


def _text(told: Content) -> str:
    document = _read(told)
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def _run(document: Any, text: str) -> Any:
    return next(r for p in document.paragraphs for r in p.runs if text in r.text)


def test_equal_papers_are_equal_bytes() -> None:
    assert order_paper(paper()) == order_paper(paper())
    assert order_paper(paper()) != order_paper(paper(number="武网督〔2026〕13号"))


def test_the_file_holds_no_time_but_that_of_signing() -> None:
    content = order_paper(paper())
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
    properties = Document(BytesIO(content)).core_properties
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 20, 7, 20)
    assert properties.author == "武汉市网上群众工作部"


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    for section in _read(paper(ticket("1"), ticket("2"))).sections:
        sides = (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.right_margin,
            section.bottom_margin,
        )
        for side, wanted in zip(sides, (210, 297, 37, 28, 26, 35), strict=True):
            assert side == pytest.approx(Mm(wanted), abs=Mm(0.1))


def test_body_is_16_point_fangsong_named_for_chinese_too() -> None:
    run = _run(_read(paper()), "城市留言板")
    fonts = run._r.rPr.rFonts
    assert run.font.size == Pt(16)
    assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) == "仿宋_GB2312"


def test_the_mark_is_red_and_the_title_in_xiaobiaosong_of_22_points() -> None:
    document = _read(paper())
    mark = _run(document, "网上群众工作部督办单")
    assert str(mark.font.color.rgb) == "E60012"
    title = _run(document, "逾期未办结的督办单")
    assert (title.font.size, title.font.name) == (Pt(22), "方正小标宋简体")


def test_the_colour_of_the_order_is_its_level() -> None:
    names = [paper(level=level).line("文种") for level in (1, 2, 3)]
    assert names == ["蓝色督办单", "黄色督办单", "红色督办单"]
    assert paper(kind="notice", name="提示函").line("文种") == "提示函"
    assert "黄色督办单" in _text(paper())


def test_it_tells_the_facts_with_dates_the_demands_and_the_deadline() -> None:
    text = _text(paper())
    for said in (
        "武网督〔2026〕12号",
        "武汉市洪山区人民政府：",
        "2026年11月9日，群众通过城市留言板反映“小区二次供水停水”（工单编号：WH20261109-00123）。",
        "该诉求于11月10日交你单位办理，应于11月17日17:30前办结。",
        "截至2026年11月20日15:20，尚未办结，超期3个工作日。",
        "先后答复1次，其中1次被退回。群众于11月13日对办理结果评价不满意。",
        "1.立即恢复供水。",
        "2.查明原因。",
        "请于2026年11月25日17:30前（3个工作日内）办结并反馈。",
        "（联系人：陈联络，联系电话：027-00000000）",
        "2026年11月20日",
        "武汉市网上群众工作部\t2026年11月20日印发",
        f"核验码　{check_code('武网督〔2026〕12号', '9f' * 32)}",
        "督办单回执",
    ):
        assert said in text


def test_it_holds_no_words_of_machines_and_no_signer_as_it_goes_down() -> None:
    text = _text(paper())
    for machine in ("签发人", "依据", "纸质批件", "经办", "9f9f", "规则第"):
        assert machine not in text


def test_the_file_is_chinese_and_holds_nothing_of_another_maker() -> None:
    with zipfile.ZipFile(BytesIO(order_paper(paper()))) as parts:
        names = parts.namelist()
        settings, styles = (parts.read(f"word/{name}.xml") for name in ("settings", "styles"))
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert b'w:name="compatibilityMode"' in settings and b'w:val="15"' in settings
    assert b'w:eastAsia="zh-CN"' in settings and b'w:eastAsia="zh-CN"' in styles
    assert b"ja-JP" not in settings and len(styles) < 4000


def test_one_appeal_has_no_annex_and_several_have_one_line_each() -> None:
    assert "涉及工单清单" not in _text(paper())
    document = _read(paper(*(ticket(f"T{n}") for n in range(40))))
    annex = document.tables[0]
    assert [row.cells[1].text for row in annex.rows[1:]] == [f"T{n}" for n in range(40)]
    assert annex.rows[0]._tr.trPr.findall(qn("w:tblHeader"))
    assert "附件：1.涉及工单清单（40件）" in _text(paper(*(ticket(f"T{n}") for n in range(40))))


def test_what_went_before_stands_first_and_the_leaders_word_last() -> None:
    before = Statement("followed", "我部以武网督〔2026〕3号督办的事项，你单位尚未反馈。", "前情")
    word = Statement("instructed", "李市长就此件批示：“速办。”", "领导批示")
    text = _text(paper(further=(word, before)))
    places = [text.index(part) for part in (before.text, "群众通过", word.text, "一、督办要求")]
    assert places == sorted(places)


def test_a_flag_is_told_by_its_evidence() -> None:
    line = "2026年10月 中心城区 第7位/共7家，群众满意率70.00%"
    assert line in _text(paper(none=True, evidence=(line,)))


def test_signs_that_no_paper_may_hold_are_left_out() -> None:
    text = _text(paper(ticket(title="停\x07水\u202e了\x1b[31m")))
    assert "停水了" in text and "[31m" not in text


def test_a_finished_appeal_is_not_called_unfinished() -> None:
    done = closed(datetime(2026, 11, 18, 10, tzinfo=ZONE), remaining="超期1个工作日")
    assert "已于11月18日10:00办结，超期1个工作日。" in _text(paper(done))


def test_a_cause_of_two_paragraphs_prints_as_two_each_with_one_stop() -> None:
    told = _read(paper(cause="水泵多次更换后仍停水。\n居民反映强烈", none=True))
    lines = [p.text for p in told.paragraphs]
    first = lines.index("督办事由：水泵多次更换后仍停水。")
    assert lines[first + 1] == "居民反映强烈。"
