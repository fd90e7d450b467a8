"""``duban audit``: whether the record still says what was done."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Verb,
    argument,
    call_of,
    option,
    say,
    verb_group,
)
from models.casework import Checked, check_attachments
from models.store import (
    LINES,
    MANIFEST,
    Verification,
    keep_anchor,
    read_anchors,
    transcribe,
    verify_store,
)
from rules.casework import STATE_NAMES
from rules.errors import DubanError

MOST_FILES = 20
"""Attached files that are named."""

audit_app = verb_group("留痕：核验是否被改动，导出抄本。")


@audit_app.command("verify", cls=Verb, help="逐条核验留痕链，逐行核对各表，指出不符之处。")
def audit_verify(
    ctx: typer.Context,
    anchor: str | None = option(
        "--anchor", "校验值或文件", "另存的链头或锚点文件，整链重写只有靠它才能发现"
    ),
    since: int = option("--since", "序号", "只核验这一条起的留痕及其所及各件", default=1, min=1),
) -> None:
    """Recompute the chain and every row it covers; refuse where they are not as recorded."""
    call = call_of(ctx)
    anchors = read_anchors(anchor) if anchor else []
    found = verify_store(call.store(), anchors, since)
    with call.store().reading() as reader:
        files = check_attachments(reader)
    value = {**asdict(found), "attachments": _of_files(files)}
    call.answer(value, lambda: _show(found, files))
    if found.first_bad is not None:
        raise DubanError(
            f"留痕不符：第{found.first_bad}条起与记录不一致，请立即报告管理员并保全库文件"
        )
    if not found.ok:
        raise DubanError(
            f"库与留痕不符：{found.broken[0].said}（共{len(found.broken) + found.more}处），"
            "请立即报告管理员并保全库文件"
        )


@audit_app.command("anchor", cls=Verb, help="把今天的链头追加到别处的锚点文件。")
def audit_anchor(
    ctx: typer.Context,
    path: Path = argument("文件", "放在另一台机器或介质上的文件"),
) -> None:
    """Append the trail's head to a file kept elsewhere."""
    call = call_of(ctx)
    kept = keep_anchor(call.store(), path)
    call.answer(
        {"file": str(path), **asdict(kept)},
        lambda: say(
            f"已记下第{kept.events}条的链头到 {path}",
            "日后 duban audit verify --anchor 文件 可查整链是否被重写",
        ),
    )


@audit_app.command("export", cls=Verb, help="导出留痕抄本：逐条 JSON 与清单，清单含链头。")
def audit_export(
    ctx: typer.Context,
    folder: Path = argument("文件夹", "抄本写到哪里"),
) -> None:
    """Write the whole trail and a manifest with its head; the export is on record."""
    call = call_of(ctx)
    made = transcribe(call.store(), folder)
    call.answer(
        {"folder": str(folder), **asdict(made)},
        lambda: say(
            f"已导出{made.events}条留痕到 {folder}（{LINES}、{MANIFEST}）",
            f"链头 {made.head}",
            "请把链头另存他处：日后 duban audit verify --anchor 链头 可查整链是否被重写",
        ),
    )
    if not made.ok:
        raise DubanError(f"抄本已写出，但留痕不符：第{made.first_bad}条起与记录不一致，请报管理员")


def _of_files(files: Checked) -> dict[str, Any]:
    """Return how the attached files stand for JSON; none of it breaks the chain."""
    states = {name: files.states.get(name, 0) for name in STATE_NAMES}
    bad = [{"number": one.number, "id": one.id, "state": one.state} for one in files.bad]
    return {"total": files.total, **states, "bad": bad}


def _tell_files(files: Checked) -> None:
    """Say how many attached files changed or are gone, the first of them by name."""
    if not files.total:
        return
    changed, missing = (files.states.get(name, 0) for name in ("changed", "missing"))
    say(f"附件{files.total}个：变了{changed}个，找不到{missing}个（留痕不受影响）")
    for one in files.bad[:MOST_FILES]:
        say(f"  {one.number} 第{one.id}号 {one.name} {STATE_NAMES[one.state]}")
    if len(files.bad) > MOST_FILES:
        say(f"  另有{len(files.bad) - MOST_FILES}个未列出，用 --json 看全部")


def _show(found: Verification, files: Checked) -> None:
    if found.ok:
        say(f"留痕完整：共{found.events}条，{found.subjects}件各行与封记相符", f"链头 {found.head}")
    for one in found.broken:
        say(one.said)
    if found.more:
        say(f"另有{found.more}处不符未列出")
    _tell_files(files)
