"""``duban selftest``: calendar cases through the engine, so a bureau can prove the arithmetic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say_table
from rules.errors import DubanError
from rules.selftest import run_case

app = one_verb()


@app.command(cls=Verb, help="用例逐条过一遍时限引擎；用例写有答案的，逐条对照。")
def selftest(
    ctx: typer.Context,
    cases: Annotated[
        Path, typer.Option("--cases", metavar="文件", help="用例文件（JSON 列表）")
    ],
) -> int:
    """Run calendar cases; refuse where an answer differs from the case's own."""
    call = call_of(ctx)
    listed = _read(cases)
    got = [(case.get("id"), run_case(case)) for case in listed]
    wrong = [id for (id, said), case in zip(got, listed, strict=True) if _differs(case, said)]
    call.answer(
        [{"id": id, "got": said} for id, said in got], lambda: say_table(("用例", "结果"), got)
    )
    if wrong:
        raise DubanError(f"{len(wrong)}条与用例的答案不符：{'、'.join(map(str, wrong[:10]))}")
    return 0


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        raise DubanError(f"{path} 不是 JSON 文件：请核对后重试") from None
    if not isinstance(read, list) or not all(isinstance(case, dict) for case in read):
        raise DubanError(f"{path} 里不是用例列表：每条用例写成一个 JSON 对象")
    return read


def _differs(case: dict[str, Any], got: str | int) -> bool:
    expected = case.get("expect", case.get("expect_seconds", got))
    return bool(expected != got)
