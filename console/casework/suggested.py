"""Suggested units on the command line, for ``duban ticket`` and ``duban dispatch``."""

from __future__ import annotations

from typing import Any

import typer

from console.command import argument, call_of, say, say_table
from models.dispatch import Suggestion, Suggestions
from models.views import ticket_ids

ABOUT_SUGGEST = "建议单位：按规则和以往派单，最多三个，并说明依据和把握。"


def suggest(ctx: typer.Context, number: str = argument("工单编号", "要派的诉求")) -> None:
    """Name the units that might take a ticket, with what speaks for each."""
    call = call_of(ctx)
    store = call.store()
    keeper = store.timekeeper()
    with store.reading() as reader:
        ticket_id = ticket_ids(reader, [number])[0]
        memory = Suggestions(reader, store.policy.routing, today=keeper.local(store.now()).date())
        found = memory.of(reader, ticket_id)
    call.answer([_suggestion(one) for one in found], lambda: _show(found))


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "why": one.why,
        "share": round(one.share, 4),
        "alike": one.alike,
        "number": one.number,
        "sure": round(one.sure.sure, 4) if one.sure else None,
        "asked": one.sure.asked if one.sure else None,
        "right": one.sure.right if one.sure else None,
        "dropped": one.dropped,
    }


def _show(found: tuple[Suggestion, ...]) -> None:
    if not found:
        say("没有相似的诉求可参考：请按职责选择单位")
        return
    say_table(
        ("", "建议单位", "依据", "把握", "测算"),
        (
            (place, one.unit, one.why, one.words, one.measured_by)
            for place, one in enumerate(found, 1)
        ),
    )
    say(*(one.dropped for one in found if one.dropped))
    if not any(one.sure for one in found):
        say("把握没有测算过：运行 duban dispatch calibrate 用本库以往派单测算")
