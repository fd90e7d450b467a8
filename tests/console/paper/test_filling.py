"""A template filled: values print whole, lists repeat, equal contents give equal bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from console.paper.defaults import DRAWINGS, default_template
from console.paper.filling import Form
from rules.errors import Refused
from rules.paper import FIELDS, PAPER_KINDS
from tests.console.paper.forms import AT, template, text_of, values

HOSTILE = "甲<乙>&\"'“引”{{ 7*7 }}{_{ x }_}{% if %}]]><w:p/>&#10;${x}=cmd|' /C calc'!A0"


def _filled(base: bytes, **changes: Any) -> str:
    return text_of(Form(base, "order").fill(values(**changes), AT))


def test_every_kind_has_fields_a_name_and_a_template_that_uses_the_fields_it_needs() -> None:
    assert set(DRAWINGS) == set(FIELDS) == set(PAPER_KINDS)
    for kind, fields in FIELDS.items():
        form = Form(default_template(kind), kind)
        assert {field.word for field in fields if field.needed} <= form.words
        told = text_of(form.fill(values(kind), AT))
        assert "{" not in told
        assert all(f"某{f.word}" in told for f in fields if f.form == "line" and f.needed)


def test_templates_are_drawn_as_the_same_bytes_every_time() -> None:
    first = default_template("order")
    default_template.cache_clear()
    assert default_template("order") == first


def test_equal_contents_are_equal_bytes() -> None:
    base = default_template("order")
    first = Form(base, "order").fill(values(), AT)
    assert Form(base, "order").fill(values(), AT) == first
    assert Form(base, "order").fill(values(文号="别的"), AT) != first


@pytest.mark.parametrize("hostile", [HOSTILE, "a\nb\tc", "{{", "%}", "</w:t>", "\ufffe\uffffok"])
def test_a_hostile_value_prints_whole_and_as_text(hostile: str) -> None:
    told = _filled(default_template("order"), 主送=hostile, 事实=(hostile,))
    wanted = hostile.replace("\t", " ").replace("\ufffe", "").replace("\uffff", "")
    assert f"{wanted}：" in told and told.count(wanted) >= 2


def test_signs_that_steer_what_shows_them_are_left_out() -> None:
    told = _filled(template("{{ 主送 }}"), 主送="停\x07水\u202e了\x1b[31m\x00\ud800")
    assert "停水了" in told and "[31m" not in told


def test_a_list_prints_as_lines_and_paragraphs_are_repeated_for_it() -> None:
    assert "标题第一行\n标题第二行" in _filled(template("{{ 标题 }}"))
    told = _filled(template("{%p for 段 in 事实 %}", "（{{ 段 }}）", "{%p endfor %}", "完"))
    assert told == "（事实第一行）\n（事实第二行）\n完"


def test_rows_are_repeated_for_a_list_and_a_cell_left_empty_stays_a_cell() -> None:
    def rows(document: Any) -> None:
        table = document.add_table(rows=3, cols=2)
        table.rows[0].cells[0].text = "{%tr for 行 in 诉求清单 %}"
        table.rows[1].cells[0].text = "{{ 行.工单编号 }}"
        cell = table.rows[1].cells[1]
        cell.text = "{%p if 行.序号 == '序号一' %}"
        cell.add_paragraph("首件")
        cell.add_paragraph("{%p endif %}")
        table.rows[2].cells[0].text = "{%tr endfor %}"

    paper = Form(template(change=rows), "order").fill(values(), AT)
    found = [[c.text for c in row.cells] for row in Document(BytesIO(paper)).tables[0].rows]
    assert found == [["工单编号一", "首件"], ["工单编号二", ""]]


def test_a_tag_that_word_split_over_runs_is_one_tag() -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph()
        for piece in ("{", "{ 文", "号 }", "}"):
            paragraph.add_run(piece).bold = piece == "{"

    assert _filled(template(change=split)) == "某文号"


def test_head_foot_and_notes_are_filled_as_well() -> None:
    def head(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ 文号 }}"

    paper = Form(template("正文", change=head), "order").fill(values(), AT)
    assert Document(BytesIO(paper)).sections[0].header.paragraphs[0].text == "某文号"


def test_the_properties_name_what_who_and_when() -> None:
    told = values(标题=("关于“甲<乙>”", "的督办单"), 印发机关="某部")
    document = Document(BytesIO(Form(default_template("order"), "order").fill(told, AT)))
    core = document.core_properties
    assert core.title == "关于“甲<乙>”的督办单"
    assert core.author == core.last_modified_by == "某部"
    assert core.created == core.modified == AT.replace(second=0)


@pytest.mark.parametrize(("name", "scale"), [("某部督办单", 80), ("某" * 13, 80), ("某" * 30, 60)])
def test_the_mark_is_as_large_as_one_line_allows(name: str, scale: int) -> None:
    paper = Form(default_template("order"), "order").fill(values(机关标志=name), AT)
    document: Any = Document(BytesIO(paper))
    run = next(r for p in document.paragraphs for r in p.runs if name in r.text)
    assert run._r.rPr.find(qn("w:w")).get(qn("w:val")) == str(scale)
    assert len(name) * run.font.size.pt * scale / 100 <= 442.3


def test_the_name_stands_centred_over_the_date() -> None:
    told = values(署名="某某市某部", 成文日期="2026年11月20日")
    document: Any = Document(BytesIO(Form(default_template("order"), "order").fill(told, AT)))
    name = next(p for p in document.paragraphs if p.text == "某某市某部")
    date = next(p for p in document.paragraphs if p.text == "2026年11月20日")
    width = 16 * 3 + 8 * 8
    assert date.paragraph_format.right_indent.pt == 64
    assert name.paragraph_format.right_indent.pt == 64 + width / 2 - 5 * 16 / 2


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["{{ 主送机构 }}"], "{{ 主送机构 }} 不是督办单的字段，最接近的是 主送"),
        (["{%p for 行 in 诉求清单 %}", "{{ 行.诉求 }}", "{%p endfor %}"], "最接近的是 诉求事项"),
        (["{%p for 行 in 诉求清单 %}", "{{ 行.诉求事项 }}"], "是否有 endfor"),
        (["{{ 文号"], "是否成对"),
        (["{%p for 字 in 文号 %}", "{{ 字 }}", "{%p endfor %}"], "不能循环"),
        (["{%p if 抄送 %}", "{{ 抄送 }} {% endif %}{% if 抄送 %}", "{%p endif %}"], ""),
    ],
)
def test_a_mistake_in_a_template_is_told_in_one_line(paragraphs: list[str], told: str) -> None:
    if not told:
        assert _filled(template(*paragraphs)) == "某抄送 "
        return
    with pytest.raises(Refused) as refused:
        Form(template(*paragraphs), "order")
    assert told in str(refused.value) and "\n" not in str(refused.value)
