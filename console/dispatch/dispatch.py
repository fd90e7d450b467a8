"""``duban dispatch``: units suggested, how sure that is in this city, what goes by itself."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.casework import ABOUT_SUGGEST, suggest
from console.command import Fact, Verb, call_of, say, say_table, switch, verb_group
from models.dispatch import (
    LookView,
    Measure,
    Sent,
    automatic_now,
    calibrate as measure_again,
    dispatch_automatically,
    latest_measure,
    look_over,
    to_look_over,
)
from rules.dispatch import VOICES, Band

app = verb_group("派单：建议单位，测算建议的把握，自动派单与复核。")

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


def _share(sent: Sent) -> float | None:
    return round(sent.suggestion.sure.sure, 4) if sent.suggestion.sure else None


def _words(sent: Sent) -> str:
    return f"{sent.suggestion.words}（{sent.suggestion.measured_by}）"


def _sure(one: LookView) -> str:
    if one.sure is None:
        return ""
    return f"{one.sure / 1000:.0%}（近 {one.asked} 件同档中对 {one.right}）"


SENT: tuple[Fact[Sent], ...] = (
    Fact("number", "工单"),
    Fact("unit", "派给", lambda sent: sent.suggestion.unit),
    Fact("sure", "把握", _share, _words),
    Fact("why", "依据", lambda sent: sent.suggestion.why),
)


@app.command("auto", cls=Verb, help="自动派单：把握不低于规则所定的；举报、特急、保密不派。")
def auto(ctx: typer.Context, dry_run: bool = switch("--dry-run", "只列出会派哪些，不派")) -> None:
    """Dispatch what the policy lets go by itself."""
    call = call_of(ctx)
    if dry_run:
        call.answer_rows(SENT, automatic_now(call.store()), none="没有够把握的待派件")
        return
    sent, done = dispatch_automatically(call.store())
    value = {
        "done": len(done.done) if done else 0,
        "skipped": [list(each) for each in done.skipped] if done else [],
        "sent": call.objects(SENT, sent),
    }
    told = f"自动派出{value['done']}件，列入复核（duban dispatch looks），可撤销"
    call.answer(value, lambda: say(told if done else "没有够把握的待派件"))


LOOKS: tuple[Fact[LookView], ...] = (
    Fact("id", "编号", number=True),
    Fact("kind", "缘由", shown=lambda one: "自动派单" if one.kind == "auto" else "法定职责派街道"),
    Fact("number", "工单"),
    Fact("unit", "派给"),
    Fact("at", "派单时间"),
    Fact("operator", "经办"),
    Fact("sure", "把握", lambda one: one.sure and one.sure / 1000, _sure),
    Fact("line_number", "目录", shown=lambda one: one.line_number and f"第{one.line_number}条"),
)


@app.command("looks", cls=Verb, help="待复核的派单：自动派的，部门法定职责派了街道的。")
def looks(ctx: typer.Context) -> None:
    """List the dispatches to be looked over."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = to_look_over(reader)
    call.answer_rows(LOOKS, found, none="没有待复核的派单")


@app.command("looked", cls=Verb, help="复核过，可以这样派；派错了的用转派或撤销改正。")
def looked(
    ctx: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="编号", help="见 duban dispatch looks")],
) -> None:
    """Record that dispatches were looked over."""
    call = call_of(ctx)
    count = look_over(call.store(), ids)
    call.answer({"looked": count}, lambda: say(f"已复核{count}件"))


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
