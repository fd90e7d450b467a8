"""``duban ticket dispatch join acknowledge contact progress note``: on the way to the reply."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.choices import unit_id
from console.cli.ticket.shown import At, Numbers, OptionalReason, Unit, answer, ids_of
from models import casework

Text = Annotated[str, typer.Option("--text", metavar="内容", help="写下的内容")]


def dispatch(
    ctx: typer.Context,
    numbers: Numbers,
    unit: Unit,
    co_units: Annotated[
        list[str] | None, typer.Option("--co", metavar="单位", help="协办单位，可写多次")
    ] = None,
    handler: Annotated[
        str | None, typer.Option("--handler", metavar="姓名", help="首办责任人")
    ] = None,
    reason: OptionalReason = None,
    at: At = None,
) -> None:
    """Hand tickets to a unit, or on to another."""
    call = call_of(ctx)
    ids, to = ids_of(call, numbers), unit_id(call, unit)
    helping = [unit_id(call, word) for word in co_units or ()]
    answer(call, casework.dispatch(call.store(), ids, to, at=call.at(at), reason=reason,
                                   handler=handler, co_units=helping))  # fmt: skip


def join(ctx: typer.Context, numbers: Numbers, unit: Unit, at: At = None) -> None:
    """Let another unit help."""
    call = call_of(ctx)
    ids, to = ids_of(call, numbers), unit_id(call, unit)
    answer(call, casework.join(call.store(), ids, to, at=call.at(at)))


def acknowledge(ctx: typer.Context, numbers: Numbers, at: At = None) -> None:
    """Record that the unit took the tickets."""
    call = call_of(ctx)
    answer(call, casework.acknowledge(call.store(), ids_of(call, numbers), at=call.at(at)))


def contact(
    ctx: typer.Context,
    numbers: Numbers,
    text: Annotated[
        str | None, typer.Option("--text", metavar="内容", help="联系情况，可不写")
    ] = None,
    at: At = None,
) -> None:
    """Record the unit's first contact with the citizen."""
    call = call_of(ctx)
    answer(call, casework.contact(call.store(), ids_of(call, numbers), text, at=call.at(at)))


def progress(ctx: typer.Context, numbers: Numbers, text: Text, at: At = None) -> None:
    """Record an interim report."""
    call = call_of(ctx)
    answer(call, casework.progress(call.store(), ids_of(call, numbers), text, at=call.at(at)))


def note(ctx: typer.Context, numbers: Numbers, text: Text, at: At = None) -> None:
    """Write down what should be remembered."""
    call = call_of(ctx)
    answer(call, casework.note(call.store(), ids_of(call, numbers), text, at=call.at(at)))
