"""The first page of a bulletin, read standing: the figures, what got worse, who must act."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from console.ranking.passages import Variant, fitting
from console.ranking.sections import after_merging
from rules.ranking import growth, points, print_rate, worse

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Bulletin

MOST_LINES = 8


def headline(view: EditionView, bulletin: Bulletin, variant: Variant) -> tuple[str, ...]:
    """Return at most eight lines, each short enough for one line in large type."""
    acts = [] if variant == "public" else _acts(view, bulletin)
    lines = [*_figures(view, bulletin), _worse(view, bulletin), *acts]
    return tuple(lines[:MOST_LINES])


def _figures(view: EditionView, bulletin: Bulletin) -> list[str]:
    flow, total, weight = bulletin.flow, view.total, view.basic_weight
    before, past = bulletin.before, bulletin.total_before
    received = ""
    if before is not None:
        received = f"（比上期{growth(flow.received, before.flow.received)}）"
    rate, work = total.result_rate(weight), total.work_rate(weight)
    return [
        f"受理诉求{flow.received}件{received}{after_merging(flow)}，办结{flow.closed}件次",
        f"期末在办{bulletin.in_hand.all}件次，其中逾期未结{bulletin.in_hand.overdue}件次",
        _rate("按时办结率", total.on_time_rate, past.on_time_rate),
        _rate("群众满意率", rate, past.result_rate(weight)),
        _rate("工作满意率", work, past.work_rate(weight)),
    ]


def _rate(name: str, rate: Fraction | None, past: Fraction | None) -> str:
    if rate is None:
        return f"{name}：本期没有可计算的件"
    beside = "" if past is None else f"，比上期{points(rate, past)}"
    return f"{name}{print_rate(rate)}{beside}"


def _worse(view: EditionView, bulletin: Bulletin) -> str:
    if bulletin.before is None:
        return "变差：没有完整的上期数据，不作比较"
    found = worse(view.total, bulletin.before.total, view.basic_weight)
    if not found:
        return "变差：所比各项没有比上期变差的"
    return fitting("变差：", found, "项")


def _acts(view: EditionView, bulletin: Bulletin) -> list[str]:
    """Return who must act: units past their limit, units graded 不合格, late feedback."""
    late = sorted(
        (row for row in view.rows if bulletin.hand(row.unit_id).overdue),
        key=lambda row: (-bulletin.hand(row.unit_id).overdue, row.code),
    )
    named = [f"{row.unit}{bulletin.hand(row.unit_id).overdue}" for row in late]
    poor = [row.unit for row in view.rows if row.grade == "不合格"]
    papers = [f"{one.unit}{one.number}" for one in bulletin.supervision.open if one.late]
    found = [
        fitting(lead, items, unit)
        for lead, items, unit in (
            ("逾期未结须办：", named, "家"),
            ("不合格须整改：", poor, "家"),
            ("督办反馈逾期：", papers, "份"),
        )
        if items
    ]
    return found or ["须办：没有逾期未结、不合格和督办反馈逾期的单位"]
