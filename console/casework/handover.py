"""``duban handover``: the 交办单 of matters, or the day's list of a unit; each is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from console.casework.handover_paper import (
    Maker,
    handover_list,
    handover_paper,
    handover_workbook,
)
from console.command import Call, Verb, argument, call_of, one_verb, option, say, unit_id, warn
from console.frame import WrongUsage, exports_dir
from models.privacy import Handed, hand_over, hand_over_day
from models.views import ticket_ids
from rules.errors import DubanError
from rules.text import file_name
from seed.putting import papers

app = one_verb()


@app.command(
    "handover",
    cls=Verb,
    help="制发交办单（.docx），或一个单位的当日交办清单（.docx .xlsx），留痕。",
)
def handover(
    ctx: typer.Context,
    numbers: list[str] | None = argument("工单编号", "可写多个；不写就用 --unit", None),
    unit: str | None = option("--unit", "单位", "列出交给这个单位的件"),
    day: str | None = option("--date", "日期", "哪一天交办的，不写为今天"),
    out: Path | None = option("--out", "文件夹", "不写存到文档文件夹"),
) -> None:
    """Write the papers; what they tell is read only once the trail has them."""
    call = call_of(ctx)
    if bool(numbers) == (unit is not None) or (day and unit is None):
        raise WrongUsage("请写工单编号，或 --unit 单位（可加 --date 2026-11-26）")
    folder = out or exports_dir() / "交办"
    if unit is not None:
        _list(call, unit, _day(call, day), folder)
        return
    store = call.store()
    with store.reading() as reader:
        ids = ticket_ids(reader, numbers or [])
    done = hand_over(store, ids)
    maker = _maker(call)
    with papers(folder) as written:
        files = [
            written.add(file_name(f"交办单-{one.number}", ".docx"), handover_paper(one, maker))
            for one in done.matters
        ]
    _answer(call, done, files)


def _list(call: Call, word: str, day: date, folder: Path) -> None:
    """Write the list of a unit's day."""
    id = unit_id(call, word)
    done = hand_over_day(call.store(), id, day)
    if not done.matters:
        left = f"（另有{done.withheld}件反映的正是该单位，不列）" if done.withheld else ""
        raise DubanError(f"{word} {day.isoformat()} 没有交办的在办件{left}：请核对单位和日期")
    maker, name = _maker(call), done.matters[0].unit
    stem = f"{name}当日交办清单-{day.isoformat()}"
    with papers(folder) as written:
        files = [
            written.add(file_name(stem, ".docx"), handover_list(name, day, done.matters, maker)),
            written.add(
                file_name(stem, ".xlsx"), handover_workbook(name, day, done.matters, maker)
            ),
        ]
    _answer(call, done, files)


def _day(call: Call, typed: str | None) -> date:
    today = call.timekeeper().local(call.store().now()).date()
    if typed is None:
        return today
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise WrongUsage(f"日期 {typed} 看不懂：请写成 {today.isoformat()}") from error


def _maker(call: Call) -> Maker:
    store = call.store()
    local = store.timekeeper().local
    return Maker(store.policy.bureau.name, store.operator.name, local(store.now()), local)


def _answer(call: Call, done: Handed, files: list[Path]) -> None:
    if done.skipped:
        told = "；".join(f"{number} {why}" for number, why in done.skipped)
        warn(f"已跳过{len(done.skipped)}件：{told}")
    value = {
        "files": [str(file) for file in files],
        "tickets": [one.number for one in done.matters],
        "skipped": [{"number": number, "reason": why} for number, why in done.skipped],
        "withheld": done.withheld,
    }
    left = f"另有{done.withheld}件反映的正是该单位，没有列入" if done.withheld else ""
    call.answer(value, lambda: say(*map(str, files), *filter(None, (left,))))
