"""``duban grid codes``: the codes of a community's cells, to be printed and put up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from console.command import Verb, argument, call_of, option, say
from console.grid.cell_facts import place_meant
from console.grid.codes_paper import code_sheet
from console.grid.grid import app
from models.grid import codes_to_print
from rules.errors import Refused
from seed.putting import replacing

if TYPE_CHECKING:
    from models.grid import CellCode

__all__ = ["app"]


@app.command("codes", cls=Verb, help="打印一个社区的一格一码（.docx，A4），每个网格一张。")
def codes(
    ctx: typer.Context,
    community: str = argument("社区", "12位代码或名称"),
    out: Path = option("--out", "文件", "写到哪里（.docx）", ...),
) -> None:
    """Write the codes of a community; that they were printed is put on record."""
    call = call_of(ctx)
    if out.suffix.lower() != ".docx":
        raise Refused(f"{out.name} 不是 .docx：码只印成 .docx，例如 --out 码.docx")
    store, keeper = call.store(), call.timekeeper()
    with store.reading() as reader:
        code = place_meant(reader, community)

    def keep(name: str, cells: Sequence[CellCode]) -> None:
        address, bureau = store.policy.grid.address, store.policy.bureau.name
        content = code_sheet(name, cells, address, bureau, keeper.local(store.now()))
        with replacing(out) as part:
            part.write_bytes(content)

    name, cells = codes_to_print(store, code, out.name, keep)
    made = [call.object(cell, "code", "name", "token") for cell in cells]
    value = {"community": code, "file": str(out), "cells": made}
    call.answer(value, lambda: say(f"{name}一格一码{len(cells)}张：{out}"))
