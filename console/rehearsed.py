"""What a change of the rules comes to, in a few lines for screen and command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.clocks import Rehearsal


def summary(told: Rehearsal, colour: Callable[[str | None], str]) -> list[str]:
    """Return the sums; ``colour`` writes a colour out, None for a clock that shows none."""
    lines = [
        f"在办时限 {told.running:,} 个，变动 {told.changed:,} 个："
        f"到期推后 {told.later:,}，提前 {told.earlier:,}，暂定转定 {told.settled:,}"
        + (f"，转为暂定 {told.provisional:,}" if told.provisional else "")
    ]
    if told.colours:
        shown = (f"{colour(c.before)} 转 {colour(c.after)} {c.count:,}" for c in told.colours)
        lines.append("颜色变化：" + "，".join(shown))
    if told.annulled:
        lines.append(f"撤销不再成立的预警 {told.annulled:,} 条")
    if told.bound:
        lines.append(f"来源或签发文件定死日期的 {told.bound:,} 个，不动")
    if told.kept:
        lines.append(f"新规则未设此项时限的 {told.kept:,} 个，仍按原时限")
    return lines


def most_affected(told: Rehearsal, count: int) -> str:
    """Return the units with the most changes: ``洪山区 12，江岸区 9``."""
    return "，".join(f"{unit.name} {unit.changed:,}" for unit in told.units[:count])
