"""``duban insight``: what is new, rises, repeats or crosses, and since when it could be known."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from console.command import Call, Verb, call_of, chosen_period, one_verb, option, say
from console.frame import WrongUsage
from console.insight.insight_book import insight_file
from models.insight import FindingView, Insight, Share, insight_of
from rules.clocks import day_start
from rules.insight import KINDS, SIGNS
from seed.putting import put

MOST_DAYS = 92

MOST_SHARES = 6
"""Units or channels that are named one by one."""

app = one_verb()


@app.command(
    "insight",
    cls=Verb,
    help="民情：什么新出现、上升、重复、跨渠道或跨区；不写期间为上一个完整的周。",
)
def show_insight(
    ctx: typer.Context,
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
    days: int | None = option("--days", "天数", "到现在为止的几天", min=1, max=MOST_DAYS),
    out: Path | None = option("--out", "文件", "按后缀写出：.xlsx .csv"),
) -> None:
    """Tell what is found in a stretch of days, and write it where asked."""
    call = call_of(ctx)
    store = call.store()
    from_at, to_at = _stretch(call, week, month, days)
    with store.reading() as reader:
        found = insight_of(reader, store, from_at, to_at)
    if out is not None:
        put(out, insight_file(store, found, out.suffix.lower()))
    call.answer(_object(call, found), lambda: _show(found, out))


def _stretch(
    call: Call, week: str | None, month: str | None, days: int | None
) -> tuple[datetime, datetime]:
    """Return the instants between which is looked, never beyond the present."""
    now = call.now()
    if days is None:
        period = chosen_period(call, week, month)
        if period.from_at >= now:
            raise WrongUsage(f"{period.label}还没有开始：请写已经开始的一周或一月")
        return period.from_at, min(period.to_at, now)
    if week is not None or month is not None:
        raise WrongUsage("--week、--month 和 --days 只能写一个")
    keeper = call.store().timekeeper()
    first = keeper.local(now).date() - timedelta(days=days - 1)
    return day_start(first, keeper.zone), now


def _object(call: Call, found: Insight) -> dict[str, Any]:
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "appeals": found.appeals,
        "watched": found.watched,
        "known_from": found.known_from and found.known_from.isoformat(),
        "findings": [_finding(call, finding) for finding in found.findings],
    }


FIGURES = ("kind", "name", "sentence", "count", "reporters", "ticket_ids")


SHARES = ("units", "channels", "districts")


def _numbers(shares: tuple[Share, ...]) -> dict[str, int]:
    return {share.name: len(share.ticket_ids) for share in shares}


def _finding(call: Call, finding: FindingView) -> dict[str, Any]:
    problem = finding.problem
    return {
        **call.object(finding, *FIGURES),
        "signs": list(finding.signs),
        "known_on": finding.known_on.isoformat(),
        **{name: round(getattr(finding, name), 3) for name in ("mean", "expected", "z")},
        **{name: _numbers(getattr(finding, name)) for name in SHARES},
        "words": list(finding.words),
        "curve": {day.isoformat(): count for day, count in finding.curve},
        "problem": None if problem is None else call.object(problem, "id", "name", "state"),
    }


def _show(found: Insight, out: Path | None) -> None:
    say(_heading(found))
    for finding in found.findings:
        signs = " ".join(SIGNS[sign] for sign in finding.signs)
        say("", f"【{signs}】{KINDS[finding.kind]} · {finding.sentence}")
        for title, counts in (("单位", finding.units), ("渠道", finding.channels)):
            if counts:
                say(f"  {title} {_listed(counts)}")
        if finding.words:
            say(f"  关键词 {'、'.join(finding.words)}")
    if not found.findings:
        say("没有新的、上升的、重复的或跨渠道跨区的问题")
    if out is not None:
        say(f"已写入 {out}")


def _heading(found: Insight) -> str:
    """Return what was looked at, in a line."""
    first, last = found.first, found.last
    line = f"{first.month}月{first.day}日至{last.month}月{last.day}日 · {found.appeals:,}件诉求"
    return f"{line} · 比对{found.watched:,}项 · 发现{len(found.findings)}条"


def _listed(shares: tuple[Share, ...]) -> str:
    """Return names with their numbers, those with most first, and how many are left out."""
    told = "、".join(f"{share.name}{len(share.ticket_ids)}" for share in shares[:MOST_SHARES])
    return told + (f"等{len(shares)}个" if len(shares) > MOST_SHARES else "")
