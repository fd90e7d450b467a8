"""年度考核档案 as .docx and .xlsx: months, orders, what was asked and returned; no persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from console.paper import (
    BIAO,
    CENTRE,
    HEI,
    KAI,
    LEFT,
    TITLE,
    Book,
    Cell,
    OfficialPage,
    Span,
)
from models import letters
from rules.casework import PAPER_NAMES
from rules.clocks import chinese_date, sheet_due
from rules.paper import SheetColumn
from rules.ranking import print_rate
from rules.text import mask_text
from seed.putting import one_paper

if TYPE_CHECKING:
    from models.letters import Dossier, Month, UnitYear, YearOrder
    from models.store import Store

YEAR: tuple[tuple[str, float, Callable[[UnitYear, Dossier], Cell]], ...] = (
    ("组别", 12, lambda one, _: one.group),
    ("单位", 22, lambda one, _: one.unit),
    ("应办结", 8, lambda one, _: one.total.due),
    ("按时办结", 9, lambda one, _: one.total.on_time),
    ("延期后办结", 9, lambda one, _: one.total.after_extension),
    ("逾期", 7, lambda one, _: one.total.late + one.total.open),
    ("有效评价", 9, lambda one, _: one.total.rated),
    ("满意率", 10, lambda one, of: one.rates(of.weight)[0]),
    ("核实后满意率", 10, lambda one, of: one.rates(of.weight)[1]),
    ("不满意", 8, lambda one, _: one.total.unsatisfied),
    ("核实后不满意", 9, lambda one, _: _verified(one)),
    ("剔除", 7, lambda one, _: one.total.excluded),
    ("改评", 7, lambda one, _: one.total.rerated),
    ("末位月数", 8, lambda one, _: len(one.last)),
    ("收到督办", 8, lambda one, _: len(one.orders)),
    ("其中作废", 8, lambda one, _: sum(order.status == "void" for order in one.orders)),
    ("申请延期", 8, lambda one, _: one.counts.extensions),
    ("同意延期", 8, lambda one, _: one.counts.granted),
    ("答复退回", 8, lambda one, _: one.counts.replies_returned),
    ("反馈退回", 8, lambda one, _: one.counts.feedback_returned),
)
"""Heading, width and cell of each column that sums up a unit's year."""

MONTH: tuple[tuple[str, float, Callable[[Month], Cell]], ...] = (
    ("月份", 9, lambda month: month.period),
    ("位次", 9, lambda month: _place(month)),
    ("应办结", 8, lambda month: month.standing.tally.due),
    ("按时", 7, lambda month: month.standing.tally.on_time),
    ("延期后", 8, lambda month: month.standing.tally.after_extension),
    ("逾期", 7, lambda month: month.standing.tally.late + month.standing.tally.open),
    ("评价", 7, lambda month: month.standing.tally.rated),
    ("满意率", 10, lambda month: month.standing.result_rate),
    ("核实后", 10, lambda month: month.standing.verified_rate),
    ("不满意", 8, lambda month: month.standing.tally.unsatisfied),
    ("剔除", 7, lambda month: month.standing.tally.excluded),
    ("出处", 18, lambda month: month.source),
)
"""Heading, width and cell of each column of a unit's month."""

MONTH_WIDTHS = (16, 15, 12, 10, 12, 10, 10, 17, 17, 12, 10, 15)  # mm, in the paper

ORDER_HEAD = ("文号", "文种", "事项", "签发日期", "结果")

ORDER_WIDTHS = (36, 20, 56, 22, 22)  # mm


def notes(dossier: Dossier) -> list[str]:
    """Return what a reader must know of the figures."""
    told = f"统计至{dossier.through}，{chinese_date(dossier.made_at.date())}编制"
    computed = "、".join(dossier.computed)
    return [
        told,
        "各月数字取自已发布的通报"
        + (f"；{computed}未发布，为现算，发布后以通报为准" if computed else ""),
        "核实后的数为群众改评和剔除之后；督办含已作废的（另计），不含不公开的移送函",
    ]


def dossier_workbook(dossier: Dossier) -> bytes:
    """Return the dossier as a workbook: a row a unit, a row a month, a row an order."""
    title = _title(dossier)
    book = Book(title, dossier.bureau, dossier.made_at)
    book.table(
        "汇总",
        title,
        notes(dossier),
        [SheetColumn(head, width) for head, width, _ in YEAR],
        [[cell(one, dossier) for _, _, cell in YEAR] for one in dossier.units],
        named=2,
    )
    book.table(
        "逐月",
        f"{title}（逐月）",
        (),
        [SheetColumn("单位", 22), *(SheetColumn(head, width) for head, width, _ in MONTH)],
        [
            [one.unit, *(cell(month) for _, _, cell in MONTH)]
            for one in dossier.units
            for month in one.months
        ],
        named=2,
    )
    book.table(
        "督办",
        f"{title}（收到的督办）",
        (),
        [
            SheetColumn(head, width)
            for head, width in zip(
                ("单位", *ORDER_HEAD, "反馈期限"), (22, 22, 10, 40, 12, 18, 18), strict=True
            )
        ],
        [
            [
                one.unit,
                *_order_cells(order, dossier),
                sheet_due(order.due_at and _local(dossier, order.due_at)),
            ]
            for one in dossier.units
            for order in one.orders
        ],
        named=2,
    )
    _doors(book, dossier)
    return book.save()


