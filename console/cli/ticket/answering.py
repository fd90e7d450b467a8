"""``duban ticket reply assist send-back close reopen rework``: the answer and its judgement."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.choices import unit_id
from console.cli.ticket.shown import (
    OUTCOME_HELP,
    At,
    Numbers,
    OptionalReason,
    Reason,
    Unit,
    answer,
    ids_of,
)
from models import casework

Text = Annotated[str, typer.Option("--text", metavar="意见", help="答复意见")]


Outcome = Annotated[str | None, typer.Option("--outcome", metavar="结果", help=OUTCOME_HELP)]


def reply(
    ctx: typer.Context, numbers: Numbers, text: Text, outcome: Outcome = None, at: At = None
) -> None:
    """Record the unit's answer."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.reply(call.store(), ids, text, outcome=outcome, at=call.at(at)))


def assist(ctx: typer.Context, numbers: Numbers, unit: Unit, text: Text, at: At = None) -> None:
    """Record a co-unit's part of the answer."""
    call = call_of(ctx)
    ids, by = ids_of(call, numbers), unit_id(call, unit)
    answer(call, casework.assist(call.store(), ids, by, text, at=call.at(at)))


def send_back(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Send a reply back to its unit."""
    call = call_of(ctx)
    answer(call, casework.send_back(call.store(), ids_of(call, numbers), reason, at=call.at(at)))


def close(
    ctx: typer.Context,
    numbers: Numbers,
    outcome: Outcome = None,
    reason: OptionalReason = None,
    at: At = None,
) -> None:
    """Close tickets with their outcome, or with the one the unit claimed."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.close(call.store(), ids, outcome, at=call.at(at), reason=reason))


def reopen(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Open again what was closed by mistake."""
    call = call_of(ctx)
    answer(call, casework.reopen(call.store(), ids_of(call, numbers), reason, at=call.at(at)))


def rework(
    ctx: typer.Context,
    numbers: Numbers,
    reason: Reason,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="单位", help="不写仍由原单位重办")
    ] = None,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="时限", help="例如 3wd，不写按规则")
    ] = None,
    at: At = None,
) -> None:
    """Have tickets done again in a new round."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    to = unit_id(call, unit) if unit else None
    answer(call, casework.rework(call.store(), ids, reason, unit_id=to, limit_text=limit,
                                 at=call.at(at)))  # fmt: skip
