"""The ranking as lines of cells: one order of columns for every form it is printed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from rules.ranking import DEFINITIONS, Standing, print_rate

if TYPE_CHECKING:
    from models.ranking import EditionView


Cell = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """One column: its heading, what it says of a unit, its width in characters."""

    title: str
    cell: Callable[[Standing], Cell]
    width: float = 9


def movement_words(movement: int | None) -> str:
    """Return 升2 降1 平, or nothing where there is no place to compare with."""
    if movement is None:
        return ""
    return "平" if movement == 0 else f"{'升' if movement > 0 else '降'}{abs(movement)}"


INDICATORS: tuple[PrintedColumn, ...] = (
    PrintedColumn("位次", lambda s: s.place, 5),
    PrintedColumn("升降", lambda s: movement_words(s.movement), 5),
    PrintedColumn("单位", lambda s: s.unit, 17),
    PrintedColumn("群众满意率", lambda s: s.result_rate, 8.5),
    PrintedColumn("核实后群众满意率", lambda s: s.verified_rate, 9.5),
    PrintedColumn("有效评价", lambda s: s.tally.rated, 6),
    PrintedColumn("改评", lambda s: s.tally.rerated if s.tally.verified else None, 5),
    PrintedColumn("剔除", lambda s: s.tally.excluded if s.tally.verified else None, 5),
    PrintedColumn("满意", lambda s: s.tally.result_satisfied, 6),
    PrintedColumn("基本满意", lambda s: s.tally.result_basic, 6),
    PrintedColumn("不满意件", lambda s: s.tally.unsatisfied, 6.5),
    PrintedColumn("工作满意率", lambda s: s.work_rate, 8.5),
    PrintedColumn("核实后工作满意率", lambda s: s.verified_work_rate, 9.5),
    PrintedColumn("应办结", lambda s: s.tally.due, 6),
    PrintedColumn("按时办结", lambda s: s.tally.on_time, 6),
    PrintedColumn("延期内办结", lambda s: s.tally.after_extension, 7),
    PrintedColumn("逾期办结", lambda s: s.tally.late, 6),
    PrintedColumn("到期未结", lambda s: s.tally.open, 6),
    PrintedColumn("按时办结率", lambda s: s.tally.on_time_rate, 8.5),
    PrintedColumn("结转逾期未结", lambda s: s.tally.carried, 7),
    PrintedColumn("等次", lambda s: s.grade or "", 7),
    PrintedColumn("说明", lambda s: s.reason or "", 17),
    PrintedColumn("单位代码", lambda s: s.code, 9),
    PrintedColumn("不满意件位次", lambda s: s.unsatisfied_place, 12),
    PrintedColumn("工作满意位次", lambda s: s.work_place, 12),
    PrintedColumn("按原时限办结率", lambda s: s.tally.original_rate, 14),
    PrintedColumn("办结率", lambda s: s.tally.closed_rate),
    PrintedColumn("本期办结", lambda s: s.tally.closed),
    PrintedColumn("办结工单数", lambda s: s.tally.tickets),
    PrintedColumn("本期交办", lambda s: s.tally.dispatched),
    PrintedColumn("签收率", lambda s: s.tally.acknowledge_rate),
    PrintedColumn("退单率", lambda s: s.tally.return_rate),
    PrintedColumn("重办率", lambda s: s.tally.rework_rate),
    PrintedColumn("解决率", lambda s: s.tally.resolve_rate),
    PrintedColumn("核查率", lambda s: s.tally.review_rate),
)
"""What a reader asks first comes first; the rest stands to the right."""

PRINTED = INDICATORS.index(next(c for c in INDICATORS if c.title == "单位代码"))
"""How many columns a printed sheet of the workbook shows."""

SHORT = (
    "位次",
    "升降",
    "单位",
    "群众满意率",
    "核实后群众满意率",
    "有效评价",
    "改评",
    "剔除",
    "工作满意率",
    "核实后工作满意率",
    "不满意件",
    "按时办结率",
    "延期内办结",
    "结转逾期未结",
)
"""What fits on a sheet of paper."""


def columns_named(names: Sequence[str]) -> tuple[PrintedColumn, ...]:
    """Return the columns of some headings, in that order."""
    known = {column.title: column for column in INDICATORS}
    return tuple(known[name] for name in names)


def printed(columns: Sequence[PrintedColumn], table: Sequence[Standing]) -> list[list[str]]:
    """Return one table's lines as text; rates get a third decimal where two would look alike."""
    whole = [[column.cell(standing) for column in columns] for standing in table]
    rates = [[c for c in cells if isinstance(c, Fraction)] for cells in zip(*whole, strict=True)]
    return [[_text(c, near) for c, near in zip(line, rates, strict=True)] for line in whole]


def group_name(group: str) -> str:
    """Return a table's heading; without groups all units stand in one."""
    return group or "全部单位"


def terms(view: EditionView) -> list[str]:
    """Return what a reader must know: the terms, every definition, what verifying changed."""
    lines = [f"{note}。" for note in view.notes]
    lines += [f"{name}：{meaning}。" for name, meaning in DEFINITIONS]
    return [*lines, _verification(view)]


def footnotes(view: EditionView) -> list[str]:
    """Return the terms, the sums, and what the figures are proved by: digest and anchor."""
    lines = [*terms(view), _reconciliation(view)]
    lines.append(f"规则第{view.policy}版，日历第{view.calendar}版；数据摘要 {view.digest}")
    if view.head_hash:
        lines.append(f"留痕锚 {view.head_hash}")
    return lines


def heading(view: EditionView) -> str:
    """Return what the edition is called: 2026年10月群众诉求办理情况排名."""
    return f"{view.period.titled}群众诉求办理情况排名"


def standing_of(view: EditionView) -> str:
    """Return its issue and revision, or that it is a draft."""
    if not view.published:
        return "核对稿（未发布）"
    revised = f"（第{view.revision}次修订）" if view.revision > 1 else ""
    return f"第{view.issue}期{revised}"


def _reconciliation(view: EditionView) -> str:
    t = view.total
    return (
        f"核对：应办结{t.due}件＝按时{t.on_time}件＋延期内{t.after_extension}件＋逾期办结{t.late}件"
        f"＋到期未结{t.open}件；有效评价{t.rated}件＝满意{t.result_satisfied}件"
        f"＋基本满意{t.result_basic}件＋不满意{t.unsatisfied}件。"
        f"办结工单{t.tickets}件，并单后{t.closed}件。"
    )


def _verification(view: EditionView) -> str:
    """Return what the verified figures changed, and how the ratings came."""
    total, known = view.total, view.computed_at.astimezone(view.zone)
    verified = total.verified
    if verified is None:
        return "本期发布时未计核实后的数。"
    came = f"；有效评价的来源：{total.sources}" if total.sources else ""
    return (
        f"核实：有效评价{total.rated}件中{total.changes}，核实后{verified.rated}件"
        f"＝满意{verified.result_satisfied}件＋基本满意{verified.result_basic}件"
        f"＋不满意{verified.unsatisfied}件；改评、剔除截至{known:%Y-%m-%d %H:%M}{came}。"
    )


def _text(cell: Cell, near: Iterable[Fraction]) -> str:
    if isinstance(cell, Fraction):
        return print_rate(cell, near)
    return "" if cell is None else str(cell)
