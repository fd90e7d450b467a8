"""``duban dispatch``: units suggested, and how sure suggestions are in this city."""

from __future__ import annotations

from typing import Any

import typer

from console.casework import ABOUT_SUGGEST, suggest
from console.command import Verb, call_of, say, say_table, verb_group
from models.dispatch import Measure, calibrate as measure_again, latest_measure
from rules.dispatch import VOICES, Band

app = verb_group("派单：建议单位，测算建议的把握。")

app.command("suggest", cls=Verb, help=ABOUT_SUGGEST)(suggest)


@app.command(
    "calibrate", cls=Verb, help="测算把握：把近期派单按时间先后逐件重猜，记下各档猜对几成。"
)
def calibrate(ctx: typer.Context) -> None:
    """Measure suggestions on the city's own dispatches and keep what was found."""
    call = call_of(ctx)
    store = call.store()
    today = store.timekeeper().local(store.now()).date()
    found = measure_again(store, today=today)
    call.answer(_measure(found), lambda: _show(found))


@app.command("measured", cls=Verb, help="最近一次测算的把握：各档以往猜对几成。")
def measured(ctx: typer.Context) -> None:
    """Show the last measurement."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = latest_measure(reader)
    if found is None:
        call.answer(None, lambda: say("把握没有测算过：请运行 duban dispatch calibrate"))
    else:
        call.answer(_measure(found), lambda: _show(found))


def _measure(found: Measure) -> dict[str, Any]:
    return {
        "at": found.at,
        "asked": found.asked,
        "first": found.first / found.asked,
        "three": found.three / found.asked,
        "largest": found.largest / found.asked,
        "error": found.error / 1000,
        "weights": dict(zip(VOICES, found.weights, strict=True)),
        "bands": [
            {
                "low": band.low,
                "said": band.said,
                "asked": band.asked,
                "right": band.right,
                "sure": round(band.sure, 4),
                "between": [round(end, 4) for end in band.between],
            }
            for band in found.bands
        ],
    }


def _show(found: Measure) -> None:
    asked = found.asked
    say(
        f"近 {asked} 件按时间先后重猜：首选对 {found.first}（{found.first / asked:.1%}），"
        f"前三有 {found.three}（{found.three / asked:.1%}）；"
        f"一律猜最大单位只对 {found.largest}（{found.largest / asked:.1%}）",
        f"首选所报把握与后来实际平均相差 {found.error / 10:.1f} 个百分点",
        "各方面的分量："
        + "、".join(f"{name}{w:.0%}" for name, w in zip(VOICES, found.weights, strict=True)),
    )
    say_table(
        ("推测不低于", "件数", "其中对", "把握", "95% 区间"),
        (_band(band) for band in reversed(found.bands)),
        numbers=("推测不低于", "件数", "其中对", "把握"),
    )


def _band(band: Band) -> tuple[str, int, int, str, str]:
    low, high = band.between
    return (
        f"{band.low:.1%}",
        band.asked,
        band.right,
        f"{band.sure:.0%}",
        f"{low:.0%} 至 {high:.0%}",
    )
