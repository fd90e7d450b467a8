"""The week or month a person asks for."""

from __future__ import annotations

from console.cli.call import Call
from console.settings import WrongUsage
from rules.ranking import Kind, Period, last_complete, parse_period


def chosen_period(call: Call, week: str | None, month: str | None) -> Period:
    """Return the period asked for, the last complete week by default; ``last`` is the newest."""
    if week is not None and month is not None:
        raise WrongUsage("--week 和 --month 只能写一个")
    keeper = call.store().timekeeper()
    kind: Kind = "week" if month is None else "month"
    text = (week if month is None else month) or "last"
    if text == "last":
        return last_complete(kind, call.now(), keeper.zone)
    period = parse_period(text, keeper.zone)
    if period.kind != kind:
        raise WrongUsage(f"{text} 写错了位置：--week 2018-W45，--month 2018-10")
    return period
