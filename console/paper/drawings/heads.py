"""What is drawn at the head and the end of the templates that are shipped (GB/T 9704, 7.2–7.4)."""

from __future__ import annotations

from console.paper.drawings.tags import each, value, where
from console.paper.page import (
    BODY,
    CENTRE,
    LEFT,
    LINE,
    RIGHT,
    SMALL,
    THICK,
    THIN,
    TITLE,
    WIDTH,
    OfficialPage,
    Span,
    rule,
)
from console.paper.styles import MARK, SIGNATURE
from console.paper.writing import BIAO, FANG, HEI, KAI

MARK_TOP, MARK_LINE = 94.3, 62.0
"""Points from the type area's top to the line of the red mark, whose characters then begin 35 mm
below it (7.2.4), and the height of that line."""

MARK_SIZE = 52.0

FOUR_MM = 11.3  # pt: from the number down to the red line (7.2.7)


def draw_head(page: OfficialPage, *, upward: bool = False) -> None:
    """Draw name and urgency, the red mark, the number, the red line, title and addressee.

    A paper that goes down names no 签发人 (7.2.6): its number stands in the middle. ``upward``
    it stands at the left, and who signed it at the right.
    """
    page.paragraph(Span(value("文种"), HEI), align=LEFT)
    page.paragraph(
        Span("{{ 密级 }}{% if 密级 and 紧急程度 %}　{% endif %}{{ 紧急程度 }}", HEI), align=LEFT
    )
    mark = Span(value("机关标志"), BIAO, MARK_SIZE, red=True, style=MARK)
    page.paragraph(mark, align=CENTRE, before=MARK_TOP - 2 * LINE, line=MARK_LINE)
    page.blank(2)
    if upward:
        signed = (Span(value("文号") + "\t签发人："), Span(value("签发人"), KAI))
        page.paragraph(*signed, align=LEFT, left=BODY, right=BODY, tab=WIDTH - BODY)
    else:
        page.paragraph(value("文号"), align=CENTRE)
    rule(page.paragraph("", line=FOUR_MM), space=0)
    page.blank(2)
    with each(page, "行", "标题") as line:
        page.paragraph(Span(line, BIAO, TITLE), align=CENTRE, line=35)
    page.blank()
    page.paragraph(value("主送") + "：", align=LEFT)


def draw_end(page: OfficialPage) -> None:
    """Draw the list of annexes, who signs and when, whom to call (7.3.4–7.3.6)."""
    with where(page, "附件"):
        page.blank(together=True)
        with each(page, "项", "附件") as annex:
            with where(page, "loop.first"):
                page.paragraph("附件：" + annex, first=2 * BODY, together=True)
            with where(page, "not loop.first"):
                page.paragraph(annex, left=5 * BODY, together=True)
    page.blank(2, together=True)
    page.paragraph(value("署名"), align=RIGHT, right=4 * BODY, together=True, style=SIGNATURE)
    with where(page, "联系人"):
        page.paragraph(value("成文日期"), align=RIGHT, right=4 * BODY, together=True)
        phone = "{% if 联系电话 %}，联系电话：{{ 联系电话 }}{% endif %}"
        page.body("（联系人：" + value("联系人") + phone + "）")
    with where(page, "not 联系人"):
        page.paragraph(value("成文日期"), align=RIGHT, right=4 * BODY)


def draw_imprint(page: OfficialPage) -> None:
    """Draw copies, who issued it and when, and the code it is verified by (7.4)."""
    page.imprint(THICK)
    with where(page, "抄送"):
        page.imprint(Span("抄送：" + value("抄送"), FANG, SMALL), THIN)
    page.imprint(
        Span(value("印发机关") + "\t" + value("印发日期") + "印发", FANG, SMALL),
        THIN,
        Span("核验码　" + value("核验码"), FANG, 9),
        THICK,
    )
    page.end()


def draw_letter_imprint(page: OfficialPage) -> None:
    """Draw copies and the code: the imprint of a letter has no rules and no date (10.1)."""
    with where(page, "抄送"):
        page.imprint(Span("抄送：" + value("抄送"), FANG, SMALL))
    page.imprint(Span("核验码　" + value("核验码"), FANG, 9))
    page.end()
