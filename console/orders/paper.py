"""督办单 as a .docx in the form of GB/T 9704-2012, with its annexes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from console.orders.annexes import TITLE_WORDS, derivation_annex, receipt_slip, tickets_annex
from console.paper import (
    BIAO,
    BODY,
    CENTRE,
    FANG,
    HEI,
    KAI,
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
from rules.clocks import chinese_date, chinese_day, chinese_moment, day_and_clock
from rules.paper import check_code

if TYPE_CHECKING:
    from models.orders import OrderPaper, PaperTicket


COLOURS = {1: "蓝色", 2: "黄色", 3: "红色"}

MARK_TOP = 99.2 - 10  # pt: the red mark begins 35 mm below the type area's top edge (7.2.4)

FOUR_MM = 11.3  # pt: from the number down to the red line (7.2.7)

STOPS = ("。", "！", "？", "；", "：")  # a paragraph that ends so needs no other stop

TITLE_LINE = 20  # characters of 22 pt in the type area

Annex = Callable[[OfficialPage, str, "OrderPaper"], None]
"""Prints an annex under its label (附件1) on a page begun for it."""


def order_paper(paper: OrderPaper) -> bytes:
    """Return the .docx of a signed order; equal papers give equal bytes."""
    page = OfficialPage(paper.title, paper.bureau, paper.signed_at)
    _head(page, paper)
    _title(page, paper)
    _facts(page, paper)
    _requirements(page, paper)
    annexes = _annexes(paper)
    _close(page, paper, list(annexes))
    for number, print_annex in enumerate(annexes.values(), 1):
        page.page_break()
        print_annex(page, f"附件{number}" if len(annexes) > 1 else "附件", paper)
    _imprint(page, paper)
    return page.save()


def _annexes(paper: OrderPaper) -> dict[str, Annex]:
    """Return the annexes in their order: the list of appeals, the derivations, the slip."""
    annexes: dict[str, Annex] = {}
    if len(paper.tickets) > 1:
        annexes[f"涉及工单清单（{len(paper.tickets)}件）"] = tickets_annex
    if paper.derivations:
        annexes[TITLE_WORDS] = lambda page, label, of: derivation_annex(page, label, of.derivations)
    annexes["督办单回执"] = receipt_slip
    return annexes


def paper_name(paper: OrderPaper) -> str:
    """Return what the paper calls itself: 黄色督办单, 提示函."""
    colour = COLOURS[paper.level] if paper.kind == "order" else ""
    return colour + paper.name


def _head(page: OfficialPage, paper: OrderPaper) -> None:
    """Print level and urgency, the red mark, number and signer, the red line (7.2)."""
    urgent = "特急" if any(t.urgency == "特急" for t in paper.tickets) else ""
    page.paragraph(Span(paper_name(paper), HEI), align=LEFT)
    page.paragraph(Span(urgent, HEI), align=LEFT)
    mark = paper.bureau + paper.name
    size, scale = _mark_size(mark)
    page.paragraph(
        Span(mark, BIAO, size, red=True, scale=scale),
        align=CENTRE,
        before=MARK_TOP - 2 * LINE,
        line=None,
    )
    page.blank(2)
    page.paragraph(paper.number, align=CENTRE)
    rule(page.paragraph("", line=FOUR_MM), space=0)


def _mark_size(mark: str) -> tuple[float, int]:
    """Return size and width of the mark's characters: as large as one line of them allows."""
    for scale in (80, 70, 60):
        size = (WIDTH - 6) / (len(mark) * scale / 100)
        if size >= 36:
            break
    return min(52.0, float(int(size * 2)) / 2), scale


def _title(page: OfficialPage, paper: OrderPaper) -> None:
    page.blank(2)
    for line in _broken(paper.title):
        page.paragraph(Span(line, BIAO, TITLE), align=CENTRE, line=35)
    page.blank()
    page.paragraph(f"{paper.unit}：", align=LEFT)


