"""``duban grid figures``: what a place and those in it have in hand, and did month by month."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import typer

from console.command import Call, argument, call_of, say, say_table
from console.grid.place_list import COLUMNS, GridRow, row_of, share, took
from console.grid.typed_place import code_of
from models.grid import find_places
from models.views import PlaceDone, figures_of_place, place_problems, queue_moment, top_place

KINDS = ("red", "yellow", "blue", "next", "late")


def grid_figures(
    ctx: typer.Context,
    code: str = argument("编码", "4、6、9、12或15位；也可写只有一处的名称；不写为全市", ""),
) -> None:
    """Tell what a place has in hand and did."""
    call = call_of(ctx)
    store = call.store()
    keeper, fair = store.timekeeper(), Fraction(store.policy.ranking.basic_weight)
    with store.reading() as reader:
        wanted = code_of(find_places(reader, code), code) if code else top_place(reader)
        moment = queue_moment(keeper, store.now())
        told = figures_of_place(reader, wanted, moment, keeper.zone)
        problems = place_problems(reader, wanted, store.now())
    rows = [row_of(told.line, fair), *(row_of(line, fair) for line in told.inside)]
    months = [
        {"month": f"{begun:%Y-%m}", **_done(done, fair)}
        for begun, done in zip(told.begins, told.months, strict=True)
    ]
    value = {
        **_place(call, rows[0]),
        "path": [call.object(place, "code", "name") for place in told.path],
        "steps": [call.object(step, "step", *KINDS) for step in told.line.steps],
        "months": months,
        "inside": [_place(call, row) for row in rows[1:]],
        "problems": [call.object(one, "id", "name", "state", "appeals") for one in problems],
    }
    call.answer(value, lambda: _show(rows, len(told.begins)))


def _place(call: Call, row: GridRow) -> dict[str, Any]:
    """Return a place for JSON: what it is, what it has in hand, what it did."""
    line = row.line
    assert line is not None
    return {
        **call.object(line.place, "code", "name", "level"),
        **{kind: line.in_hand(kind) for kind in KINDS},
        "paused": line.paused,
        **_done(line.done, row.fair),
    }


def _done(done: PlaceDone, fair: Fraction) -> dict[str, Any]:
    names = ("received", "closed", "solved", "satisfied", "fair", "unsatisfied", "contacted")
    rate = done.satisfaction(fair)
    return {
        **{name: getattr(done, name) for name in names},
        "contact_median_seconds": done.contact_median,
        "satisfaction": None if rate is None else round(float(rate), 4),
    }


def _show(rows: list[GridRow], months: int) -> None:
    """Show the table of the screen, the place itself first."""
    say_table(
        [column.title for column in COLUMNS],
        [[text for text, _ in row.cells()] for row in rows],
    )
    done = rows[0].done
    say(
        f"受理、办结等为近{months}个月；首次联系{done.contacted:,}次，"
        f"中位约{took(done.contact_median)}；群众满意率{share(done.satisfaction(rows[0].fair))}"
    )
