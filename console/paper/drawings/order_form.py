"""The template of an order and of the other papers that go down to a unit, with their annexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Mm

from console.paper.drawings.heads import draw_end, draw_head, draw_imprint
from console.paper.drawings.tags import NEVER, each, row_tag, value, where
from console.paper.page import (
    CENTRE,
    LEFT,
    RIGHT,
    SPREAD,
    TITLE,
    OfficialPage,
    Span,
    fill_cell,
)
from console.paper.writing import BIAO, FANG, HEI, KAI

TICKET_WIDTHS = (9, 29, 35, 18, 19, 19, 27)

TICKET_HEAD = ("序号", "工单编号", "诉求事项", "来源渠道", "受理日期", "办结时限", "办理情况")

DERIVATION_WIDTHS = (36, 52, 68)


def draw_order(name: str, demands: str = "督办要求") -> OfficialPage:
    """Draw a paper to a unit called ``name``: facts, demands, the day to answer, its annexes."""
    page = OfficialPage(name, "", NEVER)
    draw_head(page)
    for field in ("前情", "事实", "领导批示"):
        with each(page, "段", field) as paragraph:
            page.body(paragraph)
    page.heading(f"一、{demands}")
    with each(page, "项", "督办要求") as demand:
        page.body(value("loop.index") + "." + demand)
    page.heading("二、反馈时限")
    page.body(value("限时要求"))
    page.heading("三、反馈要求")
    page.closing(
        f"办理结果经主要负责人审签并加盖公章后，连同《{name}回执》和佐证材料书面报送我部。"
        + value("结语")
    )
    draw_end(page)
    draw_tickets(page)
    draw_derivations(page)
    draw_slip(page, name)
    draw_imprint(page)
    return page


def draw_tickets(page: OfficialPage) -> None:
    """Draw the annex of the appeals, one row each (7.3.4)."""
    with where(page, "清单附件号"):
        _annex_head(page, "清单附件号", "涉及工单清单")
        told = f"（{value('文号')}，{value('主送')}，共{value('件数')}）"
        page.paragraph(Span(told, KAI, 12), align=CENTRE, after=6, line=22)
        page.table(
            TICKET_WIDTHS,
            (
                TICKET_HEAD,
                row_tag("for 行 in 诉求清单", len(TICKET_HEAD)),
                [value(f"行.{column}") for column in TICKET_HEAD],
                row_tag("endfor", len(TICKET_HEAD)),
            ),
            size=9,
            aligns=(CENTRE, CENTRE, LEFT, CENTRE, CENTRE, CENTRE, CENTRE),
        )


def draw_derivations(page: OfficialPage) -> None:
    """Draw the annex of how deadlines were reckoned: a head row an appeal, a row a day."""
    with where(page, "核算单附件号"):
        _annex_head(page, "核算单附件号", "办结时限核算单")
        with where(page, "核算单附注"):
            note = Span("（" + value("核算单附注") + "）", KAI, 12)
            page.paragraph(note, align=CENTRE, after=6, line=22)
        table = page.table(
            DERIVATION_WIDTHS,
            (
                row_tag("for 行 in 核算单", 3),
                row_tag("if 行.抬头", 3),
                ("", "", ""),
                row_tag("else", 3),
                [value(f"行.{column}") for column in ("日期", "名称", "说明")],
                row_tag("endif", 3),
                row_tag("endfor", 3),
            ),
            head=False,
            size=9,
            aligns=(CENTRE, LEFT, LEFT),
        )
        _span_row(table.rows[2], Span(value("行.抬头"), KAI, 12))


def draw_slip(page: OfficialPage, name: str) -> None:
    """Draw the slip the unit sends back, on a page of its own."""
    with where(page, "回执附件号"):
        page.page_break()
        page.paragraph(Span(value("回执附件号"), HEI), align=LEFT)
        page.paragraph(Span(f"{name}回执", BIAO, TITLE), align=CENTRE, line=35, after=6)
        grid = page.table((30, 48, 30, 48), [[""] * 4] * 8, head=False, size=12)
        for row, height in zip(grid.rows, (10, 10, 12, 10, 36, 24, 16, 22), strict=True):
            row.height = Mm(height)
        _fields(grid.rows[0], f"{name}文号", value("文号"), "反馈时限", value("反馈期限"))
        _fields(grid.rows[1], "承办单位", value("主送"), "工单件数", value("件数"))
        _wide(grid.rows[2], "事项", "{{ 标题|join }}")
        _fields(grid.rows[3], "签收人", "", "签收时间", "")
        for at, field in ((4, "办理结果"), (5, "整改措施"), (6, "群众回访\n情况")):
            _wide(grid.rows[at], field, "")
        sign = "签字（盖章）：　　　　　　　　　　年　　月　　日"
        _wide(grid.rows[7], "主要负责人\n审签", sign, RIGHT)
        told = (
            f"说明：本回执请于{value('反馈期限')}前随办理情况报告送{value('印发机关')}；"
            "签收栏请在收到当日填写并先行传回。"
        )
        page.paragraph(Span(told, FANG, 10.5), align=SPREAD, before=6, line=18)


def _annex_head(page: OfficialPage, label: str, title: str) -> None:
    page.page_break()
    page.paragraph(Span(value(label), HEI), align=LEFT)
    page.blank()
    page.paragraph(Span(title, BIAO, TITLE), align=CENTRE, line=35)


def _fields(row: Any, *texts: str) -> None:
    for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        face = HEI if n % 2 == 0 else FANG
        fill_cell(cell, [Span(text, face, 12)], CENTRE if n % 2 == 0 else LEFT)


def _wide(row: Any, label: str, text: str, align: Any = LEFT) -> None:
    """Fill a row of a label and one cell over the rest."""
    fill_cell(row.cells[0], [Span(label, HEI, 12)], CENTRE)
    merged = _merged(row.cells[1:])
    fill_cell(merged, [Span(text, FANG, 12)], align)
    if align == RIGHT:
        merged.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def _span_row(row: Any, span: Span) -> None:
    """Make one cell of a row, and write into it."""
    fill_cell(_merged(row.cells), [span], LEFT)


def _merged(cells: Sequence[Any]) -> Any:
    """Return one cell made of several, with one paragraph."""
    merged = cells[0].merge(cells[-1])
    for extra in merged.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    return merged