def _broken(title: str) -> list[str]:
    """Break a title into lines of like length that end where the sense allows (7.3.1)."""
    lines = -(-len(title) // TITLE_LINE)
    if lines == 1:
        return [title]
    ideal = len(title) / lines
    places = range(max(4, len(title) - TITLE_LINE * (lines - 1)), TITLE_LINE + 1)
    cut = min(places, key=lambda at: abs(at - ideal) + _breaks_sense(title, at))
    return [title[:cut], *_broken(title[cut:])]


def _breaks_sense(text: str, at: int) -> int:
    """Return how badly a line would end at ``at``: a mark must never begin or end one."""
    before, after = text[at - 1 : at], text[at : at + 1]
    if (
        after in "”》）、，。的"
        or before in "“《（"
        or ((before + after).isalnum() and ((before + after).isascii()))
    ):
        return 100
    return 0 if before in "”》）的于及和与、" or after in "“《（" else 7


def _facts(page: OfficialPage, paper: OrderPaper) -> None:
    if paper.previous:
        page.body(f"我部以{paper.previous}督办的事项，你单位未按期反馈办理结果。现再次督办如下。")
    if len(paper.tickets) == 1:
        _one_matter(page, paper, paper.tickets[0])
    elif paper.tickets:
        _several_matters(page, paper)
    for line in paper.evidence:
        page.body(line)
    if not paper.tickets and not paper.evidence:
        for line in f"督办事由：{paper.cause}".splitlines():
            page.body(line if line.endswith(STOPS) else f"{line}。")


def _one_matter(page: OfficialPage, paper: OrderPaper, ticket: PaperTicket) -> None:
    today = paper.signed_at.date()
    told = [
        f"{chinese_date(ticket.received_on)}，群众通过{ticket.channel}反映“{ticket.title}”"
        f"（工单编号：{ticket.number}）。"
    ]
    if ticket.dispatched_on is not None:
        told.append(f"该诉求于{chinese_day(ticket.dispatched_on, today)}交你单位办理")
        told.append(f"，应于{_by(ticket.due_at, paper.signed_at)}办结" if ticket.due_at else "")
        told.append("。" if not ticket.lateness else f"，{_standing(ticket)}。")
    told.append(_course(ticket))
    page.body("".join(told))
    if ticket.summary and ticket.summary != ticket.title:
        page.body(Span("诉求内容：", KAI), ticket.summary)


def _standing(ticket: PaperTicket) -> str:
    if not ticket.late:
        return f"至今{ticket.lateness}"
    return (
        f"已于{chinese_date(ticket.closed_on)}办结，{ticket.lateness}"
        if ticket.closed_on
        else (f"至今未办结，{ticket.lateness}")
    )


def _course(ticket: PaperTicket) -> str:
    told = [f"期间答复{ticket.replies}次" if ticket.replies else "至今未予答复"]
    if ticket.rounds > 1:
        told.append(f"先后办理{ticket.rounds}轮")
    if ticket.result_rating:
        told.append(f"群众对办理结果评价{ticket.result_rating}")
    if ticket.work_rating:
        told.append(f"对工作评价{ticket.work_rating}")
    return "，".join(told) + "。"


def _several_matters(page: OfficialPage, paper: OrderPaper) -> None:
    late = sum(t.late and t.closed_on is None for t in paper.tickets)
    unsatisfied = sum(t.result_rating == "不满意" for t in paper.tickets)
    first = min(t.received_on for t in paper.tickets)
    last = max(t.received_on for t in paper.tickets)
    since = chinese_date(first) if first == last else f"{chinese_date(first)}至{chinese_date(last)}"
    told = [f"{since}，群众反映并交你单位办理的{len(paper.tickets)}件诉求（清单见附件1）"]
    counted = []
    if late:
        counted.append(f"逾期未办结{late}件")
    if unsatisfied:
        counted.append(f"群众评价不满意{unsatisfied}件")
    told.append(f"，截至{chinese_moment(paper.signed_at)}，{'、'.join(counted) or '尚未办结'}。")
    page.body("".join(told))
    worst = min(
        (t for t in paper.tickets if t.late and t.due_at),
        default=None,
        key=lambda t: t.due_at or paper.signed_at,
    )
    if worst is not None:
        page.body(
            f"其中逾期时间最长的为“{worst.title}”（工单编号：{worst.number}），"
            f"应于{_by(worst.due_at, paper.signed_at)}办结，{worst.lateness}。"
        )


def _requirements(page: OfficialPage, paper: OrderPaper) -> None:
    page.heading("一、督办要求")
    for n, demand in enumerate(paper.demands, 1):
        page.body(f"{n}.{demand}")
    page.heading("二、办结时限")
    page.body(f"请于{chinese_moment(paper.due_at)}前（{paper.limit_words}内）办结并反馈。")
    page.heading("三、反馈要求")
    page.closing(
        "办理结果经主要负责人审签并加盖公章后，连同《督办单回执》和佐证材料书面报送我部。"
        f"{paper.closing}"
    )


def _close(page: OfficialPage, paper: OrderPaper, annexes: Sequence[str]) -> None:
    page.blank(together=True)
    numbered = f"附件：{'1.' if len(annexes) > 1 else ''}{annexes[0]}"
    page.paragraph(numbered, first=2 * BODY, together=True)
    for number, title in enumerate(annexes[1:], 2):
        page.paragraph(f"{number}.{title}", left=5 * BODY, together=True)
    page.blank(2, together=True)
    _signature(page, paper.signature, chinese_date(paper.signed_at))
    phone = f"，联系电话：{paper.phone}" if paper.phone else ""
    page.blank(together=True)
    page.body(f"（联系人：{paper.contact}{phone}）")


def _signature(page: OfficialPage, name: str, day: str) -> None:
    """Set the date four characters in from the right and the name centred over it (7.3.5)."""
    date_width = sum(BODY if ord(c) > 255 else BODY / 2 for c in day)
    centre = 4 * BODY + date_width / 2
    page.paragraph(name, align=RIGHT, right=max(0.0, centre - len(name) * BODY / 2), together=True)
    page.paragraph(day, align=RIGHT, right=4 * BODY, together=True)


def _imprint(page: OfficialPage, paper: OrderPaper) -> None:
    """Print copies, who issued it and when, and the code it is verified by (7.4)."""
    page.imprint(THICK)
    if paper.copies:
        page.imprint(Span(f"抄送：{'，'.join(paper.copies)}。", FANG, SMALL), THIN)
    page.imprint(
        Span(f"{paper.bureau}\t{chinese_date(paper.signed_at)}印发", FANG, SMALL),
        THIN,
        Span(f"核验码　{check_code(paper.number, paper.head_hash)}", FANG, 9),
        THICK,
    )
    page.end()


def _by(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    day, clock = day_and_clock(due, ends=True)
    return f"{chinese_day(day, now.date())}{clock[:5]}前"
