"""交办单 and 当日交办清单: what a unit must do, by when, for whom; the list as .xlsx too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from docx.shared import Mm

from console.paper import (
    BIAO,
    CENTRE,
    FANG,
    HEI,
    KAI,
    LEFT,
    TITLE,
    Book,
    Cell,
    OfficialPage,
    Span,
    fill_cell,
)
from rules.clocks import (
    STEP_NAMES,
    Limit,
    chinese_date,
    chinese_moment,
    day_and_clock,
    long_instant,
)
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from models.privacy import Handover

WIDTHS = (26, 52, 26, 52)

PERSONAL = "本单载有诉求人信息，只用于办理本件，不得转发、复印给无关人员，不得告知被反映对象。"

SECRET = "本件为{}，不列诉求人姓名、电话和地址，文中能认出人的已隐去；需要联系的，请与{}联系。"

LIST = (
    SheetColumn("序号", 5),
    SheetColumn("工单编号", 19),
    SheetColumn("诉求标题", 22),
    SheetColumn("诉求内容", 50),
    SheetColumn("性质", 6),
    SheetColumn("紧急程度", 6),
    SheetColumn("来源渠道", 11),
    SheetColumn("被反映对象", 13),
    SheetColumn("所在地", 14),
    SheetColumn("首办责任人", 10),
    SheetColumn("协办单位", 12),
    SheetColumn("诉求人", 8),
    SheetColumn("联系电话", 13),
    SheetColumn("地址", 16),
    SheetColumn("交办时间", 17),
    SheetColumn("时限", 28),
    SheetColumn("并单", 18),
    SheetColumn("说明", 10),
)
"""The columns of the day's list as a workbook."""


LONG = 300
"""Characters of a text from which its row may go over the end of a page."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes the papers, when (in the bureau's zone), and how instants are read there."""

    bureau: str
    name: str
    made: datetime
    local: Callable[[datetime], datetime]


def handover_paper(one: Handover, maker: Maker) -> bytes:
    """Return the 交办单 of one matter."""
    page = OfficialPage(f"交办单 {one.number}", maker.bureau, maker.made)
    page.paragraph(Span("交　办　单", BIAO, TITLE), align=CENTRE, line=35, after=6)
    page.paragraph(Span(f"{one.unit}：", FANG), align=LEFT)
    page.body(f"下列诉求交由你单位办理，请{_asked(one, maker)}。办理情况请报{maker.bureau}审核。")
    _fields(page, one, maker)
    page.paragraph(Span(_note(one, maker), KAI, 12), before=6, after=14, line=20, together=True)
    page.signature(maker.bureau, chinese_date(maker.made))
    return page.save()


def handover_list(unit: str, day: date, matters: Sequence[Handover], maker: Maker) -> bytes:
    """Return the day's list of a unit as pages: a table a matter."""
    title = f"{unit}当日交办清单"
    page = OfficialPage(f"{title} {day.isoformat()}", maker.bureau, maker.made)
    page.paragraph(Span(title, BIAO, TITLE), align=CENTRE, line=35)
    told = f"（{chinese_date(day)}交办，在办{len(matters)}件）"
    page.paragraph(Span(told, KAI, 14), align=CENTRE, after=6, line=24)
    for n, one in enumerate(matters, 1):
        head = f"{n}．{one.number}　请{_asked(one, maker)}。"
        page.paragraph(Span(head, HEI, 12), align=LEFT, before=8, after=2, line=20, together=True)
        _fields(page, one, maker, size=10.5)
        if one.secret:
            page.paragraph(Span(_note(one, maker), KAI, 10.5), before=2, line=16)
    if any(not one.secret for one in matters):
        note = Span(PERSONAL.replace("本单", "本清单"), KAI, 10.5)
        page.paragraph(note, before=8, after=10, line=18, together=True)
    page.signature(maker.bureau, chinese_date(maker.made))
    return page.save()


def handover_workbook(unit: str, day: date, matters: Sequence[Handover], maker: Maker) -> bytes:
    """Return the day's list of a unit as a workbook: a row a matter."""
    title = f"{unit}当日交办清单"
    book = Book(f"{title} {day.isoformat()}", maker.bureau, maker.made)
    table = book.table(
        "交办清单",
        f"{title}（{chinese_date(day)}，在办{len(matters)}件）",
        [f"{maker.bureau}　{long_instant(maker.made)}", PERSONAL.replace("本单", "本清单")],
        LIST,
        [_cells(n, one, maker) for n, one in enumerate(matters, 1)],
        named=2,
    )
    book.shade_words(table, "紧急程度", {"特急": "red", "紧急": "yellow"})
    return book.save()