def _doors(book: Book, dossier: Dossier) -> None:
    """Add a row for each door by which came what a unit closed."""
    book.table(
        "来源渠道",
        f"{_title(dossier)}（按来源渠道办结）",
        (),
        [SheetColumn("单位", 22), SheetColumn("来源渠道", 18), SheetColumn("办结", 8)],
        [[one.unit, door.channel, door.closed] for one in dossier.units for door in one.doors],
        named=2,
    )


def dossier_paper(dossier: Dossier) -> bytes:
    """Return the dossier as pages: a unit's months and orders, or a line a unit of the whole."""
    page = OfficialPage(_title(dossier), dossier.bureau, dossier.made_at)
    page.paragraph(Span(dossier.bureau, BIAO, TITLE), align=CENTRE, line=35)
    page.paragraph(Span(_title(dossier), BIAO, TITLE), align=CENTRE, line=35, after=6)
    for note in notes(dossier):
        page.paragraph(Span(note, KAI, 12), align=LEFT, line=20)
    if len(dossier.units) == 1:
        _unit_pages(page, dossier.units[0], dossier)
    else:
        _whole_pages(page, dossier)
    return page.save()


def _whole_pages(page: OfficialPage, dossier: Dossier) -> None:
    heads = ("单位", "应办结", "逾期", "评价", "满意率", "核实后", "不满意", "末位", "督办", "延期")
    groups: dict[str, list[UnitYear]] = {}
    for one in dossier.units:
        groups.setdefault(one.group, []).append(one)
    for group, units in groups.items():
        page.paragraph(Span(group, HEI, 14), align=LEFT, before=8, after=4, together=True)
        page.table(
            (40, 13, 11, 11, 18, 18, 13, 11, 11, 10),
            [heads, *(_whole_row(one, dossier) for one in units)],
            size=9,
            aligns=(LEFT,),
        )


def _whole_row(one: UnitYear, dossier: Dossier) -> tuple[str, ...]:
    rate, verified = one.rates(dossier.weight)
    total = one.total
    figures = (total.due, total.late + total.open, total.rated)
    ends = (total.unsatisfied, len(one.last), len(one.orders), one.counts.granted)
    return (one.unit, *map(str, figures), _rate(rate), _rate(verified), *map(str, ends))


def _unit_pages(page: OfficialPage, one: UnitYear, dossier: Dossier) -> None:
    rate, verified = one.rates(dossier.weight)
    total, counts = one.total, one.counts
    page.heading("一、全年情况")
    page.body(
        f"{one.unit}（{one.group}）{dossier.year}年应办结{total.due}件，按时办结{total.on_time}件，"
        f"延期后办结{total.after_extension}件，逾期{total.late + total.open}件；"
        f"有效评价{total.rated}件，群众满意率{_rate(rate)}，核实后{_rate(verified)}；"
        f"不满意{total.unsatisfied}件，核实后{_verified(one)}件，剔除{total.excluded}件、"
        f"改评{total.rerated}件。"
    )
    last = "、".join(month.period for month in one.last)
    page.body(f"{'末位月份：' + last if last else '没有末位月份'}。")
    page.body(
        f"申请延期{counts.extensions}次，同意{counts.granted}次；答复退回{counts.replies_returned}"
        f"次，督办反馈退回{counts.feedback_returned}次。"
    )
    doors = "，".join(f"{door.channel}{door.closed}件" for door in one.doors)
    page.body(f"全年办结按来源渠道：{doors or '没有'}。")
    page.heading("二、各月位次和数字")
    months = [[_text(cell(month)) for _, _, cell in MONTH] for month in one.months]
    page.table(MONTH_WIDTHS, [[head for head, _, _ in MONTH], *months], size=9)
    page.heading("三、收到的督办")
    if not one.orders:
        page.body("全年没有收到督办单。")
        return
    rows = [[_text(cell) for cell in _order_cells(order, dossier)] for order in one.orders]
    page.table(ORDER_WIDTHS, [ORDER_HEAD, *rows], size=9, aligns=(LEFT, CENTRE, LEFT))


def _order_cells(order: YearOrder, dossier: Dossier) -> list[Cell]:
    signed = _local(dossier, order.signed_at)
    outcome = order.outcome(dossier.made_at)
    return [order.number, PAPER_NAMES[order.kind], mask_text(order.title), signed.date(), outcome]


def _local(dossier: Dossier, instant: datetime) -> datetime:
    return instant.astimezone(dossier.made_at.tzinfo)


def _title(dossier: Dossier) -> str:
    whose = dossier.units[0].unit if len(dossier.units) == 1 else "各承办单位"
    return f"{whose}{dossier.year}年度考核档案"


def _place(month: Month) -> str:
    place = month.standing.place
    if place is None:
        return month.standing.reason or "不排名"
    return f"{place}/{month.of}" + ("（末位）" if month.last else "")


def _verified(one: UnitYear) -> int | str:
    verified = one.total.verified
    return "未核" if verified is None else verified.unsatisfied


def _rate(rate: Fraction | None) -> str:
    return print_rate(rate)


def _text(cell: Cell) -> str:
    """Return a cell as a page prints it."""
    if isinstance(cell, Fraction):
        return print_rate(cell)
    if isinstance(cell, date):
        return f"{cell.year}.{cell.month}.{cell.day}"
    return "—" if cell is None else str(cell)


FORMS = {".docx": dossier_paper, ".xlsx": dossier_workbook}
"""How a dossier is drawn, by the suffix of its file."""


def write_dossier(store: Store, found: Dossier, path: Path) -> Path:
    """Write a dossier; the file appears once it is on record."""
    draw = FORMS[path.suffix]
    return one_paper(
        path.parent, lambda keep: letters.export_dossier(store, found, path.name, draw, keep)
    )
