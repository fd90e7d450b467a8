"""``duban ticket receipt``: the 时限核算单 of a ticket's deadlines, the lines that ``e`` shows."""

from __future__ import annotations

from typing import Any

import typer

from console.casework.taking import receipt_text, receipts_of
from console.command import Call, argument, call_of, say
from models.clocks import StoredDerivation
from models.views import ticket_ids

ABOUT_RECEIPT = "时限核算单：每个时限各一张，逐日写明怎么数到到期时间。"


def receipt(
    ctx: typer.Context, number: str = argument("工单编号", "例如 WH20261120-00871")
) -> None:
    """Print how each deadline of a ticket was counted, day by day, those that run first."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        found = receipts_of(store, reader, ticket_ids(reader, [number])[0])
    call.answer(
        [_object(call, one) for one in found],
        lambda: say(receipt_text(found) or "这件诉求没有时限，无可核算"),
    )


def _object(call: Call, one: StoredDerivation) -> dict[str, Any]:
    derived = one.derived
    clock = derived.clock
    return {
        "number": one.number,
        "round": one.round,
        "step": clock.step,
        "limit": clock.limit_text,
        "started_at": call.iso(clock.started_at),
        "due_at": call.iso(one.due_at),
        "original_due_at": call.iso(derived.original_due_at),
        "stopped_at": call.iso(one.stopped_at),
        "provisional": clock.provisional,
        "agrees": one.agrees,
        "winner": derived.winner or None,
        "losers": list(derived.losers),
        "rows": [[row.label, row.name, row.detail] for row in derived.rows],
        "steps": list(one.lines),
    }
