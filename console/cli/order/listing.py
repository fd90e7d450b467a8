"""``duban order list`` and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.order.shown import Ids, named, show
from console.cli.output import say
from console.settings import WrongUsage
from models.orders import STATUSES, listing, paper_of


def list_orders(
    ctx: typer.Context,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="状态", help="待签发 待送达 待签收 待反馈 待审核 …"),
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="只列逾期未反馈的")] = False,
) -> None:
    """List orders, what waits longest first."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        views = listing(
            reader.rows,
            statuses=_statuses(status),
            late_at=store.now() if late else None,
        )
    show(call, views)


def export(
    ctx: typer.Context,
    ids: Ids,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪里")],
) -> None:
    """Write the signed papers as they were signed."""
    call = call_of(ctx)
    written = []
    for view in named(call, ids):
        with call.store().reading() as reader:
            name, content = paper_of(reader, view.id)
        out.mkdir(parents=True, exist_ok=True)
        path = out / name
        path.write_bytes(content)
        written.append({"id": view.id, "number": view.number, "file": str(path)})
    call.answer(written, lambda: say(*(f"{one['number']}  {one['file']}" for one in written)))


def _statuses(typed: str | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    for code, word in STATUSES.items():
        if typed in (code, word):
            return (code,)
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(STATUSES.values())}")
