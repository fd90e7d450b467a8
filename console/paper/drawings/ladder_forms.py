"""The templates of the papers beside the order: notice, reminder, talk, its record, referral."""

from __future__ import annotations

from docx.shared import Mm

from console.paper.drawings.heads import draw_end, draw_head, draw_imprint
from console.paper.drawings.order_form import draw_tickets
from console.paper.drawings.tags import NEVER, each, row_tag, value, where
from console.paper.page import CENTRE, LEFT, TITLE, WIDTH, OfficialPage, Span, fill_cell
from console.paper.writing import BIAO, FANG, HEI

EVIDENCE_HEAD = ("序号", "材料名称")


def draw_notice() -> OfficialPage:
    """Draw a 提示函: the facts, what is asked for, whom to call; nothing that threatens."""
    page = _begun("提示函")
    _told(page)
    page.body("现就有关事项提示如下：")
    _asked(page)
    with where(page, "反馈期限"):
        page.closing(f"请于{value('反馈期限')}前函复我部。")
    with where(page, "not 反馈期限"):
        page.closing("特此提示。")
    draw_end(page)
    draw_tickets(page)
    draw_imprint(page)
    return page


def draw_reminder() -> OfficialPage:
    """Draw a 催办通知: what was asked before, the facts, by when to reply."""
    page = _begun("催办通知")
    _told(page)
    page.body("请做好以下工作：")
    _asked(page)
    page.closing(f"请于{value('反馈期限')}前（{value('反馈时限')}内）书面回复我部。")
    draw_end(page)
    draw_tickets(page)
    draw_imprint(page)
    return page


def draw_talk() -> OfficialPage:
    """Draw a 约谈通知: why, who approved it, who is talked with, when and where, what to bring."""
    page = _begun("约谈通知")
    _told(page)
    page.body(f"经{value('批准领导')}批准，决定就上述事项进行约谈。现将有关事项通知如下：")
    for heading, field in (
        ("一、约谈对象", "约谈对象"),
        ("二、约谈时间", "约谈时间"),
        ("三、约谈地点", "约谈地点"),
        ("四、约谈人", "约谈人"),
    ):
        page.paragraph(Span(f"{heading}：", HEI), Span(value(field)), first=_TWO)
    page.heading("五、携带材料")
    with each(page, "项", "携带材料") as item:
        page.body(value("loop.index") + "." + item + "。")
    page.heading("六、有关要求")
    with each(page, "项", "要求") as demand:
        page.body(demand)
    draw_end(page)
    draw_tickets(page)
    draw_imprint(page)
    return page


def draw_record() -> OfficialPage:
    """Draw a 约谈记录: no letter, but what both sides sign at its end."""
    page = OfficialPage("约谈记录", "", NEVER)
    with each(page, "行", "标题") as line:
        page.paragraph(Span(line, BIAO, TITLE), align=CENTRE, line=35)
    page.paragraph(value("文号"), align=CENTRE)
    page.blank()
    for label, field in (
        ("被约谈单位", "主送"),
        ("约谈对象", "约谈对象"),
        ("约谈时间", "约谈时间"),
        ("约谈地点", "约谈地点"),
        ("约谈人", "约谈人"),
        ("记录人", "记录人"),
    ):
        page.paragraph(Span(f"{label}：", HEI), Span(value(field)), align=LEFT)
    page.heading("一、约谈情况")
    _paragraphs(page, "约谈情况")
    page.heading("二、被约谈方意见和整改承诺")
    _paragraphs(page, "被约谈方意见")
    page.heading("三、整改要求")
    _asked(page)
    page.closing(f"整改报告请于{value('反馈期限')}前（{value('反馈时限')}内）报送。")
    page.blank(together=True)
    for side in ("约谈人", "被约谈方", "记录人"):
        page.paragraph(f"{side}（签字）：\t年　　月　　日", align=LEFT, tab=_DATE, together=True)
    page.blank(together=True)
    draw_end(page)
    draw_imprint(page)
    return page


def draw_referral(clue: str) -> OfficialPage:
    """Draw a 移送函: the clue, what is known of the matter, the evidence, a slip to give back."""
    page = _begun("移送函")
    page.body(f"我部在工作中发现{clue}，现将有关情况函告如下。")
    page.heading("一、线索情况")
    _paragraphs(page, "线索情况")
    page.heading("二、诉求办理情况")
    _paragraphs(page, "事实")
    page.heading("三、移送事项")
    page.body("现将上述线索连同有关证据材料移送你单位。")
    with each(page, "项", "要求") as demand:
        page.body(demand)
    draw_end(page)
    draw_tickets(page)
    _evidence(page)
    draw_imprint(page)
    return page


_TWO = 32.0  # pt: two characters of the text

_DATE = WIDTH - _TWO  # pt: where the date of a hand-written signature ends


def _begun(name: str) -> OfficialPage:
    page = OfficialPage(name, "", NEVER)
    draw_head(page)
    return page


def _told(page: OfficialPage) -> None:
    """Draw what went before, the facts, the leader's word."""
    for field in ("前情", "事实", "领导批示"):
        _paragraphs(page, field)


def _paragraphs(page: OfficialPage, field: str) -> None:
    with each(page, "段", field) as paragraph:
        page.body(paragraph)


def _asked(page: OfficialPage) -> None:
    with each(page, "项", "要求") as demand:
        page.body(value("loop.index") + "." + demand)


def _evidence(page: OfficialPage) -> None:
    """Draw the annex of the evidence, with the slip that the organ gives back below it."""
    page.page_break()
    page.paragraph(Span(value("证据附件号"), HEI), align=LEFT)
    page.blank()
    page.paragraph(Span("证据材料清单", BIAO, TITLE), align=CENTRE, line=35, after=6)
    page.table(
        (20, 136),
        (
            EVIDENCE_HEAD,
            row_tag("for 行 in 证据材料", 2),
            [value(f"行.{column}") for column in EVIDENCE_HEAD],
            row_tag("endfor", 2),
        ),
        size=12,
        aligns=(CENTRE, LEFT),
    )
    page.blank(2, together=True)
    page.paragraph(Span("移送函回执", BIAO, TITLE), align=CENTRE, line=35, after=6, together=True)
    grid = page.table((45, 111), [[""] * 2] * 4, head=False, size=12)
    lines = (
        ("移送函文号", value("文号")),
        ("接收机关（盖章）", ""),
        ("接收人、电话", ""),
        ("接收时间", ""),
    )
    for row, (label, text) in zip(grid.rows, lines, strict=True):
        row.height = Mm(12)
        fill_cell(row.cells[0], [Span(label, HEI, 12)], CENTRE)
        fill_cell(row.cells[1], [Span(text, FANG, 12)], LEFT)
