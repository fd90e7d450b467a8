"""The files of an edition by their suffix: bulletin, plain text, and the workbook beside."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from console.paper import (
    BIAO,
    CENTRE,
    FANG,
    HEI,
    KAI,
    LEFT,
    LINE,
    RIGHT,
    TITLE,
    WIDTH,
    OfficialPage,
    Span,
    inert,
    rule,
)
from console.ranking.edition_book import ranking_workbook
from console.ranking.standings import (
    INDICATORS,
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from rules.clocks import chinese_date
from rules.errors import DubanError
from rules.ranking import Standing, print_rate
from rules.text import printable

if TYPE_CHECKING:
    from models.ranking import EditionView


WIDTHS = (7, 9, 26, 12, 12, 9, 7.5, 7.5, 12, 12, 9, 12, 10, 11)  # mm

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
    page.paragraph(
        Span(f"群众诉求办理情况{kind}通报", BIAO, 42, red=True, scale=85),
        align=CENTRE,
        before=30,
        line=None,
    )
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
        f"{_verified(view)}{len(view.rows)}个单位中，{ranked}个参加排名。"
    ]
    good = [row for row in view.rows if row.grade == "优良"]
    poor = [row for row in view.rows if row.grade == "不合格"]
    told.append(f"办理优良{len(good)}个，不合格{len(poor)}个")
    if poor:
        told.append(f"（{'、'.join(row.unit for row in poor)}）")
    return "".join((*told, "。"))


def _verified(view: EditionView) -> str:
    """Return the two satisfactions as verified, nothing where that was never counted."""
    total, basic = view.total, view.basic_weight
    if (verified := total.verified) is None:
        return ""
    return (
        f"经核实{total.changes}，核实后群众满意率{print_rate(verified.result_rate(basic))}，"
        f"工作满意率{print_rate(verified.work_rate(basic))}。"
    )


def _group(page: OfficialPage, n: int, name: str, table: Sequence[Standing]) -> None:
    counted = [row for row in table if row.grade]
    apart = [row for row in table if not row.grade]
    page.paragraph(Span(f"（{NUMERALS[n]}）{name}", KAI), first=32, together=True)
    if counted:
        columns = columns_named(SHORT)
        lines = [[c.title for c in columns], *printed(columns, counted)]
        aligns = [LEFT if c.title == "单位" else CENTRE for c in columns]
        page.table(WIDTHS, lines, size=8, aligns=aligns)
        page.paragraph(Span(_extremes(counted), FANG), first=32, before=6)
    if apart:
        named = "、".join(f"{row.unit}（评价{row.tally.rated}件）" for row in apart)
        page.paragraph(
            Span("不排位次：", HEI, 12),
            Span(f"{named}。", FANG, 12),
            first=24,
            line=LINE * 0.75,
            after=6,
        )


def _extremes(counted: Sequence[Standing]) -> str:
    ranked = [row for row in counted if row.ranked]
    if not ranked:
        return f"{counted[0].reason}，不排位次。"
    last = max(row.place or 0 for row in ranked)
    first = "、".join(row.unit for row in ranked if row.place == 1)
    if last == 1:
        return f"{first}位次相同。"
    low = "、".join(row.unit for row in ranked if row.place == last)
    return f"排名首位：{first}；末位：{low}。"


def ranking_csv(view: EditionView) -> bytes:
    """Return all columns of all groups as .csv with a byte order mark; no cell can run."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["统计期", "组别", *(column.title for column in INDICATORS)])
    for group, table in view.groups.items():
        for line in printed(INDICATORS, table):
            writer.writerow([view.period.key, *(inert(c) for c in (group_name(group), *line))])
    return out.getvalue().encode("utf-8-sig")


def ranking_markdown(view: EditionView) -> bytes:
    """Return the printed columns, group by group, with the footnotes, as Markdown."""
    lines = [f"# {heading(view)}", "", f"{view.bureau} · {standing_of(view)}"]
    columns = columns_named(SHORT)
    for group, table in view.groups.items():
        lines += ["", f"## {group_name(group)}", ""]
        lines += [_row([c.title for c in columns]), _row(["---"] * len(columns))]
        lines += [_row(line) for line in printed(columns, [s for s in table if s.grade])]
        apart = [f"{s.unit}（{s.reason}）" for s in table if not s.ranked]
        if apart:
            lines += ["", f"不排位次：{_cell('、'.join(apart))}"]
    lines += ["", "---", ""]
    lines += [f"- {_cell(note)}" for note in footnotes(view)]
    return ("\n".join(lines) + "\n").encode()


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_cell(c) for c in cells)} |"


def _cell(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


FORMS: Mapping[str, Callable[[EditionView], bytes]] = {
    ".docx": ranking_bulletin,
    ".xlsx": ranking_workbook,
    ".csv": ranking_csv,
    ".md": ranking_markdown,
}


def render_one(view: EditionView, suffix: str) -> bytes:
    """Return an edition in the form of a file suffix such as ``.xlsx``."""
    if suffix not in FORMS:
        raise DubanError(f"不会写 {suffix or '没有后缀的'} 文件：请用 {' '.join(FORMS)} 或 .json")
    return FORMS[suffix](view)


def render_edition(view: EditionView) -> dict[str, bytes]:
    """Return every form of an edition by file name, as a publication stores them."""
    name = f"{heading(view)} {standing_of(view)}".replace(" ", "_")
    return {name + suffix: write(view) for suffix, write in FORMS.items()}