def _cells(n: int, one: Handover, maker: Maker) -> tuple[Cell, ...]:
    return (
        n,
        one.number,
        one.title,
        one.content,
        one.nature,
        one.urgency,
        one.channel,
        one.object,
        one.place,
        one.handler,
        "、".join(one.co_units),
        one.reporter or _hidden(one),
        one.phone or _hidden(one),
        one.address or _hidden(one),
        maker.local(one.handed_at),
        "\n".join(_limits(one, maker)),
        one.merged,
        one.secret,
    )


def _asked(one: Handover, maker: Maker) -> str:
    """Return what is asked of the unit by when, as one sentence without its end."""
    acts = {"acknowledge": "签收", "contact": "联系诉求人", "close": "办结并答复诉求人"}
    if one.secret:
        acts["contact"] = "首次联系"
    told = [
        f"于{_due(each.due_at, maker)}前{acts[each.step]}"
        if maker.made < each.due_at
        else f"立即{acts[each.step]}（已于{_due(each.due_at, maker)}到期）"
        for each in one.due
    ]
    return "，".join(told) or "尽快办理并答复诉求人"


def _due(due: datetime, maker: Maker) -> str:
    day, clock = day_and_clock(maker.local(due), ends=True)
    return f"{chinese_date(day)}{clock}"


def _limits(one: Handover, maker: Maker) -> list[str]:
    """Return each limit with its due instant."""
    return [
        f"{STEP_NAMES[each.step]} {Limit.parse(each.limit_text).label}，"
        f"{long_instant(maker.local(each.due_at), ends=True)}到期"
        + ("（暂定）" if each.provisional else "")
        for each in one.due
    ]


def _note(one: Handover, maker: Maker) -> str:
    return SECRET.format(one.secret, maker.bureau) if one.secret else PERSONAL


def _hidden(one: Handover) -> str:
    return "保密" if one.secret else ""


def _fields(page: OfficialPage, one: Handover, maker: Maker, size: float = 12) -> None:
    """Print what is known of a matter as a table of four columns."""
    pairs = (
        ("工单编号", one.number, "来源渠道", one.channel),
        ("诉求性质", one.nature, "紧急程度", one.urgency),
        ("受理时间", _moment(one.received_at, maker), "交办时间", _moment(one.handed_at, maker)),
        ("首办责任人", one.handler or "由你单位确定", "协办单位", "、".join(one.co_units) or "无"),
        ("诉求人", one.reporter or _hidden(one) or "未留", "联系电话", _phone(one)),
    )
    wide = (
        ("地址", one.address or _hidden(one) or "未留"),
        ("所在地", one.place or "未写明"),
        ("类别", one.category or "未分类"),
        ("被反映对象", one.object or "未写明"),
        ("诉求标题", one.title),
        ("诉求内容", one.content or "（无正文）"),
        ("办理时限", "\n".join(_limits(one, maker)) or "按规则没有时限"),
        *((("并单", one.merged),) if one.merged else ()),
    )
    rows = [[""] * 4] * (len(pairs) + len(wide))
    grid = page.table(WIDTHS, rows, head=False, size=size)
    for row, texts in zip(grid.rows, pairs, strict=False):
        for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _write(cell, text, HEI if n % 2 == 0 else FANG, CENTRE if n % 2 == 0 else LEFT, size)
    for row, (label, text) in zip(grid.rows[len(pairs) :], wide, strict=True):
        first, second, _, last = row.cells
        _write(first, label, HEI, CENTRE, size)
        _write(second.merge(last), text, FANG, LEFT, size)
        if len(text) > LONG:
            page.may_break(row)


def _moment(instant: datetime, maker: Maker) -> str:
    return chinese_moment(maker.local(instant))


def _phone(one: Handover) -> str:
    return one.phone or _hidden(one) or "未留"


def _write(cell: Any, text: str, face: str, align: Any, size: float) -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill_cell(cell, [Span(text, face, size)], align, Mm(26) if face == HEI else None)
