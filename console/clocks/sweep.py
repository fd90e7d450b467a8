"""``duban sweep``: record crossed thresholds and draft what the policy wants drafted; for cron."""

from __future__ import annotations

import typer

from console.command import Verb, call_of, chosen_period, one_verb, say
from models.clocks import SweepResult, sweep
from models.orders import draft_due
from models.ranking import raise_flags

LEVELS = {"blue": "转蓝", "yellow": "转黄", "red1": "转红Ⅰ", "red2": "转红Ⅱ", "red3": "转红Ⅲ"}

app = one_verb()


@app.command("sweep", cls=Verb, help="巡查：记下转色和预警，按规则拟制督办单；供定时任务运行。")
def run_sweep(ctx: typer.Context) -> None:
    """Sweep once; a second sweep at the same time leaves everything to the first."""
    call = call_of(ctx)
    store = call.store()
    result = sweep(store)
    drafts = 0
    if not result.busy:
        raise_flags(store, chosen_period(call, None, "last"))
        drafts = len(draft_due(store))
    crossed = {level: result.crossed.get(level, 0) for level in LEVELS}
    call.answer({"crossed": crossed, "drafts": drafts}, lambda: _show(result, crossed, drafts))


def _show(result: SweepResult, crossed: dict[str, int], drafts: int) -> None:
    if result.busy:
        say("另一次巡查正在进行，本次没有重复记录")
        return
    told = "  ".join(f"{LEVELS[level]} {count}" for level, count in crossed.items())
    say(f"巡查完成：{told}；拟制督办单 {drafts} 份")
