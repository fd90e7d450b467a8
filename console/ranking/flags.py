"""``duban flags``: who must be supervised, with evidence."""

from __future__ import annotations

import typer

from console.command import Verb, call_of, chosen_period, one_verb, option, say
from models.ranking import RULES, FlagView, flags_of

app = one_verb()


@app.command("flags", cls=Verb, help="预警：连续末位的单位和长期未解决的突出诉求，附依据。")
def show_flags(
    ctx: typer.Context,
    month: str = option("--month", "月", "last 或 2018-10", "last"),
) -> None:
    """Name the units to be supervised by a month's ranking and by what is unresolved now."""
    call = call_of(ctx)
    period = chosen_period(call, None, month)
    found = flags_of(call.store(), period)
    names = ("id", "key", "unit", "rule", "provisional", "evidence", "order")
    call.answer([call.object(flag, *names) for flag in found], lambda: _show(period.label, found))


def _show(label: str, found: list[FlagView]) -> None:
    say(f"{label}：{len(found)}项预警")
    for flag in found:
        guess = "（预判：含未发布的月份）" if flag.provisional else ""
        order = f" · 已拟 {flag.order}" if flag.order else ""
        say("", f"{flag.unit} · {RULES[flag.rule]}{guess}{order}")
        say(*(f"  {line}" for line in flag.evidence))
        if flag.order is None:
            say(f"  拟制督办单：duban order draft --flag {flag.id or flag.key}")
