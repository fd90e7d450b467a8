"""督办单 as .docx in the layout of GB/T 9704-2012 (DOMAIN §4.3, Appendix A), from its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from console.orders.annexes import derivation_annex, receipt_slip, tickets_annex
from console.paper import (
    BIAO,
    BODY,
    CENTRE,
    FANG,
    HEI,
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
    press,
    rule,
    settle,
)
from rules.paper import ORDER

if TYPE_CHECKING:
    from rules.paper import Content


MARK_TOP, MARK_LINE = 94.3, 62.0
"""Points from the type area's top to the line of the red mark, whose characters then begin 35 mm
below it (7.2.4), and the height of that line."""

FOUR_MM = 11.3  # pt: from the number down to the red line (7.2.7)

Annex = Callable[[OfficialPage, str, "Content"], None]
"""Prints an annex under its label (附件1) on a page begun for it."""


def order_paper(content: Content) -> bytes:
    """Return the .docx of an order, or of a paper beside it; equal contents give equal bytes."""
    if content.kind != ORDER:
        return press().fill(press().shipped(content.kind), content)
    assert content.at is not None
    page = OfficialPage(content.line("标题"), content.line("印发机关"), content.at)
    _head(page, content)
    _title(page, content)
    for field in ("前情", "事实", "领导批示"):
        for line in content.lines(field):
            page.body(line)
    _requirements(page, content)
    annexes = _annexes(content)
    _close(page, content)
    for number, print_annex in enumerate(annexes, 1):
        page.page_break()
        print_annex(page, f"附件{number}" if len(annexes) > 1 else "附件", content)
    _imprint(page, content)
    settle(page.document.element)
    return page.save()


def _annexes(content: Content) -> Sequence[Annex]:
    """Return the annexes in their order: the list of appeals, the derivations, the slip."""
    annexes: list[Annex] = [tickets_annex] if content.line("清单附件号") else []
    annexes += [derivation_annex] if content.rows("核算单") else []
    return [*annexes, receipt_slip]


def _head(page: OfficialPage, content: Content) -> None:
    """Print level and urgency, the red mark, the number, the red line (7.2)."""
    page.paragraph(Span(content.line("文种"), HEI), align=LEFT)
    page.paragraph(Span(content.line("紧急程度"), HEI), align=LEFT)
    mark = content.line("机关标志")
    size, scale = _mark_size(mark)
    page.paragraph(
        Span(mark, BIAO, size, red=True, scale=scale),
        align=CENTRE,
        before=MARK_TOP - 2 * LINE,
        line=MARK_LINE,
    )
    page.blank(2)
    page.paragraph(content.line("文号"), align=CENTRE)
    rule(page.paragraph("", line=FOUR_MM), space=0)


def _mark_size(mark: str) -> tuple[float, int]:
    """Return size and width of the mark's characters: as large as one line of them allows."""
    for scale in (80, 70, 60):
        size = (WIDTH - 6) / (len(mark) * scale / 100)
        if size >= 36:
            break
    return min(52.0, float(int(size * 2)) / 2), scale


def _title(page: OfficialPage, content: Content) -> None:
    page.blank(2)
    for line in content.lines("标题"):
        page.paragraph(Span(line, BIAO, TITLE), align=CENTRE, line=35)
    page.blank()
    page.paragraph(f"{content.line('主送')}：", align=LEFT)


def _requirements(page: OfficialPage, content: Content) -> None:
    page.heading("一、督办要求")
    for n, demand in enumerate(content.lines("督办要求"), 1):
        page.body(f"{n}.{demand}")
    page.heading("二、反馈时限")
    page.body(content.line("限时要求"))
    page.heading("三、反馈要求")
    page.closing(
        "办理结果经主要负责人审签并加盖公章后，连同《督办单回执》和佐证材料书面报送我部。"
        f"{content.line('结语')}"
    )


def _close(page: OfficialPage, content: Content) -> None:
    first, *others = content.lines("附件")
    page.blank(together=True)
    page.paragraph(f"附件：{first}", first=2 * BODY, together=True)
    for title in others:
        page.paragraph(title, left=5 * BODY, together=True)
    page.blank(2, together=True)
    _signature(page, content.line("署名"), content.line("成文日期"))
    phone = f"，联系电话：{content.line('联系电话')}" if content.line("联系电话") else ""
    page.body(f"（联系人：{content.line('联系人')}{phone}）")


def _signature(page: OfficialPage, name: str, day: str) -> None:
    """Set the date four characters in from the right and the name centred over it (7.3.5)."""
    date_width = sum(BODY if ord(c) > 255 else BODY / 2 for c in day)
    centre = 4 * BODY + date_width / 2
    page.paragraph(name, align=RIGHT, right=max(0.0, centre - len(name) * BODY / 2), together=True)
    page.paragraph(day, align=RIGHT, right=4 * BODY, together=True)


def _imprint(page: OfficialPage, content: Content) -> None:
    """Print copies, who issued it and when, and the code it is verified by (7.4)."""
    page.imprint(THICK)
    if content.line("抄送"):
        page.imprint(Span(f"抄送：{content.line('抄送')}", FANG, SMALL), THIN)
    page.imprint(
        Span(f"{content.line('印发机关')}\t{content.line('印发日期')}印发", FANG, SMALL),
        THIN,
        Span(f"核验码　{content.line('核验码')}", FANG, 9),
        THICK,
    )
    page.end()
