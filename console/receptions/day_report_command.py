"""``duban reception report`` and ``publish``: the report of a day or a year as .docx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from console.command import Call, Verb, call_of, option, say
from console.frame import WrongUsage
from console.receptions.day_report_paper import write_published, write_report
from console.receptions.reception import Day, app, day_of
from models.receptions import DayReport, report_of_day, report_of_year

__all__ = ("app",)


@app.command(
    "report", cls=Verb, help="接访报告（.docx）：先是上次承诺怎样了，再是这一天或这一年的数。"
)
def report(
    ctx: typer.Context,
    day: str | None = option("--day", "日期", "哪一天的，例如 2026-11-20"),
    year: int | None = option("--year", "年份", "整年的", None, min=2000, max=2999),
    out: Path = option("--out", "文件", "写到哪里（.docx）", ...),
) -> None:
    """Write the report of a day or of a year; it is on record."""
    call = call_of(ctx)
    if (day is None) == (year is None):
        raise WrongUsage("请写 --day 日期 或 --year 年份，两样写一样")
    _require_docx(out)
    store = call.store()
    with store.reading() as reader:
        found = (
            report_of_day(reader, day_of(call, day), call.now())
            if day is not None
            else report_of_year(reader, year or 0, call.now())
        )
    path = write_report(store, found, out)
    call.answer({"file": str(path), **_value(call, found)}, lambda: say(str(path)))


@app.command("publish", cls=Verb, help="发布一天的接访报告（.docx）：各点先结束登记；不能撤销。")
def publish(
    ctx: typer.Context, day: Day, out: Path = option("--out", "文件", "写到哪里（.docx）", ...)
) -> None:
    """Publish the report of a day."""
    call = call_of(ctx)
    _require_docx(out)
    path = write_published(call.store(), day_of(call, day), out)
    call.answer({"file": str(path)}, lambda: say(f"已发布：{path}"))


def _require_docx(out: Path) -> None:
    """Refuse a file that is no .docx."""
    if out.suffix != ".docx":
        raise WrongUsage(f"报告写成 .docx：{out.name} 请改后缀")


def _value(call: Call, found: DayReport) -> dict[str, Any]:
    figures = ("batches", "people", "collective", "first", "again", "solved", "referred")
    return {
        "from": found.first,
        "to": found.last,
        "places": len(found.places),
        **call.object(found.total, *figures, "transferred", "lawsuit"),
        "pledges": len(found.made),
        "before": found.before and {**found.before.fates, "pledges": found.before.count},
    }
