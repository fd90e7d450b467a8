"""The annexes of an order: its appeals, how their deadlines were derived, the slip to send back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Mm

from console.paper import (
    BIAO,
    CENTRE,
    FANG,
    HEI,
    KAI,
    LEFT,
    RIGHT,
    SPREAD,
    TITLE,
    OfficialPage,
    Span,
    fill_cell,
)

if TYPE_CHECKING:
    from rules.paper import Content

BOTTOM = WD_ALIGN_VERTICAL.BOTTOM

ANNEX_WIDTHS = (9, 29, 35, 18, 19, 19, 27)

ANNEX_HEAD = ("序号", "工单编号", "诉求事项", "来源渠道", "受理日期", "办结时限", "办理情况")


def tickets_annex(page: OfficialPage, label: str, content: Content) -> None:
    """Print the annex: one line an appeal (7.3.4)."""
    listed = content.rows("诉求清单")
    page.paragraph(Span(label, HEI), align=LEFT)
    page.blank()
    page.paragraph(Span("涉及工单清单", BIAO, TITLE), align=CENTRE, line=35)
    page.paragraph(
        Span(
            f"（{content.line('文号')}，{content.line('主送')}，共{content.line('件数')}）", KAI, 12
        ),
        align=CENTRE,
        after=6,
        line=22,
    )
    rows: list[tuple[str, ...]] = [ANNEX_HEAD]
    for row in listed:
        cells = {**row, "办理情况": row["办理情况"].replace("，", "\n")}
        rows.append(tuple(cells[head] for head in ANNEX_HEAD))
    page.table(
        ANNEX_WIDTHS, rows, size=9, aligns=(CENTRE, CENTRE, LEFT, CENTRE, CENTRE, CENTRE, CENTRE)
    )


def receipt_slip(page: OfficialPage, label: str, content: Content) -> None:
    """Print the slip the unit sends back, on a page of its own."""
    page.paragraph(Span(label, HEI), align=LEFT)
    page.paragraph(Span("督办单回执", BIAO, TITLE), align=CENTRE, line=35, after=6)
    grid = page.table((30, 48, 30, 48), [[""] * 4] * 8, head=False, size=12)
    for row, height in zip(grid.rows, (10, 10, 12, 10, 36, 24, 16, 22), strict=True):
        row.height = Mm(height)
    due, unit = content.line("反馈期限"), content.line("主送")
    _fields(grid.rows[0].cells, "督办单文号", content.line("文号"), "反馈时限", due)
    _fields(grid.rows[1].cells, "承办单位", unit, "工单件数", content.line("件数"))
    _wide(grid.rows[2].cells, "督办事项", content.line("标题"))
    _fields(grid.rows[3].cells, "签收人", "", "签收时间", "")
    for at, field in ((4, "办理结果"), (5, "整改措施"), (6, "群众回访\n情况")):
        _wide(grid.rows[at].cells, field, "")
    sign = "签字（盖章）：　　　　　　　　　　年　　月　　日"
    _wide(grid.rows[7].cells, "主要负责人\n审签", sign, RIGHT)
    page.paragraph(
        Span(
            f"说明：本回执请于{due}前随办理情况报告送{content.line('署名')}；"
            "签收栏请在收到当日填写并先行传回。",
            FANG,
            10.5,
        ),
        align=SPREAD,
        before=6,
        line=18,
    )


def _fields(cells: tuple[object, ...], *texts: str) -> None:
    for n, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        face = HEI if n % 2 == 0 else FANG
        fill_cell(cell, [Span(text, face, 12)], CENTRE if n % 2 == 0 else LEFT)


def _wide(cells: tuple[object, ...], label: str, text: str, align: object = LEFT) -> None:
    first, second, *_, last = cells
    merged = second.merge(last)  # type: ignore[attr-defined]  # python-docx is untyped
    fill_cell(first, [Span(label, HEI, 12)], CENTRE)
    for extra in merged.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill_cell(merged, [Span(text, FANG, 12)], align)
    if align == RIGHT:
        merged.vertical_alignment = BOTTOM


DERIVATION_WIDTHS = (36, 52, 68)


def derivation_annex(page: OfficialPage, label: str, content: Content) -> None:
    """Print one table an appeal: the days that counted, what paused and extended it, the sum."""
    page.paragraph(Span(label, HEI), align=LEFT)
    page.blank()
    page.paragraph(Span("办结时限核算单", BIAO, TITLE), align=CENTRE, line=35)
    rows: list[tuple[str, ...]] = []
    for row in content.rows("核算单"):
        if row["抬头"]:
            _derived(page, rows)
            rows = []
            told = Span(row["抬头"], KAI, 12)
            page.paragraph(told, align=LEFT, before=8, after=4, line=22, together=True)
        else:
            rows.append((row["日期"], row["名称"], row["说明"]))
    _derived(page, rows)
    if content.line("核算单附注"):
        rest = Span(content.line("核算单附注"), KAI, 12)
        page.paragraph(rest, align=LEFT, before=8, line=22)


def _derived(page: OfficialPage, rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        page.table(DERIVATION_WIDTHS, rows, head=False, size=9, aligns=(CENTRE, LEFT, LEFT))
