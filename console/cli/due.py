"""``duban due``: the deadline calculator under the policy."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.call import Call, call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say, say_json
from console.settings import WrongUsage, typed_instant
from rules.errors import DubanError
from rules.timekeeper import Clock, Timekeeper

app = one_verb()


@app.command(cls=Verb, help="按规则推算到期时间。")
def due(
    ctx: typer.Context,
    start: Annotated[str | None, typer.Argument(metavar="起点", help="2026-09-30T10:00")] = None,
    limit: Annotated[
        str | None,
        typer.Argument(metavar="时限", help="5wd 工作日，4wh 工时，24h 小时，30m 分钟，15d 自然日"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="逐行写出时限核算单")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="文件", help="CSV 文件，两列：start,limit")
    ] = None,
) -> int:
    """Reckon one deadline, or a file of them."""
    call = call_of(ctx)
    if batch is not None:
        return _batch(call, batch)
    if start is None or limit is None:
        raise WrongUsage("要写起点和时限：例如 duban due 2026-09-30T10:00 3wd")
    keeper = call.timekeeper()
    clock, steps = _reckon(keeper, start, limit)
    call.answer(_object(call, clock, steps), lambda: _show(keeper, clock, steps, explain))
    return 0


def _batch(call: Call, path: Path) -> int:
    """Answer one object a line, in the file's order; a line that cannot be read says why."""
    keeper, failed = call.timekeeper(), 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"start", "limit"} <= set(rows.fieldnames or ()):
            raise DubanError(f"{path} 的表头要有 start 和 limit 两列")
        for row in rows:
            try:
                clock, steps = _reckon(keeper, row["start"] or "", row["limit"] or "")
                answer = _object(call, clock, steps)
            except DubanError as error:
                failed, answer = 1, {"error": str(error)}
            _answer_line(call, row, answer)
    return failed


def _answer_line(call: Call, row: dict[str, str], answer: dict[str, Any]) -> None:
    if call.settings.json:
        say_json(answer)
    else:
        say(f"{row['start']}  {row['limit']}  {answer.get('due_at') or answer['error']}")


def _reckon(keeper: Timekeeper, start: str, limit: str) -> tuple[Clock, tuple[str, ...]]:
    begun = _instant(start, keeper)
    clock = keeper.timed("close", limit.strip(), begun)
    return clock, tuple(keeper.receipt("close", limit.strip(), begun).lines)


def _instant(text: str, keeper: Timekeeper) -> datetime:
    instant = typed_instant(text)
    return instant.replace(tzinfo=keeper.zone) if instant.tzinfo is None else instant


def _object(call: Call, clock: Clock, steps: tuple[str, ...]) -> dict[str, Any]:
    return {
        "due_at": call.iso(clock.due_at),
        "blue_at": call.iso(clock.blue_at),
        "yellow_at": call.iso(clock.yellow_at),
        "red_at": call.iso(clock.red_at),
        "provisional": clock.provisional,
        "steps": list(steps),
    }


def _show(keeper: Timekeeper, clock: Clock, steps: tuple[str, ...], explain: bool) -> None:
    if explain:
        say(*steps)
        return
    note = "（暂定：该年放假安排尚未公布）" if clock.provisional else ""
    say(f"到期 {keeper.local(clock.due_at):%Y-%m-%d %H:%M}{note}")
    say(f"转黄 {keeper.local(clock.yellow_at):%Y-%m-%d %H:%M}")
    say(f"转红 {keeper.local(clock.red_at):%Y-%m-%d %H:%M}")
