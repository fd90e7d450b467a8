"""通报: the bulletin of one period's ranking as a .docx."""

from __future__ import annotations

from collections.abc import Sequence

from console.documents.faces import BIAO, FANG, HEI, KAI
from console.documents.page import CENTRE, LEFT, LINE, RIGHT, TITLE, WIDTH, OfficialPage, Span, rule
from console.documents.ranking_lines import (
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from console.documents.words import chinese_date
from models.ranking import EditionView
from rules.ranking import Standing, print_rate

WIDTHS = (10, 12, 30, 18, 13, 18, 13, 18, 12, 12)  # mm


NUMERALS = "一二三四五六七八九十"


def ranking_bulletin(view: EditionView) -> bytes:
    """Return the bulletin: the whole, the groups' tables, who stands out, the definitions."""
    made = view.made_at
    page = OfficialPage(heading(view), view.bureau, made)
    _head(page, view)
    page.paragraph(Span(heading(view), BIAO, TITLE), align=CENTRE, line=35)
    page.blank()
    page.heading("一、总体情况")
    page.body(_overall(view))
    page.heading("二、分组排名" if len(view.groups) > 1 else "二、单位排名")
    for n, (group, table) in enumerate(view.groups.items()):
        _group(page, n, group_name(group), table)
    page.heading("三、指标说明")
    for n, note in enumerate(footnotes(view), 1):
        page.paragraph(Span(f"{n}.{note}", FANG, 10.5), align=LEFT, first=21, line=17)
    page.blank()
    page.paragraph(view.bureau, align=RIGHT, right=40, together=True)
    page.paragraph(chinese_date(made), align=RIGHT, right=64)
    return page.save()


def _head(page: OfficialPage, view: EditionView) -> None:
    kind = "周" if view.period.kind == "week" else "月"
    page.paragraph(Span(f"群众诉求办理情况{kind}通报", BIAO, 42, red=True, scale=85),
                   align=CENTRE, before=30, line=None)  # fmt: skip
    page.paragraph(Span(standing_of(view), FANG), align=CENTRE, before=8)
    made = chinese_date(view.made_at)
    page.paragraph(Span(view.bureau), Span(f"\t{made}"), align=LEFT, tab=WIDTH, before=8)
    rule(page.paragraph("", line=11.3))
    page.blank(1.5)


def _overall(view: EditionView) -> str:
    total = view.total
    ranked = sum(1 for row in view.rows if row.ranked)
    told = [
        f"{view.period.label}，应办结{total.due}件，按时办结{total.on_time}件，"
        f"延期内办结{total.after_extension}件，逾期办结{total.late}件，到期未结{total.open}件，"
        f"按时办结率{print_rate(total.on_time_rate)}；结转逾期未结{total.carried}件。"
        f"收到有效评价{total.rated}件，其中满意{total.result_satisfied}件、"
        f"基本满意{total.result_basic}件、不满意{total.unsatisfied}件，"
        f"群众满意率{print_rate(total.result_rate(view.basic_weight))}，工作满意率{print_rate(total.work_rate(view.basic_weight))}。"
        f"{len(view.rows)}个单位中，{ranked}个参加排名。"
    ]
    good = [row for row in view.rows if row.grade == "优良"]
    poor = [row for row in view.rows if row.grade == "不合格"]
    told.append(f"办理优良{len(good)}个，不合格{len(poor)}个")
    if poor:
        told.append(f"（{'、'.join(row.unit for row in poor)}）")
    return "".join((*told, "。"))


def _group(page: OfficialPage, n: int, name: str, table: Sequence[Standing]) -> None:
    ranked = [row for row in table if row.ranked]
    apart = [row for row in table if not row.ranked]
    page.paragraph(Span(f"（{NUMERALS[n]}）{name}", KAI), first=32, together=True)
    if ranked:
        columns = columns_named(SHORT)
        lines = [[c.title for c in columns], *printed(columns, ranked)]
        aligns = [LEFT if c.title == "单位" else CENTRE for c in columns]
        page.table(WIDTHS, lines, size=9, aligns=aligns)
        page.paragraph(Span(_extremes(ranked), FANG), first=32, before=6)
    if apart:
        named = "、".join(f"{row.unit}（评价{row.tally.rated}件）" for row in apart)
        page.paragraph(Span("不排位次：", HEI, 12), Span(f"{named}。", FANG, 12), first=24,
                       line=LINE * 0.75, after=6)  # fmt: skip


def _extremes(ranked: Sequence[Standing]) -> str:
    last = max(row.place or 0 for row in ranked)
    first = "、".join(row.unit for row in ranked if row.place == 1)
    if last == 1:
        return f"{first}位次相同。"
    low = "、".join(row.unit for row in ranked if row.place == last)
    return f"排名首位：{first}；末位：{low}。"
