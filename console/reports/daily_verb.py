"""``duban report daily``: 每日快报."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from console.command import Verb, call_of, option, say
from console.frame import WrongUsage
from console.reports.daily_paper import FORMS, parts, write_daily
from models import reports
from rules.text import half_width

daily_app = typer.Typer(rich_markup_mode=None)


@daily_app.command(
    "daily", cls=Verb, help="每日快报：昨日总数、新出现和上升的、红黄件、到期批示，一页。"
)
def daily(
    ctx: typer.Context,
    day: str | None = option("--date", "日期", "例如 2026-11-19，不写为昨天"),
    out: Path | None = option("--out", "文件", "另写成 .docx 或 .md"),
) -> None:
    """Tell what is to be known of one day; a file is on record."""
    call = call_of(ctx)
    if out is not None and out.suffix.lower() not in FORMS:
        raise WrongUsage(f"快报写成 {' 或 '.join(FORMS)}：{out.name} 请改后缀")
    store = call.store()
    found = reports.daily_of(store, _day(day))
    if out is not None:
        write_daily(store, found, out)
    told = parts(found)
    value = {
        "date": f"{found.day}",
        "received": found.flow.received,
        "dispatched": found.flow.dispatched,
        "closed": found.flow.closed,
        "red": found.hand.red,
        "yellow": found.hand.yellow,
        "parts": [{"heading": heading, "lines": lines} for heading, lines in told],
        "file": str(out) if out is not None else None,
    }
    lines = [line for heading, some in told for line in (heading, *some)]
    written = [f"已写入 {out}"] if out is not None else []
    call.answer(value, lambda: say(*lines, *written))


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        return date.fromisoformat(half_width(typed).strip())
    except ValueError:
        raise WrongUsage(f"日期 {typed} 看不懂：请写成 2026-11-19") from None
