"""What a change of the rules would do or did, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from console.command import say, say_table
from console.frame import UNICODE, colour_word
from rules.clocks import STEP_NAMES, Limit

if TYPE_CHECKING:
    from console.command import Call
    from models.clocks import Rehearsal, SampleRow


def plain_colour(colour: str | None) -> str:
    """Return a colour as sign and word, for the command line."""
    return colour_word(colour, UNICODE)


def summary(told: Rehearsal, colour: Callable[[str | None], str] = plain_colour) -> list[str]:
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


UNITS_SHOWN = 10

ROWS_SHOWN = 20


def as_object(call: Call, told: Rehearsal) -> dict[str, Any]:
    """Return a rehearsal for JSON."""
    counts = (
        "running",
        "changed",
        "moved",
        "earlier",
        "later",
        "settled",
        "provisional",
        "annulled",
        "bound",
        "kept",
    )
    return {
        **{name: getattr(told, name) for name in counts},
        "colours": [{"from": c.before, "to": c.after, "count": c.count} for c in told.colours],
        "units": [{"unit": u.name, "changed": u.changed} for u in told.units],
        "rows": [_row(call, row) for row in told.rows],
    }


def show(call: Call, told: Rehearsal) -> None:
    """Show a rehearsal to a person: the sums, the units most affected, some of the rows."""
    say(*summary(told))
    if told.units:
        most = told.units[:UNITS_SHOWN]
        say_table(("单位", "变动"), [(u.name, u.changed) for u in most], numbers=("变动",))
    if told.rows:
        say_table(
            ("编号", "单位", "时限", "原到期", "新到期", "颜色"),
            [_cells(call, row) for row in told.rows[:ROWS_SHOWN]],
        )


def agreed(call: Call, rehearse: Callable[[], Rehearsal], what: str, *, yes: bool) -> bool:
    """Ask a person at a terminal, who sees the rehearsal first; a script has agreed already."""
    if yes or call.settings.json or not sys.stdin.isatty():
        return True
    show(call, rehearse())
    print(f"{what}？装入请按 y 回车，其他键放弃：", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "ｙ", "1", "是")


def _row(call: Call, row: SampleRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "title": row.title,
        "unit": row.unit,
        "step": row.step,
        "limit": row.limit_text,
        "due_before": call.iso(row.due_before),
        "due_after": call.iso(row.due_after),
        "colour_before": row.colour_before,
        "colour_after": row.colour_after,
        "provisional_before": row.provisional_before,
        "provisional_after": row.provisional_after,
    }


def _cells(call: Call, row: SampleRow) -> tuple[str, ...]:
    step = f"{STEP_NAMES.get(row.step, row.step)} {Limit.parse(row.limit_text).label}"
    colour = plain_colour(row.colour_after)
    if row.colour_before != row.colour_after:
        colour = f"{plain_colour(row.colour_before)} → {colour}"
    before, after = call.clock(row.due_before) or "", call.clock(row.due_after) or ""
    return (
        row.number,
        row.unit,
        step,
        before + ("（暂定）" if row.provisional_before else ""),
        after + ("（暂定）" if row.provisional_after else ""),
        colour,
    )
