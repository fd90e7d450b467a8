"""回看: what other rules would have made of a past period, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.command import Fact, say
from rules.clocks import STEP_NAMES, Limit
from rules.ranking import print_rate, share

if TYPE_CHECKING:
    from console.command import Call
    from models.ranking import Hindsight, TurnedRow
    from rules.ranking import StepThen, UnitThen

UNITS_SHOWN = 20

ROWS_SHOWN = 20

AS_IT_WAS = "交办、答复、挂起和已批的延期照当时所办，只换规则；与按现行规则计算的这一期相比"


def sums(told: Hindsight) -> list[str]:
    """Return the sums: what fell due, was late and turned, step by step, and whose places moved."""
    lines = [_step(step) for step in told.steps]
    moved = sum(unit.on_time_place != unit.on_time_place_then for unit in told.units)
    ranked = sum(unit.was.place != unit.would.place for unit in told.units)
    lines.append(f"名次会变：按时办结率 {moved:,} 家，群众满意率 {ranked:,} 家")
    return lines


def _step(step: StepThen) -> str:
    parts = [f"应办 {changed(f'{step.due_before:,}', f'{step.due_after:,}')}"]
    parts.append(f"逾期 {changed(f'{step.late_before:,}', f'{step.late_after:,}')}")
    rates = (
        print_rate(share(due - late, due))
        for due, late in (
            (step.due_before, step.late_before),
            (step.due_after, step.late_after),
        )
    )
    parts.append(f"按时率 {changed(*rates)}")
    turned = (("按时转逾期", step.turned_late), ("逾期转按时", step.turned_kept))
    parts += [f"{words} {count:,}" for words, count in turned if count]
    parts += [f"新规则不设此项 {step.unset:,}"] if step.unset else []
    return f"{STEP_NAMES[step.step]}　" + "，".join(parts)


def changed(before: object, after: object) -> str:
    """Return a figure as it was and as it would have been: ``12 → 15``, or ``12`` alone."""
    old, new = ("—" if figure is None else f"{figure}" for figure in (before, after))
    return old if old == new else f"{old} → {new}"


def rates(unit: UnitThen) -> str:
    """Return 按时办结率 of a unit as it was and as it would have been."""
    return changed(*(print_rate(row.tally.on_time_rate) for row in (unit.was, unit.would)))


def _fraction(value: Any) -> float | None:
    return None if value is None else float(value)


UNIT: tuple[Fact[UnitThen], ...] = (
    Fact("unit", "单位", value=lambda u: u.was.unit),
    Fact("code", value=lambda u: u.was.code),
    Fact("group", "组别", value=lambda u: u.was.group),
    Fact("due_before", value=lambda u: u.was.tally.due),
    Fact("due_after", value=lambda u: u.would.tally.due),
    Fact("late_before", value=lambda u: u.late),
    Fact("late_after", value=lambda u: u.late_then),
    Fact("carried_before", value=lambda u: u.was.tally.carried),
    Fact("carried_after", value=lambda u: u.would.tally.carried),
    Fact("on_time_rate_before", value=lambda u: _fraction(u.was.tally.on_time_rate)),
    Fact("on_time_rate_after", value=lambda u: _fraction(u.would.tally.on_time_rate)),
    Fact("on_time_place_before", value=lambda u: u.on_time_place),
    Fact("on_time_place_after", value=lambda u: u.on_time_place_then),
    Fact("place_before", value=lambda u: u.was.place),
    Fact("place_after", value=lambda u: u.would.place),
    Fact("", "应办结", value=lambda u: changed(u.was.tally.due, u.would.tally.due)),
    Fact("", "逾期", value=lambda u: changed(u.late, u.late_then)),
    Fact("", "按时办结率", value=rates),
    Fact("", "按时名次", value=lambda u: changed(u.on_time_place, u.on_time_place_then)),
    Fact("", "满意名次", value=lambda u: changed(u.was.place, u.would.place)),
)

ROW: tuple[Fact[TurnedRow], ...] = (
    Fact("number", "编号"),
    Fact("title"),
    Fact("unit", "单位"),
    Fact("step", "时限", shown=lambda r: f"{STEP_NAMES[r.step]} {Limit.parse(r.limit_text).label}"),
    Fact("limit", value=lambda r: r.limit_text),
    Fact("due_before", "原到期"),
    Fact("due_after", "新到期"),
    Fact("stopped_at", "办成"),
    Fact("late", "结果", shown=lambda r: "按时 → 逾期" if r.late else "逾期 → 按时"),
)


def as_object(call: Call, told: Hindsight) -> dict[str, Any]:
    """Return it for JSON."""
    counts = ("due", "late")
    sides = [f"{count}_{side}" for count in counts for side in ("before", "after")]
    names = ("step", *sides, "turned_late", "turned_kept", "unset")
    return {
        "period": told.period.key,
        "from": call.iso(told.period.from_at),
        "to": call.iso(told.period.to_at),
        "steps": [call.object(step, *names) for step in told.steps],
        "units": call.objects(UNIT, told.units),
        "turned": told.turned,
        "rows": call.objects(ROW, told.rows),
    }


def show(call: Call, told: Hindsight) -> None:
    """Show it to a person: the sums, the units that change most, some of what turned."""
    say("", f"回看 {told.period.titled}：{AS_IT_WAS}", *sums(told))
    units = [unit for unit in told.units if unit.changed]
    if units:
        call.table(UNIT, units[:UNITS_SHOWN])
    if len(units) > UNITS_SHOWN:
        say(f"另有 {len(units) - UNITS_SHOWN} 家有变动，全部见 --json")
    if told.rows:
        call.table(ROW, told.rows[:ROWS_SHOWN])
