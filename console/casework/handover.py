"""``duban handover``: the 交办单 of matters, or the day's list of a unit; each is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from console.casework.handed_papers import (
    HandedPapers,
    handover_folder,
    write_day,
    write_handovers,
)
from console.command import Call, Verb, argument, call_of, one_verb, option, say, unit_id, warn
from console.frame import WrongUsage
from models.views import ticket_ids
from rules.errors import DubanError

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
    folder = out or handover_folder()
    store = call.store()
    if unit is not None:
        _answer(call, _list(call, unit, _day(call, day), folder))
        return
    with store.reading() as reader:
        ids = ticket_ids(reader, numbers or [])
    _answer(call, write_handovers(store, ids, folder))


def _list(call: Call, word: str, day: date, folder: Path) -> HandedPapers:
    """Write the list of a unit's day."""
    made = write_day(call.store(), unit_id(call, word), day, folder)
    if not made.files:
        withheld = made.handed.withheld
        left = f"（另有{withheld}件反映的正是该单位，不列）" if withheld else ""
        raise DubanError(f"{word} {day.isoformat()} 没有交办的在办件{left}：请核对单位和日期")
    return made


def _day(call: Call, typed: str | None) -> date:
    today = call.timekeeper().local(call.store().now()).date()
    if typed is None:
        return today
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise WrongUsage(f"日期 {typed} 看不懂：请写成 {today.isoformat()}") from error


def _answer(call: Call, made: HandedPapers) -> None:
    done = made.handed
    if made.left_out:
        warn(made.left_out)
    value = {
        "files": [str(file) for file in made.files],
        "tickets": [one.number for one in done.matters],
        "skipped": [{"number": number, "reason": why} for number, why in done.skipped],
        "withheld": done.withheld,
    }
    left = f"另有{done.withheld}件反映的正是该单位，没有列入" if done.withheld else ""
    call.answer(value, lambda: say(*map(str, made.files), *filter(None, (left,))))
