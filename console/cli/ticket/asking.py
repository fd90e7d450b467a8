"""``duban ticket ask-… grant-… refuse-… arbitrate resume``: what units ask for, and the answer."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.choices import unit_id
from console.cli.ticket.shown import At, Numbers, OptionalReason, Reason, Unit, answer, ids_of
from models import casework
from rules.casework import RETURN_CODES

CODES = "、".join(f"{code} {words}" for code, words in RETURN_CODES.items())


def ask_return(
    ctx: typer.Context,
    numbers: Numbers,
    code: Annotated[str, typer.Option("--code", metavar="代码", help=f"退单理由：{CODES}")],
    reason: OptionalReason = None,
    at: At = None,
) -> None:
    """Record that a unit says "not ours"."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.ask_return(call.store(), ids, code, reason, at=call.at(at)))


def grant_return(
    ctx: typer.Context,
    numbers: Numbers,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="单位", help="改派的单位，不写则回到待派")
    ] = None,
    reason: OptionalReason = None,
    at: At = None,
) -> None:
    """Take tickets back from their unit."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    to = unit_id(call, unit) if unit else None
    answer(call, casework.grant_return(call.store(), ids, unit_id=to, reason=reason,
                                       at=call.at(at)))  # fmt: skip


def refuse_return(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Leave tickets with their unit."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.refuse_return(call.store(), ids, reason, at=call.at(at)))


def arbitrate(
    ctx: typer.Context, numbers: Numbers, unit: Unit, reason: Reason, at: At = None
) -> None:
    """Say once and for all which unit handles tickets."""
    call = call_of(ctx)
    ids, to = ids_of(call, numbers), unit_id(call, unit)
    answer(call, casework.arbitrate(call.store(), ids, to, reason, at=call.at(at)))


def ask_extension(
    ctx: typer.Context,
    numbers: Numbers,
    limit: Annotated[str, typer.Option("--limit", metavar="时限", help="延长多久，例如 5wd")],
    reason: Reason,
    at: At = None,
) -> None:
    """Record that a unit asks for more time."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.ask_extension(call.store(), ids, limit, reason, at=call.at(at)))


def grant_extension(ctx: typer.Context, numbers: Numbers, at: At = None) -> None:
    """Give the time that was asked for."""
    call = call_of(ctx)
    answer(call, casework.grant_extension(call.store(), ids_of(call, numbers), at=call.at(at)))


def refuse_extension(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Give no more time."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.refuse_extension(call.store(), ids, reason, at=call.at(at)))


def ask_pause(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Record that a unit asks for its clock to stop."""
    call = call_of(ctx)
    answer(call, casework.ask_pause(call.store(), ids_of(call, numbers), reason, at=call.at(at)))


def grant_pause(
    ctx: typer.Context,
    numbers: Numbers,
    approval: Annotated[
        str, typer.Option("--approval", metavar="依据", help="批准的文书或文号")
    ],
    since: Annotated[
        str | None, typer.Option("--since", metavar="时间", help="从何时起停，不写为批准之时")
    ] = None,
    at: At = None,
) -> None:
    """Stop the clock on the strength of a paper."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.grant_pause(call.store(), ids, approval, since=call.at(since),
                                      at=call.at(at)))  # fmt: skip


def refuse_pause(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Let the clock run on."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    answer(call, casework.refuse_pause(call.store(), ids, reason, at=call.at(at)))


def resume(
    ctx: typer.Context, numbers: Numbers, reason: OptionalReason = None, at: At = None
) -> None:
    """Let a paused clock run again."""
    call = call_of(ctx)
    answer(call, casework.resume(call.store(), ids_of(call, numbers), reason=reason,
                                 at=call.at(at)))  # fmt: skip
