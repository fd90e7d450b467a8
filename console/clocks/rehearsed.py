"""What a change of the rules would do or did, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from console.clocks import hindsight
from console.command import Fact, say
from console.frame import UNICODE, colour_word
from rules.clocks import STEP_NAMES, Limit

if TYPE_CHECKING:
    from console.command import Call
    from models.clocks import Rehearsal, SampleRow
    from models.ranking import Hindsight


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

COUNTS = ("running", "changed", "moved", "earlier", "later", "settled", "provisional", "annulled")
"""What is counted of a rehearsal, besides what stands ``bound`` and ``kept``."""


def _step(row: SampleRow) -> str:
    return f"{STEP_NAMES.get(row.step, row.step)} {Limit.parse(row.limit_text).label}"


def _colour(row: SampleRow) -> str:
    before, after = plain_colour(row.colour_before), plain_colour(row.colour_after)
    return after if before == after else f"{before} → {after}"


UNIT: tuple[Fact[Any], ...] = (
    Fact("unit", "单位", value=lambda unit: unit.name),
    Fact("changed", "变动", number=True),
)

ROW: tuple[Fact[SampleRow], ...] = (
    Fact("kind"),
    Fact("number", "编号"),
    Fact("title"),
    Fact("unit", "单位"),
    Fact("step", "时限", shown=_step),
    Fact("limit", value=lambda row: row.limit_text),
    Fact("due_before", "原到期", after=lambda row: "（暂定）" if row.provisional_before else ""),
    Fact("due_after", "新到期", after=lambda row: "（暂定）" if row.provisional_after else ""),
    Fact("colour_before"),
    Fact("colour_after", "颜色", shown=_colour),
    Fact("provisional_before"),
    Fact("provisional_after"),
)


def as_object(call: Call, told: Rehearsal) -> dict[str, Any]:
    """Return a rehearsal for JSON."""
    return {
        **call.object(told, *COUNTS, "bound", "kept"),
        "colours": [{"from": c.before, "to": c.after, "count": c.count} for c in told.colours],
        "units": call.objects(UNIT, told.units),
        "rows": call.objects(ROW, told.rows),
    }


def answer(
    call: Call,
    told: Rehearsal,
    past: Hindsight | None,
    first: Callable[[], None] = lambda: None,
    **more: Any,
) -> None:
    """Answer with a rehearsal, and with what would have become of a past period if asked for.

    ``first`` shows what stands before it, ``more`` is that for JSON.
    """
    value = {**more, **as_object(call, told)}
    if past is not None:
        value["past"] = hindsight.as_object(call, past)

    def shown() -> None:
        first()
        show(call, told)
        if past is not None:
            hindsight.show(call, past)

    call.answer(value, shown)


def show(call: Call, told: Rehearsal) -> None:
    """Show a rehearsal to a person: the sums, the units most affected, some of the rows."""
    say(*summary(told))
    if told.units:
        call.table(UNIT, told.units[:UNITS_SHOWN])
    if told.rows:
        call.table(ROW, told.rows[:ROWS_SHOWN])


def agreed(call: Call, rehearse: Callable[[], Rehearsal], what: str, *, yes: bool) -> bool:
    """Ask a person at a terminal, who sees the rehearsal first; a script has agreed already."""
    question = f"{what}？装入请按 y 回车，其他键放弃："
    return yes or call.agreed(question, lambda: show(call, rehearse()))
