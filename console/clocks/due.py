"""``duban due``: the deadline calculator under the policy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from console.command import Call, Verb, argument, call_of, one_verb, option, say, switch
from console.frame import WrongUsage, exists, typed_instant
from rules.clocks import Basis, Derivation, Limit, Tags, Timekeeper, long_instant
from rules.errors import DubanError, LimitError
from seed.channels import encoding_of, explained

app = one_verb()

HEADS = {"start": "start", "起点": "start", "limit": "limit", "时限": "limit"}


@app.command(cls=Verb, help="按规则推算到期时间。")
def due(
    ctx: typer.Context,
    start: str | None = argument("起点", "2026-09-30T10:00、今天9点", None),
    limit: str | None = argument(
        "时限", "5wd 工作日，4wh 工时，24h 小时，30m 分钟，15d 自然日；不写则按规则取办结时限", None
    ),
    nature: str = option("--nature", "性质", "诉求性质", "其他"),
    urgency: str = option("--urgency", "程度", "紧急程度", "一般"),
    category: str | None = option("--category", "类别", "一级/二级/三级"),
    channel: str = option("--channel", "渠道", "来源渠道", "其他"),
    explain: bool = switch("--explain", "逐行写出时限核算单"),
    batch: Path | None = option("--batch", "文件", "CSV 文件，两列：start,limit"),
) -> int:
    """Reckon one deadline, or a file of them."""
    call = call_of(ctx)
    tags = Tags(nature, urgency, category, channel)
    if batch is not None:
        return _batch(call, batch, tags, explain)
    if start is None:
        raise WrongUsage("要写起点和时限：例如 duban due 2026-09-30T10:00 3wd")
    keeper = call.timekeeper()
    begun = typed_instant(start, call.now(), keeper.zone)
    derivation = _reckon(keeper, begun, limit, tags, _basis(call))
    call.answer(_object(call, derivation), lambda: _show(keeper, derivation, explain))
    return 0


def _batch(call: Call, path: Path, tags: Tags, explain: bool) -> int:
    """Answer one object a line, in the file's order; a line that cannot be read says why."""
    keeper, now, failed = call.timekeeper(), call.now(), 0
    for line, start, limit in _lines(path):
        try:
            if not (start and limit):
                raise WrongUsage("这一行没有写全：要有起点和时限，例如 2026-09-30T10:00,3wd")
            begun = typed_instant(start, now, keeper.zone)
            derivation = _reckon(keeper, begun, limit, tags)
        except DubanError as error:
            failed = 1
            told = {"line": line, "start": start, "limit": limit, "error": str(error)}
            call.answer(told, partial(say, f"{start}  {limit}  第{line}行：{error}"))
            continue
        call.answer(
            _object(call, derivation), partial(_show_line, keeper, derivation, limit, explain)
        )
    return failed


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line number, start and limit of each row that is not blank."""
    encoding = encoding_of(path).name
    with explained(path), path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = csv.reader(file)
        heads = [HEADS.get(head.strip().lower(), "") for head in next(rows, [])]
        if not {"start", "limit"} <= set(heads):
            raise DubanError(f"{path} 的表头要有 start（起点）和 limit（时限）两列")
        for row in rows:
            cells = dict(zip(heads, row, strict=False))
            if any(cell.strip() for cell in row):
                yield rows.line_num, cells.get("start", "").strip(), cells.get("limit", "").strip()


def _basis(call: Call) -> Basis | None:
    """Return the versions in force; None without a store, or while another policy is tried."""
    if call.settings.policy is not None or not exists(call.settings):
        return None
    return Basis(*call.store().versions())


def _reckon(
    keeper: Timekeeper, begun: datetime, limit: str | None, tags: Tags, basis: Basis | None = None
) -> Derivation:
    """Reckon the close clock; a limit that is the policy's own is counted as its entry says."""
    text = None if limit is None else str(_limit(limit))
    if text is None or text == keeper.limit_text("close", tags):
        return keeper.derivation("close", tags, begun, basis=basis)
    return keeper.derivation("close", text, begun, basis=basis)


def _limit(text: str) -> Limit:
    try:
        return Limit.read(text)
    except ValueError as fault:
        raise LimitError(str(fault)) from None


def _object(call: Call, derivation: Derivation) -> dict[str, Any]:
    return {
        **call.object(derivation.clock, "due_at", "blue_at", "yellow_at", "red_at", "provisional"),
        "winner": derivation.winner or None,
        "losers": list(derivation.losers),
        "steps": list(derivation.lines),
    }


def _show_line(keeper: Timekeeper, derivation: Derivation, limit: str, explain: bool) -> None:
    if explain:
        say(*derivation.lines, "")
        return
    clock = derivation.clock
    note = "（暂定）" if clock.provisional else ""
    start, due = _local(keeper, clock.started_at), _local(keeper, clock.due_at)
    say(f"{start}  {limit}  到期 {due}{note}")


def _show(keeper: Timekeeper, derivation: Derivation, explain: bool) -> None:
    if explain:
        say(*derivation.lines)
        return
    clock = derivation.clock
    note = "（暂定：该年放假安排尚未公布）" if clock.provisional else ""
    say(
        f"到期 {_local(keeper, clock.due_at)}{note}",
        f"转黄 {_local(keeper, clock.yellow_at)}",
        f"转红 {_local(keeper, clock.red_at)}",
    )


def _local(keeper: Timekeeper, instant: datetime) -> str:
    return long_instant(keeper.local(instant), ends=True)
