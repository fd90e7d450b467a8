"""The template of 民情专报: a masthead with issue and date, five parts, 报送 at the foot."""

from __future__ import annotations

from console.paper.drawings.tags import NEVER, each, row_tag, value, where
from console.paper.page import (
    BODY,
    CENTRE,
    LEFT,
    LINE,
    SMALL,
    THICK,
    THIN,
    TITLE,
    WIDTH,
    OfficialPage,
    Span,
    rule,
)
from console.paper.styles import MARK
from console.paper.writing import BIAO, FANG, HEI, KAI

MARK_LINE = 66.0

SPREADS = ("属地", "单位", "渠道")

HEAD = tuple(head for name in ("属地", "承办单位", "来源渠道") for head in (name, "件", "占比"))

WIDTHS = (25, 10, 17) * 3  # mm


def draw_report() -> OfficialPage:
    """Draw the report; causes and proposals are its author's."""
    page = OfficialPage("民情专报", "", NEVER)
    _draw_masthead(page)
    page.heading("一、基本情况")
    _paragraphs(page, "基本情况")
    with where(page, "趋势图"):
        page.paragraph(value("趋势图"), align=CENTRE, line=None, before=6, together=True)
        page.paragraph(Span(value("趋势图题"), HEI, 10.5), align=CENTRE, line=20, after=6)
    page.heading("二、分布情况")
    for word in SPREADS:
        page.body(value(f"{word}情况"))
    page.heading("三、典型案例")
    _paragraphs(page, "典型案例")
    page.heading("四、原因分析")
    _paragraphs(page, "原因")
    page.heading("五、工作建议")
    _paragraphs(page, "建议")
    with each(page, "段", "附注") as note:
        page.body(note)
    _draw_spread(page)
    _draw_foot(page)
    return page


def _draw_masthead(page: OfficialPage) -> None:
    with where(page, "密级 or 紧急程度"):
        page.paragraph(
            Span("{{ 密级 }}{% if 密级 and 紧急程度 %}　{% endif %}{{ 紧急程度 }}", HEI), align=LEFT
        )
    mark = Span(value("机关标志"), BIAO, 52, red=True, style=MARK)
    page.paragraph(mark, align=CENTRE, line=MARK_LINE)
    page.paragraph(Span(value("期号"), KAI), align=CENTRE)
    line = page.paragraph(
        value("署名") + "\t" + value("成文日期"),
        align=LEFT,
        left=BODY,
        right=BODY,
        tab=WIDTH - BODY,
        before=LINE / 2,
    )
    rule(line)
    page.blank(0.5)
    with each(page, "行", "标题") as title:
        page.paragraph(Span(title, BIAO, TITLE), align=CENTRE, line=35)
    page.blank()


def _paragraphs(page: OfficialPage, field: str) -> None:
    with each(page, "段", field) as paragraph:
        page.body(paragraph)


def _draw_spread(page: OfficialPage) -> None:
    """Draw the table of the spreads beside each other, on a page of its own."""
    with where(page, "附表"):
        page.page_break()
        page.paragraph(Span("附件", HEI), align=LEFT)
        page.blank()
        page.paragraph(Span(value("附表题"), BIAO, TITLE), align=CENTRE, line=35, after=6)
        columns = [f"{word}{what}" for word in SPREADS for what in ("", "件数", "占比")]
        page.table(
            WIDTHS,
            (
                HEAD,
                row_tag("for 行 in 附表", len(columns)),
                [value(f"行.{column}") for column in columns],
                row_tag("endfor", len(columns)),
            ),
            aligns=(LEFT, CENTRE, CENTRE) * 3,
        )


def _draw_foot(page: OfficialPage) -> None:
    """Draw to whom it goes, who signed, whom to call, and the code it is verified by (7.4)."""
    page.imprint(THICK)
    page.imprint(Span("报：" + value("主送"), FANG, SMALL), THIN)
    with where(page, "抄送"):
        page.imprint(Span("送：" + value("抄送"), FANG, SMALL), THIN)
    phone = "{% if 联系电话 %}　{{ 联系电话 }}{% endif %}"
    page.imprint(
        Span("签发：" + value("签发人") + "\t联系人：" + value("联系人") + phone, FANG, SMALL), THIN
    )
    page.imprint(
        Span(value("印发机关") + "\t" + value("印发日期") + "印发", FANG, SMALL),
        THIN,
        Span(value("文号") + "　核验码　" + value("核验码"), FANG, 9),
        THICK,
    )
    page.end()
