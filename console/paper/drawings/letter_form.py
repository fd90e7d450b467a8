"""The templates of the office's own papers: replies, notices, reports, papers to a leader."""

from __future__ import annotations

from console.paper.drawings.heads import (
    MARK_LINE,
    MARK_SIZE,
    draw_end,
    draw_head,
    draw_imprint,
    draw_letter_imprint,
)
from console.paper.drawings.tags import NEVER, each, row_tag, value, where
from console.paper.page import CENTRE, LEFT, TITLE, WIDTH, OfficialPage, Span, rule
from console.paper.styles import MARK
from console.paper.writing import BIAO, HEI

ROW_HEAD, ROW_WIDTHS = ("序号", "项目", "情况"), (12, 50, 94)


def draw_letter(name: str, *, closing: str = "", upward: bool = False) -> OfficialPage:
    """Draw a paper called ``name``: facts, decision, the author's words, ``closing`` last."""
    page = OfficialPage(name, "", NEVER)
    if upward:
        draw_head(page, upward=True)
    else:
        draw_letter_head(page)
    for field in ("事实", "结论", "补充"):
        with each(page, "段", field) as paragraph:
            page.body(paragraph)
    if closing:
        page.closing(closing)
    draw_end(page)
    draw_rows(page)
    if upward:
        draw_imprint(page)
    else:
        draw_letter_imprint(page)
    return page


def draw_letter_head(page: OfficialPage) -> None:
    """Draw the head of a letter (10.1): the mark on top, a red rule, the number at the right.

    Its first page bears no number.
    """
    page.document.sections[0].different_first_page_header_footer = True
    mark = Span(value("机关标志"), BIAO, MARK_SIZE, red=True, style=MARK)
    rule(page.paragraph(mark, align=CENTRE, line=MARK_LINE), space=0)
    page.paragraph(
        Span("{{ 密级 }}{% if 密级 and 紧急程度 %}　{% endif %}{{ 紧急程度 }}", HEI),
        "\t" + value("文号"),
        align=LEFT,
        tab=WIDTH,
    )
    page.blank()
    with each(page, "行", "标题") as line:
        page.paragraph(Span(line, BIAO, TITLE), align=CENTRE, line=35)
    page.blank()
    page.paragraph(value("主送") + "：", align=LEFT)


def draw_rows(page: OfficialPage) -> None:
    """Draw the annex of calls or citizens' words, where there is one, on a page of its own."""
    with where(page, "情况表题"):
        page.page_break()
        page.paragraph(Span("附件", HEI), align=LEFT)
        page.blank()
        page.paragraph(Span(value("情况表题"), BIAO, TITLE), align=CENTRE, line=35, after=6)
        page.table(
            ROW_WIDTHS,
            (
                ROW_HEAD,
                row_tag("for 行 in 情况表", 3),
                [value(f"行.{column}") for column in ROW_HEAD],
                row_tag("endfor", 3),
            ),
            size=12,
            aligns=(CENTRE, LEFT, LEFT),
        )
