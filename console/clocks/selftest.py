"""``duban selftest``: calendar cases through the engine, so a bureau can prove the arithmetic."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from console.command import Verb, call_of, one_verb, option, say, say_table
from rules.clocks import Case, Outcome, check_case
from rules.errors import DubanError
from seed.reference import shipped_cases

app = one_verb()


@app.command(cls=Verb, help="时限算法自检：用例逐条过一遍时限引擎，与用例写明的答案对照。")
def selftest(
    ctx: typer.Context,
    cases: Path | None = option("--cases", "文件", "用例文件（JSON 列表）；不写则用自带的用例"),
) -> int:
    """Run calendar cases; exit code 1 where an answer differs from the case's own."""
    call = call_of(ctx)
    listed: Sequence[Case] = shipped_cases() if cases is None else _read(cases)
    outcomes = [check_case(case) for case in listed]
    call.answer(
        [{"id": each.id, "got": each.got} for each in outcomes], lambda: _show(listed, outcomes)
    )
    failed = [each.id for each in outcomes if each.passed is False]
    if failed:
        raise DubanError(f"{len(failed)}条不符：{'、'.join(failed[:10])}；请连同用例报告给管理员")
    return 0


def _show(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> None:
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


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        raise DubanError(f"{path} 不是 JSON 文件：请核对后重试") from None
    if not isinstance(read, list) or not all(isinstance(case, dict) for case in read):
        raise DubanError(f"{path} 里不是用例列表：每条用例写成一个 JSON 对象")
    return read
