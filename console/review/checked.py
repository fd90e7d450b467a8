"""``duban review figures`` and ``signs``: what was verified of each unit, what may be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import typer

from console.command import Fact, call_of, chosen_period, option, say, unit_id
from models.review import UnitReviews, review_figures, unit_signs
from models.views import ticket_numbers
from rules.casework import REVIEW_COUNTS
from rules.review import Sign

FIGURE: tuple[Fact[UnitReviews], ...] = (
    Fact("unit", "单位"),
    Fact("code"),
    Fact("group"),
    *(Fact(name, title, number=True) for name, title in REVIEW_COUNTS.items()),
)


def figures(
    ctx: typer.Context,
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
) -> None:
    """Count the reviews of a period by unit."""
    call = call_of(ctx)
    period = chosen_period(call, week, month)
    with call.store().reading() as reader:
        found = review_figures(reader, period)
    call.answer_rows(FIGURE, found, none=f"{period.label} 没有核查")


def signs(
    ctx: typer.Context,
    unit: str = option("--unit", "单位", "名称、简称或代码", ...),
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
) -> None:
    """Point at what may be looked at of a unit, each beside the whole city's share."""
    call = call_of(ctx)
    store = call.store()
    period = chosen_period(call, week, month)
    with store.reading() as reader:
        found = unit_signs(reader, store.timekeeper(), period, unit_id(call, unit))
        numbers = ticket_numbers(reader, sorted({id for sign in found for id in sign.found}))
    call.answer(
        [_object(sign, numbers) for sign in found],
        lambda: say(
            f"{period.label} · 只供留意，是否作假由人判断",
            *(line for sign in found for line in _lines(sign, numbers)),
        ),
    )


def _object(sign: Sign, numbers: Mapping[int, str]) -> dict[str, Any]:
    return {
        "sign": sign.code,
        "name": sign.name,
        "found": len(sign.found),
        "among": sign.among,
        "rate": _number(sign.rate),
        "city_found": sign.city_found,
        "city_among": sign.city_among,
        "city_rate": _number(sign.city_rate),
        "tickets": [numbers[id] for id in sign.found],
    }


def _number(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


NAMED = 8
"""Numbers that are told of one sign."""


def _lines(sign: Sign, numbers: Mapping[int, str]) -> list[str]:
    some = "、".join(numbers[id] for id in sign.found[:NAMED])
    more = f" 等{len(sign.found)}件" if len(sign.found) > NAMED else ""
    return [sign.words, *([f"  {some}{more}"] if some else [])]
