"""``duban order list`` and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.order.shown import Ids, named, show
from console.cli.output import say
from console.documents.ledger_book import ledger_book
from console.documents.marked_copy import marked_copy
from console.settings import WrongUsage
from models.orders import STATUSES, export_copy, export_paper, ledger_lines, listing
from models.store import Store
from seed.sheets import put


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
    copy: Annotated[
        bool, typer.Option("--copy", help="导出加印序号和经手人的副本，不是正式文件")
    ] = False,
    book: Annotated[
        Path | None, typer.Option("--ledger", metavar="文件", help="另写督办台账（.xlsx）")
    ] = None,
) -> None:
    """Write the signed papers as they were signed, or marked copies; each export is on record."""
    call = call_of(ctx)
    views = named(call, ids)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for view in views:
        name, content = _paper(call.store(), view.id, copy)
        put(out / name, content)
        written.append({"id": view.id, "number": view.number, "file": str(out / name)})
    lines = [f"{one['number']}  {one['file']}" for one in written]
    if book is not None:
        _write_ledger(call.store(), [view.id for view in views], book)
        lines.append(f"督办台账  {book}")
    call.answer(written, lambda: say(*lines))


def _paper(store: Store, order_id: int, copy: bool) -> tuple[str, bytes]:
    if copy:
        return export_copy(store, order_id, marked_copy)
    return export_paper(store, order_id)


def _write_ledger(store: Store, ids: list[int], path: Path) -> None:
    keeper = store.timekeeper()
    with store.reading() as reader:
        lines = ledger_lines(reader.rows, ids)
    made = keeper.local(store.now())
    bureau = store.policy.bureau.name
    put(path, ledger_book(lines, bureau=bureau, made=made, local=keeper.local))


def _statuses(typed: str | None) -> tuple[str, ...]:
    if typed is None:
        return ()
    for code, word in STATUSES.items():
        if typed in (code, word):
            return (code,)
    raise WrongUsage(f"没有状态 {typed}：可写 {'、'.join(STATUSES.values())}")
