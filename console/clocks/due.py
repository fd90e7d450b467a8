"""``duban due``, ``sweep`` and ``selftest``: deadlines reckoned, watched and proved."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Call,
    Verb,
    argument,
    call_of,
    chosen_period,
    one_verb,
    option,
    say,
    say_table,
    switch,
    unit_code,
)
from console.frame import WrongUsage, exists, plain_text, typed_instant
from models.casework import Ended, end_pauses_up
from models.clocks import SweepResult, sweep
from models.orders import draft_due
from models.ranking import raise_flags
from rules.clocks import (
    CROSSING_NAMES,
    Basis,
    Case,
    Derivation,
    Limit,
    Outcome,
    Tags,
    Timekeeper,
    check_case,
    long_instant,
)
from rules.errors import DubanError, LimitError
from seed.channels import encoding_of, explained
from seed.reference import shipped_cases

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
    unit: str | None = option("--unit", "单位", "承办单位的名称、简称、别名或代码"),
    grid: str | None = option("--grid", "编码", "网格编码"),
    round: int = option("--round", "第几轮", "第几轮办理，2 为第一次重办", 1),
    campaign: str | None = option("--campaign", "专题", "所属专题的名称"),
    explain: bool = switch("--explain", "逐行写出时限核算单"),
    batch: Path | None = option("--batch", "文件", "CSV 文件，两列：start,limit"),
) -> int:
    """Reckon one deadline, or a file of them."""
    call = call_of(ctx)
    taker = None if unit is None else unit_code(call, unit)
    tags = Tags(nature, urgency, category, channel, taker, grid, round, campaign)
    if batch is not None:
        return _batch(call, batch, tags, explain)
    if start is None:
        raise WrongUsage("要写起点和时限：例如 duban due 2026-09-30T10:00 3wd")
    keeper = call.timekeeper()
    begun = typed_instant(start, call.now(), keeper.zone)
    derivation = _reckon(keeper, begun, limit, tags, _basis(call))
    call.answer(_object(keeper, derivation), lambda: _show(keeper, derivation, explain))
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
            _object(keeper, derivation), partial(_show_line, keeper, derivation, limit, explain)
        )
    return failed


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line number, start and limit of each row that is not blank."""
    encoding = encoding_of(path).name
    with explained(path), path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = csv.reader(file)
        try:
            heads = [HEADS.get(head.strip().lower(), "") for head in next(rows, [])]
            if not {"start", "limit"} <= set(heads):
                raise DubanError(f"{path} 的表头要有 start（起点）和 limit（时限）两列")
            for row in rows:
                cells = {n: c.strip() for n, c in zip(heads, row, strict=False)}
                if any(cell.strip() for cell in row):
                    yield rows.line_num, cells.get("start", ""), cells.get("limit", "")
        except csv.Error:
            raise DubanError(
                f"{path} 第{rows.line_num}行不是 CSV（一格过长或有不成对的引号）：请改正这一行"
            ) from None


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


def _object(keeper: Timekeeper, derivation: Derivation) -> dict[str, Any]:
    clock = derivation.clock
    return {
        "due_at": keeper.local(clock.due_at).isoformat(),
        "blue_at": keeper.local(clock.blue_at).isoformat(),
        "yellow_at": keeper.local(clock.yellow_at).isoformat(),
        "red_at": keeper.local(clock.red_at).isoformat(),
        "provisional": clock.provisional,
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
    note = f"（暂定：{keeper.calendar.unsettled(clock.due_at)}）" if clock.provisional else ""
    say(
        f"到期 {_local(keeper, clock.due_at)}{note}",
        f"转黄 {_local(keeper, clock.yellow_at)}",
        f"转红 {_local(keeper, clock.red_at)}",
    )


def _local(keeper: Timekeeper, instant: datetime) -> str:
    return long_instant(keeper.local(instant), ends=True)


sweep_app = one_verb()


@sweep_app.command(
    "sweep", cls=Verb, help="巡查：记下转色和预警，按规则拟制督办单；供定时任务运行。"
)
def run_sweep(ctx: typer.Context) -> None:
    """Sweep once; a second sweep at the same time leaves everything to the first."""
    call = call_of(ctx)
    store = call.store()
    ended = end_pauses_up(store)
    result = sweep(store)
    drafts = 0
    if not result.busy:
        raise_flags(store, chosen_period(call, None, "last"))
        drafts = len(draft_due(store))
    crossed = {level: result.crossed.get(level, 0) for level in CROSSING_NAMES}
    call.answer(
        {
            "crossed": crossed,
            "drafts": drafts,
            "resumed": ended.resumed,
            "pauses_up": ended.waiting,
        },
        lambda: _show_swept(result, crossed, drafts, ended),
    )


def _show_swept(result: SweepResult, crossed: dict[str, int], drafts: int, ended: Ended) -> None:
    if ended.resumed:
        say(f"挂起期满自动恢复 {ended.resumed} 件")
    if ended.waiting:
        say(f"挂起期满待中心决定 {ended.waiting} 件，在待办“挂起期满”中")
    if result.busy:
        say("另一次巡查正在进行，本次没有重复记录")
        return
    told = "  ".join(f"{CROSSING_NAMES[level]} {count}" for level, count in crossed.items())
    say(f"巡查完成：{told}；拟制督办单 {drafts} 份")


selftest_app = one_verb()


@selftest_app.command(cls=Verb, help="时限算法自检：用例逐条过一遍时限引擎，与用例写明的答案对照。")
def selftest(
    ctx: typer.Context,
    cases: Path | None = option("--cases", "文件", "用例文件（JSON 列表）；不写则用自带的用例"),
) -> int:
    """Run calendar cases; exit code 1 where an answer differs from the case's own."""
    call = call_of(ctx)
    listed: Sequence[Case] = shipped_cases() if cases is None else _cases(cases)
    outcomes = [check_case(case) for case in listed]
    call.answer(
        [{"id": each.id, "got": each.got} for each in outcomes],
        lambda: _show_outcomes(listed, outcomes),
    )
    failed = [each.id for each in outcomes if each.passed is False]
    if failed:
        raise DubanError(f"{len(failed)}条不符：{'、'.join(failed[:10])}；请连同用例报告给管理员")
    return 0


def _show_outcomes(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> None:
    """Show what failed, or the answers of cases that expect none; the sum in a last line."""
    failed = [
        (one.id, case.get("expect", case.get("expect_seconds")), one.fault or one.got)
        for case, one in zip(cases, outcomes, strict=True)
        if one.passed is False
    ]
    bare = [(one.id, one.got) for one in outcomes if one.passed is None]
    if failed:
        say_table(("用例", "应为", "实得"), failed)
    if bare:
        say_table(("用例", "结果"), bare)
    passed = sum(one.passed is True for one in outcomes)
    also = f"，另有 {len(bare)} 条没有写答案" if bare else ""
    say(f"通过 {passed} 条，不符 {len(failed)} 条{also}（{passed} passed, {len(failed)} failed）")


def _cases(path: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(plain_text(path))
    except (ValueError, RecursionError):
        raise DubanError(f"{path} 不是 JSON 文件：请核对后重试") from None
    if not isinstance(read, list) or not all(isinstance(case, dict) for case in read):
        raise DubanError(f"{path} 里不是用例列表：每条用例写成一个 JSON 对象")
    return read
