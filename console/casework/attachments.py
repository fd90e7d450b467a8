"""``duban ticket attach attachments detach``: what belongs to an appeal by reference."""

from __future__ import annotations

from typing import Annotated

import typer

from console.casework.outside import open_outside
from console.command import Call, Fact, call_of, option, say
from models.casework import (
    AttachmentView,
    attach,
    attachments_of,
    detach,
    measure,
)
from models.views import ticket_ids
from rules.casework import STATE_NAMES, size_told
from rules.errors import Refused

Number = Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")]

Place = Annotated[str, typer.Argument(metavar="文件或网址", help="只记位置和校验值，不收进库里")]

Nth = Annotated[int, typer.Argument(metavar="附件号", help="ticket attachments 列出的号")]

ATTACHMENT: tuple[Fact[AttachmentView], ...] = (
    Fact("id", "附件号"),
    Fact("name", "名称"),
    Fact("kind", "类型"),
    Fact("size", "大小", shown=lambda one: size_told(one.size)),
    Fact("sha256"),
    Fact("state", "状态", shown=lambda one: STATE_NAMES[one.state]),
    Fact("place", value=lambda one: one.shown or None),
)


def add_attachment(ctx: typer.Context, number: Number, place: Place) -> None:
    """Keep where a file or page of an appeal stands, and what the file holds by its SHA-256."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        ticket_ids(reader, [number])
    found = measure(place)
    id = attach(call.store(), number, found)
    [one] = [each for each in _of(call, number) if each.id == id]
    call.answer(call.objects(ATTACHMENT, [one])[0], lambda: say(f"已添加第{id}号附件：{one.told}"))


def list_attachments(ctx: typer.Context, number: Number) -> None:
    """List the attachments of an appeal, each file read again."""
    call = call_of(ctx)
    found = _of(call, number)
    call.answer(call.objects(ATTACHMENT, found), lambda: _show(call, number, found))


def _show(call: Call, number: str, found: list[AttachmentView]) -> None:
    if not found:
        say(f"{number} 没有附件：用 duban ticket attach 添加")
        return
    call.table(ATTACHMENT, found, ("附件号", "名称", "类型", "大小", "状态"))


def remove_attachment(
    ctx: typer.Context,
    number: Number,
    nth: Nth,
    reason: str = option("--reason", "理由", "为什么移除", ...),
) -> None:
    """List an attachment no more."""
    call = call_of(ctx)
    if nth not in {one.id for one in _of(call, number)}:
        raise Refused(f"{number} 没有第{nth}号附件：请用 ticket attachments 查看")
    detach(call.store(), nth, reason)
    call.answer({"removed": nth}, lambda: say(f"已移除第{nth}号附件，留痕仍在"))


def open_attachment(ctx: typer.Context, number: Number, nth: Nth) -> None:
    """Hand an attachment to the system to be opened."""
    call = call_of(ctx)
    found = [one for one in _of(call, number) if one.id == nth]
    if not found:
        raise Refused(f"{number} 没有第{nth}号附件：请用 ticket attachments 查看")
    open_outside(found[0])
    call.answer({"opened": nth}, lambda: say(f"已交系统打开第{nth}号附件"))


def _of(call: Call, number: str) -> list[AttachmentView]:
    store = call.store()
    with store.reading() as reader:
        [id] = ticket_ids(reader, [number])
        return attachments_of(reader, id, store.policy.privacy.on_screen)
