"""``duban order deliver receive feedback accept reject``: what happens to a signed order."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.order.shown import At, Ids, each
from models import orders


def deliver(ctx: typer.Context, ids: Ids, at: At = None) -> None:
    """Record that orders were handed over."""
    call = call_of(ctx)
    each(call, ids, lambda o: orders.deliver(call.store(), o.id, o.version, at=call.at(at)))


def receive(
    ctx: typer.Context,
    ids: Ids,
    by: Annotated[str, typer.Option("--by", metavar="签收人", help="单位的签收人")],
    at: At = None,
) -> None:
    """Record the unit's receipt."""
    call = call_of(ctx)
    each(call, ids, lambda o: orders.receive(call.store(), o.id, o.version, by, at=call.at(at)))


def feedback(
    ctx: typer.Context,
    ids: Ids,
    text: Annotated[str, typer.Option("--text", metavar="内容", help="反馈内容")],
    at: At = None,
) -> None:
    """Record the unit's feedback."""
    call = call_of(ctx)
    each(call, ids, lambda o: orders.feedback(call.store(), o.id, o.version, text, at=call.at(at)))


def accept(
    ctx: typer.Context,
    ids: Ids,
    note: Annotated[str | None, typer.Option("--note", metavar="说明", help="销号说明")] = None,
    at: At = None,
) -> None:
    """Close orders out."""
    call = call_of(ctx)
    each(
        call, ids, lambda o: orders.accept(call.store(), o.id, o.version, note=note, at=call.at(at))
    )


def reject(
    ctx: typer.Context,
    ids: Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="退回理由")],
    at: At = None,
) -> None:
    """Send feedback back."""
    call = call_of(ctx)
    each(call, ids, lambda o: orders.reject(call.store(), o.id, o.version, reason, at=call.at(at)))
